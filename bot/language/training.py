"""Trains the n-gram models from Rasa's NLU examples and our labelled sentences; kept in `models/language-<hash>/`.

The hash covers both, which tag is of which category, the lexicons and the code that shapes the model: no artefact goes
with other inputs.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Dict, Iterator, List, Mapping, NamedTuple, Sequence, Tuple

import numpy as np
import yaml

from bot.core.types import ACTS
from bot.language.grams import features_of
from bot.language.opinions import FEELINGS, Opinion, opinion_files, opinions_below
from bot.language.plain import plain

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

EXAMPLES = ("data/nlu/zh_hans.yml", "data/nlu/zh_hant.yml", "data/nlu/en.yml")
TAGS = "bot/definitions/shipped/tags.yml"  # which of ours is of which category; those of an operator have words only
# What shapes the model; rules may change.
CODE = ("grams.py", "opinions.py", "plain.py", "training.py")
MODEL = "grams.npz"
# Who does one of these says nothing of the shop: their examples teach what no opinion looks like.
SILENT = frozenset(ACTS) - {"rate", "complain", "praise", "suggest", "request_remedy"}
_REGULARISATION = {"act": 0.5, "feeling": 0.5, "critical": 0.5, "topic": 1.0}  # scikit-learn's C
NEVER = -4.0  # the margin of an act that no sentence teaches
_FEWEST = 3  # texts that an n-gram must occur in
_FEWEST_OF_TOPIC = 40  # sentences that a topic needs


def artefact_hash(root: Path) -> str:
    """16 hexadecimal digits over everything the artefact is made from; `root` is the project's folder."""
    here = Path(__file__).parent
    files = [
        *(root / name for name in EXAMPLES),
        *(here / name for name in CODE),
        *sorted((here / "lexicons").glob("*.yml")),
        *opinion_files(root),
    ]
    digest = hashlib.sha256(json.dumps([ACTS, sorted(_categories(root).items())]).encode())
    for path in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def examples_in(path: Path) -> Iterator[Tuple[str, str]]:
    """(act, text) of one file in Rasa's NLU format. Raises ValueError on an intent that is no act."""
    for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
        if block["intent"] not in ACTS:
            raise ValueError(f"{path}: intent {block['intent']!r} is not one of the acts: {', '.join(ACTS)}")
        for line in block["examples"].splitlines():
            text = line.strip()[1:].strip()
            if text:
                yield block["intent"], text


def ensure_trained(root: Path) -> Path:
    """The folder of the artefact that fits the inputs below `root`; trains it (half a minute) only when missing."""
    folder = root / "models" / f"language-{artefact_hash(root)}"
    if (folder / MODEL).exists():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=".language-", dir=folder.parent))
    try:
        train(root, building)
        building.chmod(0o755)
        os.rename(building, folder)
    except OSError:
        if not (folder / MODEL).exists():  # else another process was faster, and its artefact is the same
            raise
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return folder


def train(root: Path, folder: Path) -> None:
    """Trains on the sentences below `root` and writes the model and a note on it into `folder`."""
    opinions = list(opinions_below(root))
    examples = [pair for name in EXAMPLES for pair in examples_in(root / name)]
    texts = [one.text for one in opinions] + [text for _, text in examples]
    grams, idf, rows = _tfidf([plain(text) for text in texts])
    learnt = _Learnt.of(_matrix(rows, len(grams)), opinions, [act for act, _ in examples], _categories(root))
    np.savez_compressed(
        folder / MODEL,
        grams=np.frombuffer("\n".join(grams).encode("utf-8"), dtype=np.uint8), idf=idf.astype(np.float32),
        weights=learnt.weights.astype(np.float16), bias=learnt.bias.astype(np.float32),
        **{f"labels.{head}": np.array(names) for head, names in learnt.labels.items()},
    )  # fmt: skip
    note = {"examples": len(texts), "features": len(grams), "hash": artefact_hash(root)}
    (folder / "about.json").write_text(json.dumps(note, indent=1), "utf-8")


def _categories(root: Path) -> Dict[str, str]:
    tags = yaml.load((root / TAGS).read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))["tags"]
    return {tag["key"]: tag["category"] for tag in tags}


def _matrix(rows: Sequence[Tuple[np.ndarray, np.ndarray]], width: int) -> "csr_matrix":
    from scipy.sparse import csr_matrix

    data = np.concatenate([values for _, values in rows])
    at = np.concatenate([index for index, _ in rows])
    ends = np.cumsum([0] + [len(index) for index, _ in rows])
    return csr_matrix((data, at, ends), shape=(len(rows), width))


