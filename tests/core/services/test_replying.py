"""While the customer is waited for, the clock of the resolution stands still; their next word starts it again."""

from datetime import timedelta

import pytest

from bot.core.services import agents, watching


@pytest.fixture
def taken(talk):
    """A case that ann works on; Friday, 10:00 in Shanghai."""
    talk.says("hello", "greet")
    talk.says("let me talk to a person please", "ask_human")
    agents.claim(talk.ports, talk.case.id, "ann")
    return talk


def ask(talk, text="Which leg is broken?", **how):
    return agents.reply(talk.ports, talk.case.id, "ann", text, **{"waits": True, **how})


def test_the_clock_stands_still_and_runs_on_with_what_was_left(taken, clock):
    promised = taken.case.sla.resolution_due
    clock.forward(hours=1)
    ask(taken)
    paused = taken.case.sla
    assert paused.resolution_due is None and paused.resolution_left == 1440 - 60
    assert "waiting" in taken.events
    clock.forward(days=2)  # Sunday: the team is closed
    taken.says("the left one", "other")
    sla = taken.case.sla
    assert sla.resolution_left is None and sla.resolution_due > promised
    assert sla.next_response_due is not None and "clock_resumed" in taken.events


def test_nobody_is_warned_while_the_customer_is_waited_for(taken, clock):
    ask(taken)
    clock.forward(days=30)
    assert watching.watch_dues(taken.ports) == 0
    taken.says("sorry, I was away", "other")
    clock.forward(days=30)
    assert watching.watch_dues(taken.ports) == 1


def test_one_that_is_overdue_is_not_paused(taken, clock):
    clock.forward(days=30)
    due = taken.case.sla.resolution_due
    ask(taken)
    assert taken.case.sla.resolution_due == due and taken.case.sla.resolution_left is None
    assert "waiting" not in taken.events


def test_thanks_start_no_clock_and_an_answer_does(taken):
    agents.reply(taken.ports, taken.case.id, "ann", "I am on it.")
    taken.says("ok, thanks!", "thank")
    assert taken.case.sla.next_response_due is None
    ask(taken, "Is Tuesday all right?")
    taken.says("thank you", "thank")
    assert taken.case.sla.resolution_left is not None
    taken.says("ok, thanks!", "thank")
    assert taken.case.sla.resolution_left is None, "where something was asked this is an answer"


def test_given_back_to_the_assistant_the_customers_word_starts_it_too(taken):
    ask(taken)
    agents.release(taken.ports, taken.case.id, "ann")
    taken.says("what was the question?", "other")
    sla = taken.case.sla
    assert sla.resolution_due is not None and sla.next_response_due is None


def test_each_reply_says_anew_whether_it_waits(taken, clock):
    ask(taken)
    left = taken.case.sla.resolution_left
    clock.forward(hours=3)
    ask(taken, "And a photo, please.")
    assert taken.case.sla.resolution_left == left and taken.events.count("waiting") == 1
    ask(taken, "Never mind, I found it.", waits=False)
    assert taken.case.sla.resolution_left is None
    assert taken.case.sla.resolution_due - clock() >= timedelta(minutes=left)


def test_the_same_reply_again_does_not_stop_a_clock_that_the_customer_started(taken):
    ask(taken, reply_id="r1")
    taken.says("the left one", "other")
    before = taken.case
    ask(taken, reply_id="r1")
    assert taken.case == before


@pytest.mark.parametrize("end", ["resolve", "reopen"])
def test_an_end_and_a_new_beginning_clear_the_pause(taken, end):
    ask(taken)
    agents.resolve(taken.ports, taken.case.id, "ann", "system", "x", "y")
    assert taken.case.sla.resolution_left is None and taken.case.sla.state == "met"
    if end == "reopen":
        agents.reopen(taken.ports, taken.case.id, "ann", "they rang")
        assert taken.case.sla.resolution_left is None and taken.case.sla.resolution_due is not None
