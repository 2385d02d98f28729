"""uv, the installer, in a folder of our own: the version that the lock names, checked against the lock's hashes."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Dict, List, Mapping, Sequence

from bot.setup.progress import StepFailed, run, say

# What a shell may have set for another project and would send uv or Python astray.
MISLEADING = (
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONHOME",
    "PYTHONPATH",
    "VIRTUAL_ENV",
    "CONDA_PREFIX",
    "UV_SYSTEM_PYTHON",
    "UV_PYTHON",
    "UV_NO_VERIFY_HASHES",
    "UV_TARGET",
    "PIP_REQUIRE_VIRTUALENV",
    "PIP_USER",
    "PIP_TARGET",
)


def environment(environ: Mapping[str, str]) -> Dict[str, str]:
    """The environment in which uv and pip run."""
    clean = {key: value for key, value in environ.items() if key not in MISLEADING}
    clean.setdefault("UV_HTTP_TIMEOUT", "300")
    # Somebody who told pip about a mirror means it for uv too.
    if "PIP_INDEX_URL" in clean and not {"UV_INDEX_URL", "UV_DEFAULT_INDEX"} & set(clean):
        clean["UV_DEFAULT_INDEX"] = clean["PIP_INDEX_URL"]
    return clean


def pinned(lock: Path) -> str:
    """The lock's entry for uv: its version and hashes."""
    entry = re.search(r"^uv==(?:.*\\\n)*.*$", lock.read_text(encoding="utf-8"), re.MULTILINE)
    if entry is None:
        raise StepFailed("%s names no uv. Put it back from git." % lock)
    return entry.group(0)


def ensure(root: Path, pythons: Sequence[str]) -> str:
    """The path of uv, installed by the first Python that has pip. Without any, a uv on the path serves."""
    entry = pinned(root / "requirements" / "dev.txt")
    version = re.split(r"[\s;\\]", entry[len("uv==") :], maxsplit=1)[0]
    folder = root / "var" / "uv" / version
    program = folder / "bin" / "uv"
    if works([str(program), "--version"]):
        return str(program)
    with_pip = [python for python in [sys.executable, *pythons] if works([python, "-m", "pip", "--version"])]
    if not with_pip:
        return on_path()
    install(with_pip[0], entry, folder, root)
    return str(program)


def install(python: str, entry: str, folder: Path, root: Path) -> None:
    partial = folder.with_name(folder.name + ".partial")
    for old in (partial, folder):
        shutil.rmtree(old, ignore_errors=True)
    partial.mkdir(parents=True)
    wanted = partial / "uv.txt"
    wanted.write_text(entry + "\n", encoding="utf-8")
    command: List[str] = [python, "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--no-deps"]
    command += ["--only-binary", ":all:", "--require-hashes", "--target", str(partial), "-r", str(wanted)]
    run("Getting uv, the installer", command, root / "var" / "log" / "setup.log", env=environment(os.environ))
    partial.replace(folder)


def on_path() -> str:
    found = shutil.which("uv")
    if found is None or not works([found, "--version"]):
        raise StepFailed(
            "No Python here has pip, and there is no uv on the path: nothing can be installed.\n"
            "  Mend: install one of them (on Debian: apt-get install python3-pip) and say make again."
        )
    say("Using %s, because no Python here has pip to install the pinned one." % found)
    return found


def works(command: Sequence[str]) -> bool:
    try:
        return subprocess.run(list(command), stdin=subprocess.DEVNULL, capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False
