"""How long each class of data is kept: the shape of `retention.yml`, and what holds where it says nothing."""

from datetime import datetime, timedelta
from typing import Any, Dict, Literal, Optional

from pydantic import conint, root_validator

from bot.core.model import Model

LONGEST_DAYS = 36_500


class Term(Model):
    """`days: 730`, or `keep: forever`."""

    days: Optional[conint(strict=True, ge=1, le=LONGEST_DAYS)]  # type: ignore[valid-type]
    keep: Optional[Literal["forever"]]

    @root_validator(skip_on_failure=True)
    def _one_of_the_two(cls, values: Dict[str, Any]) -> Dict[str, Any]:
        if (values["days"] is None) == (values["keep"] is None):
            raise ValueError("give either `days: <number>` or `keep: forever`")
        return values

    def before(self, now: datetime) -> Optional[datetime]:
        """What is older than this has had its time; None where it is kept for ever."""
        return None if self.days is None else now - timedelta(days=self.days)


def _days(number: int) -> Term:
    return Term(days=number, keep=None)


class Retention(Model):
    """A class that the file does not name is kept as long as stands here. An open case keeps all of its conversation.

    pictures: what customers sent. words: messages, verbatims and their evidence, answers in words, what a case says in
    words; counted from the last message and the end of the case; scores, choices, tags and kinds stay.
    customers: who a person is, once nothing of theirs is younger. notices, dead_notices: messages to teams that were
    sent, and that could not be. audit: who did and saw what. trackers: Rasa's own events of a silent conversation.
    logs: lines that the processes wrote.
    """

    pictures: Term = _days(180)
    words: Term = _days(730)
    customers: Term = _days(1095)
    notices: Term = _days(30)
    dead_notices: Term = _days(180)
    audit: Term = _days(1095)
    trackers: Term = _days(30)
    logs: Term = _days(30)
