"""Who does not answer is left alone, tried by one, and used again when they are back."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.adapters.breaker import Breaker
from bot.adapters.orders import FAILURES, HttpOrderSystem
from bot.core.errors import ServiceRefused, ServiceUnavailable
from bot.core.services import errands
from tests.adapters.tiny import answering, nobody

PAUSE = 10.0


class Seconds:
    """A clock that only tests move."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def seconds():
    return Seconds()


@pytest.fixture
def breaker(seconds):
    return Breaker("shop", 3, PAUSE, seconds)


def down():
    raise ServiceUnavailable("down")


def fails(breaker, times=1):
    for _ in range(times):
        with pytest.raises(ServiceUnavailable, match="down"):
            breaker.call(down)


def is_open(breaker):
    try:
        breaker.call(lambda: None)
    except ServiceUnavailable as error:
        return "left alone" in str(error)
    return False


def test_it_opens_after_so_many_failures_in_a_row(breaker):
    fails(breaker, 2)
    breaker.call(lambda: "an answer")
    fails(breaker, 2)
    assert not is_open(breaker)
    fails(breaker, 3)
    assert is_open(breaker)


@pytest.mark.parametrize("error", [ServiceRefused("no"), KeyError("ours")])
def test_a_no_and_a_fault_of_ours_are_no_failures(breaker, error):
    def refuses():
        raise error

    fails(breaker, 2)
    with pytest.raises(type(error)):
        breaker.call(refuses)
    fails(breaker, 2)
    assert not is_open(breaker)


def test_after_the_pause_one_call_tries_and_an_answer_closes_it(breaker, seconds):
    fails(breaker, 3)
    seconds.now = PAUSE - 0.1
    assert is_open(breaker)
    seconds.now = PAUSE
    assert breaker.call(lambda: "back") == "back"
    fails(breaker, 2)
    assert not is_open(breaker)


def test_a_trial_that_fails_begins_another_pause(breaker, seconds):
    fails(breaker, 3)
    seconds.now = PAUSE
    fails(breaker)
    seconds.now = 2 * PAUSE - 0.1
    assert is_open(breaker)
    seconds.now = 2 * PAUSE
    assert breaker.call(lambda: "back") == "back"


def test_of_two_threads_one_tries_and_the_other_is_refused_at_once(breaker, seconds):
    fails(breaker, 3)
    seconds.now = PAUSE
    at_it, finish = threading.Event(), threading.Event()

    def slow():
        at_it.set()
        assert finish.wait(10)
        return "back"

    with ThreadPoolExecutor(1) as pool:
        trial = pool.submit(breaker.call, slow)
        assert at_it.wait(10)
        assert is_open(breaker)
        finish.set()
        assert trial.result(10) == "back"
    assert not is_open(breaker)


def test_calls_run_side_by_side(breaker):
    """A lock held during the call would make every customer wait for the slowest."""
    both = threading.Barrier(2, timeout=10)
    with ThreadPoolExecutor(2) as pool:
        assert len(list(pool.map(lambda _: breaker.call(both.wait), range(2)))) == 2


def test_a_call_begun_before_it_opened_neither_closes_it_nor_lengthens_the_pause(breaker, seconds):
    started, finish = threading.Barrier(3, timeout=10), threading.Event()

    def late(error):
        started.wait()
        assert finish.wait(10)
        if error:
            raise error

    with ThreadPoolExecutor(2) as pool:
        old = [pool.submit(breaker.call, lambda error=error: late(error)) for error in (None, ServiceUnavailable("x"))]
        started.wait()
        fails(breaker, 3)
        seconds.now = PAUSE - 1
        finish.set()
        assert [type(one.exception(10)) for one in old] == [type(None), ServiceUnavailable]
    assert is_open(breaker)
    seconds.now = PAUSE
    assert not is_open(breaker)


def test_who_stops_the_process_in_a_trial_leaves_no_trial_behind(breaker, seconds):
    def stopped():
        raise KeyboardInterrupt

    fails(breaker, 3)
    seconds.now = PAUSE
    with pytest.raises(KeyboardInterrupt):
        breaker.call(stopped)
    seconds.now = 2 * PAUSE
    assert not is_open(breaker)


@pytest.mark.parametrize("status", [500, 503])
def test_an_order_system_that_fails_is_asked_no_more_and_tried_again_by_one_call(seconds, status):
    with answering(status) as server:
        system = HttpOrderSystem(server.url, 1, Breaker("order system", FAILURES, PAUSE, seconds))
        for _ in range(FAILURES + 4):
            with pytest.raises(ServiceUnavailable):
                system.order("A1")
        assert len(server.requests) == FAILURES
        seconds.now = PAUSE
        for _ in range(2):
            with pytest.raises(ServiceUnavailable):
                system.order("A1")
        assert len(server.requests) == FAILURES + 1


@pytest.mark.parametrize("status", [400, 409, 422, 429])
def test_a_no_of_the_order_system_opens_nothing(status):
    with answering(status) as server:
        system = HttpOrderSystem(server.url, 1)
        for _ in range(2 * FAILURES):
            with pytest.raises((ServiceRefused, ServiceUnavailable)):
                system.carry_out("A1", "voucher", 5.0, "k")
        assert len(server.requests) == 2 * FAILURES


def test_nobody_waits_for_an_order_system_that_timed_out_again_and_again():
    hang = threading.Event()
    with answering(before=lambda: hang.wait(20)) as server:
        system = HttpOrderSystem(server.url, 0.05)
        for _ in range(FAILURES):
            with pytest.raises(ServiceUnavailable):
                system.order("A1")
        asked = len(server.requests)
        for call in (
            lambda: system.order("A1"),
            lambda: system.carry_out("A1", "voucher", 5.0, "k"),
            lambda: system.was_carried_out("A1", "k"),
        ):
            with pytest.raises(ServiceUnavailable, match="left alone"):
                call()
        assert len(server.requests) == asked
        hang.set()


def test_a_remedy_behind_an_open_breaker_is_unconfirmed_and_carried_out_when_it_is_back(real_shop, seconds):
    """For a turn and for the worker an open breaker is what an order system is that does not answer."""
    system = HttpOrderSystem(nobody(), 1, Breaker("order system", 1, PAUSE, seconds))
    errand = errands.CarryOut("r1", real_shop.order.order_id, "voucher", 50.0, f"k-{real_shop.order.order_id}")
    for _ in range(2):
        assert errands.run(errand, system).failure == "unavailable"
        assert errands.reconcile(errand, system).failure == "unavailable"
    seconds.now, system._base = PAUSE, real_shop.base
    assert errands.reconcile(errand, system) == errands.Outcome()
    assert real_shop.carried_out() == [("voucher", 50.0, errand.key)]
