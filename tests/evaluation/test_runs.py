"""Runs as files."""

from datetime import datetime, timezone
from pathlib import Path

import pytest

from evaluation import runs
from evaluation.measures import Figure

AT = datetime(2026, 11, 22, 9, 5, 7, tzinfo=timezone.utc)


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    figures = {"score": {"en": Figure(0.5, 4), "all": Figure(None, 0)}}
    runs.write(tmp_path / "a.json", AT, figures, {"model": "x"})
    assert runs.read(tmp_path / "a.json") == figures


def test_the_latest_is_the_one_whose_name_says_so(tmp_path: Path) -> None:
    assert runs.latest(tmp_path) is None
    later = tmp_path / f"{runs.name_of(AT.replace(day=23, hour=1))}.json"
    for path in (later, tmp_path / f"{runs.name_of(AT)}.json", tmp_path / "2027-acts.png"):
        path.write_text("{}")
    assert runs.latest(tmp_path) == later


@pytest.mark.parametrize(
    "content", ["", "[]", '{"date": 1}', '{"figures": {"score": 3}}', '{"figures": {"a": {"en": 1}}}']
)
def test_a_file_that_holds_no_run_is_told_as_such(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.json").write_text(content)
    with pytest.raises(ValueError, match="holds no run"):
        runs.read(tmp_path / "a.json")
