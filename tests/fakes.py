"""Stand-ins for unit tests. Each keeps the contract tests of the port it stands for (tests/adapters)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Dict, List, Optional, Tuple

from bot.core import records as r
from bot.core.errors import ServiceRefused, ServiceUnavailable
from bot.core.notice import Notice, Target
from bot.core.ports import Notifier, OrderSystem


class FakeOrderSystem(OrderSystem):
    """Orders in memory. fault: none | down | refuse | lost_answer."""

    def __init__(self, *orders: r.Order):
        self.orders: Dict[str, r.Order] = {order.order_id: order for order in orders}
        self.remedies: List[Tuple[str, str, Optional[float], str]] = []
        self.fault = "none"

    def order(self, order_id: str) -> Optional[r.Order]:
        self._may_fail()
        return self.orders.get(order_id)

    def carry_out(self, order_id: str, kind: str, amount: Optional[float], key: str) -> None:
        self._may_fail()
        if order_id not in self.orders or self.fault == "refuse":
            raise ServiceRefused("no")
        if key not in {remedy[3] for remedy in self.remedies}:
            self.remedies.append((order_id, kind, amount, key))
        if self.fault == "lost_answer":
            raise ServiceUnavailable("the connection broke")

    def was_carried_out(self, order_id: str, key: str) -> bool:
        self._may_fail()
        return any(remedy[0] == order_id and remedy[3] == key for remedy in self.remedies)

    def _may_fail(self) -> None:
        if self.fault == "down":
            raise ServiceUnavailable("down")


@dataclass
class FakeNotifier(Notifier):
    """Remembers what it was told: (address, title, text). failures: how often it fails; failing: addresses that do."""

    told: List[Tuple[str, str, str]] = field(default_factory=list)
    failures: int = 0
    failing: Dict[str, Exception] = field(default_factory=dict)

    def notify(self, target: Target, notice: Notice) -> None:
        if self.failures:
            self.failures -= 1
            raise ServiceUnavailable("not now")
        if target.address in self.failing:
            raise self.failing[target.address]
        self.told.append((target.address, notice.title, notice.text))


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: Optional[datetime] = None):
        # A Friday, 10:00 in Shanghai.
        self.at = at or datetime(2026, 11, 20, 2, 0, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)
