"""Telling a team, in its own language: what happened, until when, in the customer's masked words, and where to look.

A notice is put into the outbox in the transaction that decides it; `outbox.send` brings it to its targets.
"""

from datetime import datetime
from typing import Any, Dict, Iterable, Optional
from zoneinfo import ZoneInfo

from bot.core import records as r
from bot.core.definitions import Team
from bot.core.masking import mask
from bot.core.ports import Ports, Transaction
from bot.core.services.turn import Turn, new_id

# As much of the customer's words as can be read at a glance.
QUOTED = 280


def escalated(turn: Turn, team: Team, reason: str) -> None:
    """People are to take the case, for one of the reasons of `Case.escalation_reason`."""
    case = turn.case
    assert case is not None
    words = _Words(turn.ports, turn.tx, team)
    whom = words.line("notice_for", name=case.assignee) if case.assignee else ""
    tell_team(turn, case, team.key, "escalated", words.line(f"notice_reason_{reason}"), whom)


def given(turn: Turn, to: r.User, giver: str, occasion: str, why: str) -> None:
    """A case has somebody new who is responsible for it; told to their team, or else to the case's."""
    case = turn.case
    assert case is not None
    team = turn.definitions.service_levels.team_for(to.team or case.team)
    title = _Words(turn.ports, turn.tx, team).line("notice_given", name=to.name, giver=giver)
    tell_team(turn, case, team.key, occasion, title, why)


def graver(turn: Turn, before: str) -> None:
    """A person found a case graver than it was thought to be; before: its severity until then."""
    case = turn.case
    assert case is not None
    team = turn.definitions.service_levels.team_for(case.team)
    words = _Words(turn.ports, turn.tx, team)
    was = words.line(f"notice_severity_{before}")
    tell_team(turn, case, team.key, "graver", words.line("notice_graver", before=was))


def tell_team(turn: Turn, case: r.Case, team: str, occasion: str, title: str, text: str = "") -> None:
    """One notice for each occasion at each version of a case.

    title: what happened, in the team's language; text: comes before what the customer said.
    """
    told = turn.definitions.service_levels.team_for(team)
    words, due = _Words(turn.ports, turn.tx, told), case.sla.first_response_due
    severity = words.line(f"notice_severity_{case.severity}")
    title = words.line("notice_of_case", severity=severity, subject=words.subject(case), reason=title)
    body = [mask(text), _quoted(case.description), words.line("notice_reply_by", when=words.when(due)) if due else ""]
    key = f"case:{case.id}:{occasion}:{case.version}"
    _put(turn.ports, turn.tx, f"case.{occasion}", key, told, title, body, case, due)


def due_watched(
    ports: Ports, tx: Transaction, team: Team, case: r.Case, clock: str, due: datetime, key: str, broken: bool
) -> None:
    """A promise is nearly due (`broken`: was not kept). clock: first_response | next_response | resolution."""
    words = _Words(ports, tx, team)
    title = words.line(
        "notice_sla_breach" if broken else "notice_sla_warning",
        severity=words.line(f"notice_severity_{case.severity}"),
        subject=words.subject(case),
        clock=words.line(f"notice_clock_{clock}"),
        when=words.when(due),
    )
    kind = "case.sla_breach" if broken else "case.sla_warning"
    _put(ports, tx, kind, key, team, title, [_quoted(case.description)], case, due)


def unanswered(turn: Turn, message: r.Message) -> None:
    """A message that could not be answered, however often it was tried."""
    levels, case = turn.definitions.service_levels, turn.case
    team = levels.team_for(case.team) if case else levels.team(levels.default_team)
    words = _Words(turn.ports, turn.tx, team)
    # On a plain channel the conversation's id is what the sender calls themselves.
    where = words.line("notice_conversation", conversation=mask(turn.conversation.id))
    title = words.line("notice_unanswered")
    text = [_quoted(message.text), where]
    _put(turn.ports, turn.tx, "message.unanswered", f"message:{message.id}", team, title, text, case, of=turn)


def idea(turn: Turn, team: Team, tags: Iterable[str] = ()) -> None:
    """A customer's suggestion; `tags`: keys of what it is about. Once for each message."""
    words = _Words(turn.ports, turn.tx, team)
    title = words.line("notice_idea", subject=words.about(turn.conversation.touchpoint, tags))
    key = f"idea:{turn.message.id if turn.message else ''}"
    _put(turn.ports, turn.tx, "idea.received", key, team, title, [_quoted(turn.text)], of=turn)


def praise(turn: Turn, team: Team, staff: str) -> None:
    """Praise for one of the staff, by the name or the number they are known by. Once for each message."""
    words = _Words(turn.ports, turn.tx, team)
    title = words.line("notice_praise", staff=mask(staff), subject=words.about(turn.conversation.touchpoint))
    key = f"praise:{turn.message.id if turn.message else ''}"
    _put(turn.ports, turn.tx, "praise.received", key, team, title, [_quoted(turn.text)], of=turn)


class _Words:
    """The words for one team: its language, its time zone, and the names that the definitions give."""

    def __init__(self, ports: Ports, tx: Transaction, team: Team):
        self._ports, self._team = ports, team
        self._definitions = ports.definitions.current(tx)

    def line(self, key: str, /, **values: Any) -> str:
        return self._ports.wordings.line(key, self._team.language, **values)

    def when(self, at: datetime) -> str:
        return f"{at.astimezone(ZoneInfo(self._team.time_zone)):%Y-%m-%d %H:%M} ({self._team.time_zone})"

    def subject(self, case: r.Case) -> str:
        """What a case is about and where it happened."""
        categories = {one.key: one.name for one in self._definitions.tags.categories}
        name = categories.get(case.category)
        return self._joined([name.get(self._team.language) if name else case.category, self._place(case.touchpoint)])

    def about(self, touchpoint: Optional[str], tags: Iterable[str] = ()) -> str:
        wanted = set(tags)
        named = [tag.name.get(self._team.language) for tag in self._definitions.tags.tags if tag.key in wanted]
        return self._joined([self._place(touchpoint), *named]) or self._team.name.get(self._team.language)

    def _place(self, touchpoint: Optional[str]) -> str:
        points = {point.key: point.name for point in self._definitions.journey.touchpoints}
        return points[touchpoint].get(self._team.language) if touchpoint in points else ""

    @staticmethod
    def _joined(parts: Iterable[str]) -> str:
        return " · ".join(part for part in parts if part)


def _put(
    ports: Ports,
    tx: Transaction,
    kind: str,
    key: str,
    team: Team,
    title: str,
    text: Iterable[str],
    case: Optional[r.Case] = None,
    due: Optional[datetime] = None,
    of: Optional[Turn] = None,
) -> None:
    """Puts a notice of `case`, or of the conversation of a turn: by either it is found when a person is erased."""
    now = ports.clock()
    payload: Dict[str, Any] = {
        "team": team.key,
        "language": team.language,
        "type": kind,
        "at": now.isoformat(),
        "title": title,
        "body": "\n".join(part for part in text if part),
        "severity": case.severity if case else "none",
    }
    if case:
        due_at = due.isoformat() if due else None
        of_case = {"severity": case.severity, "category": case.category, "status": case.status, "due": due_at}
        payload |= {"case_id": case.id, "case": {"id": case.id, **of_case}}
    if of:
        payload["conversation_id"] = of.conversation.id
    tx.put_outbox(r.OutboxItem(new_id(), "notice", key, payload, now))


def _quoted(words: str) -> str:
    return mask(words)[:QUOTED]
