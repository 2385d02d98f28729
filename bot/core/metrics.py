"""What the numbers mean. Each figure comes with how sure it is: a 95 % interval.

Every function takes how often each valid score was given; what was skipped is not among them and never in n.
"""

from dataclasses import dataclass, field, replace
from math import cos, expm1, pi, sin, sqrt
from statistics import NormalDist
from typing import Dict, Iterable, List, Mapping, Optional, Sequence, Tuple

from bot.core.types import SCALES, Score

Counts = Mapping[Score, int]
Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class Figure:
    """A value, from how many, and its 95 % interval. None where there is nothing to say it from.

    extra: further figures of the same answers or cases, such as promoters and detractors.
    """

    value: Optional[float]
    n: int
    ci_low: Optional[float] = None
    ci_high: Optional[float] = None
    extra: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class PeakEnd:
    """The moments a journey is remembered by: the strongest and the last, and the mean of the two."""

    peak_touchpoint: str
    peak: float
    end_touchpoint: str
    end: float
    value: float


def total(parts: Iterable[Counts]) -> Dict[Score, int]:
    """The counts of several groups together."""
    whole: Dict[Score, int] = {}
    for part in parts:
        for score, times in part.items():
            whole[score] = whole.get(score, 0) + times
    return whole


def nps(counts: Counts) -> Figure:
    """Net promoter score, −100..100: share of 9–10 less share of 0–6.

    Interval: adjusted Wald (0.75 detractors, 1.5 passives and 0.75 promoters more than there were), so that five
    promoters of five do not look certain.
    """
    promoters, detractors, n = _nps_parts(counts)
    if n == 0:
        return Figure(None, 0)
    centre, error = _adjusted(promoters, detractors, n)
    return Figure(
        value=100 * (promoters - detractors) / n,
        n=n,
        ci_low=max(-100.0, 100 * (centre - Z * error)),
        ci_high=min(100.0, 100 * (centre + Z * error)),
        extra={
            "promoters": 100 * promoters / n,
            "passives": 100 * (n - promoters - detractors) / n,
            "detractors": 100 * detractors / n,
        },
    )


def nps_change(now: Counts, before: Counts) -> Optional[float]:
    """The difference in (adjusted) standard errors: beyond ±1.96 it is more than chance. None if one is empty."""
    sides = [_nps_parts(counts) for counts in (now, before)]
    if any(n == 0 for _, _, n in sides):
        return None
    scores = [(promoters - detractors) / n for promoters, detractors, n in sides]
    errors = [_adjusted(*side)[1] for side in sides]
    return (scores[0] - scores[1]) / sqrt(errors[0] ** 2 + errors[1] ** 2)


def csat(counts: Counts) -> Figure:
    """Share of the satisfied (4 and 5 of 1–5), in percent; Agresti–Coull interval."""
    valid = _valid(counts, "csat")
    return share(sum(times for score, times in valid.items() if score >= 4), sum(valid.values()))


def ces(counts: Counts) -> Figure:
    """Mean of the customer effort score (1–7, more is easier) with Student-t interval; extra: `easy`, share of 5–7."""
    valid = _valid(counts, "ces")
    figure = _mean(valid, "ces")
    if figure.n == 0:
        return figure
    easy = sum(times for score, times in valid.items() if score >= 5)
    return Figure(figure.value, figure.n, figure.ci_low, figure.ci_high, {"easy": 100 * easy / figure.n})


def experience(counts: Counts) -> Figure:
    """Mean experience (−5..+5: satisfaction = experience − expectation) with Student-t interval."""
    return _mean(_valid(counts, "experience"), "experience")


def share(part: int, whole: int) -> Figure:
    """`part` of `whole` in percent, with its Agresti–Coull interval: for CSAT and for every rate."""
    if whole == 0:
        return Figure(None, 0)
    n = whole + Z * Z
    centre = (part + Z * Z / 2) / n
    error = Z * sqrt(centre * (1 - centre) / n)
    low, high = max(0.0, centre - error), min(1.0, centre + error)
    return Figure(100 * part / whole, whole, 100 * low, 100 * high)


