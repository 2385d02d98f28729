"""One round of one contestant: started, warmed up, spoken to in three ways, weighed, stopped."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Callable, Dict, List, Sequence

import psutil

from benchmarks.drive import Conversation, Run, Timed, run
from benchmarks.report import BUSY, mean, percentile, shown
from bot.setup.keeper import Assistant
from bot.setup.progress import say
from bot.setup.settings import Settings

AT_ONCE = 8
MEBI = 1024 * 1024


@dataclass(frozen=True)
class Contestant:
    key: str
    title: str
    assistant: Callable[[Settings], Assistant]
    conversations: Callable[[Assistant, int], List[Conversation]]
    long_conversation: Callable[[Assistant, int], Conversation]
    not_counted: Sequence[str] = ()
    """Processes whose memory does not belong to it."""
    apologies: Callable[[Assistant], int] = lambda assistant: 0
    """How many messages were answered with an apology only; they are not answered."""


@dataclass(frozen=True)
class Load:
    """How much is said in one round; `limit` seconds is the most that one part of it may take."""

    warm_up: int = 16
    alone: int = 33
    together: int = 88
    long: int = 200
    limit: float = 60.0


QUICK = Load(warm_up=8, alone=11, together=22, long=50, limit=30.0)


def measure(contestant: Contestant, settings: Settings, load: Load) -> Dict[str, Any]:
    """What one round found, by the names of `report.ROWS`."""
    busy = busy_before()
    assistant = contestant.assistant(settings)
    started = time.perf_counter()
    with assistant:
        assistant.wait_ready()
        found: Dict[str, Any] = {"ready": time.perf_counter() - started, "busy_before": busy}
        say(f"    ready after {found['ready']:.1f} s")
        url = assistant.url("rasa")
        run(url, contestant.conversations(assistant, load.warm_up), AT_ONCE, load.limit)
        found.update(of_alone(run(url, contestant.conversations(assistant, load.alone), 1, load.limit)))
        say(f"    1 at once: p50 {shown(found['alone_p50'], 1)} ms")
        found.update(of_together(run(url, contestant.conversations(assistant, load.together), AT_ONCE, load.limit)))
        say(f"    {AT_ONCE} at once: {found['turns_per_second']:.1f} turns/s")
        found.update(of_long(run(url, [contestant.long_conversation(assistant, load.long)], 1, load.limit)))
        say(f"    turn 5: {shown(found['turn_5'], 1)} ms, turn {load.long}: {shown(found['turn_last'], 1)} ms")
        found.update(memory(assistant, contestant.not_counted))
        found["apologies_unanswered"] = contestant.apologies(assistant)
    return found


def busy_before(patience: int = 10) -> float:
    """How busy others keep the machine, in percent of all cores; waits some seconds for a quiet one."""
    busy = psutil.cpu_percent(interval=1.0)
    for _ in range(patience):
        if busy < BUSY:
            break
        busy = psutil.cpu_percent(interval=1.0)
    return busy


def of_alone(done: Run) -> Dict[str, Any]:
    every = milliseconds(done.turns)
    found: Dict[str, Any] = {"alone_p50": percentile(every, 50), "alone_p95": percentile(every, 95)}
    for kind in ("tap", "text"):
        some = milliseconds([turn for turn in done.turns if turn.kind == kind])
        found[f"{kind}_p50"] = percentile(some, 50)
    return {**found, "alone_turns": len(every), "alone_unanswered": unanswered(done), "alone_cut_short": done.cut_short}


def of_together(done: Run) -> Dict[str, Any]:
    every = milliseconds(done.turns)
    return {
        "turns_per_second": len(every) / done.seconds,
        "together_p50": percentile(every, 50),
        "together_p95": percentile(every, 95),
        "together_turns": len(every),
        "together_unanswered": unanswered(done),
        "together_cut_short": done.cut_short,
    }


def of_long(done: Run) -> Dict[str, Any]:
    """Five turns around the fifth, against the last five: one of each kind of message in both."""
    every = milliseconds(done.turns)
    found = {"turn_5": mean(every[2:7]), "turn_last": mean(every[-5:]), "long_turns": len(every)}
    return {**found, "long_unanswered": unanswered(done), "long_cut_short": done.cut_short}


def milliseconds(turns: Sequence[Timed]) -> List[float]:
    return [turn.seconds * 1000 for turn in turns]


def unanswered(done: Run) -> int:
    return sum(not turn.answered for turn in done.turns)


def memory(assistant: Assistant, not_counted: Sequence[str]) -> Dict[str, Any]:
    """MB by process; PSS divides what several of them share, RSS counts it in each."""
    pss: Dict[str, float] = {}
    rss: Dict[str, float] = {}
    for name in assistant.processes:
        parent = psutil.Process(assistant.pid(name))
        all_of_it = [process.memory_full_info() for process in (parent, *parent.children(recursive=True))]
        pss[name] = sum(getattr(one, "pss", one.rss) for one in all_of_it) / MEBI
        rss[name] = sum(one.rss for one in all_of_it) / MEBI
    counted = [name for name in pss if name not in not_counted]
    of_rasa = [name for name in counted if name in ("rasa", "actions")]
    return {
        "pss": sum(pss[name] for name in counted),
        "pss_of_rasa": sum(pss[name] for name in of_rasa),
        "rss": sum(rss[name] for name in counted),
        "pss_by_process": pss,
    }
