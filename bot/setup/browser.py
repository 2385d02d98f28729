"""Chromium and fonts for the browser tests, from Debian's packages where we may install them."""

import os
import shutil
from pathlib import Path
from typing import Mapping, Optional

from bot.setup.progress import StepFailed, run, say

PACKAGES = ("chromium", "fonts-noto-cjk", "fonts-noto-color-emoji")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find(environ: Optional[Mapping[str, str]] = None) -> Optional[str]:
    """The browser on the path, which the browser tests drive."""
    path = (os.environ if environ is None else environ).get("PATH")
    return next((found for found in (shutil.which(name, path=path) for name in NAMES) if found), None)


def required(environ: Optional[Mapping[str, str]] = None) -> bool:
    """Whether a missing browser or service is an error and not a reason to skip."""
    return (os.environ if environ is None else environ).get("CI_REQUIRE_SERVICES") == "1"


def ensure(root: Path) -> None:
    """Installs the browser if it is missing and can be; otherwise says what follows, or raises where it is required."""
    if find():
        return
    problem = "Chromium is not installed, and this is not root on a Debian-like system, so it cannot be installed here."
    if os.geteuid() == 0 and shutil.which("apt-get"):
        try:
            install(root / "var" / "log" / "setup.log")
        except StepFailed as error:
            problem = str(error)
    if find():
        return
    if required():
        raise StepFailed(problem + "\n  CI_REQUIRE_SERVICES=1 makes this an error.")
    say(problem)
    say("  The browser tests will be skipped. To run them: apt-get install " + " ".join(PACKAGES))


def install(log: Path) -> None:
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run("Reading Debian's package lists (for the browser tests)", ["apt-get", "update"], log, env=env)
    run("Installing Chromium and fonts (for the browser tests)", ["apt-get", "install", "-y", *PACKAGES], log, env=env)
