"""The smaller parts of set-up: lock, progress, settings, the keeper's log, the Makefile, the browser."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.setup import browser, check, models, private_uv, processes, supervision
from bot.setup.exclusive import Exclusive, Taken
from bot.setup.progress import StepFailed, run, tail
from bot.setup.settings import ROOT, BadSetting, Settings


def test_two_at_once_exclude_each_other(tmp_path):
    with Exclusive(tmp_path / "lock", note="here"), pytest.raises(Taken) as taken:
        Exclusive(tmp_path / "lock").__enter__()
    assert taken.value.holder == f"{os.getpid()} here"
    with Exclusive(tmp_path / "lock"):
        pass


def test_a_failed_step_shows_the_end_of_its_noise(tmp_path, capsys):
    script = "import sys; print('many words'); print('the reason'); sys.exit(4)"
    with pytest.raises(StepFailed, match=r"exit code 4(?s:.*)\| the reason"):
        run("Doing it", [sys.executable, "-c", script], tmp_path / "log" / "x.log")
    assert capsys.readouterr().out == "Doing it ...\n"


def test_a_long_step_says_that_it_is_still_at_it(tmp_path, capsys):
    run("Doing it", [sys.executable, "-c", "import time; time.sleep(0.5)"], tmp_path / "x.log", every=0.1)
    assert "still at it" in capsys.readouterr().out


def test_the_tail_of_a_log_begins_where_it_is_told(tmp_path):
    log = tmp_path / "x.log"
    log.write_text("before\nafter\n\n")
    assert tail(log, start=7) == "    | after"
    assert tail(log, start=999) == "    | before\n    | after"
    assert tail(tmp_path / "none.log") == ""


def test_settings_have_defaults_and_refuse_what_cannot_be_meant():
    assert Settings.from_environment({}).url("web") == "http://127.0.0.1:8000"
    given = Settings.from_environment({"BOT_HOST": "0.0.0.0", "BOT_WEB_PORT": "81", "BOT_VAR": "/x/y"})
    assert (given.url("web"), given.var) == ("http://127.0.0.1:81", Path("/x/y"))
    for text in ("no", "0", "65536", "8000.5", "٣"):
        with pytest.raises(BadSetting, match="BOT_WEB_PORT"):
            Settings.from_environment({"BOT_WEB_PORT": text})
    with pytest.raises(BadSetting, match="BOT_RASA_PORT and BOT_WEB_PORT are both 5005"):
        Settings.from_environment({"BOT_WEB_PORT": "5005"})


def test_every_process_gets_what_keeps_it_quiet_and_at_home():
    env = processes.environment(Settings(), {"PYTHONDONTWRITEBYTECODE": "1", "BOT_BRAND": "Hearthside"})
    assert "PYTHONDONTWRITEBYTECODE" not in env
    assert (env["SANIC_HOST"], env["RASA_TELEMETRY_ENABLED"]) == ("127.0.0.1", "false")
    assert (env["BOT_BRAND"], env["BOT_RASA_PORT"]) == ("Hearthside", "5005")
    assert [process.name for process in processes.table(Settings())] == ["orders", "actions", "rasa", "web", "worker"]


@pytest.mark.parametrize(
    ("line", "event"),
    [
        ("INFO spawned: 'rasa' with pid 123", ("spawned", "rasa", "123")),
        ("WARN exited: web (exit status 3; not expected)", ("died", "web", "exit status 3")),
        ("WARN exited: web (terminated by SIGKILL; not expected)", ("died", "web", "terminated by SIGKILL")),
        ("WARN exited: web (terminated by SIGSEGV (core dumped); not expected)",
         ("died", "web", "terminated by SIGSEGV (core dumped)")),
        ("INFO exited: web (exit status 0; expected)", ("died", "web", "exit status 0")),
        ("INFO gave up: web entered FATAL state, too many start retries too quickly",
         ("given_up", "web", "entered FATAL state, too many start retries too quickly")),
        ("INFO stopped: web (exit status 0)", None),
    ],
)  # fmt: skip
def test_the_keepers_log_is_understood(line, event):
    found = supervision.event_in("2026-11-21 21:00:00,000 " + line)
    assert found == (supervision.Event(*event) if event else None)


def test_the_keepers_log_is_read_once_and_by_whole_lines(tmp_path):
    events = supervision.Events(tmp_path / "log" / "supervisord.log")
    assert list(events) == []
    with events.log.open("w") as log:
        print("INFO spawned: 'rasa' with pid 1\nINFO spawned: 'we", end="", file=log, flush=True)
        assert [event.name for event in events] == ["rasa"]
        print("b' with pid 2", file=log, flush=True)
        assert [event.name for event in events] == ["web"]
    assert list(events) == []


def test_a_model_is_made_anew_when_its_inputs_change(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "bot/nlu/__pycache__").mkdir(parents=True)
    for name in ("config.yml", "domain.yml", "data/rules.yml", "bot/nlu/reader.py", "bot/nlu/__pycache__/x.pyc"):
        (tmp_path / name).write_text("1")
    first = models.stamp(tmp_path, "language-1")
    (tmp_path / "bot/nlu/__pycache__/x.pyc").write_text("2")
    assert models.stamp(tmp_path, "language-1") == first
    stamps = [first, models.stamp(tmp_path, "language-2")]
    for name in ("config.yml", "domain.yml", "data/rules.yml", "bot/nlu/reader.py"):
        (tmp_path / name).write_text("2")
        stamps.append(models.stamp(tmp_path, "language-1"))
    assert len(set(stamps)) == len(stamps)


def test_help_has_a_line_for_each_target():
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.search(r"^\.PHONY: (.*)$", makefile, re.M)[1].split()) - {"setup"}
    command = ["make", "--no-print-directory", "-C", str(ROOT), "help"]
    said = subprocess.run(command, capture_output=True, text=True, timeout=10).stdout
    assert {line.split()[1] for line in said.splitlines()} == targets
    assert {"run", "test", "check", "bench", "eval", "help", "lock", "train", "teach", "clean"} == targets


def test_a_missing_browser_is_told_and_on_ci_an_error(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CI_REQUIRE_SERVICES", raising=False)
    browser.ensure(tmp_path)
    assert "will be skipped" in capsys.readouterr().out
    monkeypatch.setenv("CI_REQUIRE_SERVICES", "1")
    with pytest.raises(StepFailed, match="CI_REQUIRE_SERVICES"):
        browser.ensure(tmp_path)


def test_the_installer_is_told_of_pips_mirror_and_of_nothing_misleading():
    env = private_uv.environment({"PIP_INDEX_URL": "mirror", "PYTHONDONTWRITEBYTECODE": "1", "VIRTUAL_ENV": "/x"})
    assert env["UV_DEFAULT_INDEX"] == "mirror"
    assert not {"PYTHONDONTWRITEBYTECODE", "VIRTUAL_ENV"} & set(env)


def test_all_checks_are_run_and_one_that_failed_fails_them_all(capsys):
    good, bad = ((sys.executable, "-c", f"print('said'); raise SystemExit({code})") for code in (0, 1))
    assert check.run([check.Check("first", bad, "do this"), check.Check("second", good)]) == 1
    said = capsys.readouterr().out
    assert "== first: FAILED" in said and "mend: do this" in said and "== second: ok" in said
    assert check.run([check.Check("second", good)]) == 0
