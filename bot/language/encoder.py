"""A small sentence encoder, taught on our labelled sentences, and what its heads read off a message.

A text becomes pieces, the pieces vectors (`models/encoder`, made by `python -m teaching`), ONNX Runtime carries them
through the transformer, and each head is a linear map of the mean of what comes out. Because it is linear, a head's
score is the sum of what each piece gave to it: that tells which of the customer's words it rests on.
"""

import json
from pathlib import Path
from typing import Dict, List, Mapping, NamedTuple, Sequence, Tuple

import numpy as np
import onnxruntime
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from bot.language.clauses import Clause, clauses_of

GRAPH, PIECES, HEADS, ABOUT = "encoder.onnx", "pieces.npz", "heads.npz", "about.json"
PREFIX = "query: "  # what the encoder was trained to see before a short text
BEGIN, END, UNKNOWN = 0, 2, 3  # indices of the special pieces
MOST_PIECES = 92  # in one pass; the transformer saw no longer ones when it was taught
MOST_PASSES = 6  # a longer text is read up to here


class Reading(NamedTuple):
    """What the heads say of a plain text.

    scores: head → its outputs, logits (`strength` as it is), as named in `labels`.
    shares: for each clause what an average piece of it gave to each topic; shape (clauses, topics).
    end: the character up to which it was read.
    """

    scores: Mapping[str, np.ndarray]
    shares: np.ndarray
    clauses: Sequence[Clause]
    end: int


class Encoder:
    """labels: head → names of its outputs. categories: tag → the one it was of when it was taught.

    Not for several threads at once. Reading takes about 3 ms for a sentence on one core, loading 0.2 s."""

    def __init__(self, folder: Path) -> None:
        self._pieces = Pieces(folder / PIECES)
        with np.load(folder / HEADS, allow_pickle=False) as kept:
            self._heads = {name[:-2]: (kept[name], kept[name[:-2] + ".b"]) for name in kept if name.endswith(".w")}
        about = json.loads((folder / ABOUT).read_text("utf-8"))
        self.labels: Dict[str, List[str]] = about["labels"]
        self.categories: Dict[str, str] = about["categories"]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / GRAPH), options, providers=["CPUExecutionProvider"]
        )  # fmt: skip

    @classmethod
    def is_in(cls, folder: Path) -> bool:
        return all((folder / name).exists() for name in (GRAPH, PIECES, HEADS, ABOUT))

    def read(self, form: str) -> Reading:
        """What the heads say of a plain text that has at least one letter or digit."""
        clauses = clauses_of(form)
        windows = self._windows(form, clauses)
        passes = [self._pass(ids, spans) for ids, spans in windows[:MOST_PASSES]]
        end = len(form) if len(windows) <= MOST_PASSES else windows[MOST_PASSES - 1][1][-1][1]
        weights = np.array([len(one.states) for one in passes], np.float32)
        scores = {}
        for name, (weight, bias) in self._heads.items():
            means = np.stack([one.states.mean(0) @ weight + bias for one in passes])
            # What is said once in a long text is said; how it feels as a whole is the mean.
            whole = name in ("act", "feeling", "strength")
            scores[name] = (means * weights[:, None]).sum(0) / weights.sum() if whole else means.max(0)
        topics, _ = self._heads["topic"]
        return Reading(scores, _by_clause(clauses, passes, topics), clauses, end)

    def _windows(self, form: str, clauses: Sequence[Clause]) -> List[Tuple[List[int], List[Tuple[int, int]]]]:
        """The pieces of the text with their places in it, cut at clauses so that each part fits a pass."""
        pairs = list(zip(*self._pieces.split(form), strict=True))
        ends = {clause.end for clause in clauses}
        parts: List[List[Tuple[int, Tuple[int, int]]]] = [[]]
        cut = 0
        for pair in pairs:
            part = parts[-1]
            part.append(pair)
            if pair[1][1] in ends:
                cut = len(part)
            if len(part) > MOST_PIECES:
                cut = cut if 0 < cut < len(part) else len(part) - 1
                parts.append(part[cut:])
                del part[cut:]
                cut = 0
        return [([piece for piece, _ in part], [span for _, span in part]) for part in parts]

    def _pass(self, pieces: Sequence[int], spans: Sequence[Tuple[int, int]]) -> "_Pass":
        prefix = self._pieces.prefix
        (states,) = self._session.run(None, {"x": self._pieces.rows([BEGIN, *prefix, *pieces, END])})
        return _Pass(states, spans, 1 + len(prefix))


class _Pass(NamedTuple):
    """states: the last hidden ones, (pieces, width). spans: where the text has its pieces, from state `first` on."""

    states: np.ndarray
    spans: Sequence[Tuple[int, int]]
    first: int


class Pieces:
    """The pieces that are known, and what they are before the first layer: a vector for each piece and for each place.

    The vectors are kept in four bits: blocks of 32 values with one scale, low nibbles first (Q4_0 of ggml).
    """

    def __init__(self, path: Path) -> None:
        with np.load(path, allow_pickle=False) as kept:
            self._tokenizer = _tokenizer(bytes(kept["pieces"]).decode("utf-8").split("\n"), kept["likelihoods"])
            self._nibbles, self._scales = kept["nibbles"], kept["scales"]  # (pieces, 12, 16), (pieces, 12)
            self._places = kept["places"].astype(np.float32)
            self._gain, self._shift = kept["gain"], kept["shift"]
        self.prefix: List[int] = self._tokenizer.encode(PREFIX.strip(), add_special_tokens=False).ids

    def split(self, form: str) -> Tuple[List[int], List[Tuple[int, int]]]:
        """The pieces of a plain text, and where each stands in it."""
        found = self._tokenizer.encode(PREFIX + form, add_special_tokens=False)
        spans = [(max(0, start - len(PREFIX)), end - len(PREFIX)) for start, end in found.offsets]
        return found.ids[len(self.prefix) :], spans[len(self.prefix) :]

    def rows(self, pieces: Sequence[int]) -> np.ndarray:
        """What goes into the first layer; shape (pieces, width)."""
        ids = np.asarray(pieces)
        packed = self._nibbles[ids]
        values = np.concatenate([packed & 15, packed >> 4], axis=-1).astype(np.float32) - 8
        rows = (values * self._scales[ids].astype(np.float32)[..., None]).reshape(len(ids), -1)
        rows += self._places[: len(ids)]
        rows -= rows.mean(1, keepdims=True)
        rows /= np.sqrt((rows * rows).mean(1, keepdims=True) + 1e-12)
        whole: np.ndarray = rows * self._gain + self._shift
        return whole


def _tokenizer(pieces: List[str], likelihoods: np.ndarray) -> Tokenizer:
    """The unigram model of SentencePiece (Kudo 2018) over the pieces that were kept."""
    vocabulary = list(zip(pieces, likelihoods.tolist(), strict=True))
    made = Tokenizer(models.Unigram(vocabulary, unk_id=UNKNOWN))
    made.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
    made.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    return made


def _by_clause(clauses: Sequence[Clause], passes: Sequence[_Pass], weight: np.ndarray) -> np.ndarray:
    ends = [clause.end for clause in clauses]
    sums = np.zeros((len(clauses), weight.shape[1]), np.float32)
    counts = np.zeros((len(clauses), 1), np.float32)
    for one in passes:
        at = np.searchsorted(ends, [start for start, _ in one.spans], side="right").clip(max=len(clauses) - 1)
        np.add.at(sums, at, one.states[one.first : -1] @ weight)
        np.add.at(counts, at, 1)
    shares: np.ndarray = sums / np.maximum(counts, 1)
    return shares
