"""The words of `OrderSystem`, held by the fake and by the real adapter alike; then what only HTTP can do wrong."""

import threading
import uuid

import pytest

from bot.adapters.orders import HttpOrderSystem
from bot.core.errors import ServiceRefused, ServiceUnavailable
from tests.adapters.tiny import answering, closing_kept_connections, nobody

ORDER = {"order_id": "A1", "customer_id": "C1", "amount": 5, "currency": "CNY", "items": []}


@pytest.fixture
def key() -> str:
    return uuid.uuid4().hex


def test_an_order_is_found_with_all_that_is_known_of_it(shop):
    assert shop.system.order(shop.order.order_id) == shop.order


def test_an_unknown_order_is_none(shop):
    assert shop.system.order("T-nowhere") is None


@pytest.mark.parametrize("kind, amount", [("refund", 120.5), ("voucher", 50.0), ("replacement", None)])
def test_a_remedy_is_carried_out_as_it_was_asked_for(shop, key, kind, amount):
    shop.system.carry_out(shop.order.order_id, kind, amount, key)
    assert shop.carried_out() == [(kind, amount, key)]
    assert shop.system.was_carried_out(shop.order.order_id, key) is True


def test_the_same_key_again_is_carried_out_once(shop, key):
    for _ in range(3):
        shop.system.carry_out(shop.order.order_id, "voucher", 50.0, key)
    assert shop.carried_out() == [("voucher", 50.0, key)]


def test_another_key_is_another_remedy(shop, key):
    shop.system.carry_out(shop.order.order_id, "voucher", 50.0, key)
    shop.system.carry_out(shop.order.order_id, "voucher", 50.0, f"{key}-2")
    assert len(shop.carried_out()) == 2


def test_a_key_that_nobody_sent_was_not_carried_out(shop, key):
    assert shop.system.was_carried_out(shop.order.order_id, key) is False


def test_nothing_was_carried_out_on_an_order_that_is_not_there(shop, key):
    assert shop.system.was_carried_out("T-nowhere", key) is False


def test_a_refused_remedy_is_refused_and_not_carried_out(shop, key):
    shop.fault("refuse")
    with pytest.raises(ServiceRefused):
        shop.system.carry_out(shop.order.order_id, "voucher", 50.0, key)
    assert shop.system.was_carried_out(shop.order.order_id, key) is False
    assert shop.carried_out() == []


def test_a_remedy_on_an_unknown_order_is_refused(shop, key):
    with pytest.raises(ServiceRefused):
        shop.system.carry_out("T-nowhere", "voucher", 50.0, key)


def test_an_order_system_that_is_down_is_unavailable_for_every_call(shop, key):
    shop.fault("down")
    for call in (
        lambda: shop.system.order(shop.order.order_id),
        lambda: shop.system.carry_out(shop.order.order_id, "voucher", 50.0, key),
        lambda: shop.system.was_carried_out(shop.order.order_id, key),
    ):
        with pytest.raises(ServiceUnavailable):
            call()
    shop.fault("none")
    assert shop.carried_out() == []


def test_a_lost_answer_is_unavailable_yet_it_was_carried_out_and_trying_again_is_safe(shop, key):
    shop.fault("lost_answer")
    with pytest.raises(ServiceUnavailable):
        shop.system.carry_out(shop.order.order_id, "voucher", 50.0, key)
    assert shop.system.was_carried_out(shop.order.order_id, key) is True
    shop.fault("none")
    shop.system.carry_out(shop.order.order_id, "voucher", 50.0, key)
    assert shop.carried_out() == [("voucher", 50.0, key)]


def test_an_error_of_the_server_may_pass(real_shop, key):
    real_shop.fault("error")
    with pytest.raises(ServiceUnavailable):
        real_shop.system.order(real_shop.order.order_id)
    with pytest.raises(ServiceUnavailable):
        real_shop.system.carry_out(real_shop.order.order_id, "voucher", 50.0, key)


def test_an_answer_that_comes_too_late_is_unavailable_though_the_work_was_done(real_shop, key):
    impatient = HttpOrderSystem(real_shop.base, timeout=0.15)
    real_shop.fault("slow", seconds=0.6)
    with pytest.raises(ServiceUnavailable):
        impatient.carry_out(real_shop.order.order_id, "voucher", 50.0, key)
    with pytest.raises(ServiceUnavailable):
        impatient.order(real_shop.order.order_id)
    real_shop.fault("none")
    assert impatient.was_carried_out(real_shop.order.order_id, key) is True


def test_nobody_listens_there():
    with pytest.raises(ServiceUnavailable):
        HttpOrderSystem(nobody(), timeout=1).order("A1")


def test_a_call_that_timed_out_is_not_made_a_second_time():
    """The lease of a turn counts each call once: a hidden second try would outlive it (`Ports.lease`)."""
    answered = threading.Event()
    with answering(before=lambda: answered.wait(3)) as server:
        with pytest.raises(ServiceUnavailable):
            HttpOrderSystem(server.url, timeout=0.15).order("A1")
        answered.set()
        assert [method for method, _, _ in server.requests] == ["GET"]


@pytest.mark.parametrize("body", [b"<html>maintenance</html>", b"", b"[]", b"{}", b"null", b'{"order_id": "A1"}'])
def test_an_answer_of_another_shape_is_unavailable(body):
    with answering(body=body) as server, pytest.raises(ServiceUnavailable):
        HttpOrderSystem(server.url, timeout=1).order("A1")


def test_an_order_number_stays_within_its_place_of_the_path():
    with answering(404) as server:
        assert HttpOrderSystem(server.url + "/", timeout=1).order("a/../b?c=d#e") is None
    assert [path for _, path, _ in server.requests] == ["/orders/a%2F..%2Fb%3Fc%3Dd%23e"]


def test_a_kept_connection_that_the_server_closed_is_no_failure_for_a_look_up():
    with closing_kept_connections(ORDER) as server:
        system = HttpOrderSystem(server.url, timeout=1)
        assert [system.order("A1").customer_id for _ in range(3)] == ["C1"] * 3


def test_nor_is_it_where_the_first_call_of_the_thread_was_a_remedy(key):
    with closing_kept_connections(ORDER) as server:
        system = HttpOrderSystem(server.url, timeout=1)
        system.carry_out("A1", "voucher", 5.0, key)
        assert system.order("A1").customer_id == "C1"


@pytest.mark.parametrize("first", ["order", "carry_out"])
def test_a_remedy_is_never_sent_twice_by_itself(key, first):
    with closing_kept_connections(ORDER) as server:
        system = HttpOrderSystem(server.url, timeout=1)
        system.order("A1") if first == "order" else system.carry_out("A1", "voucher", 5.0, key)
        with pytest.raises(ServiceUnavailable):
            system.carry_out("A1", "voucher", 5.0, f"{key}-2")
        assert [method for method, _, _ in server.requests[1:]] == ["POST"]


def test_every_thread_may_use_the_same_order_system(real_shop):
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(real_shop.system.order(real_shop.order.order_id)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [real_shop.order] * 8
