"""What makes `make run` end, and the ending of every process below it."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from typing import List, Optional

import psutil

PR_SET_CHILD_SUBREAPER = 36


class StopRequest:
    """Ctrl-C, SIGTERM, a closed terminal, or the end of the `make` that started us."""

    def __init__(self, with_parent: bool = False):
        self.reason: Optional[str] = None
        self._parent = Parent() if with_parent else None
        # A script that starts `make run &` has SIGINT ignored for it; asked for by name it still means stop.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._receive)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup
            signal.signal(signal.SIGHUP, self._receive)

    def __bool__(self) -> bool:
        if self.reason is None and self._parent is not None and self._parent.is_ending():
            self.reason = "make ended"
        return self.reason is not None

    def _receive(self, number: int, _: object) -> None:
        self.reason = self.reason or {signal.SIGINT: "Ctrl-C", signal.SIGHUP: "the terminal was closed"}.get(
            signal.Signals(number), signal.Signals(number).name
        )


class Parent:
    """The `make` above us. SIGINT sent to make alone is not passed on: make lets go of its handler and waits for us."""

    def __init__(self) -> None:
        self.pid = os.getppid()
        self._caught = self._handlers()

    def is_ending(self) -> bool:
        return os.getppid() != self.pid or bool(self._caught & ~self._handlers())

    def _handlers(self) -> int:
        """SIGINT and SIGHUP among the signals that it catches, as Linux tells."""
        try:
            with open(f"/proc/{self.pid}/status") as status:
                line = next(line for line in status if line.startswith("SigCgt:"))
        except (OSError, StopIteration):
            return 0
        return int(line.split()[1], 16) & (1 << (signal.SIGINT - 1) | 1 << (signal.SIGHUP - 1))


def adopt_orphans() -> None:
    """What our children leave behind becomes ours, so that we can find and end it."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_all_below(patience: float) -> None:
    """Ends every descendant: politely, and after `patience` seconds by force."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        left = below()
        for process in left:
            try:
                process.send_signal(number)
            except psutil.Error:
                continue
        psutil.wait_procs(left, timeout=patience)


def below() -> List[psutil.Process]:
    return [
        process for process in psutil.Process().children(recursive=True) if process.status() != psutil.STATUS_ZOMBIE
    ]
