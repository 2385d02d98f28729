"""Second thoughts about a remedy that is carried out already: it is said so, and a person changes it."""

import re

from bot.core.remedies import SAID_ONLY
from bot.core.services.turn import Turn

# Wishes it undone. "Wait" alone may be about anything, also about having waited.
TAKEN_BACK = re.compile(
    r"先[别別不]|[别別](?:退|换|換)|不(?:退|换|換)了|不想(?:退|换|換)|改(?:变|變)?主意|反悔|撤回|取消|"
    r"\b(?:changed my mind|cancel (?:that|it|this|the)|undo|(?:don't|do not) want (?:that|it|this|the)|rather not)\b",
    re.IGNORECASE,
)


def changed_mind(turn: Turn) -> bool:
    """Whether the customer wants something else than was carried out, or wants it undone, and tells no new problem."""
    remedy = turn.tx.remedy_of_case(turn.case.id) if turn.case else None
    if remedy is None or remedy.status != "done" or remedy.kind in SAID_ONLY:
        return False
    read = turn.understanding
    if any(tag.polarity == "negative" for tag in read.tags):
        return False
    wish = read.entities.get("remedy")
    return TAKEN_BACK.search(turn.text) is not None if wish is None else wish != remedy.kind
