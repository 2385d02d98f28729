"""What a turn has to fetch or do outside, between two transactions: an HTTP call must never hold the database.

An errand can be derived from the case again (`left_over`), so that a turn whose process died goes on where it was.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Optional, Union

from bot.core import records as r
from bot.core.errors import ServiceRefused, ServiceUnavailable
from bot.core.ports import OrderSystem

FIRST_RETRY = timedelta(seconds=2)
BACK_OFF_MOST = timedelta(minutes=30)


@dataclass(frozen=True)
class LookUp:
    """Asks the order system for an order. `phone_last4`: the proof of a customer whom we do not know."""

    order_id: str
    phone_last4: Optional[str] = None


@dataclass(frozen=True)
class CarryOut:
    """Carries an accepted remedy out; the remedy is committed as `executing` before."""

    remedy_id: str
    order_id: str
    kind: str
    amount: Optional[float]
    key: str


Errand = Union[LookUp, CarryOut]


@dataclass(frozen=True)
class Outcome:
    """What came of an errand. failure: None | unavailable | refused."""

    order: Optional[r.Order] = None
    failure: Optional[str] = None
    reason: str = ""


def run(errand: Errand, orders: OrderSystem) -> Outcome:
    """Does it. Failures of the order system are outcomes; anything else is a fault of ours and is raised."""
    try:
        if isinstance(errand, LookUp):
            return Outcome(order=orders.order(errand.order_id))
        return _carry_out(errand, orders)
    except ServiceUnavailable as error:
        return Outcome(failure="unavailable", reason=str(error))
    except ServiceRefused as error:
        return Outcome(failure="refused", reason=str(error))


def _carry_out(errand: CarryOut, orders: OrderSystem) -> Outcome:
    try:
        orders.carry_out(errand.order_id, errand.kind, errand.amount, errand.key)
    except ServiceUnavailable:
        # The answer may have been lost on its way back: whoever carried it out knows.
        if not orders.was_carried_out(errand.order_id, errand.key):
            raise
    return Outcome()


def reconcile(errand: CarryOut, orders: OrderSystem) -> Outcome:
    """Finds out what became of a remedy whose end nobody saw; only what was not carried out is sent again."""
    try:
        if orders.was_carried_out(errand.order_id, errand.key):
            return Outcome()
    except (ServiceUnavailable, ServiceRefused) as error:
        return Outcome(failure="unavailable", reason=str(error))
    return run(errand, orders)


def carry_out(case: r.Case, remedy: r.Remedy) -> CarryOut:
    return CarryOut(remedy.id, case.order_id or "", remedy.kind, remedy.amount, remedy.key)


def begin(remedy: r.Remedy, until: datetime) -> r.Remedy:
    """The remedy as it is committed before the order system is called; nobody else touches it before `until`."""
    return replace(remedy, status="executing", look_again_at=until, attempts=remedy.attempts + 1)


def released(remedy: r.Remedy, now: datetime) -> r.Remedy:
    """The remedy as a lead releases it: the worker finds it at once."""
    return replace(remedy, status="executing", look_again_at=now)


def back_off(attempts: int, first: timedelta = FIRST_RETRY) -> timedelta:
    """Doubles with each attempt, at most half an hour."""
    return min(first * 2 ** min(max(attempts - 1, 0), 20), BACK_OFF_MOST)


def left_over(case: Optional[r.Case], remedy: Optional[r.Remedy]) -> Optional[Errand]:
    """The errand that a case still waits for."""
    if case is None or case.status != "recovering":
        return None
    if remedy is not None and remedy.status == "executing":
        return carry_out(case, remedy)
    if case.order_id and not case.order_checked and not case.order_given_up:
        return LookUp(case.order_id)
    return None
