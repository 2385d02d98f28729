"""The order system over HTTP. Another one is plugged in by a class like this one that keeps `OrderSystem`'s words."""

import threading
from typing import Any, Callable, Optional, TypeVar
from urllib.parse import quote

import requests

from bot.adapters.breaker import Breaker
from bot.core import records as r
from bot.core.errors import ServiceRefused, ServiceUnavailable
from bot.core.ports import OrderSystem

CONNECT_SECONDS = 2.0
# After so many calls in a row without an answer nobody waits for it any more; a while later one call tries again. Short
# enough that what the worker reconciles (2, 4, 8 … seconds) still finds out for itself.
FAILURES = 5
PAUSE_SECONDS = 5.0
T = TypeVar("T")


class HttpOrderSystem(OrderSystem):
    """Talks to `base_url`. `timeout`: seconds without a byte after which it counts as not answering.

    breaker: what it fails by is no answer and 5xx. A no (4xx) is an answer, and so is one that cannot be read: it came
    without a wait.
    """

    def __init__(self, base_url: str, timeout: float, breaker: Optional[Breaker] = None):
        self._base = base_url.rstrip("/")
        self._timeout = (CONNECT_SECONDS, timeout)
        self._breaker = breaker or Breaker("order system", FAILURES, PAUSE_SECONDS)
        # requests does not promise that a session may be shared between threads.
        self._local = threading.local()

    def order(self, order_id: str) -> Optional[r.Order]:
        answer = self._call("GET", f"/orders/{quote(order_id, safe='')}")
        return None if answer.status_code == 404 else _read(answer, _order)

    def carry_out(self, order_id: str, kind: str, amount: Optional[float], key: str) -> None:
        body = {"kind": kind} if amount is None else {"kind": kind, "amount": amount}
        path = f"/orders/{quote(order_id, safe='')}/remedies"
        _read(self._call("POST", path, json=body, headers={"Idempotency-Key": key}), dict)

    def was_carried_out(self, order_id: str, key: str) -> bool:
        answer = self._call("GET", f"/orders/{quote(order_id, safe='')}/remedies")
        if answer.status_code == 404:
            return False
        return key in _read(answer, lambda remedies: [remedy["idempotency_key"] for remedy in remedies])

    def _call(self, method: str, path: str, **options: Any) -> requests.Response:
        return self._breaker.call(lambda: self._answered(method, path, **options))

    def _answered(self, method: str, path: str, **options: Any) -> requests.Response:
        """Its answer, unless that is a fault of its own (5xx)."""
        answer = self._sent(method, path, **options)
        if answer.status_code >= 500:
            raise ServiceUnavailable(f"order system: answered {answer.status_code}")
        return answer

    def _sent(self, method: str, path: str, **options: Any) -> requests.Response:
        if not hasattr(self._local, "session"):
            self._local.session = requests.Session()
        # A kept connection that the server closed is worth a second try; a POST is never sent twice by itself.
        tries = 2 if method == "GET" else 1
        while True:
            tries -= 1
            try:
                return self._local.session.request(method, self._base + path, timeout=self._timeout, **options)
            except requests.RequestException as error:
                if tries == 0 or isinstance(error, requests.Timeout):
                    raise ServiceUnavailable(f"order system: {type(error).__name__}") from error


def _order(found: Any) -> r.Order:
    return r.Order(
        order_id=found["order_id"],
        customer_id=found["customer_id"],
        amount=float(found["amount"]),
        currency=found["currency"],
        items=tuple(item["name"] for item in found.get("items", ())),
        phone_last4=found.get("phone_last4"),
    )


def _read(answer: requests.Response, read: Callable[[Any], T]) -> T:
    """What an answer says. Raises ServiceRefused for a no, ServiceUnavailable for what cannot be read."""
    if answer.status_code == 429:
        raise ServiceUnavailable(f"order system: answered {answer.status_code}")
    if answer.status_code >= 400:
        raise ServiceRefused(f"order system: answered {answer.status_code}: {answer.text[:200]}")
    try:
        return read(answer.json())
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ServiceUnavailable("order system: its answer is not of the shape agreed") from error
