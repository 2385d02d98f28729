"""`python -m evaluation` from end to end: the shipped pipeline, our own sentences, and a folder of real text."""

import json
from datetime import datetime, timezone
from pathlib import Path

import pytest

from evaluation import runs
from evaluation.__main__ import main, verdict
from evaluation.measures import Figure
from evaluation.own_set import all_sentences
from evaluation.targets import ALL, COST, OWN

SECRET = "zanzibar was lovely and nobody may copy this"


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BOT_VAR", str(tmp_path / "var"))
    return tmp_path / "var" / "eval"


def test_a_run_prints_keeps_and_compares_its_figures_and_copies_no_text(
    var: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    shared, earlier = tmp_path / "shared", tmp_path / "earlier.json"
    shared.mkdir()
    (shared / "sentiment_en.jsonl").write_text(json.dumps({"text": SECRET, "label": "positive"}))
    (shared / "weather.jsonl").write_text("")
    runs.write(earlier, datetime.now(timezone.utc), {"score": {"en": Figure(0.01, 1)}}, {})
    assert main(["--shared", str(shared), "--compare", str(earlier), "--mistakes", "1"]) == 0
    said = capsys.readouterr().out
    kept = runs.read(runs.latest(var) or var)
    assert {row.key for row in (*OWN, *COST)} | {"sentiment_en"} == {key for key in kept if "." not in key}
    assert kept["act"][ALL].n == len(all_sentences())
    assert kept["sentiment_en"]["en"].n == 1
    assert "better  score exact, value or null, en: 0.010 →" in said
    assert "sentiment_zh.jsonl is not there" in said
    assert "weather.jsonl is there, and nothing is known of it" in said
    assert "act: " in said
    written = [path.read_bytes() for path in var.iterdir()]
    assert len(written) == 2
    assert SECRET not in said
    assert not [one for one in written if SECRET.encode() in one]


def test_only_a_strict_run_fails_below_a_floor(capsys: pytest.CaptureFixture) -> None:
    low, high = {"score": {"en": Figure(0.5, 10)}}, {"score": {"en": Figure(1.0, 10)}}
    assert [verdict(low, strict=False), verdict(low, strict=True), verdict(high, strict=True)] == [0, 1, 0]
    assert "Below their floor: 1 of" in capsys.readouterr().out


def test_a_comparison_with_no_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(SystemExit):
        main(["--compare", str(tmp_path / "none.json")])
    assert "there is no file" in capsys.readouterr().err
