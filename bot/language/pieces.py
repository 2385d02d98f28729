"""Phrases taken apart: literal text, gaps, numbers, alternatives and word classes.

In a phrase `…` stands for a short gap, `#` for a number, `(a|b)` for either, `(a|)` for one or nothing, and `{name}`
for any word of that class in `word_classes.yml`.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Dict, Iterator, List, Tuple, Union

import yaml

from bot.language.plain import plain

GAP, NUM = "…", "#"
Piece = Union[str, Tuple[str, ...]]  # a tuple: alternatives, the longest first
_PARTS = re.compile(rf"({GAP}|{NUM}|\{{[a-z_]+\}}|\([^()]*\))")


@lru_cache(maxsize=1)
def word_classes() -> Dict[str, Dict[str, List[str]]]:
    """Class → language (zh, en) → its words in plain form."""
    read = yaml.safe_load((Path(__file__).parent / "word_classes.yml").read_text("utf-8"))
    return {name: {"zh": _once(one["zh"].split()), "en": _once(one["en"].split(","))} for name, one in read.items()}


def _once(words: List[str]) -> List[str]:
    return list(dict.fromkeys(plain(word.strip()) for word in words))


def pieces_of(phrase: str, language: str) -> List[Piece]:
    """The pieces of a phrase; `language` (zh or en) tells which words of a class are meant."""
    parts = _PARTS.split(plain(phrase.strip().replace("...", GAP)))
    return [_piece(part.strip(), language) for part in parts if part.strip()]


def _piece(part: str, language: str) -> Piece:
    if part[0] == "(" and part[-1] == ")":
        return _longest_first(word.strip() for word in part[1:-1].split("|"))
    if part[0] == "{" and part[1:-1] in word_classes():
        return _longest_first(word_classes()[part[1:-1]][language])
    return part


def _longest_first(words: "Iterator[str] | List[str]") -> Tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(words), key=len, reverse=True))


def begun(pieces: List[Piece]) -> Iterator[Tuple[str, List[Piece]]]:
    """The first words of a phrase, each with what follows: alternatives at the beginning are spread out."""
    if not pieces:
        return
    head, rest = pieces[0], pieces[1:]
    for word in (head,) if isinstance(head, str) else head:
        if word:
            yield word, rest
        else:
            yield from begun(rest)
