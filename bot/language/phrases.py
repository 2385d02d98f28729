"""Phrases with gaps, numbers and alternatives, found by an index on their first word: cost grows with the text.

How a phrase is written stands in `pieces`. A gap is up to 8 Chinese characters or 4 English words. Chinese is matched
by characters on the plain form, English by word stems, so that "waiters were rude" meets "waiter was rude".
"""

from collections import defaultdict
from typing import Dict, Generic, Iterable, Iterator, List, NamedTuple, Optional, Sequence, Tuple, TypeVar

from bot.language.numerals import NUMBER
from bot.language.pieces import GAP, NUM, Piece, begun, pieces_of
from bot.language.words import Word, stems_of, words_of

Key = TypeVar("Key")
Stems = Tuple[str, ...]
CHINESE_GAP, ENGLISH_GAP = 8, 4
_SENTENCE_END = frozenset("。！？!?\n;；")
_SKIPPED = stems_of("a an the very so really too quite extremely my our your such pretty rather just all super")
_DROPPED = stems_of("a an the")


class Hit(NamedTuple):
    """A phrase found at text[start:end]; `gapless` if it is one unbroken run of its own words.

    gap: (where the last gap begins, where the words after it begin), in characters or in words; None without a gap.
    """

    start: int
    end: int
    gapless: bool
    gap: Optional[Tuple[int, int]] = None


class _Place(NamedTuple):
    at: int
    gap: Optional[Tuple[int, int]] = None


class ChinesePhrases(Generic[Key]):
    """Phrases by characters; `find` yields (key, hit) on a plain text."""

    def __init__(self, phrases: Iterable[Tuple[Key, str]]) -> None:
        self._by_pair: Dict[str, List[Tuple[Key, str, List[Piece]]]] = defaultdict(list)
        self._by_number: List[Tuple[Key, List[Piece]]] = []
        for key, phrase in phrases:
            for head, rest in begun(pieces_of(phrase, "zh")):
                if head == NUM:
                    self._by_number.append((key, rest))
                else:
                    self._by_pair[head[:2]].append((key, head, rest))

    def find(self, text: str) -> Iterator[Tuple[Key, Hit]]:
        numbers = {match.start(): match.end() for match in NUMBER.finditer(text)}
        by_pair, last = self._by_pair, len(text) - 1
        for at in range(len(text)):
            for lead in (text[at : at + 2], text[at]) if at < last else (text[at],):
                for key, head, rest in by_pair.get(lead, ()):
                    if text.startswith(head, at):
                        place = self._rest(text, rest, 0, _Place(at + len(head)), numbers)
                        if place:
                            yield key, Hit(at, place.at, GAP not in rest, place.gap)
        for key, rest in self._by_number:
            for start, end in numbers.items():
                place = self._rest(text, rest, 0, _Place(end), numbers)
                if place:
                    yield key, Hit(start, place.at, GAP not in rest, place.gap)

    def _rest(
        self, text: str, pieces: Sequence[Piece], index: int, place: _Place, numbers: Dict[int, int]
    ) -> Optional[_Place]:
        """Where the pieces from `index` on end when they begin at `place`; None if they do not."""
        if index == len(pieces):
            return place
        piece, at = pieces[index], place.at
        if piece == GAP:
            return self._after_gap(text, pieces, index + 1, at, numbers)
        at += text.startswith(" ", at)
        if piece == NUM:
            return (
                self._rest(text, pieces, index + 1, place._replace(at=numbers[at]), numbers) if at in numbers else None
            )
        if not text.startswith(piece, at):
            return None
        for word in (piece,) if isinstance(piece, str) else piece:
            if text.startswith(word, at):
                found = self._rest(text, pieces, index + 1, place._replace(at=at + len(word)), numbers)
                if found:
                    return found
        return None

    def _after_gap(
        self, text: str, pieces: Sequence[Piece], index: int, at: int, numbers: Dict[int, int]
    ) -> Optional[_Place]:
        for start in range(at, min(at + CHINESE_GAP, len(text) - 1) + 1):
            found = self._rest(text, pieces, index, _Place(start, (at, start)), numbers)
            if found or text[start] in _SENTENCE_END:
                return found
        return None


class EnglishPhrases(Generic[Key]):
    """Phrases by word stems; `find` yields (key, hit) on the words of a plain text."""

    def __init__(self, phrases: Iterable[Tuple[Key, str]]) -> None:
        self._by_stem: Dict[str, List[Tuple[Key, List[Tuple[Stems, ...]]]]] = defaultdict(list)
        for key, phrase in phrases:
            for head, rest in begun(pieces_of(phrase, "en")):
                first, *others = (((stem,),) for stem in self._stems(head))
                pieces = [*others, *(one for piece in rest for one in self._spread(piece))]
                self._by_stem[first[0][0]].append((key, pieces))

    def _spread(self, piece: Piece) -> Iterable[Tuple[Stems, ...]]:
        """Each word of a literal piece is a piece of its own; alternatives stay together."""
        if isinstance(piece, str):
            return [((stem,),) for stem in self._stems(piece)]
        return [tuple(tuple(self._stems(word)) for word in piece)]

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
                    place = self._rest(words, pieces, 0, _Place(at + 1))
                    if place:
                        gapless = ((GAP,),) not in pieces
                        yield key, Hit(word.start, words[place.at - 1].end, gapless, place.gap)

    def _rest(
        self, words: Sequence[Word], pieces: Sequence[Tuple[Stems, ...]], index: int, place: _Place
    ) -> Optional[_Place]:
        if index == len(pieces):
            return place
        at, slack, gap = place.at, 0, place.gap
        if pieces[index] == ((GAP,),):
            index, slack = index + 1, ENGLISH_GAP
        for ahead in range(at, min(len(words), at + slack + 3)):
            word = words[ahead]
            for stems in pieces[index]:
                if _stands(words, ahead, stems):
                    found = self._rest(
                        words, pieces, index + 1, _Place(ahead + len(stems), (at, ahead) if slack else gap)
                    )
                    if found:
                        return found
            if word.breaks or (ahead >= at + slack and word.stem not in _SKIPPED):
                return None
        return None


def _stands(words: Sequence[Word], at: int, stems: Stems) -> bool:
    if len(stems) == 1:
        return words[at].stem == stems[0] or (stems[0] == NUM and words[at].is_number)
    return len(words) - at >= len(stems) and all(words[at + i].stem == one for i, one in enumerate(stems))
