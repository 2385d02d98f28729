"""A duplicate becomes part of the case it repeats."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from bot.core import records as r
from bot.core.errors import Conflict, Forbidden, Held, InvalidInput, NotFound
from bot.core.services import agents, touchpoints, upkeep, watching
from bot.core.services.turn import new_id
from tests.core.services.conftest import Talk
from tests.core.services.staff import hire


def escalate(talk, text="let me talk to a person please"):
    talk.says("hello", "greet")
    talk.says(text, "ask_human")
    assert talk.case.status == "escalated"
    return talk


def other_talk(ports, customer="C1001"):
    event = r.TouchpointEvent(new_id(), "delivery", ports.clock(), customer, order_id="HS100241")
    return Talk(
        ports, touchpoints.register(ports, event, r.Customer(customer, name="Ann", locale="en-GB")).conversation_id
    )


@pytest.fixture
def first(talk):
    hire(talk.ports, "lea", "lead")
    hire(talk.ports, "ann")
    return escalate(talk)


@pytest.fixture
def second(first):
    return escalate(other_talk(first.ports), "the same table again, a person please")


def merge(duplicate, into, who="lea"):
    return agents.merge(duplicate.ports, duplicate.case.id, who, into.case.id)


def case_of(talk, case_id):
    return talk.read(lambda tx: tx.case(case_id))


def test_a_duplicate_is_closed_and_the_customer_led_on(first, second, clock):
    duplicate, stays = second.case.id, first.case.id
    merged = merge(second, first)
    assert (merged.status, merged.merged_into, merged.first_contact_resolved) == ("closed", stays, None)
    assert (merged.sla.first_response_due, merged.sla.resolution_due) == (None, None)
    assert second.conversation.case_id == stays and second.heard[-1] == second.line("merged")
    assert "the same table again" in first.case.description
    assert first.events[-1] == "merged_here"
    second.says("and the lamp is missing too", "complain", sentiment="negative")
    assert "the lamp is missing" in first.case.description, "further words go to the case that stays"
    clock.forward(days=30)
    watching.watch_dues(first.ports)
    assert case_of(first, duplicate) == merged, "no clock runs on a duplicate"


def test_the_same_again_changes_nothing(first, second):
    duplicate = second.case.id
    merged = merge(second, first)
    before = first.case, len(second.messages)
    assert agents.merge(first.ports, duplicate, "lea", first.case.id) == merged
    assert (first.case, len(second.messages)) == before


def test_the_lead_who_has_it_gives_the_conversation_back(first, second):
    agents.claim(second.ports, second.case.id, "lea")
    merge(second, first)
    assert second.conversation.owner == "bot" and second.heard[-1] == second.line("merged")
    assert upkeep.unanswered(second.ports) == []


def test_the_graver_of_both_counts(first, second, clock):
    due = first.case.sla.resolution_due
    with first.ports.store.begin() as tx:
        tx.save_case(replace(tx.case(second.case.id), severity="critical"))
    merge(second, first)
    assert first.case.severity == "critical" and first.case.sla.resolution_due < due


def test_only_a_lead_and_not_what_somebody_else_has(first, second):
    with pytest.raises(Forbidden):
        merge(second, first, "ann")
    agents.claim(second.ports, second.case.id, "ann")
    with pytest.raises(Held, match="ann"):
        merge(second, first)
    assert second.case.status == "in_progress"


def test_only_open_cases_of_the_same_customer_that_a_person_has(first, second):
    ports = first.ports
    stranger = escalate(other_talk(ports, "C2002"))
    recovering = other_talk(ports)
    recovering.to_the_offer()
    for into in (stranger.case.id, recovering.case.id, second.case.id, "none", ""):
        with pytest.raises(InvalidInput) as refused:
            agents.merge(ports, second.case.id, "lea", into)
        assert refused.value.field == "into"
    with pytest.raises(NotFound):
        agents.merge(ports, "none", "lea", first.case.id)
    third = escalate(other_talk(ports))
    duplicate, stays = second.case.id, first.case.id
    agents.merge(ports, duplicate, "lea", stays)
    with pytest.raises(InvalidInput):
        agents.merge(ports, third.case.id, "lea", duplicate)
    with pytest.raises(InvalidInput, match="closed already"):
        agents.merge(ports, duplicate, "lea", third.case.id)
    with pytest.raises(InvalidInput, match="part of the case"):
        agents.reopen(ports, duplicate, "lea", "why not")


def test_merged_crosswise_at_once_one_of_both_stays(first, second):
    one, other = first.case.id, second.case.id

    def attempt(pair):
        try:
            return agents.merge(first.ports, pair[0], "lea", pair[1]).merged_into
        except (InvalidInput, Conflict):
            return None

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(attempt, [(one, other), (other, one)]))
    assert sorted(map(bool, results)) == [False, True]
    assert {case_of(first, key).status for key in (one, other)} == {"closed", "escalated"}
