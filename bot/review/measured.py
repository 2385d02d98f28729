"""The labelled sentences that measure: `tests/language/cases` and, where it is there, `tests/eval`."""

import json
from pathlib import Path
from typing import Any, Dict, Iterator, List, Mapping

from bot.core.types import LANGUAGES

Case = Dict[str, Any]
# The others measure by figures alone; to be kept out of what is learnt they all are.
_KEPT_OUT = ("cases", "held_out", "fresh")


def cases(root: Path, categories: Mapping[str, str]) -> Dict[str, List[Case]]:
    """By language. `categories` of the tags by key: `tests/eval` labels tags by key and polarity."""
    found = {language: list(_lines(root / "tests/language/cases", language)) for language in LANGUAGES}
    for case in _own(root):
        tags = [{"category": categories[tag], "polarity": polarity} for tag, polarity in case["tags"]]
        found[case["language"]].append({**case, "tags": tags})
    return found


def texts(root: Path) -> Iterator[str]:
    """Every sentence of every set."""
    for folder in _KEPT_OUT:
        for language in LANGUAGES:
            yield from (case["text"] for case in _lines(root / "tests/language" / folder, language))
    yield from (case["text"] for case in _own(root))


def _own(root: Path) -> Iterator[Case]:
    for path in sorted((root / "tests/eval").glob("*.jsonl")):
        yield from (json.loads(line) for line in path.read_text("utf-8").split("\n") if line)


def _lines(folder: Path, language: str) -> Iterator[Case]:
    path = folder / f"{language}.jsonl"
    if path.exists():
        yield from (json.loads(line) for line in path.read_text("utf-8").split("\n") if line)
