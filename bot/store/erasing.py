"""Erasing a person: who they are and what they said goes; scores, choices and tags stay, and belong to nobody."""

import logging
import sqlite3
from typing import Any, Dict, List, Optional, Sequence, Set
from uuid import uuid4

from sqlalchemy import and_, bindparam, delete, func, insert, literal_column, or_, select, update
from sqlalchemy.engine import Engine, Row

from bot.core import records as r
from bot.core.errors import Conflict
from bot.store.tables import (
    answers,
    audit_entries,
    case_events,
    cases,
    channel_accounts,
    conversations,
    customers,
    invitations,
    messages,
    outbox,
    pictures,
    remedies,
    responses,
    tags,
    touchpoint_events,
    verbatims,
)
from bot.store.transaction_base import TransactionBase

log = logging.getLogger(__name__)

_PERSON = bindparam("key")
# Theirs are also those that only an event, a response, a case or their own address tells to be theirs.
_CONVERSATIONS = select(conversations.c.id, conversations.c.channel, conversations.c.event_id).where(
    or_(
        conversations.c.customer_id == _PERSON,
        conversations.c.event_id.in_(select(touchpoint_events.c.id).where(touchpoint_events.c.customer_id == _PERSON)),
        conversations.c.id.in_(select(responses.c.conversation_id).where(responses.c.customer_id == _PERSON)),
        conversations.c.id.in_(select(cases.c.conversation_id).where(cases.c.customer_id == _PERSON)),
        select(channel_accounts.c.address)
        .where(
            channel_accounts.c.customer_id == _PERSON,
            channel_accounts.c.channel == conversations.c.channel,
            channel_accounts.c.address == conversations.c.id,
        )
        .exists(),
    )
)
_IN_ORDER = _CONVERSATIONS.order_by(conversations.c.created_at, conversations.c.id)
_LOCKED = _IN_ORDER.with_for_update()
_CUSTOMER = select(customers).where(customers.c.id == _PERSON)
_EVENTS = select(touchpoint_events.c.id).where(touchpoint_events.c.customer_id == _PERSON)
# Whatever points to a conversation by a foreign key.
_CHILDREN = (invitations, messages, responses, verbatims, cases)
_ADDRESSES = select(channel_accounts.c.address).where(channel_accounts.c.customer_id == _PERSON)
WEB = "web"


