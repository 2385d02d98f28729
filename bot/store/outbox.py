"""What waits to be sent."""

from datetime import datetime
from typing import Collection, List, Optional, Set

from sqlalchemy import bindparam, literal_column, select, update

from bot.core import records as r
from bot.store.statements import insert_new, row
from bot.store.tables import outbox
from bot.store.transaction_base import TransactionBase

_PUT = insert_new(outbox)
_SAVE = update(outbox).where(outbox.c.id == bindparam("item_id"))
_KEYS = select(outbox.c.key).where(outbox.c.key.in_(bindparam("keys", expanding=True)))
_DUE = (
    select(outbox)
    .where(outbox.c.status == literal_column("'waiting'"), outbox.c.due_at <= bindparam("now"))
    .order_by(outbox.c.due_at, outbox.c.id)
    .limit(bindparam("limit"))
)
# Two workers at once share the work instead of doing it twice.
_DUE_LOCKED = _DUE.with_for_update(skip_locked=True)
_ONE = select(outbox).where(outbox.c.id == bindparam("item_id"))
_ONE_LOCKED = _ONE.with_for_update()


class OutboxPart(TransactionBase):
    """Implements the outbox of `Transaction`."""

    def put_outbox(self, item: r.OutboxItem) -> None:
        self._do(_PUT, row(item))

    def outbox_keys(self, keys: Collection[str]) -> Set[str]:
        return {found.key for found in self._all(_KEYS, {"keys": list(keys)})} if keys else set()

    def outbox_due(self, now: datetime, limit: int = 50) -> List[r.OutboxItem]:
        due = self._all(self._lockable(_DUE, _DUE_LOCKED), {"now": now, "limit": limit})
        return [r.OutboxItem(**found._mapping) for found in due]

    def outbox_item(self, item_id: str, lock: bool = True) -> Optional[r.OutboxItem]:
        statement = self._lockable(_ONE, _ONE_LOCKED) if lock else _ONE
        found = self._one(statement, {"item_id": item_id})
        return r.OutboxItem(**found._mapping) if found else None

    def save_outbox(self, item: r.OutboxItem) -> bool:
        return bool(self._do(_SAVE, {**row(item), "item_id": item.id}))
