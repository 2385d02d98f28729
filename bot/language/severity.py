"""How grave a message is: none, low, medium, high, critical.

critical: injury, safety, food poisoning, legal steps, regulator, media, discrimination, harassment, privacy –
also where the customer stays polite. high: negative, and repeated failure, money lost, abuse or great anger.
medium: negative, and a defect, a low score with a reason or strong words. low: anything else negative. Tags
bring their own severity.
"""

import re
from typing import Optional, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from bot.core.types import SCALES, Score, worst
from bot.language.negation import negated_chinese
from bot.language.sentiment import Sentiment
from bot.language.severity_cues import CRITICAL, DEFECT, HARMLESS, HIGH
from bot.language.tags import Mention

if not Doc.has_extension("severity"):
    Doc.set_extension("severity", default="none")
    Doc.set_extension("critical_ground", default=None)

VERY_ANGRY, STRONG = -4.5, -3.0  # strengths of sentiment


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
) -> str:
    """The severity of a plain text with what else was found in it."""
    ground = critical_ground(form)
    if ground and not (ground == "media" and sentiment.label == "positive"):
        return "critical"
    pains = [tag for tag in tags if tag.polarity == "negative"]
    own = worst("none", *(tag.tag.severity for tag in pains))
    if sentiment.label == "positive" and not pains:
        return "none"
    negative = sentiment.label == "negative" or bool(pains)
    return worst(own, _graded(form, sentiment.strength, bool(pains), _low_score(score, scale)) if negative else "none")


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
        doc._.severity = severity_of(doc._.plain, felt, doc._.tag_spans, doc._.score, scale)
        if doc._.severity == "critical" and felt.label == "neutral":
            doc._.sentiment = "negative"  # however calmly it is told
        doc._.critical_ground = critical_ground(doc._.plain) if doc._.severity == "critical" else None
        return doc
