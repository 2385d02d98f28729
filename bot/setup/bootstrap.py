"""Set-up: from any Python 3.8 or newer to a `.venv` with the locked packages in it. Standard library only.

python3 bot/setup/bootstrap.py             the environment
python3 bot/setup/bootstrap.py --browser   the environment, and the browser for the browser tests
python3 bot/setup/bootstrap.py --teach     the environment, and what teaching the sentence encoder needs on top
python3 bot/setup/bootstrap.py --lock      writes requirements/*.txt anew from *.in
"""

import argparse
import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import List, Optional

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from bot.setup import browser, private_uv, pythons  # noqa: E402
from bot.setup.exclusive import Exclusive  # noqa: E402
from bot.setup.progress import StepFailed, exit_on_signals, run, say  # noqa: E402

LOCKED = ("run", "dev", "teach")
COMPILE = (
    *("--python-version", pythons.WANTED, "--universal", "--generate-hashes"),
    # The files name no index: whoever installs has one of their own.
    *("--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate"),
)


def environment(root: Path) -> None:
    """Makes `.venv` what the lock says. The stamp is written last, so that whatever was interrupted is done again."""
    lock, venv = root / "requirements" / "dev.txt", root / ".venv"
    python, stamp = venv / "bin" / "python", venv / "installed-lock"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    usable = runs(python)
    if usable and stamp.is_file() and stamp.read_text().strip() == wanted:
        return
    found, refused = ([], []) if usable else pythons.look(os.environ)
    uv = private_uv.ensure(root, [each.path for each in found] or [str(python)])
    if not usable:
        make_venv(root, uv, found[0] if found else from_uv(uv, refused))
    stamp.unlink(missing_ok=True)
    install(root, uv, python, lock)
    stamp.write_text(wanted + "\n")


def for_teaching(root: Path) -> None:
    """Adds what `python -m teaching` needs; the next change of the lock takes nothing away again."""
    install(root, private_uv.ensure(root, []), root / ".venv" / "bin" / "python", root / "requirements" / "teach.txt")


def runs(python: Path) -> bool:
    try:
        pythons.probe(str(python))
    except pythons.NoPython:
        return False
    return True


def make_venv(root: Path, uv: str, found: pythons.Found) -> None:
    say("Using Python %s: %s (%s)" % (found.version, found.path, found.where))
    # uv makes it without the `venv` module, which Debian leaves out of its Python.
    command = [uv, "venv", "--no-project", "--clear", "--force", "--python", found.path, str(root / ".venv")]
    run("Making .venv", command, setup_log(root), env=private_uv.environment(os.environ))


def install(root: Path, uv: str, python: Path, lock: Path) -> None:
    command = [uv, "pip", "install", "--no-progress", "--python", str(python), "--require-hashes"]
    # Without byte code every start would compile TensorFlow anew: 51 s to ready instead of 25 s.
    command += ["--compile-bytecode", "-r", str(lock)]
    title = "Installing the locked packages (the first time about 1 GB, which may take some minutes)"
    env = private_uv.environment(os.environ)
    run(title, command, setup_log(root), env=env)
    # uv compiles only when it installs something: an install that was interrupted in between is completed here. Not
    # checked, because some packages carry templates that look like Python.
    compile_all = [str(python), "-m", "compileall", "-q", "-j", "0", str(root / ".venv" / "lib")]
    subprocess.run(compile_all, env=env, stdin=subprocess.DEVNULL, capture_output=True)


def from_uv(uv: str, refused: List[pythons.Refused]) -> pythons.Found:
    """A Python that uv downloads, when this machine has none."""
    env = private_uv.environment(os.environ)
    for line in refused:
        say("  not usable: %s" % line)
    try:
        run("Getting Python 3.10 with uv", [uv, "python", "install", pythons.WANTED], setup_log(ROOT), env=env)
        command = [uv, "python", "find", "--no-project", "--managed-python", pythons.WANTED]
        path = subprocess.run(command, env=env, capture_output=True, check=True, timeout=60).stdout.decode().strip()
        version, executable = pythons.probe(path)
    except (StepFailed, pythons.NoPython, subprocess.SubprocessError) as error:
        raise StepFailed("There is no Python 3.10 that runs here.\n%s\n%s" % (error, pythons.MEND)) from error
    return pythons.Found(executable, version, "installed by uv")


def relock(root: Path) -> None:
    """Writes the lock files anew, without the name of the index that served this machine."""
    uv = private_uv.ensure(root, [])
    for name in LOCKED:
        source, target = root / "requirements" / (name + ".in"), root / "requirements" / (name + ".txt")
        command = [uv, "pip", "compile", *COMPILE, "--quiet", "-o", str(target), str(source)]
        run("Locking requirements/%s.txt" % name, command, setup_log(root), env=private_uv.environment(os.environ))


def setup_log(root: Path) -> Path:
    return root / "var" / "log" / "setup.log"


def main(arguments: Optional[List[str]] = None) -> int:
    parser = argparse.ArgumentParser(description="Set-up of Afterword.")
    parser.add_argument("--browser", action="store_true", help="also get the browser for the browser tests")
    parser.add_argument("--teach", action="store_true", help="also get what teaching the sentence encoder needs")
    parser.add_argument("--lock", action="store_true", help="write requirements/*.txt anew from *.in, and nothing else")
    given = parser.parse_args(arguments)
    exit_on_signals()
    try:
        with Exclusive(ROOT / "var" / "setup.lock", waiting="Another set-up is at work here: waiting for it"):
            relock(ROOT) if given.lock else environment(ROOT)
            if given.browser:
                browser.ensure(ROOT)
            if given.teach:
                for_teaching(ROOT)
    except StepFailed as error:
        say("\nSet-up stopped. %s" % error, sys.stderr)
        return 1
    except KeyboardInterrupt:
        say("\nSet-up interrupted. Say it again to go on.", sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
