"""Plain lines that tell what set-up is doing, and commands whose noise is shown only when they fail."""

import contextlib
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Iterator, Mapping, Optional, Sequence, TextIO

EVERY_SECONDS = 10.0
TAIL_LINES = 15


class StepFailed(Exception):
    """A step of set-up did not work. Its text is for the person at the terminal: what, why, and the mend if known."""


def say(text: str, to: Optional[TextIO] = None) -> None:
    """Prints a line at once. A terminal that was closed must not keep us from stopping what we started."""
    stream = to or sys.stdout
    try:
        print(text, file=stream, flush=True)
    except UnicodeEncodeError:
        print(text.encode("ascii", "backslashreplace").decode(), file=stream, flush=True)
    except (OSError, ValueError):
        pass


def tail(log: Path, start: int = 0, lines: int = TAIL_LINES) -> str:
    """The last lines of a log, of what was written after byte `start`, indented."""
    try:
        with log.open("rb") as file:
            end = file.seek(0, 2)
            file.seek(max(0 if start > end else start, end - 20_000))
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return ""
    wanted = [line.rstrip() for line in text.splitlines() if line.strip()][-lines:]
    return "\n".join("    | " + line for line in wanted)


def run(
    title: str,
    command: Sequence[str],
    log: Path,
    env: Optional[Mapping[str, str]] = None,
    cwd: Optional[Path] = None,
    every: float = EVERY_SECONDS,
) -> None:
    """Runs a command, its output in `log`. Raises StepFailed with the end of that output."""
    log.parent.mkdir(parents=True, exist_ok=True)
    say(title + " ...")
    started = time.monotonic()
    with log.open("ab") as output:
        start = output.seek(0, 2)
        child = subprocess.Popen(
            list(command), stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, env=env, cwd=cwd
        )
        try:
            while child.poll() is None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.wait(timeout=every)
                if child.poll() is None:
                    say("  ... still at it (%d s)" % (time.monotonic() - started))
        finally:
            end(child)
    if child.returncode:
        shown = tail(log, start) or "    | (it printed nothing)"
        raise StepFailed("%s: failed with exit code %d.\n%s\n  All of it: %s" % (title, child.returncode, shown, log))
    say("  done (%d s)" % (time.monotonic() - started))


def end(child: "subprocess.Popen[bytes]", patience: float = 5.0) -> None:
    """Ends a child that still runs, first politely."""
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(timeout=patience)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


@contextlib.contextmanager
def ticking(title: str, after: float = 2.0, every: float = EVERY_SECONDS) -> Iterator[None]:
    """Says what is being done if it takes longer than a moment, and again from time to time."""
    stream, finished, started = sys.stdout, threading.Event(), time.monotonic()

    def tick() -> None:
        if finished.wait(after):
            return
        say(title + " ...", stream)
        while not finished.wait(every):
            say("  ... still at it (%d s)" % (time.monotonic() - started), stream)
        say("  done (%d s)" % (time.monotonic() - started), stream)

    ticker = threading.Thread(target=tick, daemon=True)
    ticker.start()
    try:
        yield
    finally:
        finished.set()
        ticker.join()


def exit_on_signals() -> None:
    """SIGTERM and a closed terminal end this program through its `finally` blocks, so that no child is left behind."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, lambda received, _: sys.exit(128 + received))
