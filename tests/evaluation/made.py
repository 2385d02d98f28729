"""Sentences and what was found in them, made by hand."""

from typing import Any, Sequence, Tuple

from bot.core.types import TagMention, Understanding
from evaluation.own_figures import Reading
from evaluation.own_set import Sentence

LABELS = {
    "text": "the drawer sticks a bit", "expecting": "text", "language": "en", "act": "complain", "score": None,
    "sentiment": "negative", "severity": "low", "tags": [], "kind": "act",
}  # fmt: skip


def sentence(**labels: Any) -> Sentence:
    return Sentence(**{**LABELS, **labels})


def understood(tags: Sequence[Tuple[str, str]] = (), **found: Any) -> Understanding:
    """`tags`: (category, polarity)."""
    mentions = tuple(TagMention("some_tag", category, polarity, "words") for category, polarity in tags)
    given = {"text": "", "language": "en", "act": "complain", "sentiment": "negative", "severity": "low", **found}
    return Understanding(tags=mentions, **given)


def reading(label: Any, found: Any, field: str = "act", **labels: Any) -> Reading:
    """A reading in which one field is labelled `label` and was taken for `found`."""
    return Reading(sentence(**{**labels, field: label}), understood(**{field: found}))
