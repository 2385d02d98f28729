"""Cases, their history and remedies."""

from dataclasses import replace
from datetime import datetime, timezone
from typing import Any, Dict, List, Optional

from sqlalchemy import bindparam, case, exists, func, literal, literal_column, or_, select, update
from sqlalchemy.engine import Row

from bot.core import records as r
from bot.core.errors import Conflict
from bot.core.types import WITH_PEOPLE
from bot.store.column_types import UtcDateTime
from bot.store.statements import insert, row, upsert
from bot.store.tables import case_events, cases, messages, remedies
from bot.store.transaction_base import TransactionBase

REMEDY_COLUMNS = [column for column in remedies.c if column.name != "seq"]

_CASE = select(cases).where(cases.c.id == bindparam("key"))
_CASE_LOCKED = _CASE.with_for_update(key_share=True)
_ADD_CASE = insert(cases)
_SAVE_CASE = (
    update(cases)
    .where(cases.c.id == bindparam("key"), cases.c.version == bindparam("read_version"))
    .values({column.name: bindparam(column.name, type_=column.type) for column in cases.c if column.name != "id"})
)
_OF_CUSTOMER = select(cases).where(cases.c.customer_id == bindparam("key")).order_by(cases.c.opened_at, cases.c.id)
_ADD_EVENT = insert(case_events)
_EVENTS = (
    select(*(column for column in case_events.c if column.name != "seq"))
    .where(case_events.c.case_id == bindparam("key"))
    .order_by(case_events.c.seq)
)
_SAVE_REMEDY = upsert(remedies, ["id"])
_LATEST_REMEDY = (
    select(*REMEDY_COLUMNS).where(remedies.c.case_id == bindparam("key")).order_by(remedies.c.seq.desc()).limit(1)
)
_EXECUTING = (
    select(*REMEDY_COLUMNS)
    .where(remedies.c.status == literal_column("'executing'"), remedies.c.look_again_at <= bindparam("before"))
    .order_by(remedies.c.look_again_at, remedies.c.seq)
    .limit(bindparam("limit"))
)
_OF_CASE = select(*REMEDY_COLUMNS).where(remedies.c.case_id == bindparam("key")).order_by(remedies.c.seq)
_GIVEN = (
    select(*REMEDY_COLUMNS)
    .join(cases, cases.c.id == remedies.c.case_id)
    .where(remedies.c.status.in_(("accepted", "executing", "done")))
    .order_by(remedies.c.seq)
)
_OF_ORDER = _GIVEN.where(cases.c.order_id == bindparam("order"))
_GIVEN_TO_CUSTOMER = _GIVEN.where(
    cases.c.customer_id == bindparam("customer"), remedies.c.offered_at >= bindparam("since")
)
_CONVERSATION_OF_CASE = select(cases.c.conversation_id).where(cases.c.id == bindparam("key"))
_FAILED_PROOFS = (
    select(func.count())
    .select_from(case_events)
    .where(case_events.c.kind == bindparam("kind"), case_events.c.at >= bindparam("since"))
)
_REPLIED = exists().where(
    messages.c.conversation_id == cases.c.conversation_id,
    messages.c.sender == literal_column("'agent'"),
    messages.c.at >= cases.c.opened_at,
)
_PERSON_REPLIED = select(cases.c.id).where(cases.c.id == bindparam("key"), _REPLIED)
_NEVER = literal(datetime(9999, 1, 1, tzinfo=timezone.utc), UtcDateTime)
_OWED = (
    func.coalesce(cases.c.next_response_due, _NEVER),
    func.coalesce(cases.c.resolution_due, _NEVER),
    case((_REPLIED, _NEVER), else_=func.coalesce(cases.c.first_response_due, _NEVER)),
)
_DUE = (
    select(cases)
    .where(
        cases.c.status.in_(WITH_PEOPLE),
        or_(*(owed <= bindparam("before", type_=UtcDateTime) for owed in _OWED)),
    )
    .limit(bindparam("limit"))
)
# Without the missed ones at the end, many that nobody ends would keep the others from being seen.
_MISSED_LAST = case((cases.c.sla_state == literal_column("'missed'"), 1), else_=0)
_CASES_DUE_SQLITE = _DUE.order_by(_MISSED_LAST, func.min(*_OWED), cases.c.id)
_CASES_DUE_POSTGRESQL = _DUE.order_by(_MISSED_LAST, func.least(*_OWED), cases.c.id)