class ErasingPart(TransactionBase):
    """Implements the erasing of `Transaction`."""

    def erase_customer(self, customer_id: str) -> Optional[r.Erased]:
        person = {"key": customer_id}
        self._overwrite_what_is_deleted()
        # As in every turn: conversations before the customer. Nothing can be added for a customer who is locked.
        locked = self._all(self._lockable(_IN_ORDER, _LOCKED), person)
        if self._one(self._lockable(_CUSTOMER, _CUSTOMER.with_for_update()), person) is None:
            return None
        found = self._all(_IN_ORDER, person)
        if len(found) > len(locked):
            # A turn in it may hold it and wait for the customer: to wait for that turn would be for ever.
            raise Conflict(f"customer {customer_id} began a conversation at this moment")
        ids = [conversation.id for conversation in found]
        of_person = self._values(select(cases.c.id).where(cases.c.conversation_id.in_(ids)))
        # The notices are found by the messages' ids: before those go.
        self._erase_notices(of_person, ids)
        said = self._erase_words(ids)
        self._erase_cases(of_person)
        self._change(
            conversations,
            conversations.c.id.in_(ids),
            customer_id=None,
            open_question=None,
            owner=r.NOBODY,
            version=conversations.c.version + 1,
        )
        self._change(responses, responses.c.conversation_id.in_(ids), customer_id=None)
        addresses = set(self._values(_ADDRESSES, person))
        for conversation in found:
            if _may_name_them(conversation, addresses):
                self._rename(conversation.id)
        self._erase_identity(customer_id)
        return r.Erased(tuple(ids), said)

    def _overwrite_what_is_deleted(self) -> None:
        if not self._postgresql:
            self._connection.exec_driver_sql("PRAGMA secure_delete=ON").close()

    def _erase_notices(self, case_ids: Sequence[str], ids: Sequence[str]) -> None:
        about = self._values(select(messages.c.id).where(messages.c.conversation_id.in_(ids)))
        self._connection.execute(
            delete(outbox).where(
                or_(
                    outbox.c.payload["case_id"].as_string().in_(case_ids),
                    outbox.c.payload["conversation_id"].as_string().in_(ids),
                    outbox.c.key.in_([f"message:{message_id}" for message_id in about]),
                )
            )
        )

    def _erase_words(self, ids: Sequence[str]) -> int:
        """Messages on which tags rest stay as empty shells; gives how many messages there were."""
        of_person = messages.c.conversation_id.in_(ids)
        said = self._connection.execute(select(func.count()).select_from(messages).where(of_person)).scalar()
        their_responses = select(responses.c.id).where(responses.c.conversation_id.in_(ids))
        their_verbatims = select(verbatims.c.id).where(verbatims.c.conversation_id.in_(ids))
        # Also those of a message that stays as a shell: with a text to it, tags may rest on that.
        self._connection.execute(delete(pictures).where(pictures.c.conversation_id.in_(ids)))
        self._change(answers, answers.c.response_id.in_(their_responses), text=None)
        self._change(tags, tags.c.verbatim_id.in_(their_verbatims), evidence="")
        self._change(verbatims, verbatims.c.conversation_id.in_(ids), text="")
        self._change(
            messages,
            of_person,
            text="",
            buttons=None,
            # A channel's own id may hold the sender's number.
            channel_message_id=None,
            in_reply_to=None,
            author=None,
            handled_at=func.coalesce(messages.c.handled_at, messages.c.at, type_=messages.c.at.type),
            try_after=None,
        )
        self._connection.execute(
            delete(messages).where(of_person, messages.c.id.not_in(select(verbatims.c.message_id)))
        )
        return int(said or 0)

    def _erase_cases(self, case_ids: Sequence[str]) -> None:
        """What the bot was recovering is over; what a person works on stays theirs to close."""
        self._erase_words_of_cases(case_ids)
        of_person = cases.c.id.in_(case_ids)
        self._change(cases, of_person, customer_id=None, order_id=None, order={})
        self._change(cases, and_(of_person, cases.c.status == "recovering"), status="closed")
        # Without its order nobody can find out what became of one: it keeps its status, and is looked at no more.
        self._change(remedies, remedies.c.case_id.in_(case_ids), look_again_at=None)

    def _erase_words_of_cases(self, case_ids: Sequence[str]) -> None:
        """What was done, and when, stays."""
        self._change(cases, cases.c.id.in_(case_ids), description="", version=cases.c.version + 1)
        in_history = case_events.c.case_id.in_(case_ids)
        self._change(case_events, in_history, details={})
        # "proof_failed:<order>"
        self._change(case_events, and_(in_history, case_events.c.kind.like("proof_failed:%")), kind="proof_failed")
        self._change(remedies, remedies.c.case_id.in_(case_ids), error=None, why="")

    def _rename(self, conversation_id: str) -> None:
        """Gives a conversation a random id in place of one that names the person."""
        new = uuid4().hex
        copied = [literal_column(f"'{new}'"), *(column for column in conversations.c if column.name != "id")]
        same = select(*copied).where(conversations.c.id == conversation_id)
        names = ["id", *(column.name for column in conversations.c if column.name != "id")]
        self._connection.execute(insert(conversations).from_select(names, same))
        for child in _CHILDREN:
            self._change(child, child.c.conversation_id == conversation_id, conversation_id=new)
        self._connection.execute(delete(conversations).where(conversations.c.id == conversation_id))
        self._rename_in_audit("conversation", conversation_id, new)

    def _erase_identity(self, customer_id: str) -> None:
        """Each event gets a stranger of its own, so that nothing tells which events were one person's.

        Of the person a stranger has the segment only, as the responses have it: the rates go by it.
        """
        segment = self._connection.execute(select(customers.c.segment).where(customers.c.id == customer_id)).scalar()
        for event_id in self._values(_EVENTS, {"key": customer_id}):
            stranger = f"erased-{uuid4().hex}"
            self._connection.execute(insert(customers).values(id=stranger, segment=segment))
            self._change(
                touchpoint_events,
                touchpoint_events.c.id == event_id,
                customer_id=stranger,
                order_id=None,
                attributes={},
            )
        self._rename_in_audit("customer", customer_id, f"erased-{uuid4().hex}")
        self._connection.execute(delete(channel_accounts).where(channel_accounts.c.customer_id == customer_id))
        self._connection.execute(delete(customers).where(customers.c.id == customer_id))

    def _rename_in_audit(self, subject: str, old: str, new: str) -> None:
        """Who looked, and who erased, stays known; of whom does not."""
        about = and_(audit_entries.c.subject == subject, audit_entries.c.subject_id == old)
        self._change(audit_entries, about, subject_id=new)

    def _change(self, table: Any, which: Any, **values: Any) -> None:
        changed: Dict[Any, Any] = {table.c[name]: value for name, value in values.items()}
        self._connection.execute(update(table).where(which).values(changed))

    def _values(self, statement: Any, values: Optional[Dict[str, Any]] = None) -> List[str]:
        return [found[0] for found in self._all(statement, values)]


def _may_name_them(conversation: Row, addresses: Set[str]) -> bool:
    """On the web, and after an event, the id is random; on a plain channel it is what the sender calls themselves."""
    ours = conversation.channel == WEB or conversation.event_id is not None
    return not ours or conversation.id in addresses


def clear_leftovers(engine: Engine) -> None:
    """Makes an SQLite file anew: what was overwritten or deleted may still stand in its free space and its log.

    Where somebody holds the file too long it is left for the next time, and the log says so.
    """
    if engine.dialect.name != "sqlite":
        return
    pooled = engine.raw_connection()
    try:
        connection: sqlite3.Connection = pooled.dbapi_connection  # type: ignore[assignment]
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("VACUUM")
        held = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if held:
            log.warning("the write-ahead log is in use and could not be emptied after an erasure")
    except sqlite3.OperationalError as error:
        log.warning("the free space of the database could not be cleared after an erasure: %s", error)
    finally:
        pooled.close()
