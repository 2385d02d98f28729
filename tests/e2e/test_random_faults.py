"""Two hundred customers complain while the order system fails at random: nothing twice, nothing lost, all told."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.e2e.complaint import BROKEN, Complaint
from tests.journeys.script import Player

pytestmark = pytest.mark.servers

CUSTOMERS = 200
SEED = 20261121
FAULTS = ("none", "none", "error", "refuse", "down", "lost_answer", "none")
TOLD = ("It's done", "is booked", "in your account")
ENDED = ("resolved_by_bot", "escalated")


class Weather(threading.Thread):
    """Changes the order system's fault every now and then."""

    def __init__(self, talk: Player, chance: random.Random):
        super().__init__(daemon=True)
        self._talk, self._chance, self._over = talk, chance, threading.Event()

    def run(self) -> None:
        while not self._over.wait(self._chance.uniform(0.2, 0.8)):
            self._talk.fault(self._chance.choice(FAULTS))

    def end(self) -> None:
        self._over.set()
        self.join()
        self._talk.fault("none")


def complains(complaint: Complaint, chance: random.Random) -> None:
    """One customer, to the end of what they have to say: a yes, a no, a doubt, the same yes twice."""
    for text in (
        "hello",
        chance.choice(["1", "2"]),
        BROKEN,
        chance.choice(["refund", "I want a refund", "what can you do"]),
    ):
        complaint.say(text)
    answer = chance.choice(["yes", "yes please", "no", "maybe", "yes"])
    if (complaint.view()["open_question"] or {}).get("kind") == "remedy":
        complaint.say(answer, message_id="answer")
        if chance.random() < 0.5:
            complaint.say(answer, message_id="answer")
        # One who has heard enough declines each offer that is left.
        while (complaint.view()["open_question"] or {}).get("kind") == "remedy":
            complaint.say("no")


def test_two_hundred_customers_in_bad_weather(talk: Player) -> None:
    chance = random.Random(SEED)
    complaints = [Complaint(talk) for _ in range(CUSTOMERS)]
    chances = [random.Random(chance.random()) for _ in complaints]
    weather = Weather(talk, chance)
    weather.start()
    try:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(complains, complaints, chances))
    finally:
        weather.end()
    until = time.monotonic() + 40
    for complaint in complaints:
        while settled(complaint) is None:
            assert time.monotonic() < until, f"nobody can act on this, and nothing is under way\n{story(complaint)}"
            time.sleep(0.3)
        check(complaint, settled(complaint))


def settled(complaint: Complaint) -> Any:
    """The case, once nothing is under way any more."""
    case = complaint.case()
    remedy = case["remedy"]
    return case if case["status"] in ENDED and (remedy is None or remedy["status"] != "accepted") else None


def story(complaint: Complaint) -> str:
    view = complaint.view()
    lines = [f"{message['from']}: {message['text']}" for message in view["messages"]]
    return "\n".join([str(complaint.case()), str(view["open_question"]), *lines])


def check(complaint: Complaint, case: Any) -> None:
    done, said = complaint.carried_out(), complaint.bot_said()
    remedy = case["remedy"]
    told = f"{case}\n{done}\n{said}"
    assert len(done) <= 1, told
    assert (remedy is not None and remedy["status"] == "done") == bool(done), (
        f"the store and the order system agree\n{told}"
    )
    if done:
        assert any(words in said for words in TOLD), f"what was carried out is told\n{told}"
    if case["status"] == "resolved_by_bot":
        assert done and case["first_contact_resolved"] is True, told
    else:
        assert case["sla"]["first_response_due"] and case["team"], f"a person can act on it\n{told}"
        assert "get back to you" in said, f"the customer knows what happens next\n{told}"
