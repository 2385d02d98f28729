"""Cases as the contract shows them, the most urgent first."""

from collections import defaultdict
from datetime import datetime, timezone
from typing import Any, Dict, List, Optional, Sequence

from sqlalchemy import bindparam, case, exists, func, literal, literal_column, select, tuple_
from sqlalchemy.engine import Connection, Row
from sqlalchemy.sql import Select

from bot.core.types import ENDED
from bot.store.case_filters import conditions, joined
from bot.store.column_types import UtcDateTime
from bot.store.messages import MESSAGE_COLUMNS, message_of
from bot.store.paging import check_limit, cursor_of, values_of
from bot.store.pictures import by_message
from bot.store.reading_base import ReadingBase
from bot.store.shapes import Shapes, iso
from bot.store.tables import case_events, cases, conversations, customers, messages, remedies, tags, verbatims

_NO_DUE = datetime(9999, 1, 1, tzinfo=timezone.utc)
_NEVER = literal(_NO_DUE, UtcDateTime)
_IDS = bindparam("ids", expanding=True)
_RESOLVED = case((cases.c.status.in_(ENDED), 1), else_=0).label("is_resolved")
_GRAVITY = case(
    *((cases.c.severity == severity, rank) for rank, severity in enumerate(("critical", "high", "medium", "low"))),
    else_=4,
).label("gravity")
_ANSWERED = exists().where(
    messages.c.conversation_id == cases.c.conversation_id,
    messages.c.sender == literal_column("'agent'"),
    messages.c.at >= cases.c.opened_at,
)
_TAGS = (
    select(verbatims.c.case_id, tags.c.tag, tags.c.category, tags.c.polarity, tags.c.evidence)
    .join(tags, tags.c.verbatim_id == verbatims.c.id)
    .where(verbatims.c.case_id.in_(_IDS))
    .order_by(verbatims.c.at, tags.c.seq)
)
_REMEDIES = select(remedies).where(remedies.c.case_id.in_(_IDS)).order_by(remedies.c.seq)
_HISTORY = select(case_events).where(case_events.c.case_id == bindparam("key")).order_by(case_events.c.seq)
_TRANSCRIPT = select(*MESSAGE_COLUMNS).where(messages.c.conversation_id == bindparam("key")).order_by(messages.c.seq)


