"""The plain form of a text: simplified, half-width, lower-case, and exactly as long as the text itself.

Rules match on the plain form; both have the same length, so an offset found there quotes the customer's own characters.
"""

import unicodedata
from functools import lru_cache
from typing import Dict

from opencc import OpenCC

_PUNCTUATION = {"’": "'", "‘": "'", "´": "'", "`": "'", "−": "-", "–": "-", "—": "-", "﹣": "-", "˗": "-", "〜": "~"}


@lru_cache(maxsize=1)
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


class _OneToOne(Dict[int, str]):
    """Character → its half-width lower-case form where that is one character, else itself. Filled as met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if code in range(0xD800, 0xE000):
            self[code] = "\ufffd"
            return self[code]
        folded = unicodedata.normalize("NFKC", _PUNCTUATION.get(character, character)).lower()
        self[code] = folded if len(folded) == 1 else character
        return self[code]


_FOLD = _OneToOne()


def simplify(text: str) -> str:
    """Traditional → Simplified with the same length; character by character where a phrase would change the length."""
    if text.isascii():
        return text
    converted = _to_simplified().convert(text)
    if len(converted) == len(text):
        return converted
    return "".join(one if len(one) == 1 else was for was in text for one in (_to_simplified().convert(was),))


def plain(text: str) -> str:
    """The plain form of `text`; `len(plain(text)) == len(text)` always."""
    return simplify(text.lower() if text.isascii() else text.translate(_FOLD))


def printable(text: str) -> str:
    """`text` with lone surrogates, which no encoder can write, replaced by U+FFFD; same length."""
    if text.isascii():
        return text
    return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)
