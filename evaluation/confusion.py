"""What is taken for what: the acts of our own sentences as a picture."""

from collections import Counter
from pathlib import Path
from typing import Any, List, Sequence, Tuple

from bot.core.types import ACTS

Pair = Tuple[str, str]


def finding(pairs: Sequence[Pair]) -> str:
    """What (label, found) show, in a sentence: the title."""
    right = sum(label == found for label, found in pairs)
    wrong = Counter((label, found) for label, found in pairs if label != found)
    said = f"{100 * right / len(pairs):.0f} % of {len(pairs)} acts are right"
    if not wrong:
        return said
    (label, found), times = min(wrong.items(), key=lambda one: (-one[1], one[0]))
    return f"{said}; the most frequent mistake takes {label} for {found} ({times} times)"


def counts(pairs: Sequence[Pair]) -> List[List[int]]:
    """Rows: the label; columns: what was found; both in the order of `ACTS`."""
    known = Counter(pairs)
    return [[known[label, found] for found in ACTS] for label in ACTS]


def draw(pairs: Sequence[Pair], path: Path) -> None:
    """Writes the picture (PNG) to `path`. A cell's colour is its share of the row, its number how often."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(11, 10), dpi=110)
    FigureCanvasAgg(figure)
    axes = figure.add_subplot(111)
    table = counts(pairs)
    shares = [[n / max(1, sum(row)) for n in row] for row in table]
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    _label(axes, table)
    _write(axes, table, shares)
    figure.suptitle(finding(pairs), fontsize=13, y=0.985)
    figure.tight_layout(rect=(0, 0, 1, 0.98))
    figure.savefig(path)


def _label(axes: Any, table: Sequence[Sequence[int]]) -> None:
    places = range(len(ACTS))
    axes.set_xticks(places)
    axes.set_xticklabels(ACTS, rotation=50, ha="right", rotation_mode="anchor")
    axes.set_yticks(places)
    axes.set_yticklabels([f"{act} ({sum(row)})" for act, row in zip(ACTS, table, strict=True)])
    axes.set_xlabel("taken for   (colour: share of the row; red numbers: mistakes)")
    axes.set_ylabel("labelled (how many)")
    axes.set_xticks([place - 0.5 for place in places], minor=True)
    axes.set_yticks([place - 0.5 for place in places], minor=True)
    axes.grid(which="minor", color="#d8dee6", linewidth=0.6)
    axes.tick_params(which="both", length=0)


def _write(axes: Any, table: Sequence[Sequence[int]], shares: Sequence[Sequence[float]]) -> None:
    """The number of every cell; mistakes in bold red, as their cells are faint."""
    for y, row in enumerate(table):
        for x, n in enumerate(row):
            if n:
                colour = "#b3261e" if x != y else "white" if shares[y][x] > 0.55 else "#1b1b1b"
                axes.text(x, y, n, ha="center", va="center", color=colour, weight="bold" if x != y else "normal")
