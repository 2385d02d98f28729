"""Telling a team's program: JSON by HTTP POST, signed."""

import json
from datetime import datetime
from typing import Any, Callable, Dict

import requests

from bot.adapters import signature
from bot.core.errors import ServiceRefused, ServiceUnavailable
from bot.core.notice import Notice, Target
from bot.core.ports import Notifier

# Seconds to connect, and to the first byte of the answer.
TIMEOUT = (2.0, 10.0)
NO_ADDRESS = (
    requests.exceptions.InvalidURL,
    requests.exceptions.InvalidSchema,
    requests.exceptions.MissingSchema,
)
# The receiver asks for another try: too slow, too early, too many.
LATER = (408, 425, 429)


class SignedWebhook(Notifier):
    """Signs with `key`, the bytes of the secret (see `signature.key_of`). clock: gives the time, aware and in UTC."""

    def __init__(self, key: bytes, clock: Callable[[], datetime]):
        self._key, self._clock = key, clock

    def notify(self, target: Target, notice: Notice) -> None:
        body = json.dumps(_content(notice), ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json", **signature.headers(self._key, notice.key, self._clock(), body)}
        try:
            # Nothing of the answer but its status is read, and a redirect might lead into somebody else's network.
            with requests.post(
                target.address, data=body, headers=headers, timeout=TIMEOUT, allow_redirects=False, stream=True
            ) as answer:
                status = answer.status_code
        # `from None` and only the kind of failure: its words would hold the address.
        except NO_ADDRESS:
            raise ServiceRefused("its address is not one that can be called") from None
        except requests.RequestException as error:
            raise ServiceUnavailable(f"no answer: {type(error).__name__}") from None
        if status >= 500 or status in LATER:
            raise ServiceUnavailable(f"it answered {status}")
        if not 200 <= status < 300:
            raise ServiceRefused(f"it answered {status}")


def _content(notice: Notice) -> Dict[str, Any]:
    return {
        "type": notice.type,
        "id": notice.key,
        "at": notice.at.isoformat(),
        "team": notice.team,
        "case": notice.case,
        "title": notice.title,
        "text": notice.text,
        "link": notice.link,
    }