class CasesPart(TransactionBase):
    """Implements the cases of `Transaction`."""

    def conversation_of_case(self, case_id: str) -> Optional[str]:
        found = self._one(_CONVERSATION_OF_CASE, {"key": case_id})
        return found.conversation_id if found else None

    def case(self, case_id: str) -> Optional[r.Case]:
        found = self._one(self._lockable(_CASE, _CASE_LOCKED), {"key": case_id})
        return _case(found) if found else None

    def add_case(self, case: r.Case) -> None:
        self._do(_ADD_CASE, _case_row(case))

    def save_case(self, case: r.Case) -> r.Case:
        saved = replace(case, version=case.version + 1)
        values = _case_row(saved)
        values.update(key=values.pop("id"), read_version=case.version)
        if not self._do(_SAVE_CASE, values):
            raise Conflict(f"case {case.id} changed since version {case.version}")
        return saved

    def add_case_event(self, event: r.CaseEvent) -> None:
        self._do(_ADD_EVENT, {**row(event), "details": dict(event.details)})

    def case_events(self, case_id: str) -> List[r.CaseEvent]:
        return [r.CaseEvent(**found._mapping) for found in self._all(_EVENTS, {"key": case_id})]

    def cases_of_customer(self, customer_id: str) -> List[r.Case]:
        return [_case(found) for found in self._all(_OF_CUSTOMER, {"key": customer_id})]

    def cases_due(self, before: datetime, limit: int = 50) -> List[r.Case]:
        statement = _CASES_DUE_POSTGRESQL if self._postgresql else _CASES_DUE_SQLITE
        return [_case(found) for found in self._all(statement, {"before": before, "limit": limit})]

    def person_replied(self, case_id: str) -> bool:
        return self._one(_PERSON_REPLIED, {"key": case_id}) is not None

    def remedy_of_case(self, case_id: str) -> Optional[r.Remedy]:
        found = self._one(_LATEST_REMEDY, {"key": case_id})
        return r.Remedy(**found._mapping) if found else None

    def remedies_of_case(self, case_id: str) -> List[r.Remedy]:
        return [r.Remedy(**found._mapping) for found in self._all(_OF_CASE, {"key": case_id})]

    def remedies_of_customer(self, customer_id: str, since: datetime) -> List[r.Remedy]:
        values = {"customer": customer_id, "since": since}
        return [r.Remedy(**found._mapping) for found in self._all(_GIVEN_TO_CUSTOMER, values)]

    def remedies_of_order(self, order_id: str) -> List[r.Remedy]:
        return [r.Remedy(**found._mapping) for found in self._all(_OF_ORDER, {"order": order_id})]

    def failed_proofs(self, order_id: str, since: datetime) -> int:
        values = {"kind": f"proof_failed:{order_id}", "since": since}
        return int(self._connection.execute(_FAILED_PROOFS, values).scalar() or 0)

    def save_remedy(self, remedy: r.Remedy) -> None:
        self._do(_SAVE_REMEDY, row(remedy))

    def remedies_executing(self, now: datetime, limit: int = 50) -> List[r.Remedy]:
        left = self._all(_EXECUTING, {"before": now, "limit": limit})
        return [r.Remedy(**found._mapping) for found in left]


def _case(found: Row) -> r.Case:
    values = dict(found._mapping)
    values["sla"] = r.Sla(
        first_response_due=values.pop("first_response_due"),
        next_response_due=values.pop("next_response_due"),
        resolution_due=values.pop("resolution_due"),
        state=values.pop("sla_state"),
        resolution_left=values.pop("resolution_left"),
    )
    return r.Case(**values)


def _case_row(case: r.Case) -> Dict[str, Any]:
    values = row(case)
    sla = values.pop("sla")
    return {
        **values,
        "order": dict(case.order),
        "first_response_due": sla.first_response_due,
        "next_response_due": sla.next_response_due,
        "resolution_due": sla.resolution_due,
        "sla_state": sla.state,
        "resolution_left": sla.resolution_left,
    }
