"""Where labels go: the examples of the acts and the opinions, each by language, below the project's `data`."""

from pathlib import Path
from typing import Iterable, List, NamedTuple, Tuple

from bot.core.types import LANGUAGES
from bot.language.grams import MOST_CHARACTERS
from bot.language.training import examples_in
from bot.review import examples, files, opinions
from bot.review.known import Known
from bot.review.label import Label

FILE_NAMES = {language: language.replace("-", "_").lower() for language in LANGUAGES}


class Kept(NamedTuple):
    """What was written, and what the operator is told of it."""

    changes: Tuple[files.Change, ...]
    notes: Tuple[str, ...]
    text: str
    places: Tuple[Tuple[Known, str], ...] = ()


class Shelf:
    """The data files below `root`. `measured`: sentences that measure, and must never be learnt.

    Raises ValueError on opening where a file of examples is not what the training reads.
    """

    def __init__(self, root: Path, measured: Iterable[str] = ()):
        self._root = root
        self._examples, self._opinions = Known(), Known()
        for known in (self._examples, self._opinions):
            known.add("the sentences that measure", measured)
        for language in LANGUAGES:
            for act, text in examples_in(self._nlu(language)):
                self._examples.add(_place(language, act), [text])
            for path in self._from_use(language).parent.glob("*.tsv"):
                lines = path.read_text("utf-8").split("\n")
                self._opinions.add(_place(language), (line.split("\t")[0] for line in lines if line))

    def keep(self, language: str, text: str, label: Label) -> Kept:
        """Writes an anonymous text with its label; passes over what is known already. Raises NotInserted, OSError."""
        changes: List[files.Change] = []
        notes: List[str] = []
        places: List[Tuple[Known, str]] = []
        for known, place, path, change in (
            (self._examples, _place(language, label.act), self._nlu(language), self._example),
            (self._opinions, _place(language), self._from_use(language), self._opinion),
        ):
            near = known.near(text)
            if known is self._examples and len(text) > MOST_CHARACTERS:
                notes.append("too long for an example")
            elif near is not None:
                notes.append(f"nearly the same is in {near} already")
            else:
                changes.append(change(path, text, label))
                places.append((known, place))
                notes.append(f"into {path.relative_to(self._root)}")
        files.apply(changes)
        for known, place in places:
            known.add(place, [text])
        return Kept(tuple(changes), tuple(notes), text, tuple(places))

    def take_back(self, kept: Kept) -> None:
        """Makes the files what they were. Raises files.Changed, OSError."""
        files.take_back(kept.changes)
        for known, place in kept.places:
            known.forget(kept.text, place)

    def _example(self, path: Path, text: str, label: Label) -> files.Change:
        before = path.read_bytes()
        return files.Change(path, before, examples.with_example(before.decode(), label.act, text).encode())

    def _opinion(self, path: Path, text: str, label: Label) -> files.Change:
        before = files.read(path)
        return files.Change(path, before, opinions.with_opinion((before or b"").decode(), text, label).encode())

    def _nlu(self, language: str) -> Path:
        return self._root / "data" / "nlu" / f"{FILE_NAMES[language]}.yml"

    def _from_use(self, language: str) -> Path:
        return self._root / "data" / "opinions" / FILE_NAMES[language] / opinions.FILE


def _place(language: str, act: str = "") -> str:
    return f"{language}, {act}" if act else f"{language}, opinions"
