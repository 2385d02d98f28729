"""What is promised, in the hours and the zone of the team that has to keep it."""

from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.definitions import Team
from bot.core.sla import due, dues
from tests.core.services.quick import CALM

SHANGHAI = ZoneInfo("Asia/Shanghai")
NAME = {"zh-Hans": "组", "zh-Hant": "組", "en": "Team"}


def at(text, zone=SHANGHAI):
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=zone).astimezone(timezone.utc)


# 2026-11-20 is a Friday.
@pytest.mark.parametrize(
    "team, start, minutes, end",
    [
        ("customer_care", "2026-11-20 16:30", 60, "2026-11-20 17:30"),
        ("customer_care", "2026-11-20 17:30", 60, "2026-11-23 10:30"),
        ("customer_care", "2026-11-20 17:00", 60, "2026-11-20 18:00"),
        ("customer_care", "2026-11-20 18:00", 1, "2026-11-23 10:01"),
        ("customer_care", "2026-11-21 12:00", 480, "2026-11-23 18:00"),
        ("customer_care", "2026-11-20 09:00", 30, "2026-11-20 10:30"),
        ("customer_care", "2026-11-20 23:59", 1440, "2026-11-25 18:00"),
        ("logistics", "2026-11-20 17:30", 60, "2026-11-21 10:30"),
        ("logistics", "2026-11-21 15:45", 30, "2026-11-23 10:15"),
        ("field_service", "2026-11-20 12:00", 60, "2026-11-20 14:00"),
        ("field_service", "2026-11-20 12:45", 30, "2026-11-20 14:00"),
        ("store_operations", "2026-11-22 19:50", 20, "2026-11-23 10:10"),
    ],
)
def test_only_open_hours_of_the_shipped_teams_count(definitions, team, start, minutes, end):
    assert due(at(start), minutes, definitions.service_levels.team(team)) == at(end)


def test_a_holiday_is_closed(definitions):
    team = definitions.service_levels.team("customer_care").copy(update={"holidays": [date(2026, 11, 23)]})
    assert due(at("2026-11-20 17:30"), 60, team) == at("2026-11-24 10:30")


def berlin(**hours):
    return Team(key="berlin", name=NAME, time_zone="Europe/Berlin", hours=hours)


@pytest.mark.parametrize(
    "day, end",
    [
        ("2026-03-29 00:00", "2026-03-29 04:00"),  # the clock goes from 2 to 3: three hours are over at 4
        ("2026-10-25 00:00", "2026-10-25 02:00"),  # and from 3 back to 2
        ("2026-06-07 00:00", "2026-06-07 03:00"),
    ],
)
def test_a_day_with_a_clock_change_has_its_true_length(day, end):
    zone = ZoneInfo("Europe/Berlin")
    found = due(at(day, zone), 180, berlin(sun=[(time(0), time(23, 59))]))
    assert found - at(day, zone) == timedelta(hours=3)
    assert f"{found.astimezone(zone):%Y-%m-%d %H:%M}" == end


def test_the_team_works_by_its_own_clock_in_summer_and_winter():
    team = berlin(mon=[(time(9), time(17))])
    assert due(at("2026-01-05 00:00", timezone.utc), 60, team) == at("2026-01-05 09:00", timezone.utc)
    assert due(at("2026-07-06 00:00", timezone.utc), 60, team) == at("2026-07-06 08:00", timezone.utc)


def test_round_the_clock_counts_every_minute(definitions):
    team = definitions.service_levels.team("safety_and_legal")
    assert due(at("2026-11-21 03:00"), 30, team, round_the_clock=True) == at("2026-11-21 03:30")


def test_a_team_that_never_opens_is_told():
    team = berlin(mon=[(time(9), time(9, 1))])
    assert due(at("2026-01-05 00:00"), 3, team) > at("2026-01-19 00:00")
    with pytest.raises(ValueError, match="never open"):
        due(at("2026-01-05 00:00"), 10_000, team)


@pytest.mark.parametrize("severity, hours", [("critical", 0.5), ("high", 1), ("medium", 8)])
def test_the_first_response_by_severity_from_the_beginning_of_a_working_day(definitions, severity, hours):
    levels = definitions.service_levels
    start = at("2026-11-23 10:00")
    found = dues(levels, severity, levels.team("customer_care"), start)
    assert found.first_response_due == start + timedelta(hours=hours)
    assert found.resolution_due > found.first_response_due and found.next_response_due is None


@CALM
@given(
    start=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(timezone.utc)),
    minutes=st.integers(1, 3000),
    later=st.integers(0, 3000),
    team=st.sampled_from(["store_operations", "logistics", "field_service", "customer_care", "product_quality"]),
)
def test_a_due_time_lies_in_open_hours_and_never_before_an_earlier_one(definitions, start, minutes, later, team):
    team = definitions.service_levels.team(team)
    found = due(start, minutes, team)
    local = found.astimezone(SHANGHAI)
    spans = team.hours[("mon", "tue", "wed", "thu", "fri", "sat", "sun")[local.weekday()]]
    assert found >= start + timedelta(minutes=minutes)
    assert any(opens < local.time() <= closes for opens, closes in spans)
    assert due(start, minutes + later, team) >= found
    assert due(start + timedelta(minutes=later), minutes, team) >= found
