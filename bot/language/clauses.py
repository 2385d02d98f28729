"""A message in clauses: cut after punctuation and before words of contrast ("but", 但是); each states one thing."""

import re
from functools import lru_cache
from typing import List, NamedTuple

from bot.language.lexicon import CLAUSE_END, lexicon

SHORTEST = 2  # letters and digits, other than Latin ones twice; less is joined to what follows


class Clause(NamedTuple):
    """text[start:end], its punctuation included."""

    start: int
    end: int


@lru_cache(maxsize=1)
def _cuts() -> "re.Pattern[str]":
    words = lexicon()
    signs = "".join(sorted(CLAUSE_END - set(".,"))) + "&"
    chinese = "|".join(map(re.escape, sorted(words.contrast_zh, key=len, reverse=True)))
    english = "|".join(map(re.escape, sorted(words.contrast_en)))
    # A dot or comma within a number is none of punctuation.
    return re.compile(rf"(?<=[{re.escape(signs)}])|(?<=[.,])(?!\d)|(?={chinese})|(?=\b(?:{english}|and)\b)")


def clauses_of(form: str) -> List[Clause]:
    """The clauses of a plain text, in its order; together they are the whole of it."""
    found: List[Clause] = []
    start = 0
    for end in [*(match.start() for match in _cuts().finditer(form)), len(form)]:
        if end > start and _says_something(form[start:end]):
            found.append(Clause(start, end))
            start = end
    if start < len(form):
        begin = found.pop().start if found else 0
        found.append(Clause(begin, len(form)))
    return found


def _says_something(part: str) -> bool:
    return sum(1 if character.isascii() else 2 for character in part if character.isalnum()) >= SHORTEST
