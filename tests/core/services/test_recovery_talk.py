"""A complaint in the first contact: from the first word to the remedy, or to a person."""

import pytest

from bot.core.errors import ServiceRefused
from bot.core.types import TagMention
from tests.core.services.conftest import BROKEN
from tests.fakes import FakeOrderSystem

DANGER = TagMention("legal_threat", "aftersales_and_trust", "negative", "my lawyer")


def test_the_known_order_is_looked_up_and_not_asked_for(talk):
    talk.says("hello", "greet")
    said = talk.complains()
    assert "arrived broken" in said[0], "acknowledged in the customer's own words"
    assert talk.asked.kind == "desired_outcome"
    assert (talk.case.order_id, talk.case.order_checked, talk.case.order["amount"]) == ("HS100241", True, 1280.0)


def test_an_accepted_refund_is_carried_out_once_confirmed_and_rated(talk, orders):
    talk.to_the_offer()
    said = talk.says("yes", "affirm")
    ((order_id, kind, amount, key),) = orders.remedies
    assert (order_id, kind, amount, key) == ("HS100241", "refund", 1280.0, talk.remedy.key)
    assert "1,280 CNY" in said[0] and talk.remedy.status == "done"
    assert talk.case.status == "resolved_by_bot" and talk.case.first_contact_resolved is True
    assert talk.asked.kind == "recovery_score"
    talk.says("5", "rate", score=5)
    assert talk.case.recovery_score == 5 and talk.asked.question == "satisfaction"


def test_the_remedy_is_committed_as_executing_before_the_order_system_is_called(talk, ports):
    seen = []

    class Watching(FakeOrderSystem):
        def carry_out(self, order_id, kind, amount, key):
            with ports.store.read() as tx:
                seen.append(tx.remedy_of_case(case_id))
            with ports.store.begin() as tx:  # nobody holds the database while the call is on its way
                tx.conversation(talk.id)
            super().carry_out(order_id, kind, amount, key)

    talk.to_the_offer()
    case_id = talk.case.id
    watching = Watching(*ports.orders.orders.values())
    object.__setattr__(ports, "orders", watching)
    talk.says("yes", "affirm")
    (remedy,) = seen
    assert (remedy.status, remedy.key, remedy.attempts) == ("executing", watching.remedies[0][3], 1)
    assert remedy.look_again_at == ports.clock() + ports.lease


@pytest.mark.parametrize("text", ["yes but why", "hm", "100"])
def test_nothing_is_carried_out_on_a_guess(talk, orders, text):
    talk.to_the_offer()
    talk.says(text)
    assert orders.remedies == [] and talk.remedy.status == "offered" and talk.asked.kind == "remedy"
    talk.says(text)
    assert orders.remedies == [] and talk.case.status == "escalated"


def test_an_offer_declined_goes_to_a_person_with_a_due_time_and_one_notice(talk, ports):
    talk.to_the_offer()
    said = talk.says("no", "deny")
    case = talk.case
    assert said[0] == talk.line("escalated_declined") and len(said) == 2
    assert (case.status, case.escalation_reason, case.team) == ("escalated", "declined", "logistics")
    assert case.sla.first_response_due > ports.clock() and talk.remedy.status == "declined"
    assert len(talk.read(lambda tx: tx.outbox_due(ports.clock()))) == 1


def test_a_refused_remedy_is_said_and_handed_over(talk, orders):
    talk.to_the_offer()
    orders.fault = "refuse"
    assert talk.says("yes", "affirm")[0] == talk.line("escalated_remedy_failed")
    assert talk.remedy.status == "failed" and talk.case.first_contact_resolved is False


def test_a_lost_answer_is_found_out_at_once(talk, orders):
    talk.to_the_offer()
    orders.fault = "lost_answer"
    talk.says("yes", "affirm")
    assert talk.remedy.status == "done" and len(orders.remedies) == 1


def test_an_order_system_that_is_down_at_the_look_up_brings_a_person(talk, orders):
    talk.says("hello", "greet")
    orders.fault = "down"
    assert talk.line("escalated_order_system_down") in talk.complains()
    assert talk.case.status == "escalated" and "order_system_failed" in talk.events


def test_a_fault_of_our_own_is_no_outcome_of_the_order_system(talk, orders):
    talk.says("hello", "greet")
    orders.order = lambda order_id: 1 / 0
    with pytest.raises(ZeroDivisionError):
        talk.complains()


def complains_without_an_order(talk, ports):
    with ports.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE touchpoint_events SET order_id = NULL")
    talk.says("hello", "greet")
    talk.complains()
    assert talk.asked.kind == "order"


def test_a_wrong_order_number_is_asked_again_twice_then_it_goes_on_without(talk, ports):
    complains_without_an_order(talk, ports)
    for number, line in (("HS000001", "order_not_found"), ("HS000002", "order_still_not_found")):
        assert talk.says(number, entities={"order_id": number}) == [talk.line(line)]
        assert talk.asked.kind == "order"
    said = talk.says("HS000003", entities={"order_id": "HS000003"})
    assert said[0] == talk.line("without_order")
    assert talk.case.order_given_up and talk.case.order_id is None and talk.asked.kind == "desired_outcome"


def test_another_customers_order_answers_as_an_unknown_one_does(talk, ports):
    complains_without_an_order(talk, ports)
    assert talk.says("HS100999", entities={"order_id": "HS100999"}) == [talk.line("order_not_found")]
    assert not talk.case.order_checked and talk.case.order == {}


