"""Finds a Python 3.10 that really runs. TensorFlow 2.12 and Rasa 3.6 know no newer one."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator, List, Mapping, Tuple

WANTED = "3.10"
# A Python built without these headers starts, and then fails in the middle of Rasa.
PROBE = (
    "import sys, ssl, sqlite3, ctypes, zlib, lzma, bz2; "
    "print(sys.implementation.name, '%d.%d.%d' % sys.version_info[:3], sys.executable)"
)
MEND = """  Any one of these mends it:
    - install Python 3.10 (pyenv install 3.10, or your system's package) so that `python3.10` runs
    - name one: make run PYTHON=/path/to/python3.10
    - let this machine reach the place from which `uv python install 3.10` downloads"""


class NoPython(Exception):
    """No Python 3.10 runs here; the text lists what was tried."""


@dataclass(frozen=True)
class Found:
    path: str
    version: str
    where: str


@dataclass(frozen=True)
class Refused:
    path: str
    where: str
    reason: str

    def __str__(self) -> str:
        return "%s (%s): %s" % (self.path, self.where, self.reason)


def probe(path: str) -> Tuple[str, str]:
    """Runs it: (version, its real path). Raises NoPython with the reason if it is no Python 3.10 that works."""
    environ = {key: value for key, value in os.environ.items() if key not in ("PYTHONHOME", "PYTHONPATH")}
    try:
        answer = subprocess.run(
            [path, "-c", PROBE], stdin=subprocess.DEVNULL, capture_output=True, timeout=30, env=environ
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise NoPython("it does not run (%s)" % error) from error
    if answer.returncode:
        said = answer.stderr.decode("utf-8", "replace").strip().splitlines() or ["exit code %d" % answer.returncode]
        raise NoPython("it does not run (%s)" % (said[-1] if said[-1].startswith("Module") else said[0]))
    name, version, executable = answer.stdout.decode("utf-8", "replace").strip().split(" ", 2)
    if name != "cpython" or not version.startswith(WANTED + "."):
        raise NoPython("it is %s %s" % (name, version))
    return version, executable


def candidates(environ: Mapping[str, str]) -> Iterator[Tuple[str, str]]:
    """(where, path) in the order in which they are preferred."""
    folders = [folder for folder in environ.get("PATH", "").split(os.pathsep) if folder]
    chosen = environ.get("PYTHON")
    if chosen:
        on_path = [os.path.join(folder, chosen) for folder in folders] if os.sep not in chosen else []
        yield "$PYTHON", next((path for path in on_path if os.access(path, os.X_OK)), chosen)
    # Every one on the path, not only the first: behind a pyenv shim there may be a real one.
    for folder in folders:
        path = os.path.join(folder, "python" + WANTED)
        if os.access(path, os.X_OK):
            yield "on the path", path
    for root in pyenv_roots(environ):
        for version in sorted(root.glob("versions/%s.*" % WANTED), key=numbers, reverse=True):
            program = version / "bin" / "python"
            if program.exists():
                yield "pyenv", str(program)
    yield "running this", sys.executable


def pyenv_roots(environ: Mapping[str, str]) -> List[Path]:
    home = environ.get("HOME") or os.path.expanduser("~")
    named = [Path(environ["PYENV_ROOT"])] if environ.get("PYENV_ROOT") else []
    return list(dict.fromkeys([*named, Path(home) / ".pyenv"]))


def numbers(version: Path) -> List[int]:
    return [int(number) for number in re.findall(r"\d+", version.name)]


def look(environ: Mapping[str, str]) -> Tuple[List[Found], List[Refused]]:
    """The first that works (or nothing), and those refused before it, each with the reason."""
    refused: List[Refused] = []
    for where, path in candidates(environ):
        try:
            version, executable = probe(path)
        except NoPython as error:
            refused.append(Refused(path, where, str(error)))
        else:
            return [Found(executable, version, where)], refused
    return [], refused
