"""Notices that have not arrived: dead ones, which somebody has to look at, and those that still wait."""

from typing import List

from sqlalchemy import func, literal_column, select

from bot.core import records as r
from bot.store.reading_base import ReadingBase
from bot.store.tables import outbox

# Written out, so that the partial indexes are used.
_IS_DEAD = outbox.c.status == literal_column("'dead'")
_IS_WAITING = outbox.c.status == literal_column("'waiting'")
_DEAD = select(outbox).where(_IS_DEAD).order_by(outbox.c.due_at.desc(), outbox.c.id)
_WAITING = select(outbox).where(_IS_WAITING).order_by(outbox.c.due_at, outbox.c.id)
_DEAD_COUNT = select(func.count()).select_from(outbox).where(_IS_DEAD)


class ReadingNotices(ReadingBase):
    """The part of `Queries` about the outbox."""

    def unsent(self, limit: int = 200) -> List[r.OutboxItem]:
        """Dead ones, the latest first, then waiting ones, the next first; at most `limit` of each."""
        with self._read() as connection:
            found = [*connection.execute(_DEAD.limit(limit)), *connection.execute(_WAITING.limit(limit))]
        return [r.OutboxItem(**item._mapping) for item in found]

    def dead_notices(self) -> int:
        """How many there are; cheap enough for every page."""
        with self._read() as connection:
            return int(connection.execute(_DEAD_COUNT).scalar() or 0)
