"""Candidates beside each other: which sentences they learn from, what is told of them, and what went wrong."""

import json
from pathlib import Path
from typing import Any, Dict, List

import pytest

from bot.core.types import ACTS
from evaluation import candidate_models, candidates
from evaluation.candidate_models import CANDIDATES, by_form, likeliest, sampled
from evaluation.candidates import Outcome, Told, answer, as_json, environment, figures, measured, parsed, table
from evaluation.measures import Figure
from tests.evaluation.made import sentence

PAIRS = [("praise", f"the {number}. shelf holds") for number in range(40)]
OWN = [
    sentence(text="架子很稳", language="zh-Hans", act="praise"),
    sentence(text="架子歪了", language="zh-Hans", act="complain"),
    sentence(text="架子壞了", language="zh-Hant", act="complain"),
    sentence(text="hello there", language="en", act="greet"),
]
FOUND = ["praise", "praise", "complain", "other"]


def told(**fields: Any) -> Told:
    given: Dict[str, Any] = {
        "found": FOUND, "sentences": 300, "training": 61.4, "ms": 2.34, "memory": 80.6, "ready": 0.25,
    }  # fmt: skip
    return Told(**{**given, **fields})


def test_a_sample_is_the_same_at_every_call_and_takes_nothing_twice() -> None:
    taken = sampled(PAIRS, 15)
    assert taken == sampled(PAIRS, 15)
    assert len(set(taken)) == 15
    assert set(taken) < set(PAIRS)
    assert taken != PAIRS[:15]


@pytest.mark.parametrize("most", [40, 41, 6000])
def test_where_there_are_no_more_all_are_taken(most: int) -> None:
    assert sampled(PAIRS, most) == PAIRS


def test_examples_are_plain_and_from_both_sorts_of_files(tmp_path: Path) -> None:
    for name in ("zh_hans", "zh_hant", "en"):
        path = tmp_path / "data" / "nlu" / f"{name}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("nlu:\n- intent: greet\n  examples: |\n    - GOOD day\n" if name == "en" else "nlu: []\n")
    opinions = tmp_path / "data" / "opinions" / "zh" / "made.tsv"
    opinions.parent.mkdir(parents=True)
    opinions.write_text("門壞了\tcomplain\t-2\tlow\t\n", "utf-8")
    assert candidate_models.examples(tmp_path, 10) == [("greet", "good day"), ("complain", "门坏了")]


def test_the_likeliest_act_is_read_off_the_plain_form() -> None:
    assert likeliest({"thank": 0.2, "greet": 0.7, "other": 0.1}) == "greet"
    assert likeliest({}) == "other"
    read = by_form(lambda form: {"praise": 0.5, "other": float(form == "架子坏了 ok")})
    assert read(sentence(text="架子壞了 OK")) == "other"
    assert read(sentence(text="架子")) == "praise"


def test_accuracy_is_by_language_and_macro_f1_over_acts_that_occur() -> None:
    found = figures(list(zip(OWN, FOUND, strict=True)))
    assert {key: figure.value for key, figure in found.items() if key != "macro_f1"} == {
        "zh-Hans": 0.5, "zh-Hant": 1.0, "en": 0.0, "all": 0.5,
    }  # fmt: skip
    # praise 2/3, complain 2/3, greet 0, and other, which was found and is nowhere labelled
    assert found["macro_f1"] == Figure(pytest.approx(1 / 3), 4)


def test_the_table_has_a_line_for_each_and_says_what_could_not_be_measured() -> None:
    lines = table(
        {"textcat": Outcome(told()), "taught": Outcome(told(training=None)), "diet": Outcome(None, "it is not there")},
        OWN,
    ).splitlines()  # fmt: skip
    assert lines[0] == "Acts of our own 4 sentences"
    cells = ["0.500", "1.000", "0.000", "0.500", "0.333", "300", "61", "2.3", "81", "0.2"]
    assert lines[2].split()[-10:] == cells
    assert lines[3].endswith("learnt beforehand, from all")
    assert lines[3].split()[-11:-4] == ["0.500", "0.333", "300", "–", "2.3", "81", "0.2"]
    assert lines[4].split()[-14:] == [*"––––––––––", "it", "is", "not", "there"]
    assert lines[1].index("ms a text") + len("ms a text") == lines[2].index("2.3") + len("2.3")


def test_what_is_kept_holds_figures_and_no_text() -> None:
    kept = as_json({"n-grams": Outcome(told()), "diet": Outcome(None, "too slow")}, OWN)
    assert kept["diet"] == {"why": "too slow"}
    assert kept["n-grams"]["figures"]["zh-Hans"] == {"value": 0.5, "n": 2}
    assert kept["n-grams"]["training"] == 61.4
    assert not [one.text for one in OWN if one.text in json.dumps(kept, ensure_ascii=False)]


def test_the_last_line_that_was_printed_is_the_answer() -> None:
    assert answer(0, 'noise\n{"ms": 1.5}\n', "warnings") == {"ms": 1.5}
    assert answer(1, "", "Traceback …\nValueError: no such act\n") == {"why": "ValueError: no such act"}
    assert answer(-9, "", "Epochs: 50%") == {"why": "was ended: -9"}


def test_reading_has_one_thread_and_rasa_tells_nobody() -> None:
    assert environment("read", "x")["OMP_NUM_THREADS"] == "1"
    learning = environment("learn", "x")
    assert learning["RASA_TELEMETRY_ENABLED"] == "false"
    assert learning["RASA_CACHE_DIRECTORY"].startswith("x")


def test_who_did_not_learn_is_not_asked_to_read(monkeypatch: pytest.MonkeyPatch) -> None:
    tasks: List[str] = []

    def asked(task: str, name: str, folder: str, *_: str, until: float) -> Dict[str, Any]:
        tasks.append(task)
        assert Path(folder).is_dir()
        if name == "diet":
            return {"why": "no"}
        whole = told()._asdict()
        return {key: whole[key] for key in whole if (key in ("sentences", "training")) == (task == "learn")}

    monkeypatch.setattr(candidates, "asked", asked)
    assert measured("diet", 300) == Outcome(None, "no")
    assert measured("n-grams", 300) == Outcome(told())
    assert tasks == ["learn", "learn", "read"]


def test_a_process_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: Any, timeout: float, **__: Any) -> None:
        assert timeout == 1.0
        raise candidates.subprocess.TimeoutExpired("it", timeout)

    monkeypatch.setattr(candidates.subprocess, "run", late)
    assert "more than 6 minutes" in candidates.asked("learn", "diet", "x", "300", until=0.0)["why"]


def test_all_candidates_are_compared_unless_some_are_named(capsys: pytest.CaptureFixture) -> None:
    assert parsed([]).only == list(CANDIDATES)
    assert parsed([]).sentences == 6000
    assert parsed(["--only", "taught", "diet"]).only == ["taught", "diet"]
    with pytest.raises(SystemExit):
        parsed(["--sentences", str(len(ACTS) - 1)])
    assert "17 acts" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        parsed(["--only", "oracle"])


def test_a_run_is_printed_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setenv("BOT_VAR", str(tmp_path))
    monkeypatch.setattr(candidates, "all_sentences", lambda: OWN)
    monkeypatch.setattr(candidates, "measured", lambda name, sentences: Outcome(told(sentences=sentences)))
    assert candidates.main(["--only", "n-grams", "--sentences", "77"]) == 0
    (written,) = (tmp_path / "eval").glob("candidates-*.json")
    assert json.loads(written.read_text("utf-8"))["candidates"]["n-grams"]["sentences"] == 77
    assert str(written) in capsys.readouterr().out
