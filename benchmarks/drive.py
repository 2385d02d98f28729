"""The driver: whole conversations through Rasa's REST channel, one at a time or several at once, each turn timed."""

from __future__ import annotations

import http.client
import json
import threading
import time
from dataclasses import dataclass, field
from typing import Any, Dict, Iterator, List, Optional, Sequence, Tuple
from urllib.parse import urlsplit

TURN_SECONDS = 30.0
WEBHOOK = "/webhooks/rest/webhook"
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Say:
    """What the customer does in one turn: types `text`, or taps the button `tap` of the last reply if it has some."""

    text: str
    tap: Optional[int] = None

    @property
    def kind(self) -> str:
        return "text" if self.tap is None else "tap"


@dataclass(frozen=True)
class Conversation:
    sender: str
    turns: Sequence[Say]


@dataclass(frozen=True)
class Timed:
    """One turn: how long the customer waited, and whether anything came back."""

    kind: str
    seconds: float
    answered: bool


@dataclass
class Run:
    """What came of a number of conversations: their turns in the order of their ends, and the time for all."""

    turns: List[Timed] = field(default_factory=list)
    seconds: float = 0.0
    cut_short: bool = False


class Line:
    """One connection, kept open; http.client because it costs the driver a tenth of a millisecond a turn."""

    def __init__(self, url: str):
        parts = urlsplit(url)
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=TURN_SECONDS)

    def post(self, path: str, body: Dict[str, Any], headers: Optional[Dict[str, str]] = None) -> Tuple[int, Any]:
        """Status and JSON. Status 0 when the server closed the connection or took too long."""
        payload = json.dumps(body).encode()
        try:
            self._connection.request("POST", path, payload, {**JSON, **(headers or {})})
            response = self._connection.getresponse()
            return response.status, json.loads(response.read() or b"null")
        except (OSError, http.client.HTTPException, ValueError):
            self.close()
            return 0, None

    def close(self) -> None:
        self._connection.close()


def talk(url: str, conversation: Conversation, line: Optional[Line] = None) -> Iterator[Timed]:
    """Speaks one conversation from beginning to end."""
    line = line or Line(url)
    buttons: List[str] = []
    for turn in conversation.turns:
        text = turn.text if turn.tap is None or not buttons else buttons[turn.tap % len(buttons)]
        started = time.perf_counter()
        status, replies = line.post(WEBHOOK, {"sender": conversation.sender, "message": text})
        seconds = time.perf_counter() - started
        answered = status == 200 and isinstance(replies, list) and bool(replies)
        buttons = [button["payload"] for button in replies[-1].get("buttons", [])] if answered else []
        yield Timed(turn.kind, seconds, answered)


def run(url: str, conversations: Sequence[Conversation], at_once: int, limit: float) -> Run:
    """Speaks all of them, `at_once` at any moment; begins no turn after `limit` seconds."""
    waiting, done, lock = list(reversed(conversations)), Run(), threading.Lock()
    started = time.perf_counter()

    def customer() -> None:
        line = Line(url)
        while True:
            with lock:
                if not waiting or done.cut_short:
                    return line.close()
                conversation = waiting.pop()
            for timed in talk(url, conversation, line):
                with lock:
                    done.turns.append(timed)
                    done.cut_short = done.cut_short or time.perf_counter() - started > limit
                if done.cut_short:
                    break

    threads = [threading.Thread(target=customer, daemon=True) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done.seconds = time.perf_counter() - started
    return done
