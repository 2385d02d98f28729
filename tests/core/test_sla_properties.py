"""The calendar of dues, held to its laws and to a count of single minutes."""

from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.definitions import Team
from bot.core.sla import DAYS, due, minutes_between
from tests.core.services.quick import CALM

NAME = {"zh-Hans": "组", "zh-Hant": "組", "en": "Team"}
MINUTE = timedelta(minutes=1)
# The clock changes in Berlin on 29 March and 25 October 2026, in New York on 8 March and 1 November.
ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Africa/Cairo", "Australia/Lord_Howe")
CHANGES = tuple(
    datetime(2026, *day, tzinfo=timezone.utc) for day in ((3, 7), (3, 28), (4, 4), (10, 3), (10, 24), (10, 31))
)
times = st.integers(0, 1439).map(lambda minute: time(*divmod(minute, 60)))
starts = st.one_of(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(timezone.utc)),
    st.builds(lambda day, minute: day + minute * MINUTE, st.sampled_from(CHANGES), st.integers(0, 3000)),
).map(lambda moment: moment.replace(second=0, microsecond=0))
minutes = st.integers(1, 2000)


@st.composite
def teams(draw):
    """Up to two spans a day (lunch between them), some days closed, holidays near the changes of the clock."""
    hours = {}
    for day in DAYS:
        ends = sorted(draw(st.lists(times, max_size=4, unique=True)))
        hours[day] = list(zip(ends[::2], ends[1::2]))  # noqa: B905
    hours["wed"] = hours["wed"] or [(time(9), time(17))]
    holidays = draw(st.lists(st.dates(date(2026, 3, 1), date(2026, 11, 10)), max_size=3))
    return Team(key="t", name=NAME, time_zone=draw(st.sampled_from(ZONES)), hours=hours, holidays=holidays)


def is_open(moment, team):
    """Whether the clock on the team's wall, read at that moment, is in open hours; of a doubled hour only the first."""
    local = moment.astimezone(ZoneInfo(team.time_zone))
    if local.date() in team.holidays:
        return False
    return any(opens <= local.time() < closes for opens, closes in team.hours[DAYS[local.weekday()]])


def doubled(moment, zone):
    """Whether the wall shows this time twice that day."""
    local = moment.astimezone(ZoneInfo(zone))
    return local.replace(fold=0).utcoffset() > local.replace(fold=1).utcoffset()


@CALM
@given(starts, minutes, teams())
def test_never_before_the_start_and_never_too_early(start, count, team):
    found = due(start, count, team)
    assert found >= start + count * MINUTE and found.tzinfo is timezone.utc


@CALM
@given(starts, minutes, st.integers(0, 2000), teams())
def test_later_starts_and_longer_levels_are_never_due_earlier(start, count, more, team):
    found = due(start, count, team)
    assert due(start, count + more, team) >= found
    assert due(start + more * MINUTE, count, team) >= found


@CALM
@given(starts, minutes, minutes, teams())
def test_two_waits_one_after_the_other_are_one_long_wait(start, one, other, team):
    assert due(due(start, one, team), other, team) == due(start, one + other, team)


@CALM
@given(starts, st.integers(1, 300), teams())
def test_it_is_what_counting_single_minutes_gives(start, count, team):
    found = due(start, count, team)
    moment, left = start, count
    while left and moment < found + timedelta(days=1):
        if doubled(moment, team.time_zone):
            return  # which of the two hours counts is told below
        left -= is_open(moment, team)
        moment += MINUTE
    assert moment == found
    assert is_open(found - MINUTE, team), "it lies in open hours, or at the instant they end"


WEEK = {day: [(time(9), time(12)), (time(13), time(17))] for day in DAYS}


@CALM
@given(starts, minutes, st.sampled_from(ZONES))
def test_lunch_and_holidays_are_never_counted(start, count, zone):
    off = (start + timedelta(days=1)).astimezone(ZoneInfo(zone)).date()
    team = Team(key="t", name=NAME, time_zone=zone, hours=WEEK, holidays=[off])
    local = due(start, count, team).astimezone(ZoneInfo(zone))
    assert local.date() != off
    assert time(9) < local.time() <= time(12) or time(13) < local.time() <= time(17)


