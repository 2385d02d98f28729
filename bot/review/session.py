"""A review: one message after another, each labelled with a key press and kept at once."""

from typing import Iterable, List, NamedTuple, Optional, Sequence, TextIO

from bot.core.errors import NotFound
from bot.core.ports import Ports
from bot.core.review import ToReview
from bot.core.services import reviewing
from bot.core.types import SEVERITIES
from bot.language.pipeline import Reader
from bot.review import files, screen
from bot.review.anonymous import anonymous
from bot.review.examples import NotInserted
from bot.review.keys import ENTER, QUIT, Keys
from bot.review.label import Label
from bot.review.shelf import Kept, Shelf
from bot.review.tag_names import TagNames

_PASSED_OVER = ("n", " ")


class Draft(NamedTuple):
    """A message as it may be learnt from, and what it was understood to be."""

    text: str
    label: Label


class Session:
    """Labels what waits. `labelled`: how many were, not counting those that were passed over or undone."""

    def __init__(self, ports: Ports, reader: Reader, tags: TagNames, shelf: Shelf, keys: Keys, stdout: TextIO):
        self._ports, self._reader, self._tags, self._shelf = ports, reader, tags, shelf
        self._keys, self._stdout = keys, stdout
        self._done: List[Optional[Kept]] = []

    @property
    def labelled(self) -> int:
        return sum(kept is not None for kept in self._done)

    def run(self, items: Sequence[ToReview]) -> None:
        """Until all are done, or the operator quits. What was done before stays done, also when this is broken off."""
        self._say(screen.table())
        while True:
            at = len(self._done)
            last = items[at - 1] if at else None
            if at == len(items) and not self._regretted(last):
                return
            if at < len(items) and not self._judge(items[at], f"{at + 1}/{len(items)}", last):
                return

    def _regretted(self, last: Optional[ToReview]) -> bool:
        """Whether the very last one was undone."""
        self._say("\nThat was the last: u undoes it, any other key ends. > ")
        key = self._keys.key()
        self._say("\n")
        return key == "u" and self._undone(last)

    def _judge(self, item: ToReview, place: str, last: Optional[ToReview]) -> bool:
        """Has one message labelled, or the last one undone; False to quit."""
        draft = self._draft(item)
        self._say(screen.story(item, place, draft.text))
        label = draft.label
        while True:
            self._say(f"{screen.reading(label)}\n> ")
            key = self._keys.key()
            self._say("\n")
            if key == QUIT:
                return False
            if key == "u":
                if self._undone(last):
                    return True
            elif key in _PASSED_OVER:
                return self._settled(item, None, draft.text)
            elif key == ENTER or key in screen.ACT_KEYS:
                if self._settled(item, label.with_act(screen.ACT_KEYS.get(key, label.act)), draft.text):
                    return True
            else:
                label = self._changed(label, key)

    def _draft(self, item: ToReview) -> Draft:
        """The act as it was understood, the tags as they stand now; how strong and how grave is read anew."""
        verbatim = item.verbatim
        found = self._reader.read(verbatim.text, hint=verbatim.language)._
        tags = tuple(dict.fromkeys((tag.tag, tag.polarity) for tag in item.tags if tag.tag in self._tags))
        label = Label(verbatim.act or found.act, round(found.strength), found.severity, tags)
        return Draft(anonymous(verbatim.text, _names(item.customer_name, (found.entities or {}).get("staff"))), label)

    def _changed(self, label: Label, key: str) -> Label:
        if key in ("+", "-"):
            return label.felt(1 if key == "+" else -1)
        if key == "t":
            return self._tagged(label)
        if key == "s":
            self._say("severity: " + "  ".join(f"{at} {name}" for at, name in enumerate(SEVERITIES)) + " > ")
            chosen = self._keys.key()
            self._say("\n")
            return label.with_severity(SEVERITIES[int(chosen)]) if chosen in ("0", "1", "2", "3", "4") else label
        self._say(screen.table() if key == "?" else f"{key!r} is no key of the table: ? shows it\n")
        return label

    def _tagged(self, label: Label) -> Label:
        typed = self._keys.word("tag, with its sign + - 0: ", self._tags.matches)
        found = self._tags.find(typed) if typed else None
        if typed and found is None:
            self._say(f"which? {' '.join(self._tags.matches(typed)) or 'there is no such tag'}\n")
        return label.toggled(*found) if found else label

    def _settled(self, item: ToReview, label: Optional[Label], text: str) -> bool:
        """Keeps it; without a label, it is only not shown again. False, and nothing done, where it cannot be kept."""
        language = item.verbatim.language

        def keep() -> Optional[Kept]:
            return self._shelf.keep(language, text, label) if label else None

        try:
            kept = reviewing.settle(self._ports, item.verbatim, keep)
        except NotFound as gone:
            kept = None
            self._say(f"{gone}: nothing was kept\n")
        except (NotInserted, OSError) as error:
            self._say(f"not kept: {error}\n")
            return False
        self._done.append(kept)
        self._say("".join(f"  {note}\n" for note in kept.notes) if kept else "")
        return True

    def _undone(self, last: Optional[ToReview]) -> bool:
        if last is None:
            self._say("there is nothing to undo\n")
            return False
        kept = self._done[-1]

        def take_back() -> None:
            if kept is not None:
                self._shelf.take_back(kept)

        try:
            reviewing.reopen(self._ports, last.verbatim, take_back)
        except (files.Changed, OSError) as error:
            self._say(f"not undone, it was changed by somebody else: {error}\n")
            return False
        self._done.pop()
        return True

    def _say(self, text: str) -> None:
        self._stdout.write(text)
        self._stdout.flush()


def _names(customer: Optional[str], staff: object) -> Iterable[str]:
    """Whose names are to be left out: the customer's, whole and in parts, and those of the staff they name."""
    named = [staff] if isinstance(staff, str) else staff if isinstance(staff, list) else []
    return [name for name in (customer or "", *(customer or "").split(), *map(str, named)) if name]
