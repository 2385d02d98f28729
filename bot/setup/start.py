"""`make run`: prepares, starts every process under supervisor, and tells what happens until it is asked to stop."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import Callable, Dict, Optional, Sequence

from bot.setup import ports
from bot.setup.exclusive import Exclusive, Taken
from bot.setup.processes import Process, environment, table
from bot.setup.progress import end, say
from bot.setup.settings import BadSetting, Settings
from bot.setup.stopping import StopRequest, adopt_orphans
from bot.setup.watching import Watch
from bot.setup.with_parent import wrapped

Prepare = Callable[[Settings, StopRequest], Optional[Dict[str, str]]]


def prepare(settings: Settings, stop: StopRequest) -> Optional[Dict[str, str]]:
    """The first-start notes, or None if it failed. A process of its own: what it loads is not kept for a whole run."""
    read, write = os.pipe()
    command = wrapped([sys.executable, "-m", "bot.setup.prepare", "--notes-fd", str(write)])
    child = subprocess.Popen(command, cwd=settings.root, pass_fds=(write,), env=environment(settings))
    os.close(write)
    try:
        while child.poll() is None and not stop:
            time.sleep(0.1)
    finally:
        end(child)
    with os.fdopen(read) as pipe:
        text = pipe.read()
    return dict(json.loads(text)) if child.returncode == 0 and text else None


def what_to_open(settings: Settings, notes: Dict[str, str]) -> str:
    web = settings.url("web")
    lines = [("Start page", f"{web}/"), ("Console", f"{web}/console"), ("API", f"{web}/api/v1")]
    lines += [("API key" if name == "api_key" else name, note) for name, note in notes.items()]
    width = max(len(name) for name, _ in lines) + 2
    return "\n".join(f"  {name:<{width}}{note}" for name, note in lines)


def run(settings: Settings, processes: Sequence[Process], stop: StopRequest, prepare: Prepare = prepare) -> int:
    """Runs the assistant until `stop`. 0 when it was asked to stop, 1 when it could not go on."""
    try:
        with Exclusive(settings.var / "run.lock", note=f"web app {settings.url('web')}"):
            return prepared_run(settings, processes, stop, prepare)
    except Taken as taken:
        pid, _, where = taken.holder.partition(" ")
        say(f"Afterword is running already (process {pid}{', ' + where if where else ''}).")
        say("  Stop it with Ctrl-C where it was started, or: kill " + pid)
        say("  A second one beside it needs a BOT_VAR and ports of its own.")
        return 1


def prepared_run(settings: Settings, processes: Sequence[Process], stop: StopRequest, prepare: Prepare) -> int:
    # Before the training, which takes minutes, and again after it.
    if refused(settings):
        return 1
    notes = prepare(settings, stop)
    if stop:
        say("Stopped before the start.")
        return 0
    if notes is None or refused(settings):
        return 1
    adopt_orphans()
    return Watch(settings, processes, stop, what_to_open(settings, notes)).run()


def refused(settings: Settings) -> bool:
    lines = ports.taken(settings)
    for line in lines:
        say(line)
    return bool(lines)


def main() -> int:
    stop = StopRequest(with_parent="--with-parent" in sys.argv[1:])
    try:
        settings = Settings.from_environment()
    except BadSetting as error:
        say(str(error))
        return 1
    settings.var.mkdir(mode=0o700, parents=True, exist_ok=True)
    return run(settings, table(settings), stop)


if __name__ == "__main__":
    sys.exit(main())
