"""What the pipeline should reach: below the floor it is not good enough; the stretch is worth working for."""

from dataclasses import dataclass
from typing import Dict, Optional, Tuple

from evaluation.measures import Figure

Figures = Dict[str, Dict[str, Figure]]
"""By key of a row and language (or `ALL`)."""
ALL = "all"


@dataclass(frozen=True)
class Row:
    """A line of the table.

    floor, stretch: hold for every language. None where none was set.
    baselines: what others reach on a disjoint part of the same text.
    """

    key: str
    title: str
    floor: Optional[float] = None
    stretch: Optional[float] = None
    lower_is_better: bool = False
    digits: int = 3
    baselines: str = ""

    @property
    def is_cost(self) -> bool:
        """Whether it moves with the machine, not only with the pipeline."""
        return self.digits < 3

    def misses_floor(self, value: float) -> bool:
        return self.floor is not None and self._is_worse(value, self.floor)

    def reaches_stretch(self, value: float) -> bool:
        return self.stretch is not None and not self._is_worse(value, self.stretch)

    def _is_worse(self, value: float, than: float) -> bool:
        return value > than if self.lower_is_better else value < than


OWN = (
    Row("score", "score exact, value or null", 0.97, 0.99),
    Row("act", "act, accuracy", 0.92, 0.95),
    Row("act_worst", "act, F1 of the worst one", 0.80),
    Row("critical_recall", "critical, found", 1.0),
    Row("critical_precision", "critical, precision", 0.90, 0.97),
    Row("tags", "tags, category and polarity, F1", 0.85, 0.90),
    Row("sentiment", "sentiment, exact (soft labels)"),
    Row("severity", "severity, exact (soft labels)"),
    Row("language", "language and script", 0.99),
)
SHARED = (
    Row("sentiment_zh", "sentiment, zh reviews", 0.82, 0.87, baselines="SnowNLP .793, cnsenti .644, n-grams .843"),
    Row("sentiment_zh_reviewed", "sentiment, zh, labels read again", 0.92, 0.96, baselines="SnowNLP .866"),
    Row("sentiment_zh_hant_real", "sentiment, Taiwanese reviews", 0.80, 0.86, baselines="SnowNLP .714"),
    Row("sentiment_zh_hant_converted", "sentiment, converted reviews"),
    Row("sentiment_en", "sentiment, en", 0.88, 0.92, baselines="VADER .797, TextBlob .769, n-grams .819"),
    Row("stars_zh_hant", "strength and stars, Spearman"),
    Row("complaint_zh", "a complaint or not, zh", 0.84, 0.90, baselines="SnowNLP .756"),
    Row("complaint_en", "a complaint or not, en", 0.72, 0.80, baselines="VADER .639, n-grams .707"),
    Row("aspects_zh", "aspects, long zh reviews, F1", 0.65, 0.75),
    Row("aspects_en", "aspects, en sentences, F1", 0.60, 0.70),
    Row("oos", "out of scope, yet taken up", 0.05, 0.02, lower_is_better=True),
)
COST = (
    Row("speed", "texts/s on one core", 40, 100, digits=0, baselines="SnowNLP 50–140"),
    Row("ms", "ms a text", lower_is_better=True, digits=1),
    Row("memory", "memory (MB)", 300, lower_is_better=True, digits=0),
    Row("ready", "ready after (s)", 3, lower_is_better=True, digits=1),
)
ROWS: Tuple[Row, ...] = (*OWN, *SHARED, *COST)
