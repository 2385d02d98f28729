"""The parts that the rates are made from: how many of how many cases, invitations or responses."""

from collections import Counter
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Any, Dict, List, Mapping, Optional, Tuple

from sqlalchemy import and_, case, exists, func, literal_column, or_, select, tuple_

from bot.core.errors import InvalidInput
from bot.store.reading_base import ReadingBase
from bot.store.reading_scores import GROUPS, _between, _name
from bot.store.tables import (
    answers,
    case_events,
    cases,
    conversations,
    customers,
    invitations,
    responses,
    touchpoint_events,
)

RATES = ("fcr", "recovery_rate", "response_rate", "completion_rate")
WEEK = timedelta(days=7)

Parts = Mapping[str, int]

_again = cases.alias()
_REPEATED = (
    select(func.min(_again.c.opened_at))
    .where(
        _again.c.customer_id == cases.c.customer_id,
        _again.c.order_id == cases.c.order_id,
        _again.c.id != cases.c.id,
        _again.c.merged_into.is_(None),
        _again.c.opened_at >= cases.c.opened_at,
    )
    .scalar_subquery()
)
_RATED = (
    select(case_events.c.case_id, func.min(case_events.c.at).label("at"))
    .where(case_events.c.kind == "recovery_score")
    .group_by(case_events.c.case_id)
    .subquery()
)
_CASES = (
    cases.join(conversations, conversations.c.id == cases.c.conversation_id)
    .outerjoin(responses, responses.c.id == cases.c.response_id)
    .outerjoin(customers, customers.c.id == cases.c.customer_id)
)
_INVITATIONS = (
    invitations.join(conversations, conversations.c.id == invitations.c.conversation_id)
    .join(touchpoint_events, touchpoint_events.c.id == invitations.c.event_id)
    .join(customers, customers.c.id == touchpoint_events.c.customer_id)
)
_GIVEN = and_(answers.c.superseded_at.is_(None), answers.c.skipped.is_(False))
_HAS_ANSWER = exists().where(answers.c.response_id == responses.c.id, _GIVEN)
_RESPONDED = (
    exists(answers.c.seq)
    .where(responses.c.conversation_id == invitations.c.conversation_id)
    .where(answers.c.response_id == responses.c.id, _GIVEN)
)
# Invitations of earlier versions have no time of their own: they were sent as their conversation began.
_INVITED_AT = func.coalesce(invitations.c.created_at, conversations.c.created_at, type_=conversations.c.created_at.type)
_OF_CASES = {
    "touchpoint": cases.c.touchpoint,
    "segment": func.coalesce(responses.c.segment, customers.c.segment),
    "channel": conversations.c.channel,
    "store": responses.c.store_id,
    "staff": responses.c.staff_id,
}
_OF_INVITATIONS = {
    "touchpoint": touchpoint_events.c.touchpoint,
    "segment": customers.c.segment,
    "channel": conversations.c.channel,
    "store": touchpoint_events.c.store_id,
    "staff": touchpoint_events.c.staff_id,
}
_OF_RESPONSES = {
    "touchpoint": responses.c.touchpoint,
    "segment": responses.c.segment,
    "channel": responses.c.channel,
    "store": responses.c.store_id,
    "staff": responses.c.staff_id,
}


