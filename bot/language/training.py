"""Trains the act classifier from Rasa's NLU examples and our labelled sentences; kept in `models/language-<hash>/`.

The hash covers both, the lexicons and the code that shapes the model: no artefact goes with other inputs.
"""

import hashlib
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Iterator, List, Tuple

import numpy as np
import yaml

from bot.core.types import ACTS
from bot.language.classifier import features_of
from bot.language.opinions import opinion_files, opinions_below
from bot.language.plain import plain

EXAMPLES = ("data/nlu/zh_hans.yml", "data/nlu/zh_hant.yml", "data/nlu/en.yml")
CODE = ("classifier.py", "plain.py", "training.py")  # what shapes the model; rules may change without a new one
MODEL = "acts.npz"
_REGULARISATION = 0.5  # scikit-learn's C


def artefact_hash(root: Path) -> str:
    """16 hexadecimal digits over everything the artefact is made from; `root` is the project's folder."""
    here = Path(__file__).parent
    files = [
        *(root / name for name in EXAMPLES),
        *(here / name for name in CODE),
        *sorted((here / "lexicons").glob("*.yml")),
        *opinion_files(root),
    ]
    digest = hashlib.sha256()
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
    """The folder of the artefact that fits the inputs below `root`; trains it (some seconds) only when missing."""
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
    """Trains on the examples below `root` and writes the model and a note on it into `folder`."""
    pairs = [pair for name in EXAMPLES for pair in examples_in(root / name)]
    pairs += [(one.act, one.text) for one in opinions_below(root)]
    acts = [act for act, _ in pairs]
    grams, idf, rows = _tfidf([plain(text) for _, text in pairs])
    weights, bias, classes = _fit(rows, len(grams), acts)
    np.savez_compressed(
        folder / MODEL,
        grams=np.frombuffer("\n".join(grams).encode("utf-8"), dtype=np.uint8),
        acts=np.array(classes), idf=idf.astype(np.float32),
        weights=weights.astype(np.float16), bias=bias.astype(np.float32),
    )  # fmt: skip
    note = {"examples": len(pairs), "features": len(grams), "hash": artefact_hash(root)}
    (folder / "about.json").write_text(json.dumps(note, indent=1), "utf-8")


def _tfidf(forms: List[str]) -> Tuple[List[str], np.ndarray, List[Tuple[np.ndarray, np.ndarray]]]:
    counted = [features_of(form) for form in forms]
    frequency: dict[str, int] = {}
    for counts in counted:
        for gram in counts:
            frequency[gram] = frequency.get(gram, 0) + 1
    grams = sorted(gram for gram, n in frequency.items() if n >= 2 and "\n" not in gram)
    index = {gram: i for i, gram in enumerate(grams)}
    idf = np.array([np.log((1 + len(forms)) / (1 + frequency[gram])) + 1 for gram in grams])
    return grams, idf, [_row(counts, index, idf) for counts in counted]


def _row(counts: "dict[str, int]", index: "dict[str, int]", idf: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
    known = [(index[gram], n) for gram, n in counts.items() if gram in index]
    at = np.array([i for i, _ in known], dtype=np.int64)
    values = np.array([1 + np.log(n) for _, n in known]) * idf[at]
    return at, values / (np.linalg.norm(values) or 1.0)


def _fit(
    rows: List[Tuple[np.ndarray, np.ndarray]], width: int, acts: List[str]
) -> Tuple[np.ndarray, np.ndarray, List[str]]:
    from scipy.sparse import csr_matrix
    from sklearn.svm import LinearSVC

    data = np.concatenate([values for _, values in rows])
    at = np.concatenate([index for index, _ in rows])
    ends = np.cumsum([0] + [len(index) for index, _ in rows])
    model = LinearSVC(C=_REGULARISATION, dual=True, tol=0.01, max_iter=300, class_weight="balanced", random_state=7)
    model.fit(csr_matrix((data, at, ends), shape=(len(rows), width)), acts)
    return model.coef_.T, model.intercept_, [str(act) for act in model.classes_]
