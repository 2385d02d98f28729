"""`python -m bot review` at a real pseudo-terminal: single keys, no echo, and the terminal as it was afterwards."""

import fcntl
import os
import pty
import shutil
import subprocess
import sys
import termios
import threading
from dataclasses import replace

import pytest

from bot import cli
from bot.definitions.loader import SHIPPED
from bot.definitions.stored import activate
from bot.store.database import migrate
from bot.wiring import Settings, Wiring, now
from tests.review.conftest import ROOT, added
from tests.review.test_session import opinions, said, waiting


@pytest.fixture
def wiring(root, tmp_path, monkeypatch):
    """Of a project whose data files may be written, with the model of our own."""
    shutil.copy(ROOT / "domain.yml", root)
    shutil.copytree(ROOT / "models", root / "models", ignore=shutil.ignore_patterns("rasa-*", ".*"))
    settings = Settings.from_environment({"BOT_VAR": str(tmp_path / "var")})
    made = Wiring(replace(settings, places=replace(settings.places, root=root)))
    migrate(made.engine)
    activate(made.store, SHIPPED, now())
    monkeypatch.setattr(Wiring, "from_environment", classmethod(lambda cls: made))
    yield made
    made.engine.dispose()


class Screen:
    """A pseudo-terminal: types the next key whenever the prompt has come."""

    def __init__(self, keys):
        self.shown, self._keys = b"", list(keys)
        self._ours, theirs = pty.openpty()
        self.stdin, self.stdout = os.fdopen(theirs, "r"), os.fdopen(os.dup(theirs), "w")
        self.before = termios.tcgetattr(theirs)
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self):
        while True:
            try:
                more = os.read(self._ours, 4096)
            except OSError:
                return
            self.shown += more
            if more.endswith((b"> ", b"0: ")) or b"\x1b[K" in more[-200:]:
                for key in self._keys[:1]:
                    os.write(self._ours, key.encode())
                self._keys = self._keys[1:]

    def close(self):
        after = termios.tcgetattr(self.stdin.fileno())
        self.stdin.close()
        self.stdout.close()
        self._thread.join(10)
        os.close(self._ours)
        return after


@pytest.fixture
def at_terminal(wiring, monkeypatch):
    def run(*keys):
        screen = Screen(keys)
        monkeypatch.setattr(sys, "stdin", screen.stdin)
        monkeypatch.setattr(sys, "stdout", screen.stdout)
        try:
            code = cli.main(["review"])
        finally:
            monkeypatch.undo()
            after = screen.close()
        assert after == screen.before, "the terminal is given back as it was"
        return code, screen.shown.decode()

    return run


def test_keys_are_read_one_by_one_and_the_terminal_is_given_back(wiring, root, at_terminal):
    said(wiring.ports, "m1", "aye that one wobbles like jelly")
    said(wiring.ports, "m2", "a wee bit of a zebra it was", 60)
    code, shown = at_terminal("\x1b[A", "é", "c", "\r", "u", "p", "\r")
    assert code == 0 and "2 messages labelled" in shown
    assert [line.split("\t")[1] for line in opinions(root).splitlines()] == ["complain", "praise"]
    assert waiting(wiring.ports) == []


def test_a_tag_is_offered_while_it_is_typed(wiring, root, at_terminal):
    said(wiring.ports, "m1", "aye that one wobbles like jelly")
    _, shown = at_terminal("t", "q", "u", "x", "\x7f", "e", "\t", "c", "q")
    assert "queue_too_long-" in shown
    assert opinions(root).endswith("\tqueue_too_long-\n")


@pytest.mark.parametrize("key", ["\x04", "q"])
def test_broken_off_what_was_done_is_kept(wiring, root, at_terminal, key):
    said(wiring.ports, "m1", "aye that one wobbles like jelly")
    code, shown = at_terminal(key)
    assert code == 0 and "0 messages labelled" in shown and waiting(wiring.ports) == ["m1"]
    assert added(root, "nlu/en.yml") == ""


def test_ctrl_c_ends_it_as_quitting_does(wiring, tmp_path):
    said(wiring.ports, "m1", "aye that one wobbles like jelly")
    screen = Screen(["\x03"])
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "bot", "review"], stdin=screen.stdin, stdout=screen.stdout, cwd=ROOT,
        env={**os.environ, "BOT_VAR": str(tmp_path / "var")}, start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )  # fmt: skip
    try:
        assert process.wait(60) == 0
    finally:
        process.kill()
        shown = screen.shown.decode()
        after = screen.close()
    assert "0 messages labelled" in shown and after == screen.before
    assert waiting(wiring.ports) == ["m1"]


def test_where_nothing_waits_it_says_so(wiring, capsys):
    assert cli.main(["review", "--since", "2026-11-01", "--language", "en"]) == 0
    assert "Nothing waits" in capsys.readouterr().out


@pytest.mark.parametrize("bad", [["--since", "soon"], ["--limit", "0"], ["--language", "klingon"]])
def test_options_that_cannot_be_meant_are_refused(bad, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["review", *bad])
    assert ended.value.code == 2
