"""A round of the worker: every duty has its turn, whatever befalls another."""

import logging

import pytest

from bot.core.errors import ServiceUnavailable
from bot.core.services import receiving
from bot.worker.rounds import answer_left_messages, rounds, run_round
from tests.fakes import FakeNotifier


@pytest.mark.parametrize("error", [ServiceUnavailable("down"), KeyError("x"), RuntimeError("broken")])
def test_a_duty_that_fails_holds_up_no_other_and_is_tried_again(error, caplog):
    done = []

    def fails():
        done.append("fails")
        raise error

    duties = {"first": lambda: done.append("first"), "second": fails, "third": lambda: done.append("third")}
    with caplog.at_level(logging.ERROR):
        run_round(duties)
        run_round(duties)
    assert done == ["first", "fails", "third"] * 2
    assert "could not second" in caplog.text and "could not third" not in caplog.text


def test_whoever_stops_the_worker_is_not_held_up():
    def stopped():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_round({"first": stopped})


def test_every_duty_has_its_turn_in_a_round(ports, clock):
    from bot.core import records as r

    with ports.store.begin() as tx:
        payload = {"team": "logistics", "title": "t", "body": "b"}
        tx.put_outbox(r.OutboxItem("o1", "notice", "k1", payload, clock()))
    message = receiving.receive(ports, "c1", "rest", "hello").message
    clock.forward(minutes=1)
    notifier, delivered = FakeNotifier(), []
    retained = []
    run_round(rounds(ports, notifier, delivered.append, lambda: retained.append(True)))
    assert [one.id for one in delivered] == [message.id] and len(notifier.told) == 1 and retained == [True]


def left_messages(ports, clock, count):
    for number in range(count):
        receiving.receive(ports, f"c{number}", "rest", str(number))
    clock.forward(minutes=1)


def test_messages_nobody_answered_are_handed_over_oldest_first(ports, clock):
    left_messages(ports, clock, 3)
    delivered = []
    answer_left_messages(ports, lambda message: delivered.append(message.text))
    assert delivered == ["0", "1", "2"]


def test_while_rasa_is_down_it_is_not_asked_for_every_message(ports, clock):
    left_messages(ports, clock, 3)
    asked = []

    def down(message):
        asked.append(message.text)
        raise ServiceUnavailable("down")

    answer_left_messages(ports, down)
    assert asked == ["0"]


def test_what_a_customer_wrote_is_not_in_the_log(ports, clock, caplog):
    receiving.receive(ports, "c1", "rest", "my secret")
    clock.forward(minutes=1)

    def down(message):
        raise ServiceUnavailable("down")

    with caplog.at_level(logging.WARNING):
        answer_left_messages(ports, down)
    assert "still unanswered" in caplog.text and "my secret" not in caplog.text
