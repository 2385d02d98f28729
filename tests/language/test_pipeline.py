# ruff: noqa: E501 — ruff counts a Chinese character as two
"""The pipeline as a whole: the contract's example, hostile texts, speed, the command line, the artefact."""

import io
import json
import subprocess
import sys

import pytest

from bot.core.types import ACTS
from bot.language.cli import understand_lines
from bot.language.pipeline import COMPONENTS
from bot.language.training import MODEL, artefact_hash, ensure_trained

from .conftest import ROOT


def test_the_contracts_example(reader):
    assert reader.understand("等了四十分钟,给3分吧", expecting="csat").as_json() == {
        "text": "等了四十分钟,给3分吧",
        "language": "zh-Hans",
        "act": "rate",
        "score": 3,
        "sentiment": "negative",
        "tags": [
            {
                "tag": "queue_too_long",
                "category": "waiting_and_speed",
                "polarity": "negative",
                "evidence": "等了四十分钟",
            }
        ],
        "severity": "low",
        "entities": {},
    }


def test_what_is_registered(reader):
    assert tuple(reader.nlp.pipe_names) == COMPONENTS


def test_evidence_is_in_the_customers_characters(reader):
    found = reader.understand("等了４０分鐘，服務員態度差", "text")
    assert [tag.evidence for tag in found.tags] == ["等了４０分鐘", "態度差"]
    assert found.language == "zh-Hant"


HOSTILE = ["5", "给", "1 ", "3分", "a ", "<b>", "-", " ", "不", "嗯", "退", "not ", "'", "hs", "a@", "a.-", "等了", "好呀",
           "给我换", "Anna ", "yes", "客服", "没有", "no no ", "\x00", "😀", "\ud800"]  # fmt: skip


@pytest.mark.timeout(60)  # what grows with the square of the length takes minutes
@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_texts(reader, unit):
    for length in (59, 20_000):
        found = reader.understand((unit * length)[:length] + "x", "yesno")
        assert found.act in ACTS
        json.dumps(found.as_json(), ensure_ascii=False).encode("utf-8")


@pytest.mark.parametrize("text", ["", "\n", "<img src=x onerror=alert(1)>", "1'; DELETE FROM users; --", "/restart"])
def test_odd_texts(reader, text):
    assert reader.understand(text, "csat").score is None


def test_command_line(reader):
    lines = [
        '{"text": "5", "expecting": "csat"}',
        "{",
        "",
        "[]",
        '{"text": 5}',
        '{"text": "hi", "expecting": "stars"}',
        '{"text": "谢谢"}',
    ]
    out = io.StringIO()
    assert understand_lines(reader, io.StringIO("\n".join(lines)), out) == 1
    answers = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [answer.get("act") or (answer["error"]["code"], answer["line"]) for answer in answers] == [
        "rate", ("not_json", 2), ("not_an_object", 4), ("text_missing", 5), ("expecting_unknown", 6), "thank",
    ]  # fmt: skip
    assert list(answers[0]) == ["text", "language", "act", "score", "sentiment", "tags", "severity", "entities"]
    assert understand_lines(reader, io.StringIO('{"text": "好"}\n'), io.StringIO()) == 0


def test_trained_once(reader):
    folder = ensure_trained(ROOT)
    assert folder.name == f"language-{artefact_hash(ROOT)}"
    before = (folder / MODEL).stat().st_mtime_ns
    assert ensure_trained(ROOT) == folder
    assert (folder / MODEL).stat().st_mtime_ns == before


def test_light_imports():
    heavy = ["sklearn", "tensorflow", "rasa", "sqlalchemy"]
    code = f"import sys, bot.language.pipeline; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"
