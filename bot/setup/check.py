"""`make check`: everything that can be found out without running the tests. All of it is run; 1 if any failed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Mapping, Optional, Sequence, Tuple

from bot.setup.processes import QUIET
from bot.setup.progress import say
from bot.setup.settings import ROOT

PYTHON = sys.executable
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
AT_ONCE = 2
TIMEOUT_SECONDS = 600


@dataclass(frozen=True)
class Check:
    name: str
    command: Tuple[str, ...]
    mend: str = ""


CHECKS = (
    Check("format", (PYTHON, "-m", "ruff", "format", "--check", "."), "ruff format ."),
    Check("lint", (PYTHON, "-m", "ruff", "check", "."), "ruff check --fix . mends some"),
    Check("types", (PYTHON, "-m", "mypy")),
    Check("imports", (PYTHON, "-c", LINT_IMPORTS, "--no-logo"), "the contracts stand in pyproject.toml"),
    Check("definitions", (PYTHON, "-m", "bot", "check")),
    Check("sentences", (PYTHON, "-m", "bot.language.opinions")),
    Check("rasa data", (PYTHON, "-m", "bot.rasa_runtime.validate")),
)


@dataclass(frozen=True)
class Result:
    check: Check
    code: int
    output: str
    seconds: float


def perform(check: Check, root: Path, environ: Optional[Mapping[str, str]] = None) -> Result:
    started = time.monotonic()
    try:
        done = subprocess.run(
            check.command,
            cwd=root,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=TIMEOUT_SECONDS,
        )
        code, output = done.returncode, done.stdout.decode("utf-8", "replace")
    except subprocess.TimeoutExpired:
        code, output = 124, f"no answer within {TIMEOUT_SECONDS} s"
    return Result(check, code, output.strip(), time.monotonic() - started)


def report(result: Result) -> None:
    verdict = "ok" if result.code == 0 else "FAILED"
    say(f"== {result.check.name}: {verdict} ({result.seconds:.1f} s)")
    lines = result.output.splitlines()
    for line in lines if result.code else lines[-1:]:
        say("   " + line)
    if result.code and result.check.mend:
        say("   mend: " + result.check.mend)


def run(checks: Sequence[Check], root: Path = ROOT) -> int:
    environ = {**os.environ, **QUIET}
    failed = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for result in pool.map(lambda check: perform(check, root, environ), checks):
            report(result)
            failed += [result.check.name] if result.code else []
    say("\nAll checks passed." if not failed else f"\nFailed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(run(CHECKS))
