"""What our own labelled sentences say of the pipeline."""

from functools import lru_cache
from typing import Dict, List, NamedTuple, Sequence, Set, Tuple

from opencc import OpenCC

from bot.core.definitions import Taxonomy
from bot.core.types import ACTS, SCALES, Understanding
from evaluation.measures import Figure, of_class, of_sets, share
from evaluation.own_set import Sentence

TELLING = 4  # letters or characters from which a text must show its language
Pair = Tuple[str, str]


class Reading(NamedTuple):
    """A sentence, and what the pipeline took it to be."""

    sentence: Sentence
    found: Understanding


def figures(readings: Sequence[Reading], taxonomy: Taxonomy) -> Dict[str, Figure]:
    """Every figure of these readings, by its key in `targets.ROWS`, and `act_f1.<act>`."""
    by_act = act_f1(readings)
    critical = of_class("critical", ((one.severity, found.severity) for one, found in readings))
    tags = of_sets((labelled_pairs(one, taxonomy), found_pairs(found)) for one, found in readings if one.kind == "tags")
    return {
        "score": share(one.score == found.score for one, found in readings if is_scored(one)),
        "act": share(one.act == found.act for one, found in readings),
        "act_worst": min(by_act.values(), key=lambda figure: figure.value or 0.0),
        "sentiment": share(one.sentiment == found.sentiment for one, found in readings),
        "severity": share(one.severity == found.severity for one, found in readings),
        "critical_recall": critical.recall,
        "critical_precision": critical.precision,
        "tags": tags.f1,
        "language": share(one.language == found.language for one, found in readings if shows_language(one)),
        **{f"act_f1.{act}": figure for act, figure in by_act.items()},
    }


def is_scored(sentence: Sentence) -> bool:
    """Whether a score, or that there is none, must be found: it was written for that, or a scale was asked."""
    return sentence.kind == "score" or sentence.expecting in SCALES


def act_f1(readings: Sequence[Reading]) -> Dict[str, Figure]:
    """F1 by act, without acts that neither are labelled nor were found."""
    pairs = [(one.act, found.act) for one, found in readings]
    every = {act: of_class(act, pairs).f1 for act in ACTS}
    return {act: figure for act, figure in every.items() if figure.value is not None}


def labelled_pairs(sentence: Sentence, taxonomy: Taxonomy) -> Set[Pair]:
    """(category, polarity) of the labelled tags."""
    categories = {tag.key: tag.category for tag in taxonomy.tags}
    return {(categories[key], polarity) for key, polarity in sentence.tags}


def found_pairs(found: Understanding) -> Set[Pair]:
    """(category, polarity) of the tags that were found."""
    return {(tag.category, tag.polarity) for tag in found.tags}


def shows_language(sentence: Sentence) -> bool:
    """Whether the text is long enough to show its language, and not written alike in both Chinese scripts.

    What is written alike is decided by the language of the conversation, which is not given here.
    """
    if sum(character.isalpha() for character in sentence.text) < TELLING:
        return False
    return sentence.language == "en" or any(one.convert(sentence.text) != sentence.text for one in _converters())


@lru_cache(maxsize=1)
def _converters() -> List[OpenCC]:
    return [OpenCC("s2t"), OpenCC("t2s")]
