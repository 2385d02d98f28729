"""The bot's fixed lines, from the responses of `domain.yml`.

Rendered here and not by Rasa's generator: what is said is stored in the transaction that decides it, and the worker,
which knows no Rasa, says the same lines.
"""

import string
from pathlib import Path
from typing import Any, Dict, Mapping

import yaml

from bot.core.ports import Wordings
from bot.core.types import LANGUAGES

PREFIX = "utter_"


class DomainWordings(Wordings):
    """Reads the file once. Raises ValueError naming the response that lacks a language."""

    def __init__(self, domain: Path):
        responses = yaml.load(domain.read_text(encoding="utf-8"), Loader=_loader())["responses"]
        self._lines = {key[len(PREFIX) :]: _by_language(key, variants) for key, variants in responses.items()}

    def line(self, key: str, language: str, /, **values: Any) -> str:
        texts = self._lines[key]
        text = texts.get(language) or texts["en"]
        return _FORMATTER.vformat(text, (), values) if values else text

    def keys(self) -> Mapping[str, Dict[str, str]]:
        """All lines by key and language."""
        return self._lines


class _Formatter(string.Formatter):
    """Only plain {names}: a value typed by a customer is inserted, never interpreted."""

    def get_field(self, field_name: str, args: Any, kwargs: Any) -> Any:
        return kwargs[field_name], field_name


_FORMATTER = _Formatter()


def _loader():  # type: ignore[no-untyped-def]
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _by_language(key: str, variants: Any) -> Dict[str, str]:
    texts = {}
    for variant in variants:
        for condition in variant.get("condition", ()):
            if condition.get("name") == "language":
                texts[condition["value"]] = variant["text"].strip()
    missing = [language for language in LANGUAGES if language not in texts]
    if missing:
        raise ValueError(f"domain.yml: responses: {key}: no text for {', '.join(missing)}; add a conditional variant")
    return texts