class ReadingRates(ReadingBase):
    """The part of `Queries` about rates."""

    def rates(
        self,
        rate: str,
        now: datetime,
        group_by: Optional[str] = None,
        since: Optional[datetime] = None,
        until: Optional[datetime] = None,
        stages: Optional[Mapping[str, str]] = None,
        zone: tzinfo = timezone.utc,
        main: Optional[Mapping[str, str]] = None,
    ) -> Dict[Optional[str], Parts]:
        """`part` of `whole` by group, both from the same rows; groups as in `scores`. Raises InvalidInput.

        since ≤ time < until, where time is when a case was opened (fcr, recovery_rate), an invitation was sent, or a
        response was started.

        fcr: cases without merged duplicates, resolved in the first contact; `pending`: those whose seven days are not
            over, not in `whole`.
        recovery_rate: rated recoveries, with 4 or 5; `paired` of them have a score from before on the main question
            (`main`: survey → its key) if that is on csat, and are `gained` better in sum.
        response_rate: invitations sent, with at least one answer. completion_rate: responses started, complete.
        """
        if rate not in RATES:
            raise InvalidInput(f"rate must be one of {', '.join(RATES)}", field="rate")
        if group_by is not None and group_by not in GROUPS:
            raise InvalidInput(f"group_by must be one of {', '.join(GROUPS)}", field="group_by")
        source, columns, moment, wanted, facts = _read(rate, main or {})
        raw: Any = literal_column("'all'")
        if group_by is not None:
            raw = columns.get("touchpoint" if group_by == "stage" else group_by, moment)
        named = [raw.label("grouped"), *(fact.label(f"fact{number}") for number, fact in enumerate(facts))]
        found = select(*named).select_from(source).where(*wanted, *_between(moment, since, until)).subquery()
        counts: Dict[Optional[str], Counter] = {}
        with self._read() as connection:
            for key, *known, times in connection.execute(select(*found.c, func.count()).group_by(*found.c)):
                key = key.strftime("%Y-%m-%d %H:%M")[:15] if isinstance(key, datetime) else key
                group = counts.setdefault(_name(group_by, key, stages or {}, zone), Counter())
                for part, number in _parts(rate, known, now).items():
                    group[part] += number * times
        return {group: dict(parts) for group, parts in counts.items()}


def _read(rate: str, main: Mapping[str, str]) -> Tuple[Any, Mapping[str, Any], Any, List[Any], List[Any]]:
    """(from where, what it is grouped by, its time, conditions, facts for `_parts`)."""
    if rate == "fcr":
        known = [cases.c.first_contact_resolved, cases.c.reopened, cases.c.opened_at, cases.c.resolved_at, _REPEATED]
        # A duplicate that was merged is no complaint of its own.
        return _CASES, _OF_CASES, cases.c.opened_at, [cases.c.merged_into.is_(None)], known
    if rate == "recovery_rate":
        # A low score opens the case again: the score tells that there was a recovery, not the status.
        source = _CASES.outerjoin(_RATED, _RATED.c.case_id == cases.c.id)
        rated = cases.c.recovery_score.is_not(None)
        return source, _OF_CASES, cases.c.opened_at, [rated], [cases.c.recovery_score, _before(main)]
    if rate == "response_rate":
        sent = invitations.c.status == "sent"
        return _INVITATIONS, _OF_INVITATIONS, _INVITED_AT, [sent], [_flag(_RESPONDED)]
    # Who refuses before the first answer has started nothing.
    started = or_(responses.c.status.not_in(("declined", "opted_out")), _HAS_ANSWER)
    return responses, _OF_RESPONSES, responses.c.started_at, [started], [_flag(responses.c.status == "complete")]


def _before(main: Mapping[str, str]) -> Any:
    """The main score as it stood when the recovery was rated; some are asked for only after that."""
    return (
        select(func.max(answers.c.score))
        .where(
            answers.c.response_id == cases.c.response_id,
            tuple_(responses.c.survey, answers.c.question).in_(list(main.items())),
            answers.c.scale == "csat",
            answers.c.answered_at < _RATED.c.at,
            or_(answers.c.superseded_at.is_(None), answers.c.superseded_at >= _RATED.c.at),
        )
        .scalar_subquery()
    )


def _flag(condition: Any) -> Any:
    return case((condition, literal_column("1")), else_=literal_column("0"))


def _parts(rate: str, facts: List[Any], now: datetime) -> Parts:
    if rate == "fcr":
        return _first_contact(now, *facts)
    if rate == "recovery_rate":
        after, before = facts
        pair = {} if before is None else {"paired": 1, "gained": after - int(before)}
        return {"part": int(after >= 4), "whole": 1, **pair}
    return {"part": facts[0], "whole": 1}


def _first_contact(
    now: datetime,
    solved: Optional[bool],
    reopened: bool,
    opened: datetime,
    resolved: Optional[datetime],
    repeated: Optional[datetime],
) -> Parts:
    """The seven days run from the resolution in the first contact; without one from the opening."""
    mature = (resolved if solved and resolved else opened) + WEEK
    if now < mature:
        return {"part": 0, "whole": 0, "pending": 1}
    good = solved and not reopened and (repeated is None or repeated > mature)
    return {"part": int(bool(good)), "whole": 1, "pending": 0}
