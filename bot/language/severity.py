"""How grave a message is: none, low, medium, high, critical.

critical: injury, safety, food poisoning, legal steps, regulator, media, discrimination, harassment, privacy –
also where the customer stays polite. high: negative, and repeated failure, money lost, abuse or great anger.
medium: negative, and a defect, a low score with a reason or strong words. low: anything else negative. Tags
bring their own severity. What is critical the learnt models tell; where words say so, less is enough for them.
"""

import re
from typing import Optional, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from bot.core.types import SCALES, Score, worst
from bot.language.impression import CUED, Impression
from bot.language.negation import negated_chinese
from bot.language.sentiment import Sentiment
from bot.language.severity_cues import CRITICAL, DEFECT, HARMLESS, HIGH
from bot.language.tags import Mention

if not Doc.has_extension("severity"):
    Doc.set_extension("severity", default="none")
    Doc.set_extension("critical_ground", default=None)

VERY_ANGRY, STRONG = -4.5, -3.0  # strengths of sentiment
STORY = 160  # characters; in a longer text the models drown what is told in passing
# What a tag of these says on the ground, where the words do not.
_GROUNDS = {
    "injury": "injury", "unsafe_product": "safety", "store_hazard": "safety", "fire_or_smoke": "safety",
    "electric_shock": "safety", "food_poisoning": "food", "legal_threat": "legal", "media_threat": "media",
    "discrimination": "discrimination", "harassment": "harassment", "privacy_leak": "privacy",
}  # fmt: skip


def critical_ground(form: str) -> Optional[str]:
    """The ground on which a plain text is critical (a key of CRITICAL), or None."""
    harmless = [match.span() for match in HARMLESS.finditer(form)]
    for ground, pattern in CRITICAL.items():
        for match in pattern.finditer(form):
            if any(start < match.end() and match.start() < end for start, end in harmless):
                continue
            if not _denied(form, match):
                return ground
    return None


def _ground(form: str, tags: Sequence[Mention]) -> Optional[str]:
    by_tag = (_GROUNDS.get(tag.tag.key) for tag in tags if tag.polarity == "negative")
    return critical_ground(form) or next((ground for ground in by_tag if ground), None)


def _denied(form: str, match: "re.Match[str]") -> bool:
    if match.group()[0].isascii():
        return bool(
            re.search(
                r"\b(?:no|not|never|without|n't|nobody|none)\s(?:\w+\s){0,2}$",
                form[max(0, match.start() - 24) : match.start()],
            )
        )
    return negated_chinese(form, match.start())


def severity_of(
    form: str,
    sentiment: Sentiment,
    tags: Sequence[Mention] = (),
    score: Optional[Score] = None,
    scale: Optional[str] = None,
    impression: Optional[Impression] = None,
) -> str:
    """The severity of a plain text with what else was found in it."""
    if _is_critical(form, sentiment, tags, impression):
        return "critical"
    pains = [tag for tag in tags if tag.polarity == "negative"]
    own = worst("none", *(_below_critical(tag.tag.severity) for tag in pains if not tag.learnt))
    if sentiment.label == "positive" and not pains:
        return "none"
    negative = sentiment.label == "negative" or bool(pains)
    if not negative:
        return own
    low = _low_score(score, scale)
    learnt = impression.grade if impression and not low else None
    return worst(own, learnt or _graded(form, sentiment.strength, bool(pains), low), "low")


def _is_critical(
    form: str, sentiment: Sentiment, tags: Sequence[Mention], impression: Optional[Impression]
) -> bool:  # fmt: skip
    ground = critical_ground(form)
    cued = bool(ground and not (ground == "media" and sentiment.label == "positive"))
    tagged = any(one.polarity == "negative" and one.tag.severity == "critical" for one in tags if not one.learnt)
    if impression is None:
        return cued or tagged
    # To miss one is worse than to cry once more: words count unless the models took it all in and think it unlikely.
    unread = len(form) > min(impression.read_to, STORY)
    return impression.grave or ((cued or tagged) and (unread or impression.gravity >= CUED))


def _below_critical(severity: str) -> str:
    return "high" if severity == "critical" else severity


def _graded(form: str, strength: float, pains: bool, low_score: bool) -> str:
    defect = bool(DEFECT.search(form))
    if strength < 0 and (HIGH.search(form) or (strength <= VERY_ANGRY and (pains or defect))):
        return "high"
    if defect or strength <= STRONG or (low_score and pains):
        return "medium"
    return "low"


def _low_score(score: Optional[Score], scale: Optional[str]) -> bool:
    known = SCALES.get(scale or "")
    return known is not None and score is not None and score <= known.recovery_starts_at


@Language.factory("severity", assigns=["doc._.severity", "doc._.sentiment"])
def severity(nlp: Language, name: str) -> "SeverityReader":
    return SeverityReader()


class SeverityReader:
    """Sets `doc._.severity`, and `doc._.critical_ground` where it is critical by its own words."""

    def __call__(self, doc: Doc) -> Doc:
        felt = Sentiment(doc._.sentiment, doc._.strength)
        scale = doc._.expecting if doc._.expecting in SCALES else doc._.scale
        doc._.severity = severity_of(
            doc._.plain, felt, doc._.tag_spans, doc._.score, scale, doc._.impression
        )  # fmt: skip
        if doc._.severity == "critical" and felt.label == "neutral":
            doc._.sentiment = "negative"  # however calmly it is told
        doc._.critical_ground = _ground(doc._.plain, doc._.tag_spans) if doc._.severity == "critical" else None
        return doc
