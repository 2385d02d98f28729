"""The assistant's processes for tests: started on free ports with files of their own, killed and started again at will.

Production keeps them with supervisor (`watching.py`); here a test decides who dies and when.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Callable, Dict, Mapping, Optional, Sequence, Tuple

from bot.setup.processes import Process, environment, table
from bot.setup.progress import StepFailed, tail
from bot.setup.ready import is_ready
from bot.setup.settings import PORTS, Settings, port_variable
from bot.setup.supervision import process_log
from bot.setup.with_parent import wrapped

LOOK_SECONDS = 0.1
STOP_SECONDS = 8.0


def free_ports() -> Dict[str, int]:
    probes = {name: socket.create_server(("127.0.0.1", 0)) for name in PORTS}
    ports = {name: probe.getsockname()[1] for name, probe in probes.items()}
    for probe in probes.values():
        probe.close()
    return ports


class Assistant:
    """`with Assistant(root, tmp_path) as assistant: assistant.wait_ready(); requests.get(assistant.url("web"))`."""

    def __init__(
        self,
        root: Path,
        var: Path,
        ports: Optional[Mapping[str, int]] = None,
        env: Optional[Mapping[str, str]] = None,
        processes: Callable[[Settings], Tuple[Process, ...]] = table,
    ):
        chosen = {**free_ports(), **(ports or {})}
        given = {**os.environ, **(env or {}), "BOT_VAR": str(var)}
        given.update({port_variable(name): str(port) for name, port in chosen.items()})
        self.settings = Settings.from_environment(given, root)
        self.environment = environment(self.settings, given)
        self.processes = {process.name: process for process in processes(self.settings)}
        self._running: Dict[str, subprocess.Popen[bytes]] = {}
        self._since: Dict[str, float] = {}

    def __enter__(self) -> Assistant:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def prepare(self) -> Dict[str, str]:
        """Makes the database in its own var folder, as `make run` does: the first-start notes."""
        read, write = os.pipe()
        command = [sys.executable, "-m", "bot.setup.prepare", "database", "--notes-fd", str(write)]
        done = subprocess.run(command, cwd=self.settings.root, env=self.environment, pass_fds=(write,), timeout=120)
        os.close(write)
        with os.fdopen(read) as pipe:
            text = pipe.read()
        if done.returncode:
            raise StepFailed("The database could not be prepared; its output says why.")
        return dict(json.loads(text))

    def start(self, *names: str) -> None:
        """Starts all of them, or those named."""
        self.settings.logs.mkdir(parents=True, exist_ok=True)
        for name in names or self.processes:
            with process_log(self.settings, name).open("ab") as log:
                self._since[name] = time.time()
                self._running[name] = subprocess.Popen(
                    wrapped(self.processes[name].command),
                    cwd=self.settings.root,
                    env=self.environment,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )

    def wait_ready(self, timeout: float = 180.0, names: Sequence[str] = ()) -> None:
        """Raises StepFailed with the end of the log of the one that died or took too long."""
        waiting, until = list(names or self._running), time.monotonic() + timeout
        while waiting:
            for name in list(waiting):
                if self._running[name].poll() is not None:
                    raise StepFailed(f"{name} ended with {self._running[name].returncode}.\n{self.log(name)}")
                if is_ready(self.processes[name], self._since[name]):
                    waiting.remove(name)
            if waiting and time.monotonic() > until:
                raise StepFailed(f"{waiting[0]} is not ready after {timeout:.0f} s.\n{self.log(waiting[0])}")
            time.sleep(LOOK_SECONDS if waiting else 0)

    def send(self, name: str, number: int) -> None:
        """Sends it to the process with all below it, for example SIGSTOP to one that shall hang."""
        child = self._running[name]
        if child.returncode is None:  # not yet waited for: its number cannot have been given to another
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, number)

    def kill(self, name: str, number: int = signal.SIGKILL) -> int:
        """Sends the signal, waits for the end, gives the exit code."""
        self.send(name, number)
        return self._end(name, time.monotonic() + STOP_SECONDS)

    def start_again(self, name: str, timeout: float = 180.0) -> None:
        self.start(name)
        self.wait_ready(timeout, [name])

    def stop(self) -> None:
        """All at once; whoever is still there after some seconds is killed."""
        for name in self._running:
            self.send(name, signal.SIGTERM)
        until = time.monotonic() + STOP_SECONDS
        for name in list(self._running):
            self._end(name, until)
        self._running.clear()

    def url(self, name: str) -> str:
        return self.settings.url(name)

    def pid(self, name: str) -> int:
        return self._running[name].pid

    def log(self, name: str, lines: int = 40) -> str:
        return tail(process_log(self.settings, name), lines=lines)

    def _end(self, name: str, until: float) -> int:
        child = self._running[name]
        # Without taking its exit code: so long its group keeps its number, and the rest of the group can be ended.
        while child.returncode is None and not ended(child.pid) and time.monotonic() < until:
            time.sleep(0.02)
        self.send(name, signal.SIGKILL)
        return child.wait()


def ended(pid: int) -> bool:
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
