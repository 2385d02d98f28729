"""What is taught: the labelled sentences of `data/opinions` and the examples of `data/nlu`, as numbers."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, List, Mapping, Tuple

from bot.core.types import ACTS, SEVERITIES
from bot.language.opinions import FEELINGS, Opinion, opinions_below
from bot.language.training import EXAMPLES, SILENT, examples_in

FEWEST = 4  # sentences a tag needs to be learnt


@dataclass(frozen=True)
class Lesson:
    """A sentence and the indices of its labels. `opinion`: whether all but the act is labelled, too."""

    text: str
    act: int
    feeling: int = 1
    strength: int = 0
    severity: int = 0
    tags: Tuple[int, ...] = ()
    topics: Tuple[int, ...] = ()
    opinion: bool = True


@dataclass(frozen=True)
class Course:
    """labels: head → the names of its outputs; a tag is `key±`, a topic `category±`."""

    lessons: List[Lesson]
    labels: Mapping[str, List[str]]
    digest: str


def course(root: Path, categories: Mapping[str, str]) -> Course:
    """All that is to be taught below `root`. categories: tag → its category. Raises ValueError (a bad line)."""
    opinions = list(opinions_below(root))
    labels = _labels(opinions, categories)
    index = {head: {name: at for at, name in enumerate(names)} for head, names in labels.items()}
    lessons = [_lesson(one, index, categories) for one in opinions]
    for name in EXAMPLES:
        lessons += [
            Lesson(text, index["act"][act], opinion=act in SILENT) for act, text in examples_in(root / name)
        ]  # fmt: skip
    digest = hashlib.sha256("\n".join(sorted(map(repr, lessons))).encode("utf-8")).hexdigest()
    return Course(lessons, labels, digest[:16])


def _labels(opinions: List[Opinion], categories: Mapping[str, str]) -> Dict[str, List[str]]:
    counts: Dict[str, int] = {}
    for one in opinions:
        for key, sign in one.tags:
            counts[key + sign] = counts.get(key + sign, 0) + 1
    tags = sorted(name for name, count in counts.items() if count >= FEWEST and name[:-1] in categories)
    return {
        "act": list(ACTS), "feeling": list(FEELINGS), "strength": ["strength"], "severity": list(SEVERITIES),
        "critical": ["critical"], "topic": sorted({categories[name[:-1]] + name[-1] for name in tags}), "tag": tags,
    }  # fmt: skip


def _lesson(one: Opinion, index: Mapping[str, Mapping[str, int]], categories: Mapping[str, str]) -> Lesson:
    tags = [key + sign for key, sign in one.tags if key + sign in index["tag"]]
    return Lesson(
        text=one.text,
        act=index["act"][one.act],
        feeling=one.feeling,
        strength=one.sentiment,
        severity=index["severity"][one.severity],
        tags=tuple(sorted(index["tag"][name] for name in tags)),
        topics=tuple(sorted({index["topic"][categories[name[:-1]] + name[-1]] for name in tags})),
    )
