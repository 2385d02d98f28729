"""How well the pipeline reads the labelled sentences of `cases/`, `held_out/` and `fresh/`.

python -m tests.language.measure cases --misses

A label may offer alternatives ("medium|high"); null is not judged. Tags are judged by category and polarity. Neutral
tags (needs, expectations) that no label asks for are not judged.
"""

import json
import sys
from pathlib import Path
from typing import Any, Dict, Iterator, List, NamedTuple, Tuple

from bot.core.types import LANGUAGES, Understanding
from bot.definitions.loader import SHIPPED, load
from bot.language.pipeline import Reader
from bot.review.judging import tags_judged

HERE = Path(__file__).parent
FIELDS = ("act", "severity", "sentiment", "remedy", "score", "topic", "language")


class Figures(NamedTuple):
    """right, labelled: by field, how many labels are met, and how many there are. The last three are of tags."""

    right: Dict[str, int]
    labelled: Dict[str, int]
    found: int
    missed: int
    wrong: int

    @property
    def f1(self) -> float:
        return 2 * self.found / max(1, 2 * self.found + self.missed + self.wrong)


def cases_in(folder: str, language: str) -> List[Dict[str, Any]]:
    """The labelled sentences of a language."""
    lines = (HERE / folder / f"{language}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def open_reader() -> Reader:
    """The pipeline with the shipped definitions."""
    return Reader.open(HERE.parents[1], load(SHIPPED).tags)


def readings(reader: Reader, folder: str, language: str) -> Iterator[Tuple[Dict[str, Any], Understanding]]:
    """Each case and what the pipeline makes of it."""
    for case in cases_in(folder, language):
        yield case, reader.understand(case["text"], case["expecting"], hint=language, scale=case.get("scale"))


def judged(case: Dict[str, Any], found: Understanding, language: str) -> Dict[str, bool]:
    """By field, whether its label is met; without the fields that have none."""
    said = {
        "act": found.act, "severity": found.severity, "sentiment": found.sentiment, "score": found.score,
        "remedy": found.entities.get("remedy"), "topic": found.entities.get("topic"), "language": found.language,
    }  # fmt: skip
    labels = {**case, "language": language}
    return {
        field: str(said[field]) in str(labels[field]).split("|") for field in FIELDS if labels.get(field) is not None
    }


def figures(reader: Reader, folder: str, language: str) -> Figures:
    """All figures of a language."""
    right, labelled = dict.fromkeys(FIELDS, 0), dict.fromkeys(FIELDS, 0)
    tags = [0, 0, 0]
    for case, found in readings(reader, folder, language):
        for field, met in judged(case, found, language).items():
            right[field] += met
            labelled[field] += 1
        found_tags, missed, wrong = tags_judged(case, found)
        tags = [tags[0] + found_tags, tags[1] + len(missed), tags[2] + len(wrong)]
    return Figures(right, labelled, *tags)


def table(results: Dict[str, Figures]) -> str:
    """The figures as people read them."""
    lines = [f"{'':9}" + "".join(f"{field:>15}" for field in (*FIELDS, "tags F1"))]
    for language, one in results.items():
        cells = [f"{one.right[field]}/{one.labelled[field]}" for field in FIELDS]
        cells.append(f"{one.f1:.3f}")
        lines.append(f"{language:9}" + "".join(f"{cell:>15}" for cell in cells))
        lines.append(f"{'':9}tags: {one.found} found, {one.missed} missed, {one.wrong} wrong")
    return "\n".join(lines)


def _print_misses(reader: Reader, folder: str, language: str) -> None:
    for case, found in readings(reader, folder, language):
        bad = [field for field, met in judged(case, found, language).items() if not met]
        _, missed, wrong = tags_judged(case, found)
        if bad or missed or wrong:
            said = {field: getattr(found, field, found.entities.get(field)) for field in bad}
            print(
                f"{case['text']}  [{case['expecting']}]  "
                + "; ".join(f"{field} {case.get(field, language)}→{said[field]}" for field in bad)
                + (f"  MISSED {missed}" if missed else "")
                + (f"  WRONG {wrong}" if wrong else "")
            )


if __name__ == "__main__":
    opened = open_reader()
    where = sys.argv[1]
    if "--misses" in sys.argv:
        for one_language in LANGUAGES:
            print(f"--- {one_language}")
            _print_misses(opened, where, one_language)
    print(table({one: figures(opened, where, one) for one in LANGUAGES}))
