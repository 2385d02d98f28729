"""When what is promised falls due: minutes of business hours, counted in the team's own time zone."""

from datetime import date, datetime, time, timedelta, timezone
from typing import List, Tuple
from zoneinfo import ZoneInfo

from bot.core.definitions import ServiceLevels, Team
from bot.core.records import Sla

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# A team with one open minute a week would still be found within this many days for any level we ship.
HORIZON_DAYS = 3660


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
