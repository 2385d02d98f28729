"""The labelled sentences in `data/opinions/<language>/*.tsv`: what people think, of what, how strongly, how gravely.

Five columns separated by tabs: text · act · sentiment (whole number −5..+5) · severity · tags such as `queue_too_long-`
(negative), `staff_friendly+` (positive), `wants_callback0` (neutral), separated by spaces. `#` begins a comment line.
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, Iterator, List, Mapping, Tuple

from bot.core.types import ACTS, SEVERITIES

ROOT = Path(__file__).resolve().parents[2]
FOLDER = "data/opinions"
SIGNS: Mapping[str, str] = {"+": "positive", "-": "negative", "0": "neutral"}
SIGN_OF: Mapping[str, str] = {polarity: sign for sign, polarity in SIGNS.items()}
FEELINGS = ("negative", "neutral", "positive")
COLUMNS = ("text", "act", "sentiment", "severity", "tags")


@dataclass(frozen=True)
class Opinion:
    """tags: (key, sign) with sign one of + - 0."""

    text: str
    act: str
    sentiment: int
    severity: str
    tags: Tuple[Tuple[str, str], ...]

    @property
    def feeling(self) -> int:
        """The place of its feeling among FEELINGS."""
        return 1 + (self.sentiment > 0) - (self.sentiment < 0)


def opinions_below(root: Path) -> Iterator[Opinion]:
    """All of them, in the order of their files. Raises ValueError, which names file, line, value and mend."""
    for path in opinion_files(root):
        yield from opinions_in(path)


def opinion_files(root: Path) -> List[Path]:
    return sorted((root / FOLDER).glob("*/*.tsv"))


def opinions_in(path: Path) -> Iterator[Opinion]:
    """Those of one file. Raises ValueError."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            try:
                yield _opinion(line)
            except ValueError as error:
                raise ValueError(f"{path}, line {number}: {error}") from None


def _opinion(line: str) -> Opinion:
    columns = line.split("\t")
    if len(columns) != len(COLUMNS):
        raise ValueError(f"{len(columns)} columns where {len(COLUMNS)} belong: {', '.join(COLUMNS)}, with tabs between")
    text, act, sentiment, severity, tags = columns
    if act not in ACTS:
        raise ValueError(f"{act!r} is no act; use one of {', '.join(ACTS)}")
    if severity not in SEVERITIES:
        raise ValueError(f"{severity!r} is no severity; use one of {', '.join(SEVERITIES)}")
    if not -5 <= int(sentiment) <= 5:
        raise ValueError(f"the sentiment {sentiment} is not within −5..+5")
    return Opinion(text, act, int(sentiment), severity, tuple(_tag(tag) for tag in tags.split()))


def _tag(written: str) -> Tuple[str, str]:
    if written[-1] not in SIGNS:
        raise ValueError(f"the tag {written!r} has no sign; end it with one of + - 0")
    return written[:-1], written[-1]


def said_twice(root: Path) -> List[str]:
    """Sentences that differ in nothing but signs and case from another of their language, with what each is labelled.

    The same words under two labels teach nothing, and under one they only weigh more.
    """
    seen: Dict[Tuple[str, str], Opinion] = {}
    found = []
    for path in opinion_files(root):
        for one in opinions_in(path):
            key = (path.parent.name, _bare(one.text))
            other = seen.setdefault(key, one)
            if other is not one:
                found.append(f"{path}: {one.text!r} ({one.act}) is {other.text!r} ({other.act}) again; keep one")
    return found


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold() or text


def main(root: Path = ROOT) -> int:
    """Checks them all: `python -m bot.language.opinions`. 1 where one cannot be read or stands there twice."""
    try:
        problems, number = said_twice(root), sum(1 for _ in opinions_below(root))
    except ValueError as error:
        problems, number = [str(error)], 0
    print("\n".join(problems) or f"{number} labelled sentences, none twice")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
