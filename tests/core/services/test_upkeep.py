"""What falls due without anybody writing: remedies nobody saw the end of, silent customers, notices."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core import records as r
from bot.core.services import upkeep
from tests.fakes import FakeNotifier


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


@pytest.fixture
def notice(ports):
    item = r.OutboxItem("o1", "notice", "k1", {"team": "logistics", "title": "t", "body": "b"}, ports.clock())
    with ports.store.begin() as tx:
        tx.put_outbox(item)
    return item


def kept(ports):
    with ports.store.engine.connect() as connection:
        row = connection.exec_driver_sql("SELECT status, attempts, last_error FROM outbox WHERE id = 'o1'").one()
    return tuple(row)


def test_a_notice_is_sent_once_to_the_targets_of_its_team(ports, notice):
    notifier = FakeNotifier()
    assert upkeep.send_outbox(ports, notifier) == 1
    assert upkeep.send_outbox(ports, notifier) == 0
    assert notifier.told == [((), "t", "b")] and kept(ports) == ("sent", 1, None)


def test_a_notice_that_failed_waits_longer_each_time_and_is_sent_in_the_end(ports, notice, clock):
    notifier, tried = FakeNotifier(failures=3), []
    for minute in range(30):
        if upkeep.send_outbox(ports, notifier):
            tried.append(minute)
        clock.forward(minutes=1)
    assert tried == [0, 1, 3, 7] and len(notifier.told) == 1 and kept(ports) == ("sent", 4, None)


def test_a_notice_that_fails_for_good_is_kept_as_dead_with_its_reason(ports, notice, clock):
    notifier = FakeNotifier(failures=99)
    for _ in range(20):
        upkeep.send_outbox(ports, notifier)
        clock.forward(hours=1)
    assert kept(ports) == ("dead", 8, "not now") and notifier.failures == 91


def test_a_refused_notice_is_dead_at_once(ports, notice):
    class Refusing(FakeNotifier):
        def notify(self, targets, title, body):
            from bot.core.errors import ServiceRefused

            raise ServiceRefused("target 1 of the team is not an Apprise URL")

    upkeep.send_outbox(ports, Refusing())
    assert kept(ports) == ("dead", 1, "target 1 of the team is not an Apprise URL")


def test_a_worker_that_died_while_sending_leaves_the_notice_to_another_a_minute_later(ports, notice, clock):
    class Dying(FakeNotifier):
        def notify(self, targets, title, body):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        upkeep.send_outbox(ports, Dying())
    notifier = FakeNotifier()
    assert upkeep.send_outbox(ports, notifier) == 0
    clock.forward(minutes=1)
    assert upkeep.send_outbox(ports, notifier) == 1 and len(notifier.told) == 1


def test_two_workers_at_once_share_the_notices(ports):
    from concurrent.futures import ThreadPoolExecutor

    with ports.store.begin() as tx:
        for number in range(20):
            payload = {"team": "logistics", "title": str(number), "body": ""}
            tx.put_outbox(r.OutboxItem(f"o{number}", "notice", f"k{number}", payload, ports.clock()))
    notifier = FakeNotifier()

    def work(_):
        return sum(upkeep.send_outbox(ports, notifier) for _ in range(20))

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(work, range(2))) == 20
    assert sorted(int(title) for _, title, _ in notifier.told) == list(range(20))


def test_a_team_that_is_no_more_leaves_its_notices_to_the_default_team(ports, clock):
    with ports.store.begin() as tx:
        tx.put_outbox(r.OutboxItem("o1", "notice", "k1", {"team": "gone", "title": "t", "body": "b"}, clock()))
    upkeep.send_outbox(ports, FakeNotifier())
    assert kept(ports) == ("sent", 1, None)


def test_half_an_hour_is_what_is_promised():
    assert timedelta(minutes=30) == upkeep.SILENT_AFTER


def test_what_is_refused_while_a_person_has_the_case_leaves_it_with_them(talk, orders, clock):
    accepts_while_down(talk, orders)
    claimed(talk)
    orders.fault = "refuse"
    reconcile_in(talk, clock, seconds=3)
    assert talk.remedy.status == "failed" and "remedy_failed" in talk.events
    assert (talk.case.status, talk.case.assignee) == ("in_progress", "ann")