def on(day, zone, *spans):
    return Team(key="t", name=NAME, time_zone=zone, hours={DAYS[day.weekday()]: list(spans)})


SPRING = (("Europe/Berlin", date(2026, 3, 29)), ("America/New_York", date(2026, 3, 8)))
AUTUMN = (("Europe/Berlin", date(2026, 10, 25)), ("America/New_York", date(2026, 11, 1)))


def length(zone, day, opens, closes):
    """How many minutes of the span of that day are counted."""
    team, start = on(day, zone, (opens, closes)), datetime.combine(day, time(0), ZoneInfo(zone))
    start = start.astimezone(timezone.utc)
    return sum(due(start, count, team) < start + timedelta(days=2) for count in range(1, 420))


@pytest.mark.parametrize("zone, day", SPRING)
@pytest.mark.parametrize(
    "opens, closes, real",
    [
        (time(1), time(5), 180),
        (time(1), time(2, 30), 60),
        (time(2, 30), time(4), 60),
        (time(2, 10), time(2, 50), 0),
        (time(3), time(4), 60),
    ],
)
def test_in_spring_a_span_has_its_real_length(zone, day, opens, closes, real):
    assert length(zone, day, opens, closes) == real


@pytest.mark.parametrize("zone, day", AUTUMN)
@pytest.mark.parametrize(
    "opens, closes", [(time(0), time(5)), (time(0), time(0, 30)), (time(3, 30), time(5)), (time(0, 30), time(4))]
)
def test_in_autumn_a_span_has_its_real_length(zone, day, opens, closes):
    wall = datetime.combine(day, closes) - datetime.combine(day, opens)
    change = time(2) if zone == "Europe/Berlin" else time(1)
    real = wall + timedelta(hours=1) if opens <= change and closes > change else wall
    assert length(zone, day, opens, closes) == real / MINUTE


@pytest.mark.parametrize("zone, day", SPRING)
def test_two_spans_about_the_skipped_hour_are_not_counted_twice(zone, day):
    team = on(day, zone, (time(1), time(2, 30)), (time(3), time(5)))
    start = datetime.combine(day, time(1), ZoneInfo(zone)).astimezone(timezone.utc)
    assert [due(start, count, team) - start for count in (59, 60, 61, 180)] == [c * MINUTE for c in (59, 60, 61, 180)]


@CALM
@given(starts, minutes, teams(), st.sampled_from(ZONES))
def test_round_the_clock_is_plain_addition_whatever_zone_the_start_is_told_in(start, count, team, zone):
    for told in (start, start.astimezone(ZoneInfo(zone))):
        assert due(told, count, team, round_the_clock=True) == start + count * MINUTE
        assert due(told, count, team) == due(start, count, team)


@CALM
@given(starts, minutes, teams())
def test_minutes_between_is_the_inverse_of_due(start, count, team):
    end = due(start, count, team)
    assert minutes_between(start, end, team) == count
    assert due(start, minutes_between(start, end, team), team) == end
    assert minutes_between(end, start, team) == 0


@CALM
@given(starts, minutes, minutes, teams())
def test_a_wait_in_two_parts_has_the_minutes_of_both(start, one, other, team):
    middle, end = due(start, one, team), due(start, one + other, team)
    assert minutes_between(start, middle, team) + minutes_between(middle, end, team) == one + other


@CALM
@given(starts, minutes, teams(), st.sampled_from(ZONES))
def test_round_the_clock_every_minute_is_between(start, count, team, zone):
    end = (start + count * MINUTE).astimezone(ZoneInfo(zone))
    assert minutes_between(start, end, team, round_the_clock=True) == count


@CALM
@given(starts, st.integers(0, 59), minutes, teams())
def test_a_pause_never_moves_a_promise_back(start, seconds, count, team):
    """A begun minute is lost to us, not to the customer."""
    begun, promised = start + timedelta(seconds=seconds), due(start, count, team)
    if promised > begun:
        assert due(begun, minutes_between(begun, promised, team), team) <= promised
