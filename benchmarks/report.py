"""The arithmetic and the table: percentiles, medians over the rounds, ratios."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Optional, Sequence

Found = Mapping[str, Any]
OURS, STOCKS = "c", ("a", "b")
NOTHING = "–"
BUSY = 20.0
"""Percent of all cores; with more in use before the start, a round is doubtful."""


@dataclass(frozen=True)
class Row:
    key: str
    title: str
    digits: int = 0


ROWS = (
    Row("turns_per_second", "turns/s, 8 at once", 1),
    Row("alone_p50", "p50, 1 at once (ms)", 1),
    Row("alone_p95", "p95, 1 at once (ms)", 1),
    Row("together_p50", "p50, 8 at once (ms)", 1),
    Row("together_p95", "p95, 8 at once (ms)", 1),
    Row("tap_p50", "  p50 buttons, digits (ms)", 1),
    Row("text_p50", "  p50 free text (ms)", 1),
    Row("turn_5", "long conversation: turn 5 (ms)", 1),
    Row("turn_last", "long conversation: last turns (ms)", 1),
    Row("growth", "  last turns / turn 5", 2),
    Row("ready", "time to ready (s)", 1),
    Row("pss", "memory, PSS (MB)"),
    Row("pss_of_rasa", "  Rasa and action server (MB)"),
    Row("rss", "memory, sum of RSS (MB)"),
)
# Stock speaks free text only.
OURS_ONLY = ("tap_p50", "text_p50")


def percentile(values: Sequence[float], wanted: float) -> Optional[float]:
    """Nearest rank: a value that was really measured. None of nothing."""
    if not values:
        return None
    rank = max(1, math.ceil(wanted / 100 * len(values)))
    return sorted(values)[rank - 1]


def mean(values: Sequence[float]) -> Optional[float]:
    return statistics.fmean(values) if values else None


def medians(rounds: Sequence[Found]) -> Dict[str, Optional[float]]:
    """Each row's median over the rounds of one contestant."""
    return {row.key: median([value_of(row.key, found) for found in rounds]) for row in ROWS}


def median(values: Sequence[Optional[float]]) -> Optional[float]:
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None


def value_of(key: str, found: Found) -> Optional[float]:
    if key == "growth":
        return ratio(found.get("turn_last"), found.get("turn_5"))
    value = found.get(key)
    return None if value is None else float(value)


def ratio(one: Optional[float], other: Optional[float]) -> Optional[float]:
    return one / other if one is not None and other else None


def table(titles: Mapping[str, str], results: Mapping[str, Mapping[str, Optional[float]]]) -> str:
    """Rows by contestants, and ours against each stock assistant that was measured."""
    compared = [stock for stock in STOCKS if stock in results] if OURS in results else []
    head = ["", *(titles[key] for key in results), *(f"ours/({stock})" for stock in compared)]
    lines = [head]
    for row in ROWS:
        cells = [
            shown(None if hidden(row, key) else result.get(row.key), row.digits) for key, result in results.items()
        ]
        ratios = [ratio(results[OURS].get(row.key), results[stock].get(row.key)) for stock in compared]
        lines.append([row.title, *cells, *(shown(None if row.key in OURS_ONLY else one, 2) for one in ratios)])
    return aligned(lines)


def hidden(row: Row, contestant: str) -> bool:
    return row.key in OURS_ONLY and contestant != OURS


def shown(value: Optional[float], digits: int) -> str:
    return NOTHING if value is None else f"{value:,.{digits}f}"


def aligned(lines: Sequence[Sequence[str]]) -> str:
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join(
        "  ".join(f"{cell:{'>' if column else '<'}{widths[column]}}" for column, cell in enumerate(line)).rstrip()
        for line in lines
    )


def doubts(titles: Mapping[str, str], rounds: Mapping[str, Sequence[Found]]) -> List[str]:
    """What the reader must know before believing the table."""
    found: List[str] = []
    for key, of_one in rounds.items():
        for number, one in enumerate(of_one, 1):
            where = f"{titles[key]}, round {number}"
            lost = sum(one.get(f"{part}_unanswered", 0) for part in ("alone", "together", "long", "apologies"))
            if lost:
                found.append(f"{where}: {lost} turns came back empty or not at all; its speed means nothing.")
            if any(one.get(f"{part}_cut_short") for part in ("alone", "together", "long")):
                found.append(f"{where}: cut short by its time limit.")
            if one.get("busy_before", 0.0) > BUSY:
                found.append(f"{where}: others kept the machine busy ({one['busy_before']:.0f} % of its cores).")
    return found
