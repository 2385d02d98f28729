"""Labelled sentences against what is read from them.

A label may offer alternatives ("complain|other"). Tags are judged by category and polarity; neutral ones (needs,
expectations) that no label asks for are not judged.
"""

from typing import Any, Dict, Iterable, List, NamedTuple, Optional, Tuple

from bot.core.types import Understanding


class Verdict(NamedTuple):
    """How one sentence was read. act_is_right: None where its label says nothing of the act."""

    text: str
    act: str
    act_is_right: Optional[bool]
    found: int
    missed: Tuple[str, ...]
    wrong: Tuple[str, ...]


class Figures(NamedTuple):
    """right of labelled acts; f1 of the tags, 0..1."""

    right: int
    labelled: int
    f1: float


def verdict(case: Dict[str, Any], found: Understanding) -> Verdict:
    label = case.get("act")
    count, missed, wrong = tags_judged(case, found)
    is_right = None if label is None else found.act in str(label).split("|")
    return Verdict(case["text"], found.act, is_right, count, tuple(missed), tuple(wrong))


def figures(verdicts: Iterable[Verdict]) -> Figures:
    judged = list(verdicts)
    found = sum(one.found for one in judged)
    errors = sum(len(one.missed) + len(one.wrong) for one in judged)
    acts = [one.act_is_right for one in judged if one.act_is_right is not None]
    return Figures(sum(acts), len(acts), 2 * found / max(1, 2 * found + errors))


def tags_judged(case: Dict[str, Any], found: Understanding) -> Tuple[int, List[str], List[str]]:
    """How many tags are found, which are missed, which are wrong."""
    said = {(tag.category, tag.polarity): tag for tag in found.tags}
    labels = [(tag["category"].split("|"), tag["polarity"]) for tag in case["tags"]]
    met = [any((name, polarity) in said for name in names) for names, polarity in labels]
    wrong = [
        f"{tag.tag} {polarity} {tag.evidence!r}"
        for (category, polarity), tag in said.items()
        if polarity != "neutral" and not any(category in names and polarity == sign for names, sign in labels)
    ]
    missed = [f"{'|'.join(names)} {sign}" for (names, sign), ok in zip(labels, met, strict=True) if not ok]
    return sum(met), missed, wrong
