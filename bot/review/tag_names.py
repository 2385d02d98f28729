"""A tag by what is typed of its key, with a sign: `queue-`, `staff_friendly+`, `need_x0`."""

from typing import List, Optional, Tuple

from bot.core.definitions import Taxonomy
from bot.language.opinions import SIGN_OF, SIGNS

_OF_KIND = {"pain": "negative", "itch": "negative", "delight": "positive", "word_of_mouth": "positive"}
SHOWN = 6


class TagNames:
    """The tags of the definitions."""

    def __init__(self, taxonomy: Taxonomy):
        self._kinds = {tag.key: tag.kind for tag in taxonomy.tags}

    def __contains__(self, key: str) -> bool:
        return key in self._kinds

    def matches(self, typed: str) -> List[str]:
        """What it may become, each with its sign; keys that begin so come first."""
        stem, polarity = _parts(typed.strip().lower())
        begins = [key for key in self._kinds if key.startswith(stem)]
        holds = [key for key in self._kinds if stem in key and key not in begins]
        return [key + SIGN_OF[polarity or self._usual(key)] for key in (*begins, *holds)][:SHOWN]

    def find(self, typed: str) -> Optional[Tuple[str, str]]:
        """(key, polarity) of the one tag that is meant; None where it is none, or one of several."""
        stem, polarity = _parts(typed.strip().lower())
        found = [stem] if stem in self._kinds else [_parts(one)[0] for one in self.matches(typed)]
        return (found[0], polarity or self._usual(found[0])) if len(found) == 1 else None

    def _usual(self, key: str) -> str:
        return _OF_KIND.get(self._kinds[key], "neutral")


def _parts(typed: str) -> Tuple[str, Optional[str]]:
    polarity = SIGNS.get(typed[-1:])
    return (typed[:-1], polarity) if polarity else (typed, None)
