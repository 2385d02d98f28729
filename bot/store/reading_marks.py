"""Marks: values that differ from the ones before as soon as there is something new to see."""

from collections import defaultdict
from datetime import datetime
from typing import Any, Dict, List, Sequence, Tuple

from sqlalchemy import and_, bindparam, func, literal, select

from bot.core.types import OPEN
from bot.store.column_types import UtcDateTime
from bot.store.reading_base import ReadingBase
from bot.store.tables import case_events, case_viewers, cases, conversations, messages

_HERE = case_viewers.c.seen_at >= bindparam("since", type_=UtcDateTime)
_LAST_MESSAGE = (
    select(func.max(messages.c.seq)).where(messages.c.conversation_id == cases.c.conversation_id).scalar_subquery()
)
_LAST_EVENT = select(func.max(case_events.c.seq)).where(case_events.c.case_id == cases.c.id).scalar_subquery()
_OF_CASES = (
    select(cases.c.id, cases.c.version, conversations.c.version, _LAST_MESSAGE, _LAST_EVENT, case_viewers.c.name)
    .select_from(
        cases.join(conversations, conversations.c.id == cases.c.conversation_id).outerjoin(
            case_viewers, and_(case_viewers.c.case_id == cases.c.id, _HERE)
        )
    )
    .where(cases.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(cases.c.id, case_viewers.c.name)
)
# A change that leaves no event raises a version; only what is open is looked through.
_OPEN = (
    select(func.count().label("number"), func.sum(cases.c.version).label("versions"))
    .where(cases.c.status.in_(OPEN))
    .subquery()
)
_OF_QUEUE = (
    select(
        select(func.max(case_events.c.seq)).scalar_subquery(),
        _OPEN.c.number,
        _OPEN.c.versions,
        case_viewers.c.case_id,
        case_viewers.c.name,
    )
    .select_from(_OPEN.outerjoin(case_viewers, and_(literal(True), _HERE)))
    .order_by(case_viewers.c.case_id, case_viewers.c.name)
)

Mark = Tuple[Any, ...]


class ReadingMarks(ReadingBase):
    """The part of `Queries` that tells whether something is new, each in one statement.

    Who looks at a case belongs to what is seen of it: whoever gave a sign of life at `since` or later.
    """

    def case_marks(self, case_ids: Sequence[str], since: datetime) -> Dict[str, Mark]:
        """The mark of each case: its state, its conversation's, the last message, the last event, who looks at it."""
        found: Dict[str, List[Mark]] = defaultdict(list)
        with self._read() as connection:
            for row in connection.execute(_OF_CASES, {"ids": list(case_ids), "since": since}):
                found[row[0]].append(tuple(row))
        return {key: tuple(rows) for key, rows in found.items()}

    def queue_mark(self, since: datetime) -> Mark:
        """The mark of all cases together."""
        with self._read() as connection:
            return tuple(tuple(row) for row in connection.execute(_OF_QUEUE, {"since": since}))
