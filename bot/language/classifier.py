"""Which act a text is, learnt from labelled sentences: n-grams, TF-IDF and a linear model, scored without scikit-learn.

Features are characters (1–4) for every script and words (1–2) for Latin ones, of the plain form. The model
is one `.npz`.
"""

import math
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Dict, Sequence

import numpy as np

_SPACE = re.compile(r"\s+")
_DIGITS = re.compile(r"\d+")
_LATIN = re.compile(r"[a-z']+|#")
LONGEST_GRAM = 4
SHARPNESS = 3.0  # margins are about −1..+1: times this, the softmax of them is right about as often as it says
MOST_CHARACTERS = 400  # the act shows early; later text is story


def features_of(form: str) -> "Counter[str]":
    """The n-grams of a plain text and how often each occurs. Numbers count as one sign, whatever their value."""
    text = " " + _DIGITS.sub("#", _SPACE.sub(" ", form[:MOST_CHARACTERS]).strip()) + " "
    grams = Counter(text[at : at + size] for size in range(1, LONGEST_GRAM + 1) for at in range(len(text) - size + 1))
    words = _LATIN.findall(text)
    grams.update(f"w:{word}" for word in words)
    grams.update(f"w:{one} {two}" for one, two in pairwise(words))
    return grams


class ActClassifier:
    """A trained model. `shares` takes about 0.1 ms for a sentence."""

    def __init__(
        self, acts: Sequence[str], vocabulary: Dict[str, int], idf: np.ndarray, weights: np.ndarray, bias: np.ndarray
    ):
        self._acts, self._vocabulary, self._idf, self._weights, self._bias = acts, vocabulary, idf, weights, bias

    @classmethod
    def load(cls, path: Path) -> "ActClassifier":
        """Reads a model written by `training`."""
        with np.load(path, allow_pickle=False) as kept:
            grams = bytes(kept["grams"]).decode("utf-8").split("\n")
            acts = [str(act) for act in kept["acts"]]
            return cls(
                acts,
                {gram: i for i, gram in enumerate(grams)},
                kept["idf"],
                kept["weights"].astype(np.float32),
                kept["bias"],
            )

    def shares(self, form: str) -> Dict[str, float]:
        """The probability 0..1 of each act of a plain text; empty where nothing in it was ever seen."""
        known = [(self._vocabulary[gram], n) for gram, n in features_of(form).items() if gram in self._vocabulary]
        if not known:
            return {}
        at = np.fromiter((index for index, _ in known), dtype=np.int64, count=len(known))
        values = np.fromiter((1 + math.log(n) for _, n in known), dtype=np.float32, count=len(known)) * self._idf[at]
        norm = float(np.linalg.norm(values)) or 1.0
        scores = SHARPNESS * ((values / norm) @ self._weights[at] + self._bias)
        odds = np.exp(scores - scores.max())
        return dict(zip(self._acts, (odds / odds.sum()).tolist(), strict=True))
