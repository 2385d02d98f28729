"""Sentences that are there already: what is nearly the same teaches nothing, or contradicts."""

import re
from difflib import SequenceMatcher
from typing import Dict, Iterable, Optional

from bot.language.plain import plain

_NO_LETTER = re.compile(r"[\W\d_]+")
NEARLY = 0.92  # of 1 (the same), by difflib's ratio
_SHORT = 8  # letters; shorter sentences are told apart by every one of them


class Known:
    """Sentences, each with the place where it stands."""

    def __init__(self) -> None:
        self._places: Dict[str, str] = {}

    def add(self, place: str, texts: Iterable[str]) -> None:
        for text in texts:
            self._places.setdefault(_bare(text), place)

    def forget(self, text: str, place: str) -> None:
        """Takes back what was added, unless it was known from another place before."""
        if self._places.get(_bare(text)) == place:
            del self._places[_bare(text)]

    def near(self, text: str) -> Optional[str]:
        """Where the same sentence stands, or nearly the same: but for digits, punctuation, script, a letter or so."""
        bare = _bare(text)
        if bare in self._places or len(bare) < _SHORT:
            return self._places.get(bare)
        matcher = SequenceMatcher(b=bare, autojunk=False)
        for known, place in self._places.items():
            matcher.set_seq1(known)
            if matcher.real_quick_ratio() >= NEARLY and matcher.quick_ratio() >= NEARLY and matcher.ratio() >= NEARLY:
                return place
        return None


def _bare(text: str) -> str:
    """Of a text without any letter, the text."""
    form = plain(text)
    return _NO_LETTER.sub("", form) or form.strip()
