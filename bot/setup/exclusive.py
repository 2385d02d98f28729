"""A lock file that the kernel lets go when its holder ends, however it ends."""

import fcntl
import os
from pathlib import Path
from typing import IO, Optional

from bot.setup.progress import say


class Taken(Exception):
    """Somebody else holds it; `holder` is what they wrote into it."""

    def __init__(self, holder: str):
        super().__init__(holder)
        self.holder = holder


class Exclusive:
    """`with Exclusive(path):` waits for the holder, saying `waiting` once; without `waiting` it raises Taken."""

    def __init__(self, path: Path, waiting: Optional[str] = None, note: str = ""):
        self.path = path
        self.waiting = waiting
        self.note = note
        self._file: Optional[IO[str]] = None

    def __enter__(self) -> "Exclusive":
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = self.path.open("a+")
        try:
            self._lock(file)
        except BaseException:
            file.close()
            raise
        file.truncate(0)
        file.write(("%d %s" % (os.getpid(), self.note)).strip())
        file.flush()
        self._file = file
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.truncate(0)
            self._file.close()
            self._file = None

    def _lock(self, file: IO[str]) -> None:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "unknown"
        if self.waiting is None:
            raise Taken(holder)
        say("%s (held by process %s)" % (self.waiting, holder))
        fcntl.flock(file, fcntl.LOCK_EX)
