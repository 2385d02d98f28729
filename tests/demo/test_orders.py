"""The demo order system over real HTTP, on a server process of its own."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
import requests

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "bot" / "demo"
KINDS = ["refund", "partial_refund", "replacement", "voucher", "redo", "callback", "visit"]
BROKEN = [b"{", b"\xff\xfe", b"[" * 100_000, b'{"amount": ' + b"9" * 5000 + b"}"]
ORDER = {
    "customer_id": "C9",
    "items": [{"name": "台灯", "price": 60}, {"name": "Kettle", "price": 40.5}],
    "amount": 100.5,
    "currency": "CNY",
    "delivered_at": "2026-09-14T16:30:00+08:00",
    "phone_last4": "0427",
}


class Client:
    """Plain requests, a fresh connection for each."""

    def __init__(self, base):
        self.base = base

    def call(self, method, path, timeout=10, **more):
        return requests.request(method, self.base + path, timeout=timeout, **more)

    def order(self, **change):
        answer = self.call("POST", "/orders", json={**ORDER, **change})
        assert answer.status_code == 201, answer.text
        return answer.json()["order_id"]

    def remedy(self, order_id, key, timeout=10, **body):
        headers = {} if key is None else {"Idempotency-Key": key}
        return self.call("POST", f"/orders/{order_id}/remedies", timeout, json=body, headers=headers)

    def carried_out(self, order_id):
        return self.call("GET", f"/orders/{order_id}/remedies").json()

    def fault(self, mode, **more):
        answer = self.call("PUT", "/faults", json={"mode": mode, **more})
        assert answer.status_code == 200, answer.text
        return answer.json()


def start(database, log):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "bot.demo", "--port", str(port), "--database", str(database)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
    client = Client(f"http://127.0.0.1:{port}")
    for _ in range(200):
        try:
            assert client.call("GET", "/healthz").json() == {"status": "ok"}
            return process, client
        except requests.ConnectionError:
            assert process.poll() is None, "the server has ended"
            time.sleep(0.05)
    raise AssertionError("the server does not answer")


def stop(process):
    process.terminate()
    process.wait(10)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    with open(folder / "log", "wb") as log:
        process, client = start(folder / "below" / "orders.sqlite", log)
        yield client
        stop(process)
    assert "Traceback" not in (folder / "log").read_text()


@pytest.fixture
def client(server):
    yield server
    server.fault("none")


def error_of(answer, status, code=None, field=None):
    assert answer.status_code == status, answer.text
    error = answer.json()["error"]
    assert error["message"]
    assert code is None or error["code"] == code
    assert field is None or error["field"] == field
    return error


class TestOrders:
    def test_is_made_and_found(self, client):
        answer = client.call("POST", "/orders", json=ORDER)
        order = answer.json()
        assert answer.status_code == 201
        assert re.fullmatch(r"HS\d{6}", order["order_id"])
        assert order["delivered_at"] == "2026-09-14T08:30:00+00:00"
        assert datetime.fromisoformat(order["created_at"]).utcoffset() == timedelta(0)
        assert {k: order[k] for k in ORDER if k != "delivered_at"} == {
            k: v for k, v in ORDER.items() if k != "delivered_at"
        }
        assert client.call("GET", f"/orders/{order['order_id']}").json() == order

    def test_the_same_again_is_the_same(self, client):
        body = {**ORDER, "order_id": "same-1"}
        first, second = (client.call("POST", "/orders", json=body) for _ in range(2))
        assert (first.status_code, second.status_code) == (201, 200)
        assert first.json() == second.json()

    @pytest.mark.parametrize("change", [{"amount": 101}, {"customer_id": "C8"}, {"phone_last4": None}])
    def test_the_same_id_with_another_body_is_a_conflict(self, client, change):
        order_id = client.order()
        before = client.call("GET", f"/orders/{order_id}").json()
        answer = client.call("POST", "/orders", json={**ORDER, "order_id": order_id, **change})
        error_of(answer, 409, "order_exists", "order_id")
        assert client.call("GET", f"/orders/{order_id}").json() == before

    def test_eight_at_once_make_one(self, client):
        body = {**ORDER, "order_id": "at-once", "customer_id": "C-at-once"}
        with ThreadPoolExecutor(8) as pool:
            codes = list(pool.map(lambda _: client.call("POST", "/orders", json=body).status_code, range(8)))
        assert sorted(codes) == [200] * 7 + [201]
        assert len(client.call("GET", "/orders?customer_id=C-at-once").json()) == 1

    def test_optional_fields_may_be_left_out(self, client):
        body = {k: ORDER[k] for k in ("customer_id", "items", "amount", "currency")}
        order = client.call("POST", "/orders", json=body).json()
        assert order["delivered_at"] is None and order["phone_last4"] is None

    def test_an_unknown_order_is_not_found(self, client):
        error_of(client.call("GET", "/orders/HS000000"), 404, "order_not_found")
        error_of(client.call("GET", "/orders/HS000000/remedies"), 404, "order_not_found")
        error_of(client.remedy("HS000000", "k", kind="visit"), 404, "order_not_found")
        assert client.call("GET", "/orders?customer_id=nobody").json() == []

    @pytest.mark.parametrize(
        "change, field",
        [
            ({"customer_id": None}, "customer_id"),
            ({"customer_id": "  "}, "customer_id"),
            ({"customer_id": "\ud800"}, "customer_id"),
            ({"order_id": "a/b"}, "order_id"),
            ({"order_id": "a\nb"}, "order_id"),
            ({"items": []}, "items"),
            ({"items": "sofa"}, "items"),
            ({"items": [{"name": "sofa"}]}, "items.0.price"),
            ({"items": [{"name": "sofa", "price": -1}]}, "items.0.price"),
            ({"amount": 0}, "amount"),
            ({"amount": 1.001}, "amount"),
            ({"amount": float("nan")}, "amount"),
            ({"amount": float("inf")}, "amount"),
            ({"amount": 10**30}, "amount"),
            ({"amount": True}, "amount"),
            ({"currency": "yuan"}, "currency"),
            ({"delivered_at": "yesterday"}, "delivered_at"),
            ({"delivered_at": "2026-09-14T08:30:00"}, "delivered_at"),
            ({"delivered_at": "0001-01-01T00:00:00+14:00"}, "delivered_at"),
            ({"delivered_at": 10**40}, "delivered_at"),
            ({"delivered_at": float("nan")}, "delivered_at"),
            ({"phone_last4": "12"}, "phone_last4"),
        ],
    )
    def test_bad_input_names_the_field(self, client, change, field):
        data = json.dumps({**ORDER, **change})
        answer = client.call("POST", "/orders", data=data, headers={"Content-Type": "application/json"})
        error_of(answer, 422, "invalid", field)

    @pytest.mark.parametrize("data", BROKEN, ids=range(len(BROKEN)))
    def test_a_body_that_is_not_json_is_refused(self, client, data):
        error_of(client.call("POST", "/orders", data=data, headers={"Content-Type": "application/json"}), 400)

    @pytest.mark.parametrize("data", [b"", b"null", b"[]", b'"x"'])
    def test_a_body_that_is_no_object_is_refused(self, client, data):
        error_of(client.call("POST", "/orders", data=data, headers={"Content-Type": "application/json"}), 422)

    def test_unknown_paths_and_methods_have_the_same_error_shape(self, client):
        error_of(client.call("GET", "/nothing"), 404, "not_found")
        error_of(client.call("DELETE", "/orders"), 405, "method_not_allowed")


class TestRemedies:
    @pytest.mark.parametrize("kind", KINDS)
    def test_every_kind_is_carried_out(self, client, kind):
        order_id = client.order()
        amount = {"amount": 10} if kind in ("partial_refund", "voucher") else {}
        answer = client.remedy(order_id, f"kind-{kind}", kind=kind, **amount)
        assert answer.status_code == 201
        (done,) = client.carried_out(order_id)
        assert answer.json() == {"order_id": order_id, **done, "repeated": False}
        expected = {"refund": 100.5}.get(kind, amount.get("amount"))
        assert (done["idempotency_key"], done["kind"], done["amount"]) == (f"kind-{kind}", kind, expected)
        assert done["currency"] == ("CNY" if expected else None)
        assert datetime.fromisoformat(done["created_at"]).utcoffset() == timedelta(0)

    def test_the_key_is_required(self, client):
        order_id = client.order()
        for key in (None, "", "k" * 201):
            error_of(client.remedy(order_id, key, kind="visit"), 400, field="Idempotency-Key")
        assert client.carried_out(order_id) == []

    def test_the_same_key_and_body_gives_the_first_result(self, client):
        order_id = client.order()
        first = client.remedy(order_id, "again", kind="partial_refund", amount=80)
        second = client.remedy(order_id, "again", kind="partial_refund", amount=80.0)
        assert (first.status_code, second.status_code) == (201, 200)
        assert second.json() == {**first.json(), "repeated": True}
        assert len(client.carried_out(order_id)) == 1

    def test_the_same_key_with_another_body_or_order_is_a_conflict(self, client):
        order_id, other = client.order(), client.order()
        client.remedy(order_id, "taken", kind="voucher", amount=5)
        error_of(client.remedy(order_id, "taken", kind="voucher", amount=6), 409, "key_reused")
        error_of(client.remedy(order_id, "taken", kind="visit"), 409, "key_reused")
        error_of(client.remedy(other, "taken", kind="voucher", amount=5), 409, "key_reused")
        assert [done["amount"] for done in client.carried_out(order_id)] == [5]
        assert client.carried_out(other) == []

    def test_refunds_in_sum_stay_within_the_order(self, client):
        order_id = client.order()
        assert client.remedy(order_id, "sum-1", kind="partial_refund", amount=60).status_code == 201
        error_of(client.remedy(order_id, "sum-2", kind="refund"), 422, "refund_exceeds_order", "amount")
        error_of(client.remedy(order_id, "sum-3", kind="partial_refund", amount=40.51), 422, "refund_exceeds_order")
        assert client.remedy(order_id, "sum-4", kind="voucher", amount=500).status_code == 201
        assert client.remedy(order_id, "sum-3", kind="refund", amount=40.5).status_code == 201
        assert [done["amount"] for done in client.carried_out(order_id)] == [60, 500, 40.5]

    def test_eight_with_one_key_at_once_carry_out_one(self, client):
        order_id = client.order()
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda _: client.remedy(order_id, "one-key", kind="refund"), range(8)))
        assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
        assert len({answer.json()["created_at"] for answer in answers}) == 1
        assert len(client.carried_out(order_id)) == 1

    def test_eight_refunds_at_once_stay_within_the_order(self, client):
        order_id = client.order()

        def refund(number):
            return client.remedy(order_id, f"many-{number}", kind="partial_refund", amount=30).status_code

        with ThreadPoolExecutor(8) as pool:
            codes = list(pool.map(refund, range(8)))
        assert sorted(codes) == [201] * 3 + [422] * 5
        assert len(client.carried_out(order_id)) == 3

    @pytest.mark.parametrize(
        "body, field",
        [
            ({}, "kind"),
            ({"kind": "gift"}, "kind"),
            ({"kind": []}, "kind"),
            ({"kind": "partial_refund"}, "amount"),
            ({"kind": "refund", "amount": -1}, "amount"),
            ({"kind": "refund", "amount": "much"}, "amount"),
        ],
    )
    def test_bad_input_names_the_field(self, client, body, field):
        order_id = client.order()
        error_of(client.remedy(order_id, "bad", **body), 422, "invalid", field)
        assert client.carried_out(order_id) == []


class TestFaults:
    def test_none_to_begin_with(self, client):
        assert client.call("GET", "/faults").json() == {"mode": "none", "seconds": None, "times": None}

    @pytest.mark.parametrize(
        "body", [{}, {"mode": "odd"}, {"mode": []}, {"mode": "slow", "seconds": -1}, {"mode": "down", "times": 0}]
    )
    def test_bad_input_changes_nothing(self, client, body):
        client.fault("error")
        error_of(client.call("PUT", "/faults", json=body), 422, "invalid")
        assert client.call("GET", "/faults").json()["mode"] == "error"

    def test_slow_is_late_and_holds_up_nobody(self, client):
        order_id = client.order()
        assert client.fault("slow")["seconds"] == 10
        client.fault("slow", seconds=1.5, times=60)
        begun = time.monotonic()
        with ThreadPoolExecutor(60) as pool:
            # More than the server's thread pool holds: asleep, they may not occupy it.
            late = [pool.submit(client.call, "GET", f"/orders/{order_id}") for _ in range(60)]
            while client.call("GET", "/faults").json()["mode"] != "none":
                time.sleep(0.02)
            asked = time.monotonic()
            assert client.call("GET", f"/orders/{order_id}").status_code == 200
            assert time.monotonic() - asked < 0.5
            assert not any(answer.done() for answer in late)
            assert {answer.result().status_code for answer in late} == {200}
        assert 1.5 <= time.monotonic() - begun < 4

    def test_slow_carries_out_for_a_caller_who_gives_up(self, client):
        order_id = client.order()
        client.fault("slow", seconds=1)
        with pytest.raises(requests.ReadTimeout):
            client.remedy(order_id, "gave-up", timeout=0.3, kind="visit")
        client.fault("none")
        assert len(client.carried_out(order_id)) == 1

    def test_error(self, client):
        order_id = client.order()
        client.fault("error")
        error_of(client.call("GET", f"/orders/{order_id}"), 500, "fault")
        error_of(client.call("GET", "/orders"), 500, "fault")
        error_of(client.remedy(order_id, "error", kind="visit"), 500, "fault")
        client.fault("none")
        assert client.carried_out(order_id) == []

    def test_refuse_meets_posted_remedies_only(self, client):
        client.fault("refuse")
        order_id = client.order()
        error_of(client.remedy(order_id, "refuse", kind="visit"), 409, "refused")
        assert client.carried_out(order_id) == []
        client.fault("none")
        assert client.remedy(order_id, "refuse", kind="visit").status_code == 201

    def test_down_closes_the_connection_with_no_answer(self, client):
        order_id = client.order()
        client.fault("down")
        for call in (
            lambda: client.call("GET", f"/orders/{order_id}"),
            lambda: client.call("POST", "/orders", json=ORDER),
            lambda: client.call("POST", "/orders", data=b"x" * 5_000_000),
            lambda: client.remedy(order_id, "down", kind="visit"),
        ):
            with pytest.raises(requests.ConnectionError):
                call()
        assert client.call("GET", "/healthz").status_code == 200
        assert client.call("GET", "/faults").json()["mode"] == "down"
        client.fault("none")
        assert client.carried_out(order_id) == []

    def test_down_sends_not_one_byte(self, client):
        client.fault("down")
        port = int(client.base.rsplit(":", 1)[1])
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(b"GET /orders HTTP/1.1\r\nHost: x\r\n\r\n")
            assert connection.recv(100) == b""

    def test_down_on_a_connection_kept_open(self, client):
        with requests.Session() as session:
            assert session.get(client.base + "/orders", timeout=5).status_code == 200
            client.fault("down", times=1)
            with pytest.raises(requests.ConnectionError):
                session.get(client.base + "/orders", timeout=5)
            assert session.get(client.base + "/orders", timeout=5).status_code == 200

    def test_down_is_back_after_seconds(self, client):
        client.fault("down", seconds=0.6)
        with pytest.raises(requests.ConnectionError):
            client.call("GET", "/orders")
        time.sleep(0.7)
        assert client.call("GET", "/orders").status_code == 200
        assert client.call("GET", "/faults").json()["mode"] == "none"

    def test_lost_answer_carries_out_once(self, client):
        client.fault("lost_answer")
        order_id = client.order()
        for _ in range(2):
            with pytest.raises(requests.ConnectionError):
                client.remedy(order_id, "lost", kind="refund")
            assert len(client.carried_out(order_id)) == 1
        client.fault("none")
        again = client.remedy(order_id, "lost", kind="refund")
        assert (again.status_code, again.json()["repeated"]) == (200, True)
        assert len(client.carried_out(order_id)) == 1

    def test_times_counts_the_requests_it_meets(self, client):
        order_id = client.order()
        client.fault("refuse", times=2)
        client.call("GET", f"/orders/{order_id}")
        assert client.call("GET", "/faults").json()["times"] == 2
        codes = [client.remedy(order_id, "times", kind="visit").status_code for _ in range(4)]
        assert codes == [409, 409, 201, 200]
        assert client.call("GET", "/faults").json()["mode"] == "none"


class TestSeeds:
    def test_delivered_orders_of_twelve_customers(self, tmp_path):
        with open(tmp_path / "log", "wb") as log:
            process, client = start(tmp_path / "orders.sqlite", log)
            orders = client.call("GET", "/orders").json()
            client.order()
            stop(process)
            process, client = start(tmp_path / "orders.sqlite", log)
            after_restart = client.call("GET", "/orders").json()
            stop(process)
        assert len(orders) == 36 and len(after_restart) == 37
        assert {order["customer_id"] for order in orders} == {f"C{1001 + n}" for n in range(12)}
        assert {order["currency"] for order in orders} == {"CNY", "TWD", "HKD", "USD"}
        assert (min(o["amount"] for o in orders), max(o["amount"] for o in orders)) == (39, 18900)
        now = datetime.now(timezone.utc)
        for order in orders:
            assert re.fullmatch(r"HS\d{6}", order["order_id"]) and re.fullmatch(r"\d{4}", order["phone_last4"])
            assert timedelta(0) < now - datetime.fromisoformat(order["delivered_at"]) < timedelta(days=21)
            assert round(sum(item["price"] for item in order["items"]), 2) == order["amount"]

    def test_the_readme_lists_every_order(self):
        readme = (DEMO / "README.md").read_text(encoding="utf-8")
        for order in json.loads((DEMO / "orders.json").read_text(encoding="utf-8")):
            assert f"| {order['order_id']} | {order['customer_id']} |" in readme


class TestSeparate:
    def test_stops_at_once_although_answers_are_slow(self, tmp_path):
        with open(tmp_path / "log", "wb") as log, ThreadPoolExecutor(1) as pool:
            process, client = start(tmp_path / "orders.sqlite", log)
            client.fault("slow", seconds=60, times=1)
            waiting = pool.submit(client.call, "GET", "/orders")
            while client.call("GET", "/faults").json()["mode"] != "none":
                time.sleep(0.02)
            process.terminate()
            process.wait(5)
            waiting.exception(5)

    def test_needs_neither_rasa_nor_the_rest(self):
        code = (
            "import sys, bot.demo.app, bot.demo.__main__\n"
            "ours = [m for m in sys.modules if m.startswith('bot.') and not m.startswith('bot.demo')]\n"
            "assert not ours and 'rasa' not in sys.modules, ours"
        )
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, env=dict(os.environ), timeout=60)

    def test_listens_on_loopback_only(self):
        command = [sys.executable, "-m", "bot.demo", "--host", "0.0.0.0"]
        assert subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60, check=False).returncode == 2
