"""A person takes a case over: the bot is silent, words go both ways, and the case finds its end."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.core.errors import Held, InvalidInput, NotFound
from bot.core.services import agents, upkeep


@pytest.fixture
def escalated(talk):
    """A conversation whose customer asked for a person."""
    talk.says("hello", "greet")
    talk.says("let me talk to a person please", "ask_human")
    assert talk.case.status == "escalated"
    return talk


def test_one_of_two_who_claim_at_once_gets_it_and_the_other_is_told(escalated):
    def take(name):
        try:
            return agents.claim(escalated.ports, escalated.case.id, name).assignee
        except Held as held:
            return f"held by {held.holder}"

    with ThreadPoolExecutor(2) as pool:
        results = set(pool.map(take, ["ann", "bob"]))
    winner = escalated.case.assignee
    assert results == {winner, f"held by {winner}"}
    assert escalated.case.status == "in_progress" and escalated.conversation.owner == "agent"
    assert escalated.events.count("claimed") == 1


def test_claiming_again_changes_nothing(escalated):
    agents.claim(escalated.ports, escalated.case.id, "ann")
    before = escalated.case.version, len(escalated.messages)
    agents.claim(escalated.ports, escalated.case.id, "ann")
    assert (escalated.case.version, len(escalated.messages)) == before


def test_while_a_person_owns_it_the_bot_says_nothing_on_any_path(escalated, clock):
    agents.claim(escalated.ports, escalated.case.id, "ann")
    heard = len(escalated.heard)
    for text, act in (("hello?", "greet"), ("5", "rate"), ("it burned my hand", "complain"), ("stop", "stop")):
        assert escalated.says(text, act, severity="critical" if act == "complain" else "none") == []
    clock.forward(hours=30)
    upkeep.look_after_the_silent(escalated.ports)
    upkeep.reconcile_remedies(escalated.ports)
    assert upkeep.unanswered(escalated.ports) == []
    assert len(escalated.heard) == heard
    assert escalated.case.status == "in_progress"


def test_words_go_both_ways_and_the_next_reply_has_its_due(escalated):
    case_id = escalated.case.id
    agents.claim(escalated.ports, case_id, "ann")
    escalated.says("are you there?", "other")
    waits = escalated.case.sla.next_response_due
    assert waits is not None
    escalated.says("hello??", "other")
    assert escalated.case.sla.next_response_due == waits, "the earliest unanswered message counts"
    sent = agents.reply(escalated.ports, case_id, "ann", " I'm here. ", reply_id="r1")
    assert (sent.sender, sent.author, sent.text) == ("agent", "ann", "I'm here.")
    assert agents.reply(escalated.ports, case_id, "ann", "I'm here.", reply_id="r1").id == sent.id
    assert [message.text for message in escalated.messages].count("I'm here.") == 1
    assert escalated.case.sla.next_response_due is None


def test_only_who_has_it_replies_and_nobody_before_taking_it(escalated):
    case_id = escalated.case.id
    with pytest.raises(InvalidInput):
        agents.reply(escalated.ports, case_id, "ann", "hi")
    agents.claim(escalated.ports, case_id, "ann")
    for act in (
        lambda: agents.reply(escalated.ports, case_id, "bob", "hi"),
        lambda: agents.release(escalated.ports, case_id, "bob"),
        lambda: agents.resolve(escalated.ports, case_id, "bob", "system", "x", "y"),
    ):
        with pytest.raises(Held, match="ann"):
            act()


def test_given_back_the_bot_says_so_and_takes_up_where_it_was(talk):
    talk.to_the_offer()
    agents.claim(talk.ports, talk.case.id, "ann")
    talk.says("hm", "other")
    agents.release(talk.ports, talk.case.id, "ann")
    assert talk.conversation.owner == "bot" and talk.asked.kind == "remedy"
    assert "ann" in talk.heard[-2] and talk.case.assignee == "ann", "who took it first stays responsible"
    assert upkeep.unanswered(talk.ports) == [], "what was written to the person is not fed to the bot"


def test_resolved_the_customer_is_told_and_asked_and_a_low_score_reopens(escalated):
    agents.claim(escalated.ports, escalated.case.id, "ann")
    case = agents.resolve(
        escalated.ports, escalated.case.id, "ann", "system", "sent a new one", "A new table is coming."
    )
    assert (case.status, case.root_cause, case.sla.state) == ("resolved", "system", "met")
    assert "A new table is coming." in [message.text for message in escalated.messages if message.author == "ann"]
    assert escalated.asked.kind == "recovery_score"
    escalated.says("1", "rate", score=1)
    assert escalated.case.recovery_score == 1 and escalated.case.status == "escalated" and escalated.case.reopened


def test_who_speaks_from_now_on_is_told_as_an_event(escalated):
    def handovers():
        return [message.text for message in escalated.messages if message.kind == "handover"]

    case_id = escalated.case.id
    agents.claim(escalated.ports, case_id, "ann")
    agents.release(escalated.ports, case_id, "ann")
    agents.claim(escalated.ports, case_id, "ann")
    agents.resolve(escalated.ports, case_id, "ann", "system", "sent a new one", "A new table is coming.")
    joined, left, finished = (escalated.line(f"agent_{what}", name="ann") for what in ("joined", "left", "finished"))
    assert handovers() == [joined, left, joined, finished]


def test_who_resolves_without_taking_over_was_never_there(escalated):
    agents.resolve(escalated.ports, escalated.case.id, "ann", "system", "sent a new one", "A new table is coming.")
    assert all(message.kind == "text" for message in escalated.messages)


def test_thanks_does_not_reopen_and_a_new_complaint_does(escalated):
    agents.claim(escalated.ports, escalated.case.id, "ann")
    agents.resolve(escalated.ports, escalated.case.id, "ann", "person", "called", "We called the driver.")
    escalated.says("5", "rate", score=5)
    escalated.says("thanks", "thank")
    assert escalated.case.status == "resolved"
    escalated.complains(text="now the new one is broken too")
    assert escalated.case.status == "escalated" and escalated.case.reopened


def test_reopened_by_a_person(escalated):
    case_id = escalated.case.id
    with pytest.raises(InvalidInput):
        agents.reopen(escalated.ports, case_id, "ann", "not yet closed")
    agents.claim(escalated.ports, case_id, "ann")
    agents.resolve(escalated.ports, case_id, "ann", "value", "explained", "That is our policy.")
    case = agents.reopen(escalated.ports, case_id, "ann", "customer rang")
    assert case.status == "escalated" and case.reopened and case.first_contact_resolved is False


def test_notes_are_private(escalated):
    agents.note(escalated.ports, escalated.case.id, "ann", "seems fair")
    assert "note" in escalated.events
    assert all("seems fair" not in message.text for message in escalated.messages)


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_words_that_cannot_be_meant_are_refused(escalated, text):
    agents.claim(escalated.ports, escalated.case.id, "ann")
    with pytest.raises(InvalidInput):
        agents.reply(escalated.ports, escalated.case.id, "ann", text)
    with pytest.raises(InvalidInput, match="root cause"):
        agents.resolve(escalated.ports, escalated.case.id, "ann", "weather", "x", "y")


def test_no_such_case(ports):
    with pytest.raises(NotFound):
        agents.claim(ports, "nothing", "ann")
