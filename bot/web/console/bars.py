"""Where a value and its interval lie on their scale, for the bars of the overview."""

from dataclasses import dataclass
from typing import Optional, Tuple

from bot.core.metrics import Figure

# The ends of each bar are those of its scale: nothing is cut, nothing is stretched.
ENDS = {"nps": (-100.0, 100.0), "csat": (0.0, 100.0), "ces": (1.0, 7.0), "experience": (-5.0, 5.0)}
DECIMALS = {"nps": 0, "csat": 0, "ces": 1, "experience": 1}
UNITS = {"csat": " %"}
WIDTH = 200


@dataclass(frozen=True)
class Bar:
    """Positions in the drawing, 0 to WIDTH. zero: where the scale's zero lies, if it lies within."""

    value: float
    low: Optional[float]
    high: Optional[float]
    zero: Optional[float]


def bar(metric: str, figure: Figure) -> Optional[Bar]:
    if figure.value is None:
        return None
    low, high = ENDS[metric]

    def at(value: float) -> float:
        return round((value - low) / (high - low) * WIDTH, 1)

    interval: Tuple[Optional[float], Optional[float]] = (None, None)
    if figure.ci_low is not None and figure.ci_high is not None:
        interval = at(figure.ci_low), at(figure.ci_high)
    return Bar(at(figure.value), *interval, zero=at(0) if low < 0 else None)


def written(metric: str, value: Optional[float], unit: bool = True) -> str:
    """With the decimals of its metric, a true minus, and its sign where the scale goes through zero."""
    if value is None:
        return "–"
    sign = "+" if ENDS[metric][0] < 0 else ""
    text = f"{value:{sign}.{DECIMALS[metric]}f}"
    if float(text) == 0:
        text = f"{0:.{DECIMALS[metric]}f}"
    return text.replace("-", "−") + (UNITS.get(metric, "") if unit else "")
