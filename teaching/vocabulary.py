"""Which of the 250,000 pieces are kept: those in which plain Chinese and English are written, digits, signs, emoji."""

import re
from pathlib import Path
from typing import List

import numpy as np

from bot.language.plain import plain
from teaching.base import BLOCK, WIDTH, Base

MOST_NUMBERS = 500  # the likeliest
PLACES = 130  # positions: no pass is longer
_SPECIAL = 4
_ENGLISH = re.compile(r"▁?[a-z']+|▁")
_CHINESE = re.compile(r"▁?[\u4e00-\u9fff]+")
_NUMBER = re.compile(r"▁?[0-9.,:/%+\-]+")
_SIGN = re.compile(r"▁?[\u2000-\u2bff\u3000-\u303f\U0001f000-\U0001faff!-/:-@\[-`{-~♂♀️\u200d]+")


def kept_pieces(base: Base, english: Base) -> List[int]:
    """The indices in `base`, in its order. `english`: a base whose pieces are those of English texts."""
    known = set(english.pieces)
    indices = range(_SPECIAL, len(base.pieces))
    words = [i for i in indices if _ENGLISH.fullmatch(base.pieces[i]) and base.pieces[i] in known]
    numbers = [i for i in indices if _NUMBER.fullmatch(base.pieces[i])][:MOST_NUMBERS]
    # Traditional characters and half-width signs do not occur in plain text.
    others = [
        i
        for i in indices
        if (_CHINESE.fullmatch(base.pieces[i]) or _SIGN.fullmatch(base.pieces[i]))
        and plain(base.pieces[i]) == base.pieces[i]
    ]
    return sorted({*range(_SPECIAL), *words, *numbers, *others})


def write_pieces(path: Path, base: Base, kept: List[int]) -> None:
    """The pieces with their likelihoods and vectors, and what is done to the vectors before the first layer."""
    nibbles, scales = base.packed("emb.word")
    blocks = WIDTH // BLOCK
    places = base.tensor("emb.pos", -1, WIDTH)[:PLACES] + base.tensor("emb.type", -1, WIDTH)[0]
    np.savez(
        path,
        pieces=np.frombuffer("\n".join(base.pieces[i] for i in kept).encode("utf-8"), np.uint8),
        likelihoods=base.likelihoods[kept],
        nibbles=nibbles.reshape(-1, blocks, 16)[kept], scales=scales.reshape(-1, blocks)[kept],
        places=places.astype(np.float16),
        gain=base.tensor("emb.ln.w", -1), shift=base.tensor("emb.ln.b", -1),
    )  # fmt: skip
