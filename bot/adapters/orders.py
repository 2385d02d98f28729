"""The order system over HTTP. Another one is plugged in by a class like this one that keeps `OrderSystem`'s words."""

import threading
from typing import Any, Optional
from urllib.parse import quote

import requests
from requests.adapters import HTTPAdapter

from bot.core import records as r
from bot.core.errors import ServiceRefused, ServiceUnavailable
from bot.core.ports import OrderSystem

CONNECT_SECONDS = 2.0


class HttpOrderSystem(OrderSystem):
    """Talks to `base_url`. `timeout`: seconds without a byte after which it counts as not answering."""

    def __init__(self, base_url: str, timeout: float):
        self._base = base_url.rstrip("/")
        self._timeout = (CONNECT_SECONDS, timeout)
        # requests does not promise that a session may be shared between threads.
        self._local = threading.local()

    def order(self, order_id: str) -> Optional[r.Order]:
        answer = self._call("GET", f"/orders/{quote(order_id, safe='')}")
        if answer.status_code == 404:
            return None
        found = self._json(answer)
        return r.Order(
            order_id=found["order_id"],
            customer_id=found["customer_id"],
            amount=float(found["amount"]),
            currency=found["currency"],
            items=tuple(item["name"] for item in found.get("items", ())),
            phone_last4=found.get("phone_last4"),
        )

    def carry_out(self, order_id: str, kind: str, amount: Optional[float], key: str) -> None:
        body = {"kind": kind} if amount is None else {"kind": kind, "amount": amount}
        path = f"/orders/{quote(order_id, safe='')}/remedies"
        self._json(self._call("POST", path, json=body, headers={"Idempotency-Key": key}))

    def was_carried_out(self, order_id: str, key: str) -> bool:
        answer = self._call("GET", f"/orders/{quote(order_id, safe='')}/remedies")
        return any(remedy["idempotency_key"] == key for remedy in self._json(answer))

    def _call(self, method: str, path: str, **options: Any) -> requests.Response:
        if not hasattr(self._local, "session"):
            self._local.session = requests.Session()
            # A connection that the server closed while idle is no failure of the server: one new try, GET only.
            self._local.session.mount("http", HTTPAdapter(max_retries=1 if method == "GET" else 0))
        try:
            return self._local.session.request(method, self._base + path, timeout=self._timeout, **options)
        except requests.RequestException as error:
            raise ServiceUnavailable(f"order system: {type(error).__name__}") from error

    @staticmethod
    def _json(answer: requests.Response) -> Any:
        if answer.status_code >= 500:
            raise ServiceUnavailable(f"order system: answered {answer.status_code}")
        if answer.status_code >= 400:
            raise ServiceRefused(f"order system: answered {answer.status_code}: {answer.text[:200]}")
        try:
            return answer.json()
        except ValueError as error:
            raise ServiceUnavailable("order system: its answer is not JSON") from error