def rate(parts: Mapping[str, int]) -> Figure:
    """`part` of `whole` as a share.

    extra: `pending` as it is; `paired_difference`, the mean of after − before, and `paired`, from how many.
    """
    figure = share(parts.get("part", 0), parts.get("whole", 0))
    extra: Dict[str, float] = {"pending": parts["pending"]} if "pending" in parts else {}
    if parts.get("paired"):
        extra.update(paired=parts["paired"], paired_difference=parts["gained"] / parts["paired"])
    return replace(figure, extra=extra)


def peak_end(means: Sequence[Tuple[str, Optional[float]]]) -> Optional[PeakEnd]:
    """Peak and end of (touchpoint, mean experience) in the journey's order; those without a mean are passed over.

    The peak has the largest absolute mean; of two as large the bad one, which is remembered longer.
    """
    rated: List[Tuple[str, float]] = [(key, mean) for key, mean in means if mean is not None]
    if not rated:
        return None
    peak_key, peak = max(rated, key=lambda item: (abs(item[1]), item[1] < 0))
    end_key, end = rated[-1]
    return PeakEnd(peak_key, peak, end_key, end, (peak + end) / 2)


def student_t(two_tailed: float, freedom: int) -> float:
    """The t that is exceeded, either way, with probability `two_tailed`.

    G. W. Hill, Algorithm 396: Student's t-quantiles, Communications of the ACM 13 (1970); exact for 1 and 2 degrees of
    freedom, otherwise right to about six digits. SciPy would take longer to import than all of the web app.
    """
    if freedom < 1 or not 0 < two_tailed < 1:
        raise ValueError("degrees of freedom must be at least 1 and the probability between 0 and 1")
    if freedom == 1:
        return cos(two_tailed * pi / 2) / sin(two_tailed * pi / 2)
    if freedom == 2:
        return sqrt(2 / (two_tailed * (2 - two_tailed)) - 2)
    n = float(freedom)
    a = 1 / (n - 0.5)
    b = 48 / (a * a)
    c = ((20700 * a / b - 98) * a - 16) * a + 96.36
    d = ((94.5 / (b + c) - 3) / b + 1) * sqrt(a * pi / 2) * n
    y = (d * two_tailed) ** (2 / n)
    if y <= 0.05 + a:  # far out in the tail
        y = ((1 / (((n + 6) / (n * y) - 0.089 * d - 0.822) * (n + 2) * 3) + 0.5 / (n + 4)) * y - 1) * (n + 1) / (
            n + 2
        ) + 1 / y
        return sqrt(n * y)
    x = NormalDist().inv_cdf(two_tailed / 2)
    y = x * x
    if freedom < 5:
        c += 0.3 * (n - 4.5) * (x + 0.6)
    c = (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b + c
    y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x
    return sqrt(n * expm1(a * y * y))


def _valid(counts: Counts, scale: str) -> Dict[Score, int]:
    """The counts, once each is found to lie on the scale: scales are never mixed."""
    for score in counts:
        if not SCALES[scale].holds(score):
            raise ValueError(f"{score} is not on the scale {scale}")
    return dict(counts)


def _nps_parts(counts: Counts) -> Tuple[int, int, int]:
    valid = _valid(counts, "nps")
    promoters = sum(times for score, times in valid.items() if score >= 9)
    detractors = sum(times for score, times in valid.items() if score <= 6)
    return promoters, detractors, sum(valid.values())


def _adjusted(promoters: int, detractors: int, n: int) -> Tuple[float, float]:
    """Centre and standard error of the adjusted Wald interval, as shares."""
    p, d = (promoters + 0.75) / (n + 3), (detractors + 0.75) / (n + 3)
    return p - d, sqrt((p + d - (p - d) ** 2) / (n + 3))


def _mean(counts: Counts, scale: str) -> Figure:
    """Mean with Student-t interval, kept on the scale; one answer alone has no interval."""
    n = sum(counts.values())
    if n == 0:
        return Figure(None, 0)
    mean = sum(score * times for score, times in counts.items()) / n
    if n == 1:
        return Figure(mean, 1)
    variance = sum(times * (score - mean) ** 2 for score, times in counts.items()) / (n - 1)
    error = student_t(0.05, n - 1) * sqrt(variance / n)
    return Figure(mean, n, max(float(SCALES[scale].low), mean - error), min(float(SCALES[scale].high), mean + error))
