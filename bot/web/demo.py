"""A few orders of the demo's customers, for the start page."""

import logging
from dataclasses import dataclass
from typing import List

import requests

log = logging.getLogger(__name__)

# one who writes Simplified, one Traditional, one English
CUSTOMERS = ("C1001", "C1009", "C1012")
SECONDS = 0.8
EACH = 2


@dataclass(frozen=True)
class DemoOrder:
    order_id: str
    customer_id: str
    what: str


def orders(url: str) -> List[DemoOrder]:
    """Orders of the demo customers; none if the order system does not answer at once: the page works without."""
    found: List[DemoOrder] = []
    try:
        for customer in CUSTOMERS:
            answer = requests.get(f"{url.rstrip('/')}/orders", params={"customer_id": customer}, timeout=SECONDS)
            answer.raise_for_status()
            for order in answer.json()[:EACH]:
                what = "、".join(str(item["name"]) for item in order["items"])
                found.append(DemoOrder(str(order["order_id"]), str(order["customer_id"]), what))
    except (requests.RequestException, ValueError, KeyError, TypeError) as error:
        log.info("no demo orders: %s", error)
    return found
