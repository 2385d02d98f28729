"""One scripted complaint, step by step, for the tests that interrupt it."""

import time
import uuid
from typing import Any, Callable, List, Optional

from tests.journeys.script import Journey, Player

BROKEN = "The table arrived broken, one leg is snapped off"


class Complaint:
    """A customer with a delivered order who gets to the offer of a refund."""

    def __init__(self, talk: Player, amount: float = 240):
        self.talk, self.customer = talk, f"E{uuid.uuid4().hex[:10]}"
        self.order = talk.order(self.customer, amount=amount, currency="USD")
        journey = Journey(name="complaint", touchpoint="delivery", locale="en-US", turns=[])
        self.id = talk.invite(journey, self.customer, {"order": self.order})

    def say(self, text: str, message_id: Optional[str] = None) -> List[str]:
        return [message["text"] for message in self.talk.say(self.id, text, message_id=message_id)]

    def to_the_offer(self) -> None:
        for text in ("hello", "1", BROKEN, "I want a refund"):
            self.say(text)
        assert self.asked()["kind"] == "remedy", self.view()

    def view(self) -> Any:
        return self.talk.api("GET", f"/conversations/{self.id}")

    def asked(self) -> Any:
        return self.view()["open_question"] or {}

    def case(self) -> Any:
        return self.talk.api("GET", f"/cases?conversation={self.id}")["items"][0]

    def response(self) -> Any:
        return self.talk.api("GET", f"/responses?conversation={self.id}")["items"][0]

    def bot_said(self) -> str:
        return "\n".join(message["text"] for message in self.view()["messages"] if message["from"] == "bot")

    def carried_out(self) -> List[Any]:
        return self.talk.carried_out(self.order)


def eventually(check: Callable[[], Any], seconds: float = 60) -> Any:
    """Waits until `check` gives something true, and gives it; fails after `seconds`."""
    until = time.monotonic() + seconds
    while True:
        found = check()
        if found:
            return found
        assert time.monotonic() < until, f"still not so after {seconds} s: {found!r}"
        time.sleep(0.3)
