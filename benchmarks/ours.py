"""Ours as it is started and spoken to: all its processes, an empty database, the demo orders as the shop's own."""

from __future__ import annotations

import secrets
import shutil
import uuid
from datetime import datetime, timezone
from typing import Any, Dict, List, Optional

from benchmarks.drive import Conversation, Line
from benchmarks.scripts import BEFORE_ENDLESS, ENDLESS, SCRIPTS, Script
from bot.setup.keeper import Assistant
from bot.setup.settings import Settings
from bot.setup.supervision import process_log

API_KEY = "BOT_API_KEY"
# The shop's own system in the place of a real one; its memory is not ours.
NOT_COUNTED = ("orders",)


class NotOpened(Exception):
    """A conversation could not be begun; the text says what the server answered."""


class PreparedAssistant(Assistant):
    """Makes its database before each start, as `make run` does; that belongs to the time to ready."""

    def start(self, *names: str) -> None:
        self.prepare()
        super().start(*names)


def assistant(settings: Settings) -> Assistant:
    var = settings.var / "bench" / "ours"
    shutil.rmtree(var, ignore_errors=True)
    var.mkdir(parents=True)
    return PreparedAssistant(settings.root, var, env={API_KEY: secrets.token_urlsafe(16)})


def apologies(assistant: Assistant) -> int:
    """How often the door had to say that the answer comes later: quick, and no answer."""
    return process_log(assistant.settings, "rasa").read_text(errors="replace").count("was not handled")


def conversations(assistant: Assistant, count: int) -> List[Conversation]:
    """The scripts in turn, each with a customer of its own; those with a touchpoint are opened through the API."""
    return [begun(assistant, SCRIPTS[number % len(SCRIPTS)]) for number in range(count)]


def long_conversation(assistant: Assistant, turns: int) -> Conversation:
    endless = [ENDLESS[number % len(ENDLESS)] for number in range(turns - len(BEFORE_ENDLESS))]
    script = Script("zh-CN", "store_visit", (*BEFORE_ENDLESS, *endless))
    return begun(assistant, script)


def begun(assistant: Assistant, script: Script) -> Conversation:
    sender = touchpoint(assistant, script) if script.touchpoint else uuid.uuid4().hex
    return Conversation(sender, script.turns)


def touchpoint(assistant: Assistant, script: Script) -> str:
    """`POST /api/v1/touchpoints`, for an order of this customer's in the demo order system: the conversation's id."""
    customer = f"bench-{uuid.uuid4().hex[:12]}"
    body = {
        "event_id": uuid.uuid4().hex,
        "touchpoint": script.touchpoint,
        "occurred_at": datetime.now(timezone.utc).isoformat(),
        "customer": {"id": customer, "name": "Lin", "locale": script.locale, "segment": "member"},
        "order_id": order(assistant, customer),
    }
    headers = {"Authorization": f"Bearer {assistant.environment[API_KEY]}"}
    return str(posted(assistant.url("web"), "/api/v1/touchpoints", body, headers)["conversation_id"])


def order(assistant: Assistant, customer: str) -> str:
    body = {
        "customer_id": customer,
        "items": [{"name": "Oak side table", "price": 680.0}],
        "amount": 680.0,
        "currency": "CNY",
        "delivered_at": datetime.now(timezone.utc).isoformat(),
    }
    return str(posted(assistant.url("orders"), "/orders", body)["order_id"])


def posted(url: str, path: str, body: Dict[str, Any], headers: Optional[Dict[str, str]] = None) -> Dict[str, Any]:
    line = Line(url)
    status, answer = line.post(path, body, headers)
    line.close()
    if status not in (200, 201, 202):
        raise NotOpened(f"POST {path} answered {status}: {answer}")
    return dict(answer)
