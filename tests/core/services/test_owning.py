"""Whoever took a case first is responsible for it until it is handed over by name."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.core.errors import Forbidden, Held, InvalidInput, NotFound
from bot.core.services import agents
from tests.core.services.staff import hire, notices


@pytest.fixture
def escalated(talk):
    talk.says("hello", "greet")
    talk.says("let me talk to a person please", "ask_human")
    for name, role, team in (("ann", "agent", None), ("bob", "agent", "logistics"), ("lea", "lead", None)):
        hire(talk.ports, name, role, team)
    return talk


def history(talk, kind):
    return [event for event in talk.read(lambda tx: tx.case_events(talk.case.id)) if event.kind == kind]


def test_handed_over_by_name_it_is_the_others_and_a_person_still_answers(escalated):
    ports, case_id = escalated.ports, escalated.case.id
    agents.claim(ports, case_id, "ann")
    heard = len(escalated.heard)
    case = agents.hand_over(ports, case_id, "ann", "bob", "He knows the courier, call 13800138000.")
    assert case.assignee == "bob" and case.status == "in_progress"
    assert escalated.conversation.owner == "agent" and len(escalated.heard) == heard
    (event,) = history(escalated, "handed_over")
    assert (event.actor, event.details["to"], event.details["held_before"]) == ("ann", "bob", "ann")
    ((team, title, body),) = notices(ports, "handed_over")
    assert team == "logistics" and title.endswith("：ann 交给了 bob")
    assert "He knows the courier" in body and "13800138000" not in body
    with pytest.raises(Held, match="bob"):
        agents.reply(ports, case_id, "ann", "one more thing")
    agents.reply(ports, case_id, "bob", "Hello, I am Bob.")


def test_sent_twice_it_is_handed_over_and_told_once(escalated):
    agents.claim(escalated.ports, escalated.case.id, "ann")
    for _ in range(2):
        agents.hand_over(escalated.ports, escalated.case.id, "ann", "bob", "my shift ends")
    assert len(history(escalated, "handed_over")) == len(notices(escalated.ports, "handed_over")) == 1


def test_of_two_colleagues_at_once_one_gets_it(escalated):
    hire(escalated.ports, "cem")
    agents.claim(escalated.ports, escalated.case.id, "ann")

    def give(to):
        try:
            return agents.hand_over(escalated.ports, escalated.case.id, "ann", to, "shift").assignee
        except Held as held:
            return f"held by {held.holder}"

    with ThreadPoolExecutor(2) as pool:
        results = set(pool.map(give, ["bob", "cem"]))
    assert results == {escalated.case.assignee, f"held by {escalated.case.assignee}"}


def test_who_does_not_have_it_cannot_give_it_away_but_a_lead_can(escalated):
    ports, case_id = escalated.ports, escalated.case.id
    with pytest.raises(InvalidInput):
        agents.hand_over(ports, case_id, "bob", "ann", "nobody has it yet")
    agents.claim(ports, case_id, "ann")
    with pytest.raises(Held, match="ann"):
        agents.hand_over(ports, case_id, "bob", "lea", "not mine")
    with pytest.raises(Held, match="ann"):
        agents.hand_over(ports, case_id, "a system of the shop", "lea", "not mine")
    assert agents.hand_over(ports, case_id, "lea", "bob", "Ann is ill").assignee == "bob"


def test_a_lead_assigns_an_open_case_and_the_assistant_goes_on_until_it_is_taken(escalated):
    ports, case_id = escalated.ports, escalated.case.id
    with pytest.raises(Forbidden):
        agents.assign(ports, case_id, "ann", "bob")
    for _ in range(2):
        assert agents.assign(ports, case_id, "lea", "bob").assignee == "bob"
    assert escalated.case.status == "escalated" and escalated.conversation.owner == "bot"
    assert len(notices(ports, "assigned")) == 1
    with pytest.raises(Held, match="bob"):
        agents.claim(ports, case_id, "ann")
    assert agents.claim(ports, case_id, "bob").status == "in_progress"
    agents.release(ports, case_id, "bob")
    assert escalated.case.assignee == "bob", "who was made responsible stays so"


@pytest.mark.parametrize("to", ["nobody", "", "ANN; --", "x" * 5000])
def test_only_to_somebody_who_works_here(escalated, to):
    agents.claim(escalated.ports, escalated.case.id, "ann")
    before = escalated.case
    for act in (
        lambda: agents.hand_over(escalated.ports, before.id, "ann", to, "why"),
        lambda: agents.assign(escalated.ports, before.id, "lea", to),
    ):
        with pytest.raises(InvalidInput) as refused:
            act()
        assert refused.value.field == "to"
    assert escalated.case == before


def test_not_without_a_word_of_why_and_not_when_it_is_closed(escalated):
    ports, case_id = escalated.ports, escalated.case.id
    agents.claim(ports, case_id, "ann")
    with pytest.raises(InvalidInput, match="why"):
        agents.hand_over(ports, case_id, "ann", "bob", "  ")
    agents.resolve(ports, case_id, "ann", "system", "x", "y")
    for act in (
        lambda: agents.hand_over(ports, case_id, "ann", "bob", "why"),
        lambda: agents.assign(ports, case_id, "lea", "bob"),
    ):
        with pytest.raises(InvalidInput, match="resolved already"):
            act()
    with pytest.raises(NotFound):
        agents.assign(ports, "none", "lea", "bob")
