"""The words of our pages, in three languages: `wording/<language>.yml`, all with the same keys."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Dict, Mapping, Optional, Tuple

import yaml

from bot.core.types import LANGUAGES

FOLDER = Path(__file__).parent / "wording"
NAMES = {"zh-Hans": "简体中文", "zh-Hant": "繁體中文", "en": "English"}
TRADITIONAL = ("zh-tw", "zh-hk", "zh-mo", "zh-hant")

Texts = Mapping[str, Mapping[str, Any]]


def load() -> Texts:
    """The wording of every language, by language."""
    return {language: yaml.safe_load((FOLDER / f"{language}.yml").read_text("utf-8")) for language in LANGUAGES}


def supported(language: Optional[str]) -> Optional[str]:
    """The one of our languages that a tag such as zh-TW or en-GB means; None for other languages."""
    tag = (language or "").strip().replace("_", "-").lower()
    if tag.startswith(TRADITIONAL):
        return "zh-Hant"
    return {"zh": "zh-Hans", "cmn": "zh-Hans", "en": "en"}.get(tag.split("-")[0])


def negotiate(accept_language: str, default: str = "en") -> str:
    """The first of our languages in an Accept-Language header, by its weights."""
    weighed = []
    for position, part in enumerate(accept_language.split(",")[:20]):
        tag, _, quality = part.partition(";")
        weighed.append((-_weight(quality), position, supported(tag)))
    return next(
        (language for weight, _, language in sorted(weighed, key=lambda w: w[:2]) if language and weight), default
    )


def _weight(quality: str) -> float:
    try:
        return float(quality.replace("q=", "").strip()) if quality.strip() else 1.0
    except ValueError:
        return 0.0


def due_words(texts: Mapping[str, Any], due: datetime, now: datetime) -> Tuple[str, str]:
    """(late | soon | later, "in 25 min" in words). Soon is less than an hour."""
    left = due - now
    state = "late" if left < timedelta(0) else "soon" if left < timedelta(hours=1) else "later"
    key = "overdue" if state == "late" else "due_in"
    return state, texts["time"][key].format(span=span_words(texts, abs(left)))


def ago_words(texts: Mapping[str, Any], then: datetime, now: datetime) -> str:
    """How long ago, in words."""
    return str(texts["time"]["ago"].format(span=span_words(texts, max(now - then, timedelta(0)))))


def span_words(texts: Mapping[str, Any], span: timedelta) -> str:
    """A length of time in its largest fitting unit, with a second one where that matters: 3 h 20 min."""
    minutes = int(span.total_seconds() // 60)
    units: Dict[str, str] = texts["time"]
    if minutes < 1:
        return units["moment"]
    if minutes < 60:
        return units["minutes"].format(n=minutes)
    hours, rest = divmod(minutes, 60)
    if hours < 24:
        whole = units["hours"].format(n=hours)
        return f"{whole} {units['minutes'].format(n=rest)}" if rest and hours < 6 else whole
    return units["days"].format(n=hours // 24)
