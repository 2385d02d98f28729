"""The tables, what falls below its floor, and what changed since another run."""

from typing import Dict, List, Optional, Sequence, Tuple

from bot.core.types import ACTS, LANGUAGES
from evaluation.measures import Figure
from evaluation.targets import ALL, COST, OWN, ROWS, SHARED, Figures, Row

COLUMNS = (*LANGUAGES, ALL)
NOTHING = "–"
BELOW, REACHED = "!", "*"
LEGEND = (
    f"{BELOW} below the floor   {REACHED} the stretch is reached   n: how many labels\n"
    "others: on another part of the same text; n-grams: logistic regression, trained on the rows measured here"
)
POINT = 0.01  # changes of shares and correlations of more than this are told
NOISE = 0.25  # of what a cost was: it moves by as much with what else the machine does
SECTIONS = (("Own sentences", OWN), ("Real text of others", SHARED), ("Cost, on our own sentences", COST))


def table(figures: Figures) -> str:
    """Rows by language, with what they should reach and what others reach. Rows without a figure are left out."""
    lines = [["", *COLUMNS, "n", "floor", "stretch", "others"]]
    for title, rows in SECTIONS:
        measured = [row for row in rows if row.key in figures]
        if measured:
            lines += [[title, *[""] * (len(COLUMNS) + 4)], *(_line(row, figures[row.key]) for row in measured)]
    return aligned(lines) + f"\n\n{LEGEND}"


def act_table(figures: Figures) -> str:
    """F1 by act, the worst of all languages first."""
    acts = [act for act in ACTS if f"act_f1.{act}" in figures]
    acts.sort(key=lambda act: figures[f"act_f1.{act}"][ALL].value or 0.0)
    worst = next(row for row in OWN if row.key == "act_worst")
    lines = [["F1 by act", *COLUMNS, "n"]]
    lines += [_line(Row("", act, worst.floor), figures[f"act_f1.{act}"])[: len(COLUMNS) + 2] for act in acts]
    return aligned(lines)


def _line(row: Row, by_language: Dict[str, Figure]) -> List[str]:
    cells = [_cell(row, by_language.get(column)) for column in COLUMNS]
    n = by_language[ALL].n if ALL in by_language else sum(figure.n for figure in by_language.values())
    goals = [_shown(goal, row.digits if row.is_cost else 2) for goal in (row.floor, row.stretch)]
    return [f"  {row.title}", *cells, str(n), *goals, row.baselines]


def _cell(row: Row, figure: Optional[Figure]) -> str:
    if figure is None or figure.value is None:
        return f"{NOTHING}  "
    mark = BELOW if row.misses_floor(figure.value) else REACHED if row.reaches_stretch(figure.value) else " "
    return f"{_shown(figure.value, row.digits)} {mark}"


def _shown(value: Optional[float], digits: int) -> str:
    return NOTHING if value is None else f"{value:.{digits}f}"


def aligned(lines: Sequence[Sequence[str]]) -> str:
    """Columns of equal width: the first and the last to the left, the others to the right."""
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    last = len(widths) - 1
    return "\n".join(
        "  ".join(f"{cell:{'<' if at in (0, last) else '>'}{widths[at]}}" for at, cell in enumerate(line)).rstrip()
        for line in lines
    )


def below_floor(figures: Figures) -> List[Tuple[Row, str, float]]:
    """Every figure that misses its floor, with the language; what holds for all languages is not counted again."""
    return [
        (row, language, figure.value)
        for row in ROWS
        for language, figure in figures.get(row.key, {}).items()
        if (language != ALL or len(figures[row.key]) == 1)
        if figure.value is not None and row.misses_floor(figure.value)
    ]


def changes(now: Figures, before: Figures) -> List[str]:
    """What differs from an earlier run by more than a point (a cost: by more than a quarter)."""
    told = []
    for row in ROWS:
        for language, figure in now.get(row.key, {}).items():
            was = before.get(row.key, {}).get(language, Figure(None, 0)).value
            if was is not None and figure.value is not None and _differs(row, figure.value, was):
                better = (figure.value < was) == row.lower_is_better
                told.append(
                    f"{'better' if better else 'WORSE':6}  {row.title}, {language}: "
                    f"{_shown(was, row.digits)} → {_shown(figure.value, row.digits)}"
                )
    return told


def _differs(row: Row, value: float, was: float) -> bool:
    return abs(value - was) > (NOISE * was if row.is_cost else POINT + 1e-9)
