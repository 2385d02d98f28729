"""The messages of a conversation: what every turn does, so each call is one or two statements made once."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Dict, List, Optional, Tuple

from sqlalchemy import bindparam, func, literal_column, or_, select, update
from sqlalchemy.engine import Row

from bot.core import records as r
from bot.core.errors import Conflict
from bot.store.statements import insert_new, row
from bot.store.tables import conversations, messages
from bot.store.transaction_base import TransactionBase

MESSAGE_COLUMNS = [
    messages.c[name]
    for name in (
        "id", "conversation_id", "sender", "text", "at", "kind", "channel_message_id", "buttons", "in_reply_to",
        "author", "language", "taken_at", "handled_at", "attempts", "try_after", "seq",
    )
]  # fmt: skip

_LOCK_CONVERSATION = (
    select(conversations.c.id).where(conversations.c.id == bindparam("key")).with_for_update(key_share=True)
)
_ADD_MESSAGE = insert_new(messages)
_ADD_MESSAGE_RETURNING = insert_new(messages, returning="seq")
_MESSAGE = select(*MESSAGE_COLUMNS).where(messages.c.id == bindparam("key"))
_SAME_MESSAGE = select(*MESSAGE_COLUMNS).where(
    messages.c.conversation_id == bindparam("conversation"), messages.c.channel_message_id == bindparam("channel_id")
)
_IN_ORDER = (
    select(*MESSAGE_COLUMNS)
    .where(messages.c.conversation_id == bindparam("conversation"), messages.c.seq > bindparam("after"))
    .order_by(messages.c.seq)
)
_IN_ORDER_LIMITED = _IN_ORDER.limit(bindparam("limit"))
_REPLIES = select(*MESSAGE_COLUMNS).where(messages.c.in_reply_to == bindparam("key")).order_by(messages.c.seq)
_TAKE = (
    update(messages)
    .where(
        messages.c.id == bindparam("key"),
        messages.c.handled_at.is_(None),
        messages.c.taken_at.is_(None) | (messages.c.taken_at <= bindparam("lease_over")),
    )
    .values(taken_at=bindparam("now"))
)
_FINISH = (
    update(messages)
    .where(messages.c.id == bindparam("key"))
    .values(handled_at=bindparam("now"), language=func.coalesce(bindparam("new_language"), messages.c.language))
)
# The words of the partial index, not parameters: only then SQLite uses it.
_UNHANDLED = (
    select(*MESSAGE_COLUMNS)
    .join(conversations, conversations.c.id == messages.c.conversation_id)
    .where(
        messages.c.handled_at.is_(None),
        messages.c.sender == literal_column("'customer'"),
        messages.c.at < bindparam("older_than"),
        conversations.c.owner == "bot",
        or_(messages.c.try_after.is_(None), messages.c.try_after <= bindparam("now")),
    )
    .order_by(messages.c.attempts, messages.c.at, messages.c.seq)
    .limit(bindparam("limit"))
)
_COUNT_ATTEMPT = (
    update(messages)
    .where(messages.c.id == bindparam("key"))
    .values(attempts=messages.c.attempts + 1, try_after=bindparam("again"))
)


class MessagesPart(TransactionBase):
    """Implements the messages of `Transaction`."""

    def add_message(self, message: r.Message) -> Tuple[r.Message, bool]:
        values = {**row(message), "buttons": [[b.title, b.payload] for b in message.buttons] or None}
        seq: Optional[int] = None
        if self._postgresql:
            # One writer for each conversation, or a later seq could be seen before an earlier one.
            self._one(_LOCK_CONVERSATION, {"key": message.conversation_id})
            added = self._one(_ADD_MESSAGE_RETURNING, values)
            seq = added[0] if added else None
        else:
            result = self._connection.execute(_ADD_MESSAGE, values)
            seq = result.lastrowid if result.rowcount else None
        if seq is not None:
            return replace(message, seq=seq), True
        return self._same_message(message), False

    def _same_message(self, message: r.Message) -> r.Message:
        found = None
        if message.channel_message_id is not None:
            keys = {"conversation": message.conversation_id, "channel_id": message.channel_message_id}
            found = self._one(_SAME_MESSAGE, keys)
        found = found or self._one(_MESSAGE, {"key": message.id})
        if found is None:
            raise Conflict(f"message {message.id} was added and removed at the same time")
        return message_of(found)

    def take_message(self, message_id: str, now: datetime, lease_seconds: float) -> Optional[r.Message]:
        lease_over = now - timedelta(seconds=lease_seconds)
        taken = self._do(_TAKE, {"key": message_id, "now": now, "lease_over": lease_over})
        return self.message(message_id) if taken else None

    def finish_message(self, message_id: str, now: datetime, language: Optional[str] = None) -> None:
        self._do(_FINISH, {"key": message_id, "now": now, "new_language": language})

    def message(self, message_id: str) -> Optional[r.Message]:
        found = self._one(_MESSAGE, {"key": message_id})
        return message_of(found) if found else None

    def messages(self, conversation_id: str, after: int = 0, limit: Optional[int] = None) -> List[r.Message]:
        values: Dict[str, Any] = {"conversation": conversation_id, "after": after}
        if limit is None:
            return [message_of(found) for found in self._all(_IN_ORDER, values)]
        return [message_of(found) for found in self._all(_IN_ORDER_LIMITED, {**values, "limit": limit})]

    def replies_to(self, message_id: str) -> List[r.Message]:
        return [message_of(found) for found in self._all(_REPLIES, {"key": message_id})]

    def unhandled_messages(self, older_than: datetime, now: datetime, limit: int = 50) -> List[r.Message]:
        values = {"older_than": older_than, "now": now, "limit": limit}
        return [message_of(found) for found in self._all(_UNHANDLED, values)]

    def count_attempt(self, message_id: str, try_after: datetime) -> None:
        self._do(_COUNT_ATTEMPT, {"key": message_id, "again": try_after})


def message_of(found: Row) -> r.Message:
    """The record of a row of MESSAGE_COLUMNS."""
    values = list(found)
    values[7] = tuple(r.Button(title, payload) for title, payload in values[7] or ())
    return r.Message(*values)
