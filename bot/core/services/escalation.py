"""Handing a case to people: with the whole story, its dues, a notice to the team, and the truth for the customer."""

from dataclasses import replace
from datetime import datetime
from typing import Optional
from zoneinfo import ZoneInfo

from bot.core import records as r
from bot.core.definitions import Team
from bot.core.services import notices
from bot.core.services.turn import Turn
from bot.core.sla import dues

CRITICAL_TEAM = "safety_and_legal"
DANGERS = ("injury", "safety", "food", "self_harm")


def escalate(turn: Turn, reason: str) -> None:
    """Gives the case to its team, for one of the reasons of `Case.escalation_reason`, and tells the customer."""
    case = turn.case
    assert case is not None
    if case.status == "in_progress":
        # A person has it already; what changed is in the history.
        return turn.case_event("escalated", reason=reason, severity=case.severity)
    levels = turn.definitions.service_levels
    team = levels.team(_team_key(turn, case, reason))
    sla = dues(levels, case.severity, team, turn.now)
    promised = case.sla.first_response_due
    if promised and promised > turn.now:
        # A promise already made, and still to be kept, is never moved back.
        sla = replace(sla, first_response_due=min(promised, sla.first_response_due or promised))
    turn.change_case(status="escalated", escalation_reason=reason, team=team.key, sla=sla, first_contact_resolved=False)
    turn.case_event("escalated", reason=reason, team=team.key, severity=case.severity)
    turn.update(open_question=None)
    notices.escalated(turn, team, reason)
    turn.say("escalated_danger" if reason == "critical" and _danger(turn) else f"escalated_{reason}")
    say_what_happens_next(turn)


def say_what_happens_next(turn: Turn) -> None:
    """Which team answers, and by when: the next promise that can still be kept."""
    case = turn.case
    assert case is not None
    team = turn.definitions.service_levels.team_for(case.team)
    due = still_promised(turn) or turn.now
    turn.say("what_happens_next", team=team.name.get(turn.conversation.language), when=_when(due, team, turn))


def still_promised(turn: Turn) -> Optional[datetime]:
    """The next due time of the case that can still be kept; None where every one has passed."""
    sla = turn.case.sla if turn.case else r.Sla()
    dues = (sla.first_response_due, sla.next_response_due, sla.resolution_due)
    return next((due for due in dues if due and due > turn.now), None)


def _team_key(turn: Turn, case: r.Case, reason: str) -> str:
    levels = turn.definitions.service_levels
    wanted = CRITICAL_TEAM if reason == "critical" else case.team
    return wanted if wanted in {team.key for team in levels.teams} else levels.default_team


def _danger(turn: Turn) -> bool:
    """Whether somebody may be hurt; where nothing says what is critical, better one warning too many."""
    taxonomy, ground = turn.definitions.tags, turn.understanding.entities.get("critical_ground")
    tags = [taxonomy.tag(tag.tag) for tag in turn.understanding.tags]
    critical = [tag for tag in tags if tag.severity == "critical"]
    if any(tag.danger for tag in critical) or ground in DANGERS:
        return True
    return not critical and ground is None


def _when(due: datetime, team: Team, turn: Turn) -> str:
    """A due time as the customer reads it, in the team's zone; minutes where it is near."""
    minutes = round((due - turn.now).total_seconds() / 60)
    if minutes <= 90:
        return turn.ports.wordings.line("within_minutes", turn.conversation.language, minutes=minutes)
    local = due.astimezone(ZoneInfo(team.time_zone))
    day = turn.ports.wordings.line(f"weekday_{local.weekday()}", turn.conversation.language)
    return turn.ports.wordings.line(
        "by_time", turn.conversation.language, day=day, month=local.month, date=local.day, time=f"{local:%H:%M}"
    )
