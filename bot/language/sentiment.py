"""How a message feels: a label and a strength of −5..+5, from words, emoji, tags and the score.

What comes after a contrast ("but", 但是) weighs more than what came before. A tag counts where no word of feeling has
been counted at its place. A bare score speaks for itself.
"""

import re
from typing import Iterable, List, NamedTuple, Optional, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from bot.core.types import SCALES, Score
from bot.language.impression import Impression
from bot.language.lexicon import Feeling, lexicon
from bot.language.sarcasm import is_sarcastic
from bot.language.tags import Mention

if not Doc.has_extension("sentiment"):
    Doc.set_extension("sentiment", default="neutral")
    Doc.set_extension("strength", default=0.0)
    Doc.set_extension("felt", default=0.0)

TAG = 1.5  # what a tag weighs
CLEAR = 0.8  # below this much either way a message is neutral
CLEAR_TO_BOTH = 0.5  # the same where the learnt models have read it, too
LEARNT = 0.5  # what the models weigh against the words
POLITE, PLAIN = 0.7, 3.0  # so much kinder than they are meant are words that are not plain; found on labelled reviews
_LONG = 2.2  # how much one more word of feeling counts fades with their number


class Sentiment(NamedTuple):
    """label: positive, neutral or negative; strength: −5..+5."""

    label: str
    strength: float


def sentiment_of(
    form: str, tags: Sequence[Mention] = (), score: Optional[Score] = None, scale: Optional[str] = None
) -> Sentiment:
    """The sentiment of a plain text with the tags and the score found in it."""
    feelings = [feeling for feeling in lexicon().feelings(form) if not _contradicted(feeling, tags)]
    feelings = _with_tags(feelings, tags)
    if is_sarcastic(form, any(feeling.weight < 0 for feeling in feelings)):
        feelings = [feeling._replace(weight=-abs(feeling.weight)) for feeling in feelings]
    turn = _last_contrast(form)
    total = sum(
        feeling.weight * (1.0 if turn is None else 1.3 if feeling.start >= turn else 0.5) for feeling in feelings
    )
    strength = total / (1 + max(0, len(feelings) - 1) / _LONG) ** 0.5
    strength += _from_score(score, scale) * (0.5 if feelings else 1.0)
    return _sentiment(strength)


def with_impression(felt: Sentiment, impression: Impression, told: bool = False) -> Sentiment:
    """What the words of feeling say and what the models make of the whole, the latter weighing more.

    `told`: words of the definitions say bad things alone. These may be softened, but not turned into praise.
    """
    strength = (1 - LEARNT) * felt.strength + LEARNT * impression.strength
    if abs(strength) < PLAIN:
        strength -= POLITE * (1 - impression.feeling["neutral"]) * (1 - abs(strength) / PLAIN)
    return _sentiment(min(strength, felt.strength / 2) if told and felt.strength < 0 else strength, CLEAR_TO_BOTH)


def _sentiment(strength: float, clear: float = CLEAR) -> Sentiment:
    strength = round(max(-5.0, min(5.0, strength)), 1)
    return Sentiment("positive" if strength >= clear else "negative" if strength <= -clear else "neutral", strength)


def _with_tags(feelings: Sequence[Feeling], tags: Iterable[Mention]) -> List[Feeling]:
    """The words of feeling and the tags, of both at one place the stronger."""
    weights = {"negative": -TAG, "positive": TAG}
    found = list(feelings)
    for tag in tags:
        weight = weights.get(tag.polarity, 0.0)
        beside = [one for one in found if one.start < tag.end and tag.start < one.end and one.weight * weight > 0]
        if weight and not any(abs(one.weight) >= TAG for one in beside):
            found = [one for one in found if one not in beside] + [Feeling(tag.start, tag.end, weight)]
    return found


def _contradicted(feeling: Feeling, tags: Iterable[Mention]) -> bool:
    """Whether the word stands within a tag that says the opposite: "warm" in "blows warm air"."""
    sign = {"negative": -1, "positive": 1, "neutral": 0}
    return any(
        tag.start <= feeling.start and feeling.end <= tag.end and feeling.weight * sign[tag.polarity] < 0
        for tag in tags
    )


def _last_contrast(form: str) -> Optional[int]:
    words = lexicon()
    chinese = max(form.rfind(word) for word in words.contrast_zh)
    english = [match.start() for match in re.finditer(r"[a-z]+", form) if match.group() in words.contrast_en]
    at = max([chinese, *english])
    return at if at > 2 else None


def _from_score(score: Optional[Score], scale: Optional[str]) -> float:
    known = SCALES.get(scale or "")
    if known is None or score is None:
        return 0.0
    if score >= known.satisfied_from:
        return 2.0
    return -2.0 if score <= known.recovery_starts_at else 0.0


@Language.factory("sentiment", assigns=["doc._.sentiment", "doc._.strength"])
def sentiment(nlp: Language, name: str) -> "SentimentReader":
    return SentimentReader()


class SentimentReader:
    """Sets `doc._.sentiment` and `doc._.strength`; `doc._.felt` is the strength by words, tags and score alone."""

    def __call__(self, doc: Doc) -> Doc:
        scale = doc._.expecting if doc._.expecting in SCALES else doc._.scale
        by_rule = [tag for tag in doc._.tag_spans if not tag.learnt]
        felt = sentiment_of(doc._.plain, by_rule, doc._.score, scale)
        doc._.felt = felt.strength
        if doc._.impression:
            felt = with_impression(felt, doc._.impression, {tag.polarity for tag in by_rule} == {"negative"})
        doc._.sentiment, doc._.strength = felt
        return doc