class ReadingCases(ReadingBase):
    """The part of `Queries` about cases."""

    def cases(
        self, cursor: Optional[str] = None, limit: int = 50, unmasked: bool = False, **filters: Any
    ) -> Dict[str, Any]:
        """A page of cases: {items, next_cursor}; what is not resolved first, then the gravest, then what is due first.

        Due is the earliest of what is still owed: resolution, next response, and the first response until a person
        has written. `filters`: see `conditions`. Raises InvalidInput for a bad cursor or limit.
        """
        wanted = conditions(**filters)
        sort = (_RESOLVED, _GRAVITY, self._due(), cases.c.id)
        if cursor is not None:
            resolved, gravity, due, last_id = values_of(cursor, (int, int, datetime, str))
            last = (literal(resolved), literal(gravity), literal(due, UtcDateTime), literal(last_id))
            wanted.append(tuple_(*sort) > tuple_(*last))
        page = self._select().where(*wanted).order_by(*sort).limit(check_limit(limit) + 1)
        with self._read() as connection:
            found = connection.execute(page).all()
            more, found = len(found) > limit, found[:limit]
            items = _shown(connection, found, Shapes(unmasked))
        end = found[-1] if more else None
        key = cursor_of((end.is_resolved, end.gravity, end.due, end.id)) if end else None
        return {"items": items, "next_cursor": key}

    def count_cases(self, **filters: Any) -> int:
        """How many cases fit, on all pages together. `filters`: see `conditions`."""
        with self._read() as connection:
            counted = select(func.count()).select_from(joined).where(*conditions(**filters))
            return int(connection.execute(counted).scalar_one())

    def case_kinds(self, **filters: Any) -> Dict[str, List[str]]:
        """The channels and segments that there are among the cases that fit: {channel, segment}, each in order."""
        kinds = select(conversations.c.channel, customers.c.segment).select_from(joined).where(*conditions(**filters))
        with self._read() as connection:
            found = connection.execute(kinds.distinct()).all()
        return {
            name: sorted({kind[name] for kind in found if kind[name] is not None}) for name in ("channel", "segment")
        }

    def case(self, case_id: str, unmasked: bool = False) -> Optional[Dict[str, Any]]:
        """One case with its `history` and the `transcript` of its conversation; None if there is none."""
        shapes = Shapes(unmasked)
        with self._read() as connection:
            found = connection.execute(self._select().where(cases.c.id == case_id)).all()
            if not found:
                return None
            shown = _shown(connection, found, shapes)[0]
            history = connection.execute(_HISTORY, {"key": case_id}).all()
            conversation_id = found[0].conversation_id
            said = [message_of(line) for line in connection.execute(_TRANSCRIPT, {"key": conversation_id})]
            pictures = by_message(connection, conversation_id, said)
        return {
            **shown,
            "history": [
                {"kind": line.kind, "at": iso(line.at), "actor": line.actor, "details": shapes.deep(line.details)}
                for line in history
            ],
            "transcript": [shapes.message(message, pictures.get(message.id)) for message in said],
        }

    def _due(self) -> Any:
        owed = (
            func.coalesce(cases.c.next_response_due, _NEVER),
            func.coalesce(cases.c.resolution_due, _NEVER),
            case((_ANSWERED, _NEVER), else_=func.coalesce(cases.c.first_response_due, _NEVER)),
        )
        earliest = func.least(*owed) if self._postgresql else func.min(*owed)
        return case((cases.c.status.in_(ENDED), _NEVER), else_=earliest).label("due")

    def _select(self) -> Select:
        shown = (conversations.c.language, conversations.c.channel, customers.c.name, customers.c.segment)
        return select(cases, *shown, _RESOLVED, _GRAVITY, self._due()).select_from(joined)


def _shown(connection: Connection, found: Sequence[Row], shapes: Shapes) -> List[Dict[str, Any]]:
    mentioned: Dict[str, List[Row]] = defaultdict(list)
    latest: Dict[str, Row] = {}
    if found:
        ids = {"ids": [case.id for case in found]}
        for tag in connection.execute(_TAGS, ids):
            mentioned[tag.case_id].append(tag)
        latest = {remedy.case_id: remedy for remedy in connection.execute(_REMEDIES, ids)}
    return [_case(case, latest.get(case.id), mentioned[case.id], shapes) for case in found]


def _case(found: Row, remedy: Optional[Row], mentioned: List[Row], shapes: Shapes) -> Dict[str, Any]:
    same = (
        "id", "conversation_id", "category", "severity", "status", "first_contact_resolved", "order_id", "touchpoint",
        "desired_outcome", "recovery_score", "team", "assignee", "root_cause", "reopened", "escalation_reason",
        "merged_into", "language", "channel",
    )  # fmt: skip
    known = found.customer_id is not None
    return {
        **{name: found[name] for name in same},
        "description": shapes.text(found.description),
        "customer": {"id": found.customer_id, "name": found.name, "segment": found.segment} if known else None,
        "remedy": _remedy(remedy),
        "sla": {
            "first_response_due": iso(found.first_response_due),
            "next_response_due": iso(found.next_response_due),
            "resolution_due": iso(found.resolution_due),
            "state": found.sla_state,
            "resolution_left": found.resolution_left,
            "paused": found.resolution_left is not None,
        },
        "tags": shapes.tags(mentioned),
        "opened_at": iso(found.opened_at),
        "resolved_at": iso(found.resolved_at),
        "due": iso(found.due) if found.due < _NO_DUE else None,
    }


def _remedy(found: Optional[Row]) -> Optional[Dict[str, Any]]:
    """One that is being carried out has been accepted, seen from outside."""
    if found is None:
        return None
    status = "accepted" if found.status == "executing" else found.status
    return {"kind": found.kind, "amount": found.amount, "currency": found.currency, "status": status}
