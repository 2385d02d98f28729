"""A started assistant of stand-ins, which ends with its test."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from bot.setup.keeper import free_ports
from bot.setup.settings import port_variable

HERE = Path(__file__).parent


class Run:
    """`make run` as its terminal shows it."""

    def __init__(self, command, var, ports):
        self.var, self.ports, self.lines = var, ports, []
        env = {**os.environ, "BOT_VAR": str(var), **{port_variable(name): str(port) for name, port in ports.items()}}
        self.child = subprocess.Popen(
            command,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            # Tests that are run under nohup ignore it, and their children would, too.
            preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL),
        )
        self.reader = threading.Thread(target=lambda: self.lines.extend(iter(self.child.stdout.readline, "")))
        self.reader.start()
        self.seen = []

    def wait_for(self, words, seconds=10):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if any(words in line for line in self.lines):
                return
            time.sleep(0.02)
        raise AssertionError(f"{words!r} was not said:\n{self.text}")

    def below(self):
        """All its processes, remembered so that it can be asked later which are left."""
        self.seen = psutil.Process(self.child.pid).children(recursive=True)
        return self.seen

    def named(self, word):
        return next(each for each in self.below() if word in " ".join(each.cmdline()))

    def left(self, seconds=10):
        """Which of the processes seen still run after some seconds at most."""
        return [each for each in psutil.wait_procs(self.seen, timeout=seconds)[1] if each.status() != "zombie"]

    def ended(self, seconds=12):
        code = self.child.wait(timeout=seconds)
        self.reader.join(timeout=5)
        return code

    @property
    def text(self):
        return "".join(self.lines)

    def close(self):
        if self.child.poll() is None:
            self.child.send_signal(signal.SIGTERM)
            try:
                self.child.wait(timeout=12)
            except subprocess.TimeoutExpired:
                self.child.kill()
                self.child.wait()
        for process in self.seen:
            if process.is_running():
                process.kill()
        self.reader.join(timeout=5)
        self.child.stdout.close()


@pytest.fixture
def runs(tmp_path):
    """`runs("how the web app behaves")` starts the stand-ins; `command` starts them in another way."""
    started = []

    def begin(*how, var=None, ports=None, command=None):
        command = command or [sys.executable, str(HERE / "stand_in_start.py"), *how]
        started.append(Run(command, var or tmp_path / "var", ports or free_ports()))
        return started[-1]

    yield begin
    for run in started:
        run.close()
