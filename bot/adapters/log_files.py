"""The files that the processes log to (bot/setup/supervision.py): none keeps a line longer than it may."""

import os
import re
import shutil
from datetime import datetime, timezone
from pathlib import Path
from typing import Optional

# supervisor writes these; beside them lie those it rotated: rasa.log.1, supervisord.old.log.
_LIVE = re.compile(r"(?!.*\.old\.log$).*\.log$")
_STAMP = re.compile(rb"^(\d{4}-\d\d-\d\d)[ T]\d\d:\d\d", re.MULTILINE)
_HEAD = 65_536


def drop_before(folder: Path, before: datetime, now: datetime) -> int:
    """Removes what was logged before a time; how many files were touched.

    A file that is still written to is set aside as `<name>.<date>` once its first line has half its time behind it, and
    goes when the other half is over. It is emptied in place: whoever writes it appends, and need not be told.
    """
    half = before + (now - before) / 2
    touched = 0
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        if not path.is_file() or path.is_symlink():
            continue
        live = _LIVE.fullmatch(path.name)
        if live and (_first_line(path) or _last_write(path)) < half:
            touched += _set_aside(path, now)
        elif not live and _last_write(path) < half:
            path.unlink(missing_ok=True)
            touched += 1
    return touched


def _set_aside(path: Path, now: datetime) -> int:
    if path.stat().st_size == 0:
        return 0
    aside = path.with_name(f"{path.name}.{now:%Y%m%d%H%M%S}")
    modified = path.stat().st_mtime
    shutil.copyfile(path, aside)
    os.truncate(path, 0)
    os.utime(aside, (modified, modified))
    return 1


def _last_write(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, timezone.utc)


def _first_line(path: Path) -> Optional[datetime]:
    """The day of the first line that has one; times in logs are the machine's own, so it may be a day off."""
    with path.open("rb") as file:
        found = _STAMP.search(file.read(_HEAD))
    try:
        return datetime.fromisoformat(found[1].decode()).replace(tzinfo=timezone.utc) if found else None
    except ValueError:
        return None
