"""The team is told before a promise is broken and when it is; each once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core import records as r
from bot.core.services import agents, outbox, watching
from tests.fakes import FakeNotifier


@pytest.fixture
def escalated(talk):
    """A customer who asked for a person on Friday at 10:00, in words that hold a telephone number."""
    talk.says("hello", "greet")
    talk.complains(text="The table arrived broken, call me at 13800138000", severity="high")
    talk.says("let me talk to a person please", "ask_human")
    assert (talk.case.status, talk.case.severity) == ("escalated", "high")
    return talk


def told(talk):
    """(clock, kind) of each notice about a due, in the order they were put."""
    with talk.ports.store.engine.connect() as connection:
        keys = connection.exec_driver_sql("SELECT key FROM outbox WHERE key LIKE '%:sla:%' ORDER BY rowid").scalars()
        return [tuple(key.split(":")[3:5]) for key in keys]


def watched(talk, clock, at):
    """What a round at that time tells."""
    before, clock.at = len(told(talk)), at
    watching.watch_dues(talk.ports)
    return told(talk)[before:]


MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


def test_a_first_response_is_warned_of_and_told_when_it_is_missed_each_once(escalated, clock):
    due = escalated.case.sla.first_response_due
    assert watched(escalated, clock, due - 13 * MINUTE) == []
    assert watched(escalated, clock, due - 12 * MINUTE) == [("first_response", "warning")]
    assert watched(escalated, clock, due) == [] and escalated.case.sla.state == "active"
    assert watched(escalated, clock, due + SECOND) == [("first_response", "breach")]
    assert escalated.case.sla.state == "missed"
    version = escalated.case.version
    assert watched(escalated, clock, due + 2 * SECOND) == [] and watching.watch_dues(escalated.ports) == 0
    assert escalated.events.count("sla_breached") == 1 and escalated.case.version == version
    event = escalated.read(lambda tx: tx.case_events(escalated.case.id))[-1]
    assert event.details == {"clock": "first_response", "due": due.isoformat()}


def test_every_clock_has_its_own_notices_and_one_that_was_not_watched_only_its_breach(escalated, clock):
    due = escalated.case.sla.resolution_due
    assert watched(escalated, clock, due + SECOND) == [("first_response", "breach"), ("resolution", "breach")]
    assert escalated.events.count("sla_breached") == 2


def test_a_person_who_has_replied_owes_the_resolution_and_the_next_response(escalated, clock):
    case = escalated.case
    agents.claim(escalated.ports, case.id, "ann")
    agents.reply(escalated.ports, case.id, "ann", "I am looking at it.")
    assert watched(escalated, clock, case.sla.first_response_due + SECOND) == []
    escalated.says("and now?", "other")
    due = escalated.case.sla.next_response_due
    assert watched(escalated, clock, due - 12 * MINUTE) == [("next_response", "warning")]
    agents.reply(escalated.ports, case.id, "ann", "Soon.")
    assert watched(escalated, clock, due + SECOND) == []
    escalated.says("still nothing", "other")
    due = escalated.case.sla.next_response_due
    assert ("next_response", "breach") in watched(escalated, clock, due + SECOND)


def test_no_clock_runs_on_a_closed_case(escalated, clock):
    case = escalated.case
    agents.claim(escalated.ports, case.id, "ann")
    agents.resolve(escalated.ports, case.id, "ann", "system", "sent a new one", "A new table is on its way.")
    assert watched(escalated, clock, case.sla.resolution_due + timedelta(days=9)) == []
    assert escalated.case.sla.state == "met"


def test_a_case_that_ended_while_the_round_ran_is_left_alone(escalated, clock):
    seen = escalated.case
    agents.claim(escalated.ports, seen.id, "ann")
    agents.resolve(escalated.ports, seen.id, "ann", "system", "x", "y")
    clock.at = seen.sla.resolution_due + SECOND
    watching._tell(escalated.ports, seen)
    assert told(escalated) == []


def test_a_reply_before_the_weekend_is_over_is_warned_of_in_open_hours(escalated, clock):
    """Due on Monday at 10:05: the warning comes with twelve open minutes left, on Friday at 17:53."""
    due = clock() + timedelta(days=3, minutes=5)
    with escalated.ports.store.begin() as tx:
        case = tx.case(escalated.case.id)
        tx.save_case(replace(case, team="customer_care", sla=r.Sla(first_response_due=due)))
    friday = clock() + timedelta(hours=7)
    assert watched(escalated, clock, friday + 52 * MINUTE) == []
    assert watched(escalated, clock, friday + 53 * MINUTE) == [("first_response", "warning")]


def test_short_levels_are_warned_of_ten_minutes_before(escalated, clock):
    due = clock() + 30 * MINUTE
    with escalated.ports.store.begin() as tx:
        tx.save_case(replace(tx.case(escalated.case.id), severity="critical", sla=r.Sla(first_response_due=due)))
    assert watched(escalated, clock, due - 11 * MINUTE) == []
    assert watched(escalated, clock, due - 10 * MINUTE) == [("first_response", "warning")]


def test_a_due_that_was_moved_is_told_of_again(escalated, clock):
    due = escalated.case.sla.first_response_due
    watched(escalated, clock, due - 5 * MINUTE)
    with escalated.ports.store.begin() as tx:
        case = tx.case(escalated.case.id)
        tx.save_case(replace(case, sla=replace(case.sla, first_response_due=due + 60 * MINUTE)))
    assert watched(escalated, clock, due + 55 * MINUTE) == [("first_response", "warning")]


def test_the_notice_says_enough_and_nothing_private(escalated, clock):
    clock.at = escalated.case.sla.first_response_due + SECOND
    watching.watch_dues(escalated.ports)
    with escalated.ports.store.read() as tx:
        item = next(item for item in tx.outbox_due(clock(), 50) if ":sla:" in item.key)
    case = escalated.case
    assert item.payload == {
        "team": case.team,
        "case_id": case.id,
        "language": "zh-Hans",
        "type": "case.sla_breach",
        "at": clock().isoformat(),
        "title": "【高】送货与物流 · 送货：首次回复已超时，期限是 2026-11-20 11:00 (Asia/Shanghai)",
        "body": item.payload["body"],
        "severity": "high",
        "case": {
            "id": case.id,
            "severity": "high",
            "category": case.category,
            "status": "escalated",
            "due": case.sla.first_response_due.isoformat(),
        },
    }
    assert "broken" in item.payload["body"] and "13800138000" not in item.payload["body"]


def test_two_workers_at_once_tell_it_once(escalated, clock):
    clock.at = escalated.case.sla.first_response_due + SECOND
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: watching._tell(escalated.ports, escalated.case), range(2)))
    assert told(escalated) == [("first_response", "breach")] and escalated.events.count("sla_breached") == 1


@pytest.mark.parametrize(
    "severity, targets", [("critical", ("json://team", "json://duty")), ("high", ("json://team",))]
)
def test_critical_notices_go_to_whoever_is_on_call_too(ports, definitions, clock, severity, targets):
    levels = definitions.service_levels
    teams = [team.copy(update={"targets": ["json://team"]}) for team in levels.teams]
    levels = levels.copy(update={"teams": teams, "on_call": ["json://duty", "json://team"]})
    ports.definitions._active = (1, definitions.copy(update={"service_levels": levels}))
    payload = {"team": "logistics", "title": "t", "body": "b", "severity": severity}
    with ports.store.begin() as tx:
        tx.put_outbox(r.OutboxItem("o1", "notice", "k1", payload, clock()))
    notifier = FakeNotifier()
    outbox.send(ports, notifier)
    assert [address for address, _, _ in notifier.told] == list(targets)
