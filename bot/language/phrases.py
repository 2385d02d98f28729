"""Phrases with gaps and numbers, found by an index on their first word: cost grows with the text, not the list.

In a phrase `…` stands for a short gap (up to 8 Chinese characters, up to 4 English words) and `#` for a number.
Chinese is matched by characters on the plain form, English by word stems, so that "waiters were rude" meets
"waiter was rude".
"""

import re
from collections import defaultdict
from typing import Dict, Generic, Iterable, Iterator, List, NamedTuple, Sequence, Tuple, TypeVar

from bot.language.numerals import NUMBER
from bot.language.plain import plain
from bot.language.words import Word, stems_of, words_of

Key = TypeVar("Key")
GAP, NUM = "…", "#"
CHINESE_GAP, ENGLISH_GAP = 8, 4
_SENTENCE_END = re.compile(r"[。！？!?\n;；]")
_SKIPPED = stems_of("a an the very so really too quite extremely my our your such pretty rather just all super")
_DROPPED = stems_of("a an the")


class Hit(NamedTuple):
    """A phrase found at text[start:end]; `gapless` if it is one unbroken run of its own words."""

    start: int
    end: int
    gapless: bool


def _pieces(phrase: str) -> List[str]:
    normal = plain(phrase.strip().replace("...", GAP))
    return [piece.strip() for piece in re.split(rf"({GAP}|{NUM})", normal) if piece.strip()]


class ChinesePhrases(Generic[Key]):
    """Phrases by characters; `find` yields (key, hit) on a plain text."""

    def __init__(self, phrases: Iterable[Tuple[Key, str]]) -> None:
        self._by_pair: Dict[str, List[Tuple[Key, List[str]]]] = defaultdict(list)
        self._by_number: List[Tuple[Key, List[str]]] = []
        for key, phrase in phrases:
            pieces = _pieces(phrase)
            if pieces and pieces[0] == NUM:
                self._by_number.append((key, pieces))
            elif pieces:
                self._by_pair[pieces[0][:2]].append((key, pieces))

    def find(self, text: str) -> Iterator[Tuple[Key, Hit]]:
        numbers = {match.start(): match.end() for match in NUMBER.finditer(text)}
        for at in range(len(text)):
            for lead in (text[at : at + 2], text[at]):
                for key, pieces in self._by_pair.get(lead, ()):
                    if text.startswith(pieces[0], at):
                        end = self._rest(text, pieces, 1, at + len(pieces[0]), numbers)
                        if end:
                            yield key, Hit(at, end, GAP not in pieces)
                if at == len(text) - 1:
                    break
        for key, pieces in self._by_number:
            for start, end in numbers.items():
                end = self._rest(text, pieces, 1, end, numbers)
                if end:
                    yield key, Hit(start, end, GAP not in pieces)

    def _rest(self, text: str, pieces: Sequence[str], index: int, at: int, numbers: Dict[int, int]) -> int:
        """Where the pieces from `index` on end when they begin at `at`; 0 if they do not."""
        if index == len(pieces):
            return at
        piece = pieces[index]
        if piece == GAP:
            return self._after_gap(text, pieces, index + 1, at, numbers)
        if piece == NUM:
            at += len(text) > at and text[at] == " "
            return self._rest(text, pieces, index + 1, numbers[at], numbers) if at in numbers else 0
        at += len(text) > at and text[at] == " "
        return self._rest(text, pieces, index + 1, at + len(piece), numbers) if text.startswith(piece, at) else 0

    def _after_gap(self, text: str, pieces: Sequence[str], index: int, at: int, numbers: Dict[int, int]) -> int:
        if index == len(pieces):
            return at
        for start in range(at, min(at + CHINESE_GAP, len(text) - 1) + 1):
            end = self._rest(text, pieces, index, start, numbers)
            if end:
                return end
            if _SENTENCE_END.match(text, start):
                return 0
        return 0


class EnglishPhrases(Generic[Key]):
    """Phrases by word stems; `find` yields (key, hit) on the words of a plain text."""

    def __init__(self, phrases: Iterable[Tuple[Key, str]]) -> None:
        self._by_stem: Dict[str, List[Tuple[Key, List[str]]]] = defaultdict(list)
        for key, phrase in phrases:
            pieces = [piece for part in _pieces(phrase) for piece in self._stems(part)]
            if pieces:
                self._by_stem[pieces[0]].append((key, pieces))

    @staticmethod
    def _stems(part: str) -> List[str]:
        if part in (GAP, NUM):
            return [part]
        stems = [word.stem for word in words_of(part)]
        telling = [one for one in stems if one not in _DROPPED]
        return telling if len(telling) > 1 else stems

    def find(self, words: Sequence[Word]) -> Iterator[Tuple[Key, Hit]]:
        for at, word in enumerate(words):
            for lead in (word.stem, NUM) if word.is_number else (word.stem,):
                for key, pieces in self._by_stem.get(lead, ()):
                    last = self._rest(words, pieces, 1, at + 1)
                    if last:
                        yield key, Hit(word.start, words[last - 1].end, GAP not in pieces)

    def _rest(self, words: Sequence[Word], pieces: Sequence[str], index: int, at: int) -> int:
        if index == len(pieces):
            return at
        piece = pieces[index]
        slack = 0
        if piece == GAP:
            index, slack = index + 1, ENGLISH_GAP
            if index == len(pieces):
                return at
            piece = pieces[index]
        for ahead in range(at, min(len(words), at + slack + 3)):
            word = words[ahead]
            if word.stem == piece or (piece == NUM and word.is_number):
                end = self._rest(words, pieces, index + 1, ahead + 1)
                if end:
                    return end
            if word.breaks or (ahead >= at + slack and word.stem not in _SKIPPED):
                return 0
        return 0