def test_without_a_verified_order_nothing_is_offered_and_a_person_takes_over(talk, ports, orders):
    complains_without_an_order(talk, ports)
    talk.says("I have none", "skip")
    talk.says("a refund", "request_remedy", entities={"remedy": "refund"})
    assert talk.case.escalation_reason == "no_remedy" and talk.remedy is None and orders.remedies == []


def walks_in_with(walk_in, number):
    walk_in.says("hello", "greet")
    walk_in.says("Delivery") if walk_in.asked is None else walk_in.says(walk_in.messages[-1].buttons[2].title)
    walk_in.complains(entities={"order_id": number})


def test_a_walk_in_proves_the_order_by_its_phone(walk_in):
    walks_in_with(walk_in, "HS100241")
    assert walk_in.asked.question == "phone_last4" and not walk_in.case.order_checked
    walk_in.says("it ends in 4821")
    assert walk_in.case.order_checked and walk_in.conversation.customer_id == "C1001"
    assert walk_in.case.customer_id == "C1001" and walk_in.asked.kind == "desired_outcome"


@pytest.mark.parametrize("proof", ["4822", "it ends in 1111", "13800004822"])
def test_a_wrong_phone_is_told_in_the_words_for_an_unknown_order(walk_in, proof):
    walks_in_with(walk_in, "HS100241")
    assert walk_in.says(proof) == [walk_in.line("order_not_found")]
    assert not walk_in.case.order_checked and walk_in.conversation.customer_id is None


@pytest.mark.parametrize("words", ["no idea", "482"])
def test_words_without_four_digits_are_asked_again_and_prove_nothing(walk_in, words):
    walks_in_with(walk_in, "HS100241")
    walk_in.says(words)
    assert walk_in.asked.question == "phone_last4" and not walk_in.case.order_checked
    for _ in range(2):
        walk_in.says(words)
    assert walk_in.case.order_given_up and not walk_in.case.order_checked


def test_an_unknown_order_asks_a_walk_in_for_the_phone_too_so_that_numbers_cannot_be_tried_out(walk_in):
    walks_in_with(walk_in, "HS000001")
    assert walk_in.asked.question == "phone_last4"
    assert walk_in.says("4821") == [walk_in.line("order_not_found")]


def test_three_wrong_phones_are_not_a_way_to_try_them_all(walk_in):
    walks_in_with(walk_in, "HS100241")
    for _ in range(3):
        walk_in.says("0000")
        if walk_in.asked.kind == "order":
            walk_in.says("HS100241", entities={"order_id": "HS100241"})
    assert walk_in.case.order_given_up and not walk_in.case.order_checked


def test_a_critical_complaint_goes_to_safety_at_once_and_nothing_is_offered(talk, orders):
    talk.says("hello", "greet")
    said = talk.complains(DANGER, text="You will hear from my lawyer", severity="critical")
    assert said[0] == talk.line("escalated_critical")
    assert (talk.case.team, talk.case.severity, talk.remedy) == ("safety_and_legal", "critical", None)


def test_what_turns_critical_in_the_middle_of_the_offer_is_never_bought_off(talk, orders):
    talk.to_the_offer()
    talk.complains(DANGER, text="My lawyer will call", severity="critical")
    assert talk.case.escalation_reason == "critical" and orders.remedies == []


def test_the_wish_for_a_person_is_granted_at_once(talk):
    talk.says("hello", "greet")
    assert talk.says("a person please", "ask_human")[0] == talk.line("escalated_asked_for_person")
    assert talk.case.status == "escalated" and talk.asked is None


def test_a_low_recovery_score_goes_to_a_person_and_was_not_solved_in_the_first_contact(talk):
    talk.to_the_offer()
    talk.says("yes", "affirm")
    talk.says("1", "rate", score=1)
    case = talk.case
    assert (case.status, case.recovery_score, case.reopened) == ("escalated", 1, True)
    assert case.first_contact_resolved is False and case.resolved_at is None


def test_the_same_complaint_again_after_the_remedy_reopens_the_case(talk):
    talk.to_the_offer()
    talk.says("yes", "affirm")
    talk.complains(BROKEN, text="The new one is broken too")
    assert (talk.case.status, talk.case.reopened, talk.case.escalation_reason) == ("escalated", True, "not_solved")


def test_stop_in_a_recovery_hands_the_complaint_over(talk):
    talk.says("hello", "greet")
    talk.complains()
    talk.says("stop", "stop")
    assert talk.case.escalation_reason == "stopped" and talk.response.status == "opted_out"


def test_a_promise_already_made_is_never_moved_back(talk, clock):
    talk.says("hello", "greet")
    talk.says("a person please", "ask_human")
    first = talk.case.sla.first_response_due
    clock.forward(minutes=10)
    talk.complains(DANGER, text="my lawyer", severity="critical")
    assert talk.case.sla.first_response_due <= first


def test_the_notice_to_the_team_holds_nothing_private(talk, ports):
    talk.says("hello", "greet")
    talk.complains(text="It arrived broken, call me on 13800138000")
    talk.says("a person please", "ask_human")
    (notice,) = talk.read(lambda tx: tx.outbox_due(ports.clock()))
    assert "arrived broken" in notice.payload["body"] and "13800138000" not in str(notice.payload)


def test_refused_at_the_look_up_brings_a_person_too(talk, orders):
    def refuse(order_id):
        raise ServiceRefused("no")

    talk.says("hello", "greet")
    orders.order = refuse
    talk.complains()
    assert talk.case.status == "escalated"