class _Learnt(NamedTuple):
    """weights: (features, outputs); bias: (outputs,); labels: head → names, the outputs of all heads in their order."""

    weights: np.ndarray
    bias: np.ndarray
    labels: Mapping[str, List[str]]

    @classmethod
    def of(
        cls, rows: "csr_matrix", opinions: Sequence[Opinion], acts: Sequence[str], categories: Mapping[str, str]
    ) -> "_Learnt":
        """opinions: of the first rows; acts: of the others, of which those of SILENT have no opinion."""
        opinionated = rows[np.array([True] * len(opinions) + [act in SILENT for act in acts])]
        silent = opinionated.shape[0] - len(opinions)
        topics = [{categories[key] + sign for key, sign in one.tags if key in categories} for one in opinions]
        counts = Counter(topic for some in topics for topic in some)
        named = sorted(topic for topic, count in counts.items() if count >= _FEWEST_OF_TOPIC)
        feelings = [one.feeling for one in opinions] + [1] * silent
        critical = [one.severity == "critical" for one in opinions] + [False] * silent
        fitted = [
            _fit("act", rows, [*(ACTS.index(one.act) for one in opinions), *map(ACTS.index, acts)], ACTS),
            _fit("feeling", opinionated, feelings, FEELINGS),
            _fit("critical", opinionated, critical, ["critical"]),
            *(_fit("topic", opinionated, [one in some for some in topics] + [False] * silent, [one]) for one in named),
        ]
        labels: Dict[str, List[str]] = {}
        for part in (one for one in fitted if one.names):
            labels.setdefault(part.head, []).extend(part.names)
        weights = np.concatenate([part.weights for part in fitted], 1)
        return cls(weights, np.concatenate([part.bias for part in fitted]), labels)


class _Fitted(NamedTuple):
    """An output of `head` for each name; weights: (features, names); bias: (names,)."""

    head: str
    names: Sequence[str]
    weights: np.ndarray
    bias: np.ndarray


def _fit(head: str, rows: "csr_matrix", labels: Sequence[int], names: Sequence[str]) -> _Fitted:
    """labels: whether the one name, or the place of one of several. Without names where there is nothing to tell."""
    from sklearn.svm import LinearSVC

    classes = sorted({*labels})
    if len(classes) == 1 and head != "act":
        return _Fitted(head, (), np.zeros((rows.shape[1], 0)), np.zeros(0))
    weights, bias = np.zeros((rows.shape[1], len(names))), np.full(len(names), NEVER)
    if len(classes) == 1:
        bias[classes] = 0.0
        return _Fitted(head, names, weights, bias)
    balanced = None if head == "topic" else "balanced"
    model = LinearSVC(
        C=_REGULARISATION[head], dual=True, tol=0.01, max_iter=300, class_weight=balanced, random_state=7
    )  # fmt: skip
    model.fit(rows, labels)
    single = len(model.coef_) == 1  # of two classes the margin of the second
    at = [0] if len(names) == 1 else classes[1:] if single else classes
    weights[:, at], bias[at] = model.coef_.T, model.intercept_
    if single and len(names) > 1:
        weights[:, classes[0]], bias[classes[0]] = -model.coef_[0], -model.intercept_[0]
    return _Fitted(head, names, weights, bias)


def _tfidf(forms: List[str]) -> Tuple[List[str], np.ndarray, List[Tuple[np.ndarray, np.ndarray]]]:
    counted = [features_of(form) for form in forms]
    frequency: Dict[str, int] = {}
    for counts in counted:
        for gram in counts:
            frequency[gram] = frequency.get(gram, 0) + 1
    grams = sorted(gram for gram, n in frequency.items() if n >= _FEWEST and "\n" not in gram)
    index = {gram: i for i, gram in enumerate(grams)}
    idf = np.array([np.log((1 + len(forms)) / (1 + frequency[gram])) + 1 for gram in grams])
    return grams, idf, [_row(counts, index, idf) for counts in counted]


def _row(counts: Mapping[str, int], index: Mapping[str, int], idf: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
    known = [(index[gram], n) for gram, n in counts.items() if gram in index]
    at = np.array([i for i, _ in known], dtype=np.int64)
    values = np.array([1 + np.log(n) for _, n in known]) * idf[at]
    return at, values / (np.linalg.norm(values) or 1.0)
