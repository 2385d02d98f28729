"""The words of feeling and how much they weigh in a clause: longest word first, negation, intensity.

The lists are YAML files in `lexicons/`; Chinese words are found in the plain form, English ones by stems.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Sequence, Tuple

import yaml

from bot.language.negation import negated_chinese, negated_english
from bot.language.plain import plain
from bot.language.words import Word, stem, words_of

FOLDER = Path(__file__).parent / "lexicons"
WEIGHTS = {
    "strong_positive": 3.0, "positive": 2.0, "mild_positive": 1.0, "nothing": 0.0, "lukewarm": -0.6,
    "mild_negative": -1.0, "negative": -2.0, "strong_negative": -3.5,
}  # fmt: skip
CLAUSE_END = frozenset(",.;:!?。，；：！？、…~\n")


class Feeling(NamedTuple):
    """A word of feeling at text[start:end] and its weight there, about −5..+5, negation and intensity included."""

    start: int
    end: int
    weight: float


class Lexicon:
    """The three lists, indexed by first character or first stem."""

    def __init__(self, folder: Path = FOLDER) -> None:
        zh, en, emoji = (yaml.safe_load((folder / f"{name}.yml").read_text("utf-8")) for name in ("zh", "en", "emoji"))
        self._chinese = _by_first({plain(word): weight for word, weight in _weighed(zh)})
        self._emoji = _by_first(dict(_weighed(emoji)))
        self._english = _by_first({_stems(word): weight for word, weight in _weighed(en)})
        self._zh_degree = {**_degrees(zh, "intensifiers", 1.4), **_degrees(zh, "diminishers", 0.85)}
        degrees = {**_degrees(en, "intensifiers", 1.4), **_degrees(en, "diminishers", 0.85)}
        self._en_degree = {stem(word): factor for word, factor in degrees.items()}
        self.contrast_zh = tuple(sorted(zh["contrast"].split(), key=len, reverse=True))
        self.contrast_en = frozenset(en["contrast"].split())

    def feelings(self, form: str) -> List[Feeling]:
        """Every word of feeling in a plain text, in its order."""
        return sorted([*self._in_chinese(form), *self._in_english(words_of(form))])

    def _in_chinese(self, form: str) -> List[Feeling]:
        found: List[Feeling] = []
        at = 0
        while at < len(form):
            word = next((word for word in self._emoji.get(form[at], ()) if form.startswith(word[0], at)), None)
            drawn = word is not None
            word = word or next(
                (word for word in self._chinese.get(form[at], ()) if form.startswith(word[0], at)), None
            )
            if word is not None and word[0][0].isascii() and _within_a_word(form, at, at + len(word[0])):
                word = None
            if word is None:
                at += 1
                continue
            intensifies = word[0] == "好" and form[at + 1 : at + 2] in self._chinese
            if word[1] and not intensifies:
                found.append(Feeling(at, at + len(word[0]), word[1] if drawn else self._turned_zh(form, at, word[1])))
            at += len(word[0])
        return found

    def _turned_zh(self, form: str, start: int, weight: float) -> float:
        before = form[max(0, start - 4) : start]
        for size in (3, 2, 1):
            if before[-size:] in self._zh_degree and len(before) >= size:
                weight *= self._zh_degree[before[-size:]]
                break
        return _turned(weight) if negated_chinese(form, start) else weight

    def _in_english(self, words: Sequence[Word]) -> List[Feeling]:
        found: List[Feeling] = []
        at = 0
        while at < len(words):
            hit = next((hit for hit in self._english.get(words[at].stem, ()) if _stands(words, at, hit[0])), None)
            if hit is None:
                at += 1
                continue
            last = at + len(hit[0])
            if hit[1]:
                found.append(Feeling(words[at].start, words[last - 1].end, self._turned_en(words, at, hit[1])))
            at = last
        return found

    def _turned_en(self, words: Sequence[Word], at: int, weight: float) -> float:
        if at and words[at - 1].stem in self._en_degree:
            weight *= self._en_degree[words[at - 1].stem]
        return _turned(weight) if negated_english(words, at) else weight


def _within_a_word(form: str, start: int, end: int) -> bool:
    """Whether the Latin letters at form[start:end] are only a part of a word: the ok of "took"."""
    before, after = form[start - 1 : start], form[end : end + 1]
    return ("a" <= before <= "z" and start > 0) or "a" <= after <= "z"


def _turned(weight: float) -> float:
    """What is denied: "not great" is worse than plain, "not bad" a little better."""
    return -0.8 * weight if weight > 0 else -0.6 * weight


def _weighed(lists: Dict[str, Any]) -> List[Tuple[str, float]]:
    return [(word, weight) for name, weight in WEIGHTS.items() for word in lists.get(name, "").split()]


def _degrees(lists: Dict[str, Any], name: str, factor: float) -> Dict[str, float]:
    return dict.fromkeys(lists[name].split(), factor)


def _stems(word: str) -> Tuple[str, ...]:
    return tuple(one.stem for one in words_of(word.replace("_", " ")))


def _by_first(words: Dict[Any, float]) -> Dict[str, List[Tuple[Any, float]]]:
    index: Dict[str, List[Tuple[Any, float]]] = {}
    for word in sorted(words, key=len, reverse=True):
        index.setdefault(word[0], []).append((word, words[word]))
    return index


def _stands(words: Sequence[Word], at: int, stems: Sequence[str]) -> bool:
    return len(words) - at >= len(stems) and all(words[at + i].stem == one for i, one in enumerate(stems))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The shipped lexicon, read once."""
    return Lexicon()


def clause_strength(form: str, start: int, end: int) -> float:
    """How the clause around form[start:end] feels, the sum of its weights; 0 where nothing is felt."""
    while start > 0 and form[start - 1] not in CLAUSE_END:
        start -= 1
    while end < len(form) and form[end] not in CLAUSE_END:
        end += 1
    return sum(feeling.weight for feeling in lexicon().feelings(form[start:end]))
