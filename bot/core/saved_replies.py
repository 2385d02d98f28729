"""Replies that people write again and again, ready to be sent after a look at them."""

from typing import List, Mapping, Optional, Sequence

from pydantic import Field

from bot.core.model import Model, Wording

VARIABLES = ("customer", "agent", "brand", "order_id", "team")
# Where a case lacks a value, whoever sends the reply sees a gap to fill or take out.
GAP = "____"


class SavedReply(Model):
    """A reply with {customer} {agent} {brand} {order_id} {team} in its text.

    category, severity: of the cases it fits best; where none is given it fits every case.
    """

    key: str = Field(..., regex=r"^[a-z][a-z0-9_]*$")
    title: Wording
    text: Wording
    category: List[str] = []
    severity: List[str] = []

    def suits(self, category: str, severity: str) -> bool:
        """Whether it was written for such a case in particular."""
        given = bool(self.category or self.severity)
        return given and self._allows(self.category, category) and self._allows(self.severity, severity)

    @staticmethod
    def _allows(listed: Sequence[str], value: str) -> bool:
        return not listed or value in listed


def fitting_first(replies: Sequence[SavedReply], category: str, severity: str) -> List[SavedReply]:
    """All of them: those written for such a case, then those for every case, then those for other cases."""

    def place(reply: SavedReply) -> int:
        if reply.suits(category, severity):
            return 0
        return 2 if reply.category or reply.severity else 1

    return sorted(replies, key=place)


def filled(reply: SavedReply, language: str, values: Mapping[str, Optional[str]]) -> str:
    """The text in a language with the values of a case; a value is inserted as it is, never read as a variable."""
    return reply.text.get(language).format_map({name: values.get(name) or GAP for name in VARIABLES})
