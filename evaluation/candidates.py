"""`python -m evaluation.candidates`: the models that could tell the act of a message, beside each other.

Each is measured on our own sentences in processes of its own. Some learn here, all from the same sentences; what has
the taught encoder in it was learnt beforehand, from all sentences.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Optional, Sequence, Tuple

from bot.core.types import ACTS, LANGUAGES
from bot.setup.progress import say
from bot.setup.settings import Settings
from evaluation import candidate_models, runs
from evaluation.candidate_models import CANDIDATES, DIET_EPOCHS, TEXTCAT_EPOCHS
from evaluation.cost import ONE_THREAD, ROOT
from evaluation.measures import Figure, of_class, share
from evaluation.own_set import Sentence, all_sentences
from evaluation.report import NOTHING, aligned
from evaluation.targets import ALL

SENTENCES = 6000  # DIET needs minutes for these
TIMEOUT_SECONDS = 360.0  # for learning and reading together
MACRO = "macro_f1"
HEADINGS = (*LANGUAGES, ALL, "macro F1", "learnt from", "training (s)", "ms a text", "memory (MB)", "ready (s)")
BEFOREHAND = "learnt beforehand, from all"
LEGEND = (
    "accuracy by language; all but the whole pipeline know the words alone, not what was asked\n"
    f"epochs: DIET {DIET_EPOCHS} of its 100, textcat {TEXTCAT_EPOCHS}   training: by the wall clock, on all cores\n"
    "ms: of one core   memory, ready: beyond a process that makes plain forms, with the libraries that are needed"
)


class Told(NamedTuple):
    """What the processes of a candidate told. found: acts of our own sentences. training: None: was done beforehand."""

    found: List[str]
    sentences: Optional[int]
    training: Optional[float]
    ms: float
    memory: float
    ready: float


class Outcome(NamedTuple):
    """why: what kept the candidate from being measured, where `told` is None."""

    told: Optional[Told]
    why: str = ""


Outcomes = Dict[str, Outcome]


def main(arguments: Optional[Sequence[str]] = None) -> int:
    given = parsed(arguments)
    at = datetime.now(timezone.utc)
    folder = Settings.from_environment().var / "eval"
    folder.mkdir(parents=True, exist_ok=True)
    outcomes: Outcomes = {}
    for name in given.only:
        say(f"{CANDIDATES[name].title} …")
        outcomes[name] = measured(name, given.sentences)
    own = all_sentences()
    say(f"\n{table(outcomes, own)}")
    path = folder / f"candidates-{runs.name_of(at)}.json"
    content = {"date": at.isoformat(timespec="seconds"), "candidates": as_json(outcomes, own)}
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")
    say(f"\n{path}")
    return 0


def parsed(arguments: Optional[Sequence[str]]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evaluation.candidates", description=__doc__)
    parser.add_argument(
        "--sentences", type=int, default=SENTENCES, metavar="N", help="learn from N, at random (default: %(default)s)"
    )
    parser.add_argument(
        "--only", nargs="+", choices=CANDIDATES, default=list(CANDIDATES), metavar="NAME", help=", ".join(CANDIDATES)
    )
    given = parser.parse_args(arguments)
    if given.sentences < len(ACTS):
        parser.error(f"--sentences: there are {len(ACTS)} acts to learn")
    return given


def measured(name: str, sentences: int) -> Outcome:
    """Learns and reads in a folder that is thrown away."""
    until = time.monotonic() + TIMEOUT_SECONDS
    with tempfile.TemporaryDirectory() as folder:
        learnt = asked("learn", name, folder, str(sentences), until=until)
        told = learnt if "why" in learnt else {**learnt, **asked("read", name, folder, until=until)}
    return Outcome(None, told["why"]) if "why" in told else Outcome(Told(**told))


def asked(task: str, name: str, folder: str, *more: str, until: float) -> Dict[str, Any]:
    """What a fresh process tells; `why` where it tells nothing. Reading has one core."""
    command = [sys.executable, "-m", candidate_models.__name__, task, name, folder, *more]
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=environment(task, folder), capture_output=True, encoding="utf-8", errors="replace",
            timeout=max(1.0, until - time.monotonic()),
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return {"why": f"needs more than {TIMEOUT_SECONDS / 60:.0f} minutes: try fewer --sentences"}
    return answer(done.returncode, done.stdout, done.stderr)


def environment(task: str, folder: str) -> Dict[str, str]:
    """Rasa tells nobody of itself, and keeps what it has worked out nowhere else."""
    rasa = {"RASA_TELEMETRY_ENABLED": "false", "RASA_CACHE_DIRECTORY": str(Path(folder) / "cache")}
    return {**os.environ, **rasa, "TF_CPP_MIN_LOG_LEVEL": "3", **(ONE_THREAD if task == "read" else {})}


def answer(code: int, out: str, errors: str) -> Dict[str, Any]:
    """The last line of what was printed, or why there is none."""
    if code:
        lines = errors.strip().splitlines()
        return {"why": lines[-1] if lines and code > 0 else f"was ended: {code}"}
    return dict(json.loads(out.splitlines()[-1]))


def figures(pairs: Sequence[Tuple[Sentence, str]]) -> Dict[str, Figure]:
    """Accuracy by language and over all, and the mean F1 of the acts that are labelled or were found."""
    found = {
        language: share(one.act == act for one, act in pairs if language in (one.language, ALL))
        for language in (*LANGUAGES, ALL)
    }
    every = [of_class(act, ((one.act, said) for one, said in pairs)).f1 for act in ACTS]
    return {**found, MACRO: share(figure.value for figure in every if figure.value is not None)}


def table(outcomes: Outcomes, own: Sequence[Sentence]) -> str:
    """A line for each candidate, in the order they are given."""
    lines = [["", *HEADINGS, ""]]
    lines += [_line(CANDIDATES[name].title, outcome, own) for name, outcome in outcomes.items()]
    return f"Acts of our own {len(own)} sentences\n{aligned(lines)}\n\n{LEGEND}"


def _line(title: str, outcome: Outcome, own: Sequence[Sentence]) -> List[str]:
    told = outcome.told
    if told is None:
        return [title, *[NOTHING] * len(HEADINGS), outcome.why]
    found = figures(list(zip(own, told.found, strict=True)))
    shares = [_shown(found[key].value, 3) for key in (*LANGUAGES, ALL, MACRO)]
    costs = [
        _shown(told.sentences, 0), _shown(told.training, 0), _shown(told.ms, 1), _shown(told.memory, 0),
        _shown(told.ready, 1),
    ]  # fmt: skip
    return [title, *shares, *costs, BEFOREHAND if told.training is None else ""]


def _shown(value: Optional[float], digits: int) -> str:
    return NOTHING if value is None else f"{value:.{digits}f}"


def as_json(outcomes: Outcomes, own: Sequence[Sentence]) -> Dict[str, Dict[str, Any]]:
    """Figures only, no text."""
    return {
        name: _kept(outcome.told, own) if outcome.told else {"why": outcome.why} for name, outcome in outcomes.items()
    }


def _kept(told: Told, own: Sequence[Sentence]) -> Dict[str, Any]:
    found = figures(list(zip(own, told.found, strict=True)))
    costs = {key: value for key, value in told._asdict().items() if key != "found"}
    return {"figures": {key: figure._asdict() for key, figure in found.items()}, **costs}


if __name__ == "__main__":
    sys.exit(main())
