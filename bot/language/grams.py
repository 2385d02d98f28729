"""What the words of a text tell, learnt from labelled sentences: n-grams, TF-IDF and linear models.

Features are characters (1–4) for every script and words (1–2) for Latin ones, of the plain form. They know what the
words are; the encoder knows what they mean. The model is one `.npz`, made by `training`; to read with it needs no
scikit-learn.
"""

import math
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Dict, Mapping, Optional, Sequence

import numpy as np

from bot.language.shares import softmax

_SPACE = re.compile(r"\s+")
_DIGITS = re.compile(r"\d+")
_LATIN = re.compile(r"[a-z']+|#")
LONGEST_GRAM = 4
SHARPNESS = 3.0  # margins are about −1..+1: times this, the softmax of them is right about as often as it says
MOST_CHARACTERS = 400  # that are read at once; more words would drown each other
MOST_WINDOWS = 6  # of so many characters; later text is not read


def features_of(form: str) -> "Counter[str]":
    """The n-grams of a plain text and how often each occurs. Numbers count as one sign, whatever their value."""
    text = " " + _DIGITS.sub("#", _SPACE.sub(" ", form[:MOST_CHARACTERS]).strip()) + " "
    grams = Counter(text[at : at + size] for size in range(1, LONGEST_GRAM + 1) for at in range(len(text) - size + 1))
    words = _LATIN.findall(text)
    grams.update(f"w:{word}" for word in words)
    grams.update(f"w:{one} {two}" for one, two in pairwise(words))
    return grams


class Grams:
    """A trained model. labels: head → the names of its outputs, as the encoder's; a head that had nothing to learn is
    missing. Reading a sentence takes about 0.2 ms."""

    def __init__(
        self,
        labels: Mapping[str, Sequence[str]],
        vocabulary: Mapping[str, int],
        idf: np.ndarray,
        weights: np.ndarray,
        bias: np.ndarray,
    ):
        self.labels = labels
        self._vocabulary, self._idf, self._weights, self._bias = vocabulary, idf, weights, bias
        self._blank = {index for gram, index in vocabulary.items() if not gram.strip()}
        ends = np.cumsum([len(names) for names in labels.values()]).tolist()
        self._columns = {
            head: slice(end - len(names), end) for (head, names), end in zip(labels.items(), ends, strict=True)
        }  # fmt: skip

    @classmethod
    def load(cls, path: Path) -> "Grams":
        """Reads a model written by `training`."""
        with np.load(path, allow_pickle=False) as kept:
            grams = bytes(kept["grams"]).decode("utf-8").split("\n")
            labels = {name[7:]: [str(one) for one in kept[name]] for name in kept if name.startswith("labels.")}
            vocabulary = {gram: i for i, gram in enumerate(grams)}
            return cls(labels, vocabulary, kept["idf"], kept["weights"], kept["bias"])

    def read(self, form: str) -> Optional[Dict[str, np.ndarray]]:
        """Head → the margins of its outputs, in the order of its labels; None where nothing in it was ever seen."""
        starts = range(0, min(len(form), MOST_CHARACTERS * MOST_WINDOWS), MOST_CHARACTERS)
        windows = [self._margins(form[at : at + MOST_CHARACTERS]) for at in starts]
        read = np.stack([one for one in windows if one is not None] or [np.zeros(0)])
        if not read.size:
            return None
        found = {head: read[:, columns] for head, columns in self._columns.items()}
        # The act shows early; what is said once in a long text is said; how it feels as a whole is the mean.
        one_of = {"act": lambda some: some[0], "feeling": lambda some: some.mean(0)}
        return {head: one_of.get(head, lambda some: some.max(0))(some) for head, some in found.items()}

    def _margins(self, window: str) -> Optional[np.ndarray]:
        known = [(self._vocabulary[gram], n) for gram, n in features_of(window).items() if gram in self._vocabulary]
        if all(index in self._blank for index, _ in known):
            return None
        at = np.fromiter((index for index, _ in known), dtype=np.int64, count=len(known))
        values = np.fromiter((1 + math.log(n) for _, n in known), dtype=np.float32, count=len(known)) * self._idf[at]
        values /= float(np.linalg.norm(values)) or 1.0
        margins: np.ndarray = values @ self._weights[at].astype(np.float32) + self._bias
        return margins

    def acts(self, margins: Optional[Mapping[str, np.ndarray]]) -> Dict[str, float]:
        """The probability 0..1 of each act; empty where nothing was ever seen."""
        if margins is None:
            return {}
        return softmax(self.labels["act"], SHARPNESS * margins["act"])
