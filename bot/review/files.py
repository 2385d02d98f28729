"""Changing a file whole or not at all, and taking the change back."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Optional, Sequence


class Changed(Exception):
    """A file is not what it was after our change: somebody else wrote it, and nothing is taken back."""


@dataclass(frozen=True)
class Change:
    """What a file was (None: not there) and is to be."""

    path: Path
    before: Optional[bytes]
    after: bytes


def read(path: Path) -> Optional[bytes]:
    return path.read_bytes() if path.exists() else None


def apply(changes: Sequence[Change]) -> None:
    """Writes them all; where one cannot be written, those before it are taken back. Raises OSError."""
    done = []
    try:
        for change in changes:
            _replace(change.path, change.after)
            done.append(change)
    except OSError:
        take_back(done)
        raise


def take_back(changes: Sequence[Change]) -> None:
    """Makes the files what they were. Raises Changed, and touches none, if one was changed since; OSError."""
    for change in changes:
        if read(change.path) != change.after:
            raise Changed(str(change.path))
    for change in reversed(changes):
        if change.before is None:
            change.path.unlink()
        else:
            _replace(change.path, change.before)


def _replace(path: Path, content: bytes) -> None:
    """Beside it and then in its place: whoever reads it, also after a crash, finds the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, mode)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
