"""What falls due without anybody writing: remedies nobody saw the end of, silent customers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.services import upkeep


def accepts_while_down(talk, orders):
    talk.to_the_offer()
    orders.fault = "down"
    assert talk.says("yes", "affirm") == [talk.line("remedy_unconfirmed")]


def reconcile_in(talk, clock, **time):
    clock.forward(**time)
    return upkeep.reconcile_remedies(talk.ports)


def test_an_unconfirmed_remedy_is_carried_out_once_when_the_order_system_is_back(talk, orders, clock):
    accepts_while_down(talk, orders)
    orders.fault = "none"
    assert reconcile_in(talk, clock, seconds=3) == 1
    assert talk.remedy.status == "done" and len(orders.remedies) == 1
    assert talk.case.status == "resolved_by_bot" and talk.asked.kind == "recovery_score"
    assert reconcile_in(talk, clock, hours=1) == 0 and len(orders.remedies) == 1


def test_what_was_carried_out_though_its_answer_was_lost_is_only_confirmed(talk, orders, clock):
    talk.to_the_offer()
    carry_out = type(orders).carry_out

    def lost_and_gone(*args):
        orders.fault = "lost_answer"
        try:
            carry_out(orders, *args)
        finally:
            orders.fault = "down"

    orders.carry_out = lost_and_gone
    talk.says("yes", "affirm")
    assert len(orders.remedies) == 1 and talk.remedy.status == "executing"
    orders.fault, orders.carry_out = "none", lambda *_: pytest.fail("carried out again")
    reconcile_in(talk, clock, seconds=3)
    assert talk.remedy.status == "done" and len(orders.remedies) == 1


def test_nothing_is_looked_at_before_its_time(talk, orders, clock):
    accepts_while_down(talk, orders)
    assert reconcile_in(talk, clock, seconds=1) == 0


def test_the_waits_grow_from_attempt_to_attempt_and_the_customer_hears_it_once(talk, orders, clock):
    accepts_while_down(talk, orders)
    waits = []
    for _ in range(3):
        waits.append((talk.remedy.look_again_at - clock()).total_seconds())
        clock.at = talk.remedy.look_again_at
        assert upkeep.reconcile_remedies(talk.ports) == 1
    assert waits == [2, 4, 8]
    assert talk.heard.count(talk.line("remedy_unconfirmed")) == 1


def test_after_four_attempts_a_person_has_it_and_it_goes_on_being_tried(talk, orders, clock):
    accepts_while_down(talk, orders)
    for attempt in (2, 3, 4):
        assert talk.case.status == "recovering", f"before attempt {attempt}"
        clock.at = talk.remedy.look_again_at
        upkeep.reconcile_remedies(talk.ports)
    assert (talk.case.status, talk.case.escalation_reason) == ("escalated", "order_system_down")
    assert talk.heard.count(talk.line("escalated_order_system_down")) == 1
    orders.fault = "none"
    clock.at = talk.remedy.look_again_at
    upkeep.reconcile_remedies(talk.ports)
    assert talk.remedy.status == "done" and len(orders.remedies) == 1
    assert talk.case.status == "escalated", "the person decides when it is over"


def test_what_is_refused_when_it_is_back_fails_for_good_and_brings_a_person(talk, orders, clock):
    accepts_while_down(talk, orders)
    orders.fault = "refuse"
    reconcile_in(talk, clock, seconds=3)
    assert talk.remedy.status == "failed" and talk.case.escalation_reason == "remedy_failed"
    assert reconcile_in(talk, clock, hours=1) == 0


def test_two_workers_at_once_call_the_order_system_once(talk, orders, clock):
    accepts_while_down(talk, orders)
    orders.fault = "none"
    clock.forward(seconds=3)
    with talk.ports.store.read() as tx:
        (seen,) = tx.remedies_executing(clock())
    upkeep._reconcile(talk.ports, seen)
    orders.was_carried_out = lambda *_: pytest.fail("the second worker asked too")
    upkeep._reconcile(talk.ports, seen)
    assert len(orders.remedies) == 1


def claimed(talk):
    """A person takes the conversation over, as `claim` does."""
    with talk.ports.store.begin() as tx:
        tx.save_conversation(replace(tx.conversation(talk.id), owner="agent"))
        tx.save_case(replace(tx.case(talk.case.id), status="in_progress", assignee="ann"))


def test_while_a_person_owns_the_conversation_the_remedy_is_finished_in_silence(talk, orders, clock):
    accepts_while_down(talk, orders)
    claimed(talk)
    before, orders.fault = talk.heard, "none"
    reconcile_in(talk, clock, seconds=3)
    assert talk.remedy.status == "done" and "remedy_done" in talk.events
    assert talk.heard == before


def said_to_silence(talk):
    """What a round of looking after the silent says in this conversation."""
    before = len(talk.heard)
    upkeep.look_after_the_silent(talk.ports)
    return talk.heard[before:]


def test_a_silent_customer_is_reminded_once_after_half_an_hour_then_a_person_takes_over(talk, clock):
    talk.to_the_offer()
    clock.forward(minutes=30)
    assert said_to_silence(talk) == []
    clock.forward(seconds=1)
    assert said_to_silence(talk)[0] == talk.line("reminder") and talk.asked.kind == "remedy"
    clock.forward(minutes=29)
    assert said_to_silence(talk) == []
    clock.forward(minutes=1)
    assert said_to_silence(talk)[0] == talk.line("escalated_silent")
    assert (talk.case.status, talk.case.escalation_reason) == ("escalated", "silent")
    clock.forward(hours=9)
    assert said_to_silence(talk) == []


def test_a_customer_who_writes_after_the_reminder_has_half_an_hour_again(talk, clock):
    talk.to_the_offer()
    clock.forward(minutes=31)
    upkeep.look_after_the_silent(talk.ports)
    talk.says("who are you?", "ask_back")
    clock.forward(minutes=29)
    assert said_to_silence(talk) == []
    clock.forward(minutes=2)
    assert said_to_silence(talk)[0] == talk.line("reminder") and talk.case.status == "recovering"


def test_a_silent_customer_in_the_survey_is_left_in_peace(talk, clock):
    talk.says("hello", "greet")
    clock.forward(hours=5)
    assert said_to_silence(talk) == []


def test_what_was_accepted_is_carried_out_though_the_customer_has_gone(talk, orders, clock):
    accepts_while_down(talk, orders)
    clock.forward(hours=2)
    assert said_to_silence(talk) == [], "nothing is to be answered while it runs"
    orders.fault = "none"
    upkeep.reconcile_remedies(talk.ports)
    assert len(orders.remedies) == 1 and talk.case.status == "resolved_by_bot"
    clock.forward(hours=2)
    assert said_to_silence(talk) == []


def test_a_conversation_that_a_person_owns_is_not_reminded(talk, clock):
    talk.to_the_offer()
    claimed(talk)
    clock.forward(hours=2)
    assert said_to_silence(talk) == []


def test_a_message_is_unanswered_when_no_turn_can_still_be_at_it(talk, clock):
    talk.hears("hello", "greet")
    clock.forward(seconds=45)
    assert upkeep.unanswered(talk.ports) == []
    clock.forward(seconds=1)
    assert [message.text for message in upkeep.unanswered(talk.ports)] == ["hello"]


def test_half_an_hour_is_what_is_promised():
    assert timedelta(minutes=30) == upkeep.SILENT_AFTER


def test_what_is_refused_while_a_person_has_the_case_leaves_it_with_them(talk, orders, clock):
    accepts_while_down(talk, orders)
    claimed(talk)
    orders.fault = "refuse"
    reconcile_in(talk, clock, seconds=3)
    assert talk.remedy.status == "failed" and "remedy_failed" in talk.events
    assert (talk.case.status, talk.case.assignee) == ("in_progress", "ann")
