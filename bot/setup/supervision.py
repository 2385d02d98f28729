"""supervisor, the process keeper of production: its configuration, and what its log says has happened."""

from __future__ import annotations

import re
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator, List, Optional, Sequence

from bot.setup.processes import Process
from bot.setup.settings import Settings
from bot.setup.with_parent import wrapped

STOP_SECONDS = 6
"""How long a process may take to end before it is killed."""
START_RETRIES = 2
SETTLED_SECONDS = 5
"""supervisor takes a death before that for a failed start, and waits a little before the next."""

HEAD = """[supervisord]
nodaemon = true
silent = true
logfile = {log}
logfile_maxbytes = 0
pidfile = {pid}
loglevel = info

; one group, because supervisor stops group after group, but all of one group at once
[group:afterword]
programs = {names}
"""
PROGRAM = """
[program:{name}]
command = {command}
directory = {root}
autostart = true
autorestart = true
startsecs = {settled}
startretries = {retries}
stopsignal = TERM
stopwaitsecs = {stop}
stopasgroup = true
killasgroup = true
redirect_stderr = true
stdout_logfile = {log}
stdout_logfile_maxbytes = 10MB
stdout_logfile_backups = 3
"""


def keeper_log(settings: Settings) -> Path:
    return settings.logs / "supervisord.log"


def process_log(settings: Settings, name: str) -> Path:
    return settings.logs / f"{name}.log"


def write_configuration(settings: Settings, processes: Sequence[Process]) -> Path:
    """Writes it below `var`. It opens no port and no socket: start.py starts, reads the log, and stops by signal."""
    head = HEAD.format(
        log=escaped(str(keeper_log(settings))),
        pid=escaped(str(settings.var / "supervisord.pid")),
        names=",".join(process.name for process in processes),
    )
    path = settings.var / "supervisord.conf"
    path.write_text(head + "".join(program(settings, process) for process in processes), encoding="utf-8")
    return path


def program(settings: Settings, process: Process) -> str:
    return PROGRAM.format(
        name=process.name,
        command=escaped(shlex.join(wrapped(process.command))),
        root=escaped(str(settings.root)),
        settled=SETTLED_SECONDS,
        retries=START_RETRIES,
        stop=STOP_SECONDS,
        log=escaped(str(process_log(settings, process.name))),
    )


def escaped(value: str) -> str:
    return value.replace("%", "%%")


def command(configuration: Path) -> List[str]:
    return wrapped([sys.executable, "-m", "supervisor.supervisord", "-c", str(configuration)])


@dataclass(frozen=True)
class Event:
    """`kind` is spawned, died or given_up; `detail` is the pid, or how it died."""

    kind: str
    name: str
    detail: str = ""


PATTERNS = (
    ("spawned", re.compile(r"INFO spawned: '(?P<name>[^']+)' with pid (?P<detail>\d+)")),
    ("died", re.compile(r"exited: (?P<name>\S+) \((?P<detail>.*?)(?:; (?:not )?expected)?\)$")),
    ("given_up", re.compile(r"gave up: (?P<name>\S+) (?P<detail>.*)")),
)


def event_in(line: str) -> Optional[Event]:
    for kind, pattern in PATTERNS:
        found = pattern.search(line)
        if found:
            return Event(kind, found["name"], found["detail"])
    return None


class Events:
    """What has happened since the last look, read from the keeper's log of this run."""

    def __init__(self, log: Path):
        self.log = log
        self._read = 0
        log.parent.mkdir(parents=True, exist_ok=True)
        if log.exists():
            log.replace(log.with_suffix(".old.log"))

    def __iter__(self) -> Iterator[Event]:
        try:
            with self.log.open("rb") as file:
                file.seek(self._read)
                whole = file.read().rpartition(b"\n")[0]
        except FileNotFoundError:
            return
        if whole:
            self._read += len(whole) + 1
            for line in whole.decode("utf-8", "replace").splitlines():
                event = event_in(line)
                if event is not None:
                    yield event
