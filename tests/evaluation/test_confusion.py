"""The picture of the acts."""

from pathlib import Path

from PIL import Image

from bot.core.types import ACTS
from evaluation.confusion import counts, draw, finding

PAIRS = [("rate", "rate"), ("complain", "other"), ("complain", "other"), ("stop", "skip")]


def test_the_title_says_what_was_found() -> None:
    said = "25 % of 4 acts are right; the most frequent mistake takes complain for other (2 times)"
    assert finding(PAIRS) == said
    assert finding([("rate", "rate")]) == "100 % of 1 acts are right"


def test_a_row_is_the_label_and_a_column_what_was_found() -> None:
    table = counts(PAIRS)
    assert table[ACTS.index("complain")][ACTS.index("other")] == 2
    assert table[ACTS.index("skip")][ACTS.index("stop")] == 0
    assert sum(map(sum, table)) == 4


def test_the_picture_shows_what_is_where(tmp_path: Path) -> None:
    """Right is dark where it is, and a mistake changes the picture."""
    draw(PAIRS, tmp_path / "some.png")
    draw(PAIRS[:1], tmp_path / "right.png")
    with Image.open(tmp_path / "some.png") as some, Image.open(tmp_path / "right.png") as right:
        assert some.size == right.size
        assert min(some.size) >= 1000
        assert some.convert("RGB").tobytes() != right.convert("RGB").tobytes()
        assert len(set(right.convert("RGB").getdata())) > 10
