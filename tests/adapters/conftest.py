"""Both order systems, the fake one and the real adapter against a real demo server, behind one handle."""

import socket
import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import Any, Iterator, List, Tuple

import pytest
import requests

from bot.adapters.orders import HttpOrderSystem
from bot.core import records as r
from bot.core.ports import OrderSystem
from tests.fakes import FakeOrderSystem

ROOT = Path(__file__).resolve().parents[2]


class FakeShop:
    """An order system in memory, with one order in it."""

    def __init__(self, order: r.Order):
        self.order, self.system = order, FakeOrderSystem(order)

    def fault(self, mode: str) -> None:
        self.system.fault = mode

    def carried_out(self) -> List[Tuple[str, Any, str]]:
        return [(kind, amount, key) for _, kind, amount, key in self.system.remedies]


class RealShop:
    """The adapter against the demo server, with one order that is only this test's."""

    def __init__(self, base: str, order: r.Order):
        self.base, self.order = base, order
        self.system: OrderSystem = HttpOrderSystem(base, timeout=5)
        price = {"name": order.items[0], "price": order.amount}
        body = {**vars(order), "items": [price]}
        requests.post(f"{base}/orders", json=body, timeout=10).raise_for_status()

    def fault(self, mode: str, **options: Any) -> None:
        requests.put(f"{self.base}/faults", json={"mode": mode, **options}, timeout=10).raise_for_status()

    def carried_out(self) -> List[Tuple[str, Any, str]]:
        done = requests.get(f"{self.base}/orders/{self.order.order_id}/remedies", timeout=10).json()
        return [(remedy["kind"], remedy["amount"], remedy["idempotency_key"]) for remedy in done]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo order system in a process of its own; its URL."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    database = tmp_path_factory.mktemp("demo") / "orders.sqlite"
    command = [sys.executable, "-m", "bot.demo", "--port", str(port), "--database", str(database)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(400):
            assert process.poll() is None, "the demo server has ended"
            try:
                requests.get(f"{base}/healthz", timeout=2).raise_for_status()
                break
            except requests.RequestException:
                time.sleep(0.05)
        yield base
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
def an_order() -> r.Order:
    return r.Order(f"T-{uuid.uuid4().hex[:12]}", "C7", 120.5, "CNY", ("Lamp",), "0427")


@pytest.fixture
def real_shop(demo: str, an_order: r.Order) -> Iterator[RealShop]:
    made = RealShop(demo, an_order)
    yield made
    made.fault("none")


@pytest.fixture(params=["fake", "http"])
def shop(request: pytest.FixtureRequest, an_order: r.Order) -> Any:
    """Each in turn, so that the fake cannot promise what the real one does not keep."""
    return FakeShop(an_order) if request.param == "fake" else request.getfixturevalue("real_shop")
