"""When what is promised falls due: minutes of business hours, counted in the team's own time zone."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from typing import List, Optional, Tuple
from zoneinfo import ZoneInfo

from bot.core.definitions import ServiceLevels, Team
from bot.core.records import Sla

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# A team with one open minute a week would still be found within this many days for any level we ship.
HORIZON_DAYS = 3660
MINUTE = timedelta(minutes=1)


def due(start: datetime, minutes: int, team: Team, round_the_clock: bool = False) -> datetime:
    """`minutes` after `start`, in UTC; only open hours count unless `round_the_clock`.

    Raises:
        ValueError: the team is never open within ten years.
    """
    # Sums in a zone of its own would be sums of the clock on the wall, not of time.
    start = start.astimezone(timezone.utc)
    if round_the_clock:
        return start + timedelta(minutes=minutes)
    left = timedelta(minutes=minutes)
    for opens, closes in _spans(start, team):
        begin = max(opens, start)
        if begin >= closes:
            continue
        if closes - begin >= left:
            return begin + left
        left -= closes - begin
    raise ValueError(f"team {team.key} is never open")


def minutes_between(start: datetime, end: datetime, team: Team, round_the_clock: bool = False) -> int:
    """Whole minutes of open hours from `start` to `end`, the inverse of `due`; 0 where `end` is not later."""
    start, end = start.astimezone(timezone.utc), end.astimezone(timezone.utc)
    if round_the_clock or end <= start:
        return max(0, (end - start) // MINUTE)
    counted = timedelta()
    for opens, closes in _spans(start, team):
        if opens >= end:
            break
        counted += max(timedelta(), min(closes, end) - max(opens, start))
    return counted // MINUTE


def _spans(start: datetime, team: Team):  # type: ignore[no-untyped-def]
    """Open spans in UTC from the local day of `start` on; holidays are closed."""
    zone = ZoneInfo(team.time_zone)
    day = start.astimezone(zone).date()
    for _ in range(HORIZON_DAYS):
        spans: List[Tuple] = team.hours.get(DAYS[day.weekday()], []) if day not in team.holidays else []
        for opens, closes in sorted(spans):
            # Through UTC, so that a day with a clock change has its true length.
            yield _moment(day, opens, zone), _moment(day, closes, zone)
        day += timedelta(days=1)


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """A local time in UTC: the first of two; where the clock skips it, the moment of the change."""
    local = datetime.combine(day, at, zone)
    while local.astimezone(timezone.utc).astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        local = (local + timedelta(minutes=1)).replace(second=0)
    return local.astimezone(timezone.utc)


def dues(levels: ServiceLevels, severity: str, team: Team, now: datetime) -> Sla:
    """All dues of a case that a person has to take from `now` on."""
    level = levels.levels[severity]
    around = level.round_the_clock
    return Sla(
        first_response_due=due(now, level.first_response, team, around),
        next_response_due=None,
        resolution_due=due(now, level.resolution, team, around),
    )


def paused(sla: Sla, levels: ServiceLevels, severity: str, team: Team, now: datetime) -> Sla:
    """While the customer is waited for, the clock of the resolution stands still; one that has run out does not."""
    if sla.resolution_due is None or sla.resolution_due <= now:
        return sla
    left = minutes_between(now, sla.resolution_due, team, levels.levels[severity].round_the_clock)
    return replace(sla, resolution_due=None, resolution_left=left)


def resumed(sla: Sla, levels: ServiceLevels, severity: str, team: Team, now: datetime) -> Sla:
    """The clock of the resolution runs on with what was left."""
    if sla.resolution_left is None:
        return sla
    at = due(now, sla.resolution_left, team, levels.levels[severity].round_the_clock)
    return replace(sla, resolution_due=at, resolution_left=None)


def regraded(sla: Sla, levels: ServiceLevels, severity: str, team: Team, now: datetime) -> Sla:
    """What is still owed, by the level of another severity from `now` on; no promise is ever moved back."""
    level, fresh = levels.levels[severity], dues(levels, severity, team, now)
    waits = due(now, level.next_response, team, level.round_the_clock)
    return replace(
        sla,
        first_response_due=_sooner(sla.first_response_due, fresh.first_response_due),
        next_response_due=_sooner(sla.next_response_due, waits),
        resolution_due=_sooner(sla.resolution_due, fresh.resolution_due),
        resolution_left=None if sla.resolution_left is None else min(sla.resolution_left, level.resolution),
    )


def _sooner(promised: Optional[datetime], fresh: Optional[datetime]) -> Optional[datetime]:
    return min(promised, fresh) if promised is not None and fresh is not None else promised
