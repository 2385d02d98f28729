"""`python -m benchmarks`: stock Rasa, stock Rasa with custom actions, and ours, in turn on this machine."""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import sys
import time
from datetime import datetime, timezone
from importlib import metadata
from typing import Any, Dict, List, Optional, Sequence

import psutil

from benchmarks import ours, report, stock
from benchmarks.measure import QUICK, Contestant, Load, measure
from benchmarks.stock_project import ensure_trained
from bot.setup.exclusive import Exclusive, Taken
from bot.setup.progress import StepFailed, exit_on_signals, say
from bot.setup.settings import BadSetting, Settings

CONTESTANTS = (
    Contestant("a", "(a) stock", stock.plain, stock.conversations, stock.long_conversation),
    Contestant("b", "(b) stock + action", stock.custom, stock.conversations, stock.long_conversation),
    Contestant(
        "c", "(c) ours", ours.assistant, ours.conversations, ours.long_conversation, ours.NOT_COUNTED, ours.apologies
    ),
)
TITLES = {one.key: one.title for one in CONTESTANTS}
MOST_SECONDS = 600.0
VERSIONS = ("rasa", "rasa-sdk", "tensorflow", "spacy", "sanic", "SQLAlchemy")
Rounds = Dict[str, List[Dict[str, Any]]]


def main(arguments: Optional[Sequence[str]] = None) -> int:
    exit_on_signals()
    # Also where a script that started us with & had it ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        given = parsed(arguments)
        settings = Settings.from_environment()
        (settings.var / "bench").mkdir(parents=True, exist_ok=True)
        with Exclusive(settings.var / "bench" / ".lock"):
            bench(settings, given)
    except Taken as taken:
        say(f"A benchmark is running already (process {taken.holder.split()[0]}); two would measure each other.")
        return 1
    except (StepFailed, BadSetting, ours.NotOpened) as error:
        say(f"\nThe benchmark could not go on. {error}", sys.stderr)
        return 1
    except KeyboardInterrupt:
        say("\nStopped; every process that was started has ended.")
        return 130
    return 0


def parsed(arguments: Optional[Sequence[str]]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=2, help="how often each is started and measured (default 2)")
    parser.add_argument("--only", default="a,b,c", help="which of a, b, c, separated by commas")
    parser.add_argument("--quick", action="store_true", help="fewer turns, one round: whether it works, not how fast")
    given = parser.parse_args(arguments)
    given.only = [key.strip() for key in given.only.split(",") if key.strip()]
    unknown = set(given.only) - set(TITLES)
    if unknown or not given.only:
        parser.error(f"--only takes {', '.join(TITLES)}; not {', '.join(sorted(unknown)) or 'nothing'}")
    if given.rounds < 1:
        parser.error("--rounds must be 1 or more")
    return given


def bench(settings: Settings, given: argparse.Namespace) -> None:
    chosen = [one for one in CONTESTANTS if one.key in given.only]
    if set(given.only) & set(report.STOCKS):
        ensure_trained(settings)
    load, count = (QUICK, 1) if given.quick else (Load(), given.rounds)
    started = time.monotonic()
    rounds = all_rounds(settings, chosen, load, count)
    seconds = time.monotonic() - started
    results = {one.key: report.medians(rounds[one.key]) for one in chosen if rounds[one.key]}
    say(f"\nMedians of {min(len(of_one) for of_one in rounds.values())} rounds, {seconds:.0f} s. {machine()['cpu']}\n")
    say(report.table(TITLES, results))
    for doubt in report.doubts(TITLES, rounds):
        say(f"  ! {doubt}")
    latest = settings.var / "bench" / "latest.json"
    latest.write_text(json.dumps(record(results, rounds, load, seconds), indent=1, ensure_ascii=False))
    say(f"\nAll of it: {latest}")


def all_rounds(settings: Settings, chosen: Sequence[Contestant], load: Load, count: int) -> Rounds:
    """In alternation, there and back, so that a machine that grows slower favours nobody."""
    rounds: Rounds = {one.key: [] for one in chosen}
    started = time.monotonic()
    for number in range(count):
        began = time.monotonic()
        for one in chosen if number % 2 == 0 else reversed(chosen):
            say(f"Round {number + 1} of {count}: {one.title}")
            rounds[one.key].append(measure(one, settings, load))
        now = time.monotonic()
        if number + 1 < count and now - started + (now - began) > MOST_SECONDS:
            say(f"  ! No further round: it would take more than {MOST_SECONDS / 60:.0f} minutes in all.")
            break
    return rounds


def record(results: Dict[str, Any], rounds: Rounds, load: Load, seconds: float) -> Dict[str, Any]:
    return {
        "date": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "seconds": round(seconds),
        "machine": machine(),
        "versions": {"python": platform.python_version(), **{name: metadata.version(name) for name in VERSIONS}},
        "load": vars(load),
        "titles": TITLES,
        "medians": results,
        "rounds": rounds,
    }


def machine() -> Dict[str, Any]:
    try:
        with open("/proc/cpuinfo") as file:
            cpu = next(line.split(":", 1)[1].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        cpu = platform.processor()
    cores = os.cpu_count()
    memory = round(psutil.virtual_memory().total / 2**20)
    return {"cpu": f"{cpu}, {cores} cores", "memory_mb": memory, "system": platform.platform()}


if __name__ == "__main__":
    sys.exit(main())
