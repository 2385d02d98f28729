"""`python -m bot` as an operator or a program runs it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot import cli
from bot.definitions.loader import SHIPPED

ROOT = Path(__file__).resolve().parents[1]
FIELDS = {"text", "language", "act", "score", "sentiment", "tags", "severity", "entities"}


def bot(*arguments, stdin="", **env):
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "bot", *arguments], input=stdin, capture_output=True, text=True,
        cwd=ROOT, env={**os.environ, **env}, encoding="utf-8",
    )  # fmt: skip


@pytest.fixture(scope="module")
def understood():
    """One run for all: (the run, what it said to each line)."""
    lines = [
        '{"text": "等了四十分钟,给3分吧", "expecting": "csat"}',
        "no json",
        "",
        '{"text": "55", "expecting": "csat"}',
        "[1, 2]",
        '{"expecting": "csat"}',
        '{"text": 5}',
        '{"text": "3", "expecting": "stars"}',
        '{"text": "3", "expecting": ["csat"]}',
        '{"text": "", "expecting": null}',
        '{"text": "3", "expecting": "csat", "hint": "klingon"}',
        '{"text": "Great, 5 stars", "expecting": "csat"}',
        "[" * 5000,
    ]
    run = bot("understand", stdin="\n".join(lines) + "\n")
    return run, [json.loads(line) for line in run.stdout.splitlines()]


def test_a_text_is_understood_as_the_contract_shows_it(understood):
    first = understood[1][0]
    assert set(first) == FIELDS
    assert {key: first[key] for key in FIELDS - {"tags"}} == {
        "text": "等了四十分钟,给3分吧", "language": "zh-Hans", "act": "rate", "score": 3, "sentiment": "negative",
        "severity": "low", "entities": {},
    }  # fmt: skip
    assert first["tags"] == [
        {
            "tag": "queue_too_long", "category": "waiting_and_speed", "polarity": "negative",
            "evidence": "等了四十分钟",
        }
    ]  # fmt: skip


def test_each_line_is_answered_in_order_and_bad_ones_by_their_number(understood):
    answers = understood[1]
    errors = [(answer["line"], answer["error"]["code"]) for answer in answers if "error" in answer]
    assert errors == [
        (2, "not_json"), (5, "not_an_object"), (6, "text_missing"), (7, "text_missing"), (8, "expecting_unknown"),
        (9, "expecting_unknown"), (11, "hint_unknown"), (13, "not_json"),
    ]  # fmt: skip
    assert [answer["text"] for answer in answers if "error" not in answer] == [
        "等了四十分钟,给3分吧", "55", "", "Great, 5 stars",
    ]  # fmt: skip


def test_a_score_is_never_a_guess(understood):
    scores = {answer["text"]: answer["score"] for answer in understood[1] if "error" not in answer}
    assert scores["55"] is None and scores[""] is None and scores["Great, 5 stars"] == 5


def test_a_bad_line_is_told_in_the_exit_code_and_nothing_is_on_standard_error(understood):
    run = understood[0]
    assert run.returncode == 1 and run.stderr == ""


def test_a_good_line_ends_well():
    run = bot("understand", stdin='{"text": "好"}\n')
    assert run.returncode == 0 and len(run.stdout.splitlines()) == 1


def test_every_command_says_what_it_does(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help"])
    text = capsys.readouterr().out
    assert ended.value.code == 0
    assert all(command in text for command in ("understand", "check", "erase", "user", "review", "retrain"))


def test_a_command_that_is_not_there_is_refused(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["dance"])
    assert ended.value.code == 2


def test_the_shipped_definitions_are_valid(capsys):
    assert cli.main(["check"]) == 0
    assert "valid: 6 surveys" in capsys.readouterr().out


def test_a_broken_folder_is_named_with_file_key_and_mend(tmp_path, capsys):
    folder = Path(shutil.copytree(SHIPPED, tmp_path / "definitions"))
    path = folder / "surveys.yml"
    path.write_text(path.read_text("utf-8").replace("scale: csat", "scale: stars", 1), "utf-8")
    assert cli.main(["check", str(folder)]) == 1
    said = capsys.readouterr()
    assert "surveys.yml" in said.err and "csat" in said.err and said.out == ""


def test_a_folder_that_is_not_there_is_told(tmp_path, capsys):
    assert cli.main(["check", str(tmp_path / "nowhere")]) == 1
    assert "nowhere" in capsys.readouterr().err


def test_a_user_is_added_with_a_password_and_given_a_new_one_afterwards(tmp_path, monkeypatch, capsys):
    from argon2 import PasswordHasher

    from bot.wiring import Settings, Wiring

    wiring = Wiring(Settings.from_environment({"BOT_VAR": str(tmp_path)}))
    monkeypatch.setattr(Wiring, "from_environment", classmethod(lambda cls: wiring))

    def password_of_lee(role):
        assert cli.main(["user", "lee", "--role", role]) == 0
        said = capsys.readouterr().out.strip()
        assert said.startswith(f"lee ({role}): ")
        return said.rsplit(" ", 1)[1]

    first, second = password_of_lee("agent"), password_of_lee("lead")
    with wiring.store.read() as tx:
        users = [user for user in tx.users() if user.name == "lee"]
    assert first != second and len(first) >= 12 and [user.role for user in users] == ["lead"]
    assert second not in users[0].password_hash and PasswordHasher().verify(users[0].password_hash, second)
    assert cli.main(["user", "lee"]) == 0
    assert capsys.readouterr().out.startswith("lee (lead): "), "without a role they keep the one they have"
    assert cli.main(["user", "admin", "--role", "agent"]) == 1
    assert "last administrator" in capsys.readouterr().err
    wiring.engine.dispose()


def test_a_role_that_is_none_is_refused(capsys):
    with pytest.raises(SystemExit):
        cli.main(["user", "lee", "--role", "king"])
    assert "king" in capsys.readouterr().err
