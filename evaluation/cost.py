"""What the pipeline costs: a fresh process opens it, reads our own sentences on one core, and is weighed.

`python -m evaluation.cost STARTED` is that process; STARTED is the monotonic clock at which it was started.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Dict

import psutil

from evaluation.measures import Figure

if TYPE_CHECKING:
    from bot.language.pipeline import Reader

ROOT = Path(__file__).resolve().parents[1]
WARM_UP = 60  # sentences that are not counted: dictionaries are loaded at the first one
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
TIMEOUT_SECONDS = 300.0
MEBI = 1024 * 1024


def cost() -> Dict[str, Figure]:
    """speed (texts/s of processor time), ms a text, memory (MB), ready (s from the start of a process).

    Raises CalledProcessError, TimeoutExpired.
    """
    command = [sys.executable, "-m", __name__, str(time.monotonic())]
    environ = {**os.environ, **ONE_THREAD}
    done = subprocess.run(
        command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True, timeout=TIMEOUT_SECONDS, check=True
    )
    told = json.loads(done.stdout)
    texts, seconds = told["texts"], told["seconds"]
    return {
        "speed": Figure(texts / seconds, texts),
        "ms": Figure(1000 * seconds / texts, texts),
        "memory": Figure(told["memory"], 1),
        "ready": Figure(told["ready"], 1),
    }


def main(started: float) -> None:
    # Imported here: what they cost belongs to the time until it is ready.
    from bot.definitions.loader import SHIPPED, load
    from bot.language.pipeline import Reader

    if hasattr(os, "sched_setaffinity"):  # not on every system
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    reader = Reader.open(ROOT, load(SHIPPED).tags)
    # One monotonic clock for all processes of a machine.
    ready = time.monotonic() - started
    print(json.dumps({"ready": ready, **_read_all(reader)}))


def _read_all(reader: "Reader") -> Dict[str, float]:
    from evaluation.own_set import all_sentences

    own = all_sentences()
    for one in own[:WARM_UP]:
        reader.understand(one.text, one.expecting)
    # Processor time: others at work on the machine do not make the pipeline slower.
    began = time.process_time()
    for one in own[WARM_UP:]:
        reader.understand(one.text, one.expecting)
    seconds = time.process_time() - began
    memory = psutil.Process().memory_info().rss / MEBI
    return {"texts": len(own) - WARM_UP, "seconds": seconds, "memory": memory}


if __name__ == "__main__":
    main(float(sys.argv[1]))
