"""The order system fails in every way it can: nothing is carried out twice, and the customer is told the truth."""

import threading
import time
from typing import List

import pytest

from tests.e2e.complaint import BROKEN, Complaint, eventually
from tests.journeys.script import Player

pytestmark = pytest.mark.servers


def test_a_complaint_is_recovered_in_one_conversation(talk: Player) -> None:
    complaint = Complaint(talk)
    complaint.to_the_offer()
    complaint.say("yes please")
    complaint.say("5")
    case = complaint.case()
    assert [remedy["kind"] for remedy in complaint.carried_out()] == ["refund"]
    assert case["status"] == "resolved_by_bot" and case["first_contact_resolved"] is True
    assert case["recovery_score"] == 5 and case["remedy"]["status"] == "done"


def test_order_system_down_at_the_look_up_goes_to_a_person(talk: Player) -> None:
    complaint = Complaint(talk)
    complaint.say("hello")
    complaint.say("1")
    talk.fault("down")
    said = complaint.say(BROKEN)
    assert "isn't answering" in "\n".join(said)
    talk.fault("none")
    case = complaint.case()
    assert case["status"] == "escalated" and case["sla"]["first_response_due"]
    assert complaint.carried_out() == [] and case["remedy"] is None


def test_down_after_the_yes_is_told_and_carried_out_once_when_it_is_back(talk: Player) -> None:
    complaint = Complaint(talk)
    complaint.to_the_offer()
    talk.fault("down")
    assert "hasn't confirmed" in "\n".join(complaint.say("yes"))
    assert complaint.case()["status"] == "recovering"
    talk.fault("none")
    eventually(lambda: complaint.case()["status"] == "resolved_by_bot")
    assert len(complaint.carried_out()) == 1
    assert complaint.asked()["kind"] == "recovery_score"


def test_an_order_system_that_stays_down_brings_a_person(talk: Player) -> None:
    complaint = Complaint(talk)
    complaint.to_the_offer()
    talk.fault("down")
    complaint.say("yes")
    eventually(lambda: complaint.case()["status"] == "escalated")
    assert "isn't answering" in complaint.bot_said()


def test_a_lost_answer_is_found_out_and_nothing_done_twice(talk: Player) -> None:
    complaint = Complaint(talk)
    complaint.to_the_offer()
    talk.fault("lost_answer")
    complaint.say("yes")
    eventually(lambda: complaint.case()["status"] == "resolved_by_bot")
    assert len(complaint.carried_out()) == 1
    assert complaint.case()["remedy"]["status"] == "done"


def test_a_refused_remedy_is_said_and_handed_over(talk: Player) -> None:
    complaint = Complaint(talk)
    complaint.to_the_offer()
    talk.fault("refuse")
    assert "has not been done" in "\n".join(complaint.say("yes"))
    case = complaint.case()
    assert case["status"] == "escalated" and case["remedy"]["status"] == "failed"
    assert complaint.carried_out() == []


def test_yes_said_twice_at_once_is_one_refund(talk: Player) -> None:
    complaint = Complaint(talk)
    complaint.to_the_offer()
    threads = [threading.Thread(target=complaint.say, args=("yes",)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(complaint.carried_out()) == 1


def test_a_slow_order_system_holds_up_nobody_else(talk: Player) -> None:
    slow, quick = Complaint(talk), Complaint(talk)
    for complaint in (slow, quick):
        complaint.say("hello")
        complaint.say("1")
    talk.fault("slow", seconds=10)
    finished: List[str] = []

    def run(name: str, complaint: Complaint, texts: List[str]) -> None:
        for text in texts:
            complaint.say(text)
        finished.append(name)

    waiting = threading.Thread(target=run, args=("slow", slow, [BROKEN]))
    waiting.start()
    time.sleep(0.5)
    run("quick", quick, ["the driver was friendly", "skip", "who are you?", "3"])
    waiting.join()
    assert finished == ["quick", "slow"]
