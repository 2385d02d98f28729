"""What has had its time: found without holding up a writer, removed in small pieces by erasure's own statements."""

from datetime import datetime
from typing import Any, List, Sequence, Set

from sqlalchemy import Text, and_, bindparam, cast, delete, exists, not_, or_, select

from bot.core.types import ENDED
from bot.store.erasing import ErasingPart
from bot.store.tables import (
    answers,
    audit_entries,
    case_events,
    cases,
    channel_accounts,
    conversations,
    customers,
    messages,
    outbox,
    pictures,
    responses,
    touchpoint_events,
)

_BEFORE = bindparam("before", type_=conversations.c.created_at.type)
_IS_OPEN = cases.c.status.not_in(ENDED)
_OF_CONVERSATION = cases.c.conversation_id == conversations.c.id
_HAPPENED = exists().where(case_events.c.case_id == cases.c.id, case_events.c.at >= _BEFORE).correlate(cases)
_QUIET = and_(
    conversations.c.created_at < _BEFORE,
    not_(exists().where(messages.c.conversation_id == conversations.c.id, messages.c.at >= _BEFORE)),
    not_(
        exists().where(
            _OF_CONVERSATION, or_(_IS_OPEN, cases.c.opened_at >= _BEFORE, cases.c.resolved_at >= _BEFORE, _HAPPENED)
        )
    ),
)
# A message on which tags rest stays as an empty shell.
_NO_SHELL = or_(
    messages.c.text != "",
    messages.c.buttons.is_not(None),
    messages.c.author.is_not(None),
    messages.c.channel_message_id.is_not(None),
)
_DETAILED = exists().where(case_events.c.case_id == cases.c.id, cast(case_events.c.details, Text) != "{}")
_HAS_WORDS = or_(
    exists().where(messages.c.conversation_id == conversations.c.id, _NO_SHELL),
    exists().where(_OF_CONVERSATION, or_(cases.c.description != "", _DETAILED.correlate(cases))),
    exists().where(
        responses.c.conversation_id == conversations.c.id,
        answers.c.response_id == responses.c.id,
        answers.c.text.is_not(None),
    ),
)
_QUIET_WITH_WORDS = (
    select(conversations.c.id)
    .where(conversations.c.id > bindparam("after"), _QUIET, _HAS_WORDS)
    .order_by(conversations.c.id)
    .limit(bindparam("limit"))
)
_LOCKED = select(conversations.c.id).where(conversations.c.id == bindparam("key")).with_for_update()
_STILL_QUIET = select(conversations.c.id).where(conversations.c.id == bindparam("key"), _QUIET)
_LIVELY = select(conversations.c.id).where(conversations.c.id.in_(bindparam("ids", expanding=True)), not_(_QUIET))

_ACCOUNT = channel_accounts.c.customer_id == customers.c.id
# Who took the events of an erased person over: nobody, and nobody to be erased again.
_STRANGER = and_(customers.c.id.like("erased-%"), customers.c.name.is_(None), not_(exists().where(_ACCOUNT)))
# Each way by itself, along an index: a conversation, by the customer or by their own address; what happened; a case.
_STILL_KNOWN = or_(
    exists().where(conversations.c.customer_id == customers.c.id, not_(_QUIET)),
    exists().where(
        _ACCOUNT,
        conversations.c.id == channel_accounts.c.address,
        conversations.c.channel == channel_accounts.c.channel,
        not_(_QUIET),
    ),
    exists().where(touchpoint_events.c.customer_id == customers.c.id, touchpoint_events.c.occurred_at >= _BEFORE),
    exists().where(responses.c.customer_id == customers.c.id, responses.c.started_at >= _BEFORE),
    exists().where(cases.c.customer_id == customers.c.id, or_(_IS_OPEN, cases.c.opened_at >= _BEFORE)),
)
_BYGONE = (
    select(customers.c.id)
    .where(customers.c.id > bindparam("after"), not_(_STRANGER), not_(_STILL_KNOWN))
    .order_by(customers.c.id)
    .limit(bindparam("limit"))
)


class RetainingPart(ErasingPart):
    """Implements the retention of `Transaction`."""

    def quiet_conversations(self, before: datetime, after: str = "", limit: int = 50) -> List[str]:
        return self._values(_QUIET_WITH_WORDS, {"before": before, "after": after, "limit": limit})

    def lively_conversations(self, ids: Sequence[str], before: datetime) -> Set[str]:
        return set(self._values(_LIVELY, {"before": before, "ids": list(ids)}))

    def forget_words(self, conversation_id: str, before: datetime) -> bool:
        self._overwrite_what_is_deleted()
        key = {"key": conversation_id}
        if self._postgresql:
            self._all(_LOCKED, key)
        if self._one(_STILL_QUIET, {**key, "before": before}) is None:
            return False
        of_conversation = self._values(select(cases.c.id).where(cases.c.conversation_id == conversation_id))
        self._erase_notices(of_conversation, [conversation_id])
        self._erase_words([conversation_id])
        self._erase_words_of_cases(of_conversation)
        return True

    def bygone_customers(self, before: datetime, after: str = "", limit: int = 50) -> List[str]:
        return self._values(_BYGONE, {"before": before, "after": after, "limit": limit})

    def drop_pictures(self, before: datetime, limit: int) -> int:
        open_case = exists().where(cases.c.conversation_id == pictures.c.conversation_id, _IS_OPEN)
        return self._drop(pictures.c.id, pictures.c.at, limit, pictures.c.at < before, not_(open_case))

    def drop_notices(self, status: str, before: datetime, limit: int) -> int:
        open_case = exists().where(cases.c.id == outbox.c.payload["case_id"].as_string(), _IS_OPEN)
        ended = outbox.c.sent_at if status == "sent" else outbox.c.due_at
        return self._drop(outbox.c.id, ended, limit, outbox.c.status == status, ended < before, not_(open_case))

    def drop_audit_entries(self, before: datetime, limit: int) -> int:
        return self._drop(audit_entries.c.seq, audit_entries.c.seq, limit, audit_entries.c.at < before)

    def _drop(self, key: Any, order: Any, limit: int, *which: Any) -> int:
        self._overwrite_what_is_deleted()
        oldest = select(key).where(*which).order_by(order).limit(limit)
        return self._connection.execute(delete(key.table).where(key.in_(oldest))).rowcount
