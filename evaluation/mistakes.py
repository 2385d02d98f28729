"""The worst mistakes on our own sentences, for reading: grouped by what was wrong, the gravest first.

Only our own: those of others are for figures, and no single one of them is to be looked up.
"""

from collections import Counter
from typing import Callable, List, Mapping, NamedTuple, Optional, Sequence, Tuple

from bot.core.definitions import Taxonomy
from evaluation.own_figures import Reading, found_pairs, is_scored, labelled_pairs, shows_language
from evaluation.own_set import Sentence
from evaluation.shared_sets import TAKEN


class Mistake(NamedTuple):
    """weight: how bad. what: label → what was found."""

    weight: float
    what: str


Wrong = Tuple[Mistake, Sentence]
Judge = Callable[[Reading, Taxonomy], Optional[Mistake]]


def _critical(reading: Reading, _: Taxonomy) -> Optional[Mistake]:
    labelled, found = reading.sentence.severity, reading.found.severity
    if (labelled == "critical") == (found == "critical"):
        return None
    return Mistake(2.0 if labelled == "critical" else 1.0, f"{labelled} → {found}")


def _score(reading: Reading, _: Taxonomy) -> Optional[Mistake]:
    labelled, found = reading.sentence.score, reading.found.score
    if not is_scored(reading.sentence) or labelled == found:
        return None
    return Mistake(1.0 if found is None else 2.0, f"{_number(labelled)} → {_number(found)}")


def _act(reading: Reading, _: Taxonomy) -> Optional[Mistake]:
    labelled, found = reading.sentence.act, reading.found.act
    return None if labelled == found else Mistake(2.0 if found in TAKEN else 1.0, f"{labelled} → {found}")


def _tags(reading: Reading, taxonomy: Taxonomy) -> Optional[Mistake]:
    labelled, found = labelled_pairs(reading.sentence, taxonomy), found_pairs(reading.found)
    missed, wrong = sorted(labelled - found), sorted(found - labelled)
    if reading.sentence.kind != "tags" or not (missed or wrong):
        return None
    signed = [*(f"missed {one} {sign}" for one, sign in missed), *(f"wrong {one} {sign}" for one, sign in wrong)]
    return Mistake(len(missed) + 1.5 * len(wrong), ", ".join(signed))


def _sentiment(reading: Reading, _: Taxonomy) -> Optional[Mistake]:
    labelled, found = reading.sentence.sentiment, reading.found.sentiment
    if labelled == found:
        return None
    return Mistake(1.0 if "neutral" in (labelled, found) else 2.0, f"{labelled} → {found}")


def _language(reading: Reading, _: Taxonomy) -> Optional[Mistake]:
    labelled, found = reading.sentence.language, reading.found.language
    wrong = shows_language(reading.sentence) and labelled != found
    return Mistake(1.0, f"{labelled} → {found}") if wrong else None


JUDGES: Mapping[str, Judge] = {
    "critical or not": _critical, "score": _score, "act": _act, "tags": _tags, "sentiment": _sentiment,
    "language": _language,
}  # fmt: skip


def listed(readings: Sequence[Reading], taxonomy: Taxonomy, most: int) -> str:
    """At most `most` of each group."""
    return "\n\n".join(_group(name, judge, readings, taxonomy, most) for name, judge in JUDGES.items())


def _group(name: str, judge: Judge, readings: Sequence[Reading], taxonomy: Taxonomy, most: int) -> str:
    judged = [(judge(reading, taxonomy), reading.sentence) for reading in readings]
    wrong = [(mistake, sentence) for mistake, sentence in judged if mistake]
    shown = sorted(_in_turn(wrong), key=lambda one: -one[0].weight)[: max(0, most)]
    lines: List[str] = [
        f"{name}: {len(wrong)} wrong" + (f", the worst {len(shown)}" if len(shown) < len(wrong) else "")
    ]
    lines += [f"  {mistake.what}  [{one.expecting or '–'}]  {one.text}" for mistake, one in shown]
    return "\n".join(lines)


def _in_turn(wrong: Sequence[Wrong]) -> List[Wrong]:
    """One of each language in turn, so that the first few are not all of one."""
    seen: Counter = Counter()
    placed = []
    for one in wrong:
        seen[one[1].language] += 1
        placed.append((seen[one[1].language], one))
    return [one for _, one in sorted(placed, key=lambda numbered: numbered[0])]


def _number(score: Optional[float]) -> str:
    return "null" if score is None else f"{score:g}"
