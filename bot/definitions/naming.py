"""What several checks say: that a name is unknown, or given twice."""

from collections import Counter
from difflib import get_close_matches
from string import Formatter
from typing import Iterable, Iterator, List, Optional

from bot.core.errors import DefinitionError

Problems = Iterator[DefinitionError]


def unknown(file: str, path: str, what: str, given: Optional[Iterable[str]], known: Iterable[str]) -> Problems:
    """A problem for each of `given` that is not among the `known`."""
    known = list(known)
    for value in given or ():
        if value not in known:
            yield DefinitionError(file, path, f"{value!r} is no {what}", _mend(value, known))


def _mend(value: str, known: List[str]) -> str:
    close = get_close_matches(value, known, n=1)
    if close:
        return f"did you mean {close[0]!r}?"
    if len(known) > 20:
        return "correct it, or define it first"
    return f"use one of: {', '.join(known)}"


def twice(file: str, path: str, keys: Iterable[str]) -> Problems:
    """A problem for each key given more than once in the list at `path`."""
    for key, times in Counter(keys).items():
        if times > 1:
            problem = f"the key {key!r} is given {times} times"
            yield DefinitionError(file, f"{path}[{key}]", problem, "rename or remove one")


def fillable(file: str, path: str, text: str, known: Iterable[str]) -> Problems:
    """A problem for each {placeholder} of a text that is not among the `known`, or for braces that are no pair."""
    try:
        names: List[str] = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError as error:
        yield DefinitionError(file, path, f"{text!r}: {error}", "give each { its }")
        return
    yield from unknown(file, path, "placeholder", names, known)
