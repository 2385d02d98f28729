"""A process that dies between two commits: the next attempt finds the errand again from the case."""

import pytest

from bot.core.services import dialogue, errands
from bot.core.types import Understanding
from tests.core.services.conftest import BROKEN


class Died(BaseException):
    """kill -9, as far as Python can say it."""


@pytest.fixture
def dies(monkeypatch):
    """The next errand is begun by a process that does not live to see its end."""

    def arm(after=lambda errand, orders: None):
        real = errands.run

        def run(errand, orders):
            monkeypatch.setattr(errands, "run", real)
            after(errand, orders)
            raise Died

        monkeypatch.setattr(errands, "run", run)

    assert dialogue.errands is errands
    return arm


def killed(talk, text, act, **read):
    understood = talk.hears(text, act, **read)
    with pytest.raises(Died):
        talk.answer(understood)
    return understood


def test_nothing_is_done_twice_while_the_dead_process_might_still_be_alive(talk, dies, clock):
    talk.to_the_offer()
    dies()
    understood = killed(talk, "yes", "affirm")
    clock.forward(seconds=talk.ports.lease.total_seconds() - 1)
    assert talk.answer(understood) == [] and talk.remedy.status == "executing"


@pytest.mark.parametrize("carried_out_before", [False, True])
def test_an_accepted_remedy_goes_on_where_it_was_and_is_carried_out_once(talk, dies, clock, orders, carried_out_before):
    talk.to_the_offer()
    dies(errands.run if carried_out_before else lambda *_: None)
    understood = killed(talk, "yes", "affirm")
    assert talk.remedy.status == "executing" and len(orders.remedies) == carried_out_before
    clock.forward(minutes=1)
    said = talk.answer(understood)
    assert "1,280 CNY" in said[0] and talk.remedy.status == "done" and len(orders.remedies) == 1
    assert talk.answer(understood) == talk.heard[-2:], "and the same again when asked again"


def test_a_look_up_goes_on_where_it_was_and_the_complaint_is_not_opened_twice(talk, dies, clock):
    talk.says("hello", "greet")
    dies()
    understood = killed(talk, "It arrived broken", "complain", sentiment="negative", tags=(BROKEN,))
    assert talk.case.description == "It arrived broken" and not talk.case.order_checked
    clock.forward(minutes=1)
    talk.answer(understood)
    assert talk.case.order_checked and talk.asked.kind == "desired_outcome"
    assert talk.events.count("opened") == 1 and talk.case.description == "It arrived broken"


def test_what_the_first_half_said_is_part_of_the_answer_afterwards(talk, dies, clock):
    talk.says("hello", "greet")
    dies()
    understood = killed(talk, "It arrived broken", "complain", sentiment="negative", tags=(BROKEN,))
    acknowledged = talk.heard[-1]
    assert "arrived broken" in acknowledged
    clock.forward(minutes=1)
    talk.answer(understood)
    assert talk.answer(understood)[0] == acknowledged
    assert talk.heard.count(acknowledged) == 1


def test_the_worker_was_first_and_the_message_again_carries_nothing_out(talk, dies, clock, orders):
    from bot.core.services import upkeep

    talk.to_the_offer()
    dies()
    understood = killed(talk, "yes", "affirm")
    clock.forward(minutes=1)
    assert upkeep.reconcile_remedies(talk.ports) == 1
    assert talk.case.status == "resolved_by_bot"
    talk.answer(understood)
    assert len(orders.remedies) == 1 and talk.asked.kind == "recovery_score"
    with talk.ports.store.read() as tx:
        assert tx.message(talk.message_id).handled_at


def test_a_turn_that_fails_leaves_nothing_half_done_and_may_be_tried_at_once(talk, monkeypatch):
    talk.says("hello", "greet")
    understood = talk.hears("5", "rate", score=5)
    with monkeypatch.context() as patch:
        patch.setattr(type(talk.ports.wordings), "line", lambda *_, **__: 1 / 0)
        patch.setattr("bot.core.services.turn.Turn.ask", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            talk.answer(understood)
    assert talk.answers == {}
    talk.answer(understood)
    assert talk.answers["satisfaction"].score == 5


def test_an_errand_is_left_only_by_a_recovering_case(talk):
    talk.to_the_offer()
    assert errands.left_over(talk.case, talk.remedy) is None
    assert errands.left_over(None, None) is None


def test_back_off_doubles_and_ends_at_half_an_hour():
    waits = [errands.back_off(attempts).total_seconds() for attempts in (0, 1, 2, 3, 10, 11, 12, 10_000)]
    assert waits == [2, 2, 4, 8, 1024, 1800, 1800, 1800]


def test_the_understanding_survives_its_way_through_json():
    read = Understanding("等了", "zh-Hans", "rate", 3, "negative", (), "low", {"order_id": "HS1"})
    assert Understanding.from_json(read.as_json()) == read
