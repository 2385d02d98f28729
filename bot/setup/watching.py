"""Watches the processes: which is ready, which died and why, and when they cannot be kept."""

from __future__ import annotations

import os
import subprocess
import time
from typing import Optional, Sequence, Set

from bot.setup import supervision
from bot.setup.processes import Process, environment
from bot.setup.progress import say, tail
from bot.setup.ready import is_ready
from bot.setup.settings import Settings
from bot.setup.stopping import StopRequest, end_all_below

LOOK_SECONDS = 0.2
STILL_SECONDS = 15.0
GIVE_UP_SECONDS = 300.0


class Watch:
    """One run, from the start of supervisor to the end of the last process."""

    def __init__(self, settings: Settings, processes: Sequence[Process], stop: StopRequest, what_to_open: str):
        self.settings = settings
        self.processes = {process.name: process for process in processes}
        self.stop = stop
        self.what_to_open = what_to_open
        self.failed: Optional[str] = None
        self.started = self.said = time.time()
        self.waiting_for = list(self.processes)
        self.complete = False
        self.died: Set[str] = set()
        self.vain_starts = dict.fromkeys(self.processes, 0)
        self.since = dict.fromkeys(self.processes, self.started)
        self.log_starts = {name: self.log_size(name) for name in self.processes}

    def run(self) -> int:
        events = supervision.Events(supervision.keeper_log(self.settings))
        keeper = self.start_keeper()
        try:
            while not self.stop and self.failed is None:
                for event in events:
                    self.tell(event)
                if keeper.poll() is not None:
                    self.failed = f"The process keeper (supervisord) ended by itself ({ending(keeper.returncode)})."
                self.look_for_ready()
                time.sleep(LOOK_SECONDS)
        finally:
            self.stop_all(keeper)
        return 0 if self.failed is None else 1

    def start_keeper(self) -> subprocess.Popen[bytes]:
        settings = self.settings
        settings.logs.mkdir(parents=True, exist_ok=True)
        say(f"Starting {len(self.processes)} processes ...")
        configuration = supervision.write_configuration(settings, list(self.processes.values()))
        with open(settings.logs / "supervisord.out", "wb") as noise:
            # A session of its own: the terminal's signals are for us, and SIGHUP would make supervisor restart.
            return subprocess.Popen(
                supervision.command(configuration),
                cwd=settings.root,
                env=environment(settings),
                stdin=subprocess.DEVNULL,
                stdout=noise,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def tell(self, event: supervision.Event) -> None:
        name = event.name
        if event.kind == "spawned":
            self.since[name] = time.time()
            if name in self.died:
                self.died.discard(name)
                say(f"{self.title(name)} was started again (process {event.detail}).")
            return
        log = supervision.process_log(self.settings, name)
        if event.kind == "died":
            self.died.add(name)
            say(f"{self.title(name)} died: {explained(event.detail)}. The end of {shown(log)}:")
            say(tail(log, self.log_starts.get(name, 0)) or "    | (it printed nothing)")
            self.log_starts[name] = self.log_size(name)
            if name not in self.waiting_for:
                self.waiting_for.append(name)
            self.vain_starts[name] += 1
        # supervisor gives up on what dies within seconds; Rasa takes longer than that to find out that it cannot start.
        if event.kind == "given_up" or self.vain_starts[name] > supervision.START_RETRIES:
            self.failed = f"{self.title(name)} cannot be kept running: it never got ready. All of its log: {log}"

    def look_for_ready(self) -> None:
        for name in [name for name in self.waiting_for if name not in self.died]:
            if self.stop:
                return
            if is_ready(self.processes[name], self.since[name]):
                self.waiting_for.remove(name)
                self.vain_starts[name] = 0
                say(f"  {self.title(name)} is ready ({time.time() - self.since[name]:.0f} s)")
        if not self.waiting_for and not self.complete:
            self.complete = True
            say(f"\nAfterword is running.\n{self.what_to_open}\n  Logs: {shown(self.settings.logs)}\nCtrl-C stops it.")
        if self.waiting_for and not self.complete:
            self.still_waiting()

    def still_waiting(self) -> None:
        names = ", ".join(self.title(name) for name in self.waiting_for)
        if self.seconds() > GIVE_UP_SECONDS:
            self.failed = f"Not ready after {GIVE_UP_SECONDS:.0f} s: {names}. Logs: {self.settings.logs}"
        elif time.time() - self.said > STILL_SECONDS:
            self.said = time.time()
            say(f"  ... waiting for {names} ({self.seconds():.0f} s)")

    def stop_all(self, keeper: subprocess.Popen[bytes]) -> None:
        say(f"\n{self.failed or f'Stopping ({self.stop.reason}) ...'}")
        started = time.monotonic()
        keeper.terminate()
        try:
            keeper.wait(timeout=supervision.STOP_SECONDS + 2)
        except subprocess.TimeoutExpired:
            keeper.kill()
        # Nothing is left here, unless supervisor itself was killed.
        end_all_below(patience=1.0)
        say(f"All processes have ended ({time.monotonic() - started:.0f} s).")

    def log_size(self, name: str) -> int:
        """Where the log of the next life of a process begins."""
        log = supervision.process_log(self.settings, name)
        return log.stat().st_size if log.exists() else 0

    def title(self, name: str) -> str:
        title = self.processes[name].title
        return title[0].upper() + title[1:]

    def seconds(self) -> float:
        return time.time() - self.started


def explained(how: str) -> str:
    return how + " (out of memory, or killed by hand)" if how == "terminated by SIGKILL" else how


def ending(code: int) -> str:
    return f"exit status {code}" if code >= 0 else f"signal {-code}"


def shown(path: os.PathLike[str]) -> str:
    """A path as a person would type it."""
    relative = os.path.relpath(path)
    return os.fspath(path) if relative.startswith("..") else relative
