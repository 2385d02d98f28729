"""Real text that others labelled, in a folder beside the project. Nothing of it may enter the project.

A folder's README says what its labels mean. Only figures leave this module: no text, no label, no id.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Dict, List, Optional, Sequence, Set, Tuple

from pydantic import BaseModel

from bot.language.pipeline import Reader
from evaluation.measures import Figure, half_credit, of_sets, rank_correlation, share
from evaluation.own_figures import found_pairs

COMPLAINTS = ("complain", "request_remedy")
# Who hears one of these acts where nothing of the kind was said has done something, not just answered beside the point.
TAKEN = ("rate", "complain", "request_remedy", "affirm", "deny", "stop")
JUDGED = ("positive", "negative")


class Row(BaseModel):
    """A line of a file; each kind of file has some of these fields, and others that are not read."""

    text: str
    label: str = ""
    stars: float = 0.0
    categories: Dict[str, str] = {}
    text_origin: str = ""


Measure = Callable[[Reader, Sequence[Row]], Figure]


@dataclass(frozen=True)
class SharedSet:
    """A file, or the part of it whose `text_origin` begins with `origin`."""

    key: str
    file: str
    language: str
    measure: Measure
    origin: str = ""

    def figure(self, reader: Reader, folder: Path) -> Optional[Figure]:
        """What the pipeline reaches; None where the file is not there."""
        path = folder / self.file
        if not path.exists():
            return None
        rows = [Row.parse_raw(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        return self.measure(reader, [row for row in rows if row.text_origin.startswith(self.origin)])


def sentiment(reader: Reader, rows: Sequence[Row]) -> Figure:
    """Accuracy; neutral counts half."""
    return share(half_credit(row.label, reader.understand(row.text).sentiment) for row in rows)


def stars(reader: Reader, rows: Sequence[Row]) -> Figure:
    """Spearman's rank correlation of the strength of the sentiment with the stars."""
    return rank_correlation([reader.read(row.text)._.strength for row in rows], [row.stars for row in rows])


def complaint(reader: Reader, rows: Sequence[Row]) -> Figure:
    """Accuracy of "a complaint or not"."""
    return share((reader.understand(row.text).act in COMPLAINTS) == (row.label == "complaint") for row in rows)


def aspects(reader: Reader, rows: Sequence[Row]) -> Figure:
    """Micro-F1 of (category, polarity) over the positive and negative ones."""
    return of_sets(aspect_pairs(row.categories, found_pairs(reader.understand(row.text))) for row in rows).f1


def aspect_pairs(
    categories: Dict[str, str], found: Set[Tuple[str, str]]
) -> Tuple[Set[Tuple[str, str]], Set[Tuple[str, str]]]:
    """(labelled, found) to be compared: without neutral ones, and without categories labelled mixed or neutral."""
    labelled = {(category, polarity) for category, polarity in categories.items() if polarity in JUDGED}
    unclear = {category for category, polarity in categories.items() if polarity not in JUDGED}
    return labelled, {(name, sign) for name, sign in found if sign in JUDGED and name not in unclear}


def taken(reader: Reader, rows: Sequence[Row]) -> Figure:
    """The share of out-of-scope text that is taken for an act on which the bot does something."""
    return share(reader.understand(row.text).act in TAKEN for row in rows)


SETS = (
    SharedSet("sentiment_zh", "sentiment_zh.jsonl", "zh-Hans", sentiment),
    SharedSet("sentiment_zh_reviewed", "sentiment_zh_reviewed.jsonl", "zh-Hans", sentiment),
    SharedSet("sentiment_zh_hant_real", "sentiment_zh_hant.jsonl", "zh-Hant", sentiment, origin="real"),
    SharedSet("sentiment_zh_hant_converted", "sentiment_zh_hant.jsonl", "zh-Hant", sentiment, origin="opencc"),
    SharedSet("sentiment_en", "sentiment_en.jsonl", "en", sentiment),
    SharedSet("stars_zh_hant", "stars_zh_hant.jsonl", "zh-Hant", stars),
    SharedSet("complaint_zh", "complaint_zh.jsonl", "zh-Hans", complaint),
    SharedSet("complaint_en", "complaint_en.jsonl", "en", complaint),
    SharedSet("aspects_zh", "aspects_zh.jsonl", "zh-Hans", aspects),
    SharedSet("aspects_en", "aspects_en.jsonl", "en", aspects),
    SharedSet("oos", "oos_zh.jsonl", "zh-Hans", taken),
    SharedSet("oos", "oos_zh_hant.jsonl", "zh-Hant", taken),
    SharedSet("oos", "oos_en.jsonl", "en", taken),
)


def not_measured(folder: Path) -> List[str]:
    """Names of files in `folder` that this module does not know: a new one must not be passed over in silence."""
    return sorted({path.name for path in folder.glob("*.jsonl")} - {one.file for one in SETS})
