"""Whether a process is ready for work."""

from __future__ import annotations

import time
import urllib.error
import urllib.request

from bot.setup.processes import Process

FRESH_SECONDS = 10.0
TIMEOUT_SECONDS = 1.0
# A proxy in the environment is for the world outside, not for this machine.
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def is_ready(process: Process, since: float) -> bool:
    """All its URLs answer 200, and its heartbeat is fresh and not from before `since` (an earlier run)."""
    return all(answers(url) for url in process.ready_at) and beats(process, since)


def answers(url: str) -> bool:
    try:
        with _direct.open(url, timeout=TIMEOUT_SECONDS) as response:
            return bool(response.status == 200)
    except (OSError, urllib.error.URLError, ValueError):
        return False


def beats(process: Process, since: float) -> bool:
    if process.heartbeat is None:
        return True
    try:
        beat = process.heartbeat.stat().st_mtime
    except OSError:
        return False
    return beat >= since and time.time() - beat < FRESH_SECONDS
