"""Where each conversation stands: read and saved in every turn."""

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any, Dict, List, Optional

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.engine import Row

from bot.core import records as r
from bot.core.errors import Conflict
from bot.store.statements import insert, row
from bot.store.tables import cases, conversations
from bot.store.transaction_base import TransactionBase

_ADD_CONVERSATION = insert(conversations)
CONVERSATION = select(conversations).where(conversations.c.id == bindparam("key"))
# Not FOR UPDATE in full: that would wait for everybody who inserts a row that points to the conversation.
_CONVERSATION_LOCKED = CONVERSATION.with_for_update(key_share=True)
_SAVE_CONVERSATION = (
    update(conversations)
    .where(conversations.c.id == bindparam("key"), conversations.c.version == bindparam("read_version"))
    .values(
        {column.name: bindparam(column.name, type_=column.type) for column in conversations.c if column.name != "id"}
    )
)

_HEARD = func.coalesce(
    conversations.c.last_customer_at, conversations.c.created_at, type_=conversations.c.created_at.type
)
_SILENT = (
    select(conversations)
    .join(cases, cases.c.id == conversations.c.case_id)
    .where(
        cases.c.status == "recovering",
        conversations.c.owner == "bot",
        bindparam("before", type_=conversations.c.created_at.type) > _HEARD,
    )
    .order_by(_HEARD, conversations.c.id)
    .limit(bindparam("limit"))
)


class ConversationsPart(TransactionBase):
    """Implements the conversations of `Transaction`."""

    def conversation(self, conversation_id: str) -> Optional[r.Conversation]:
        found = self._one(self._lockable(CONVERSATION, _CONVERSATION_LOCKED), {"key": conversation_id})
        return conversation_of(found) if found else None

    def add_conversation(self, conversation: r.Conversation) -> None:
        self._do(_ADD_CONVERSATION, _conversation_row(conversation))

    def save_conversation(self, conversation: r.Conversation) -> r.Conversation:
        saved = replace(conversation, version=conversation.version + 1)
        values = _conversation_row(saved)
        values.update(key=values.pop("id"), read_version=conversation.version)
        if not self._do(_SAVE_CONVERSATION, values):
            raise Conflict(f"conversation {conversation.id} changed since version {conversation.version}")
        return saved

    def silent_recoveries(self, since_before: datetime, limit: int = 50) -> List[r.Conversation]:
        return [conversation_of(found) for found in self._all(_SILENT, {"before": since_before, "limit": limit})]


def conversation_of(found: Row) -> r.Conversation:
    values = dict(found._mapping)
    if values["open_question"] is not None:
        values["open_question"] = r.OpenQuestion(**values["open_question"])
    return r.Conversation(**values)


def _conversation_row(conversation: r.Conversation) -> Dict[str, Any]:
    question = conversation.open_question
    return {**row(conversation), "open_question": asdict(question) if question else None}
