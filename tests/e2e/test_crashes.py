"""kill -9 of each process in mid-conversation: no answer lost, no remedy repeated, the customer answered."""

import threading
import time

import pytest
import requests

from bot.setup.keeper import Assistant
from tests.e2e.complaint import BROKEN, Complaint, eventually
from tests.journeys.script import Player

pytestmark = pytest.mark.servers


@pytest.mark.parametrize("name", ["actions", "web", "worker", "rasa"])
def test_killed_between_two_turns_nothing_is_lost(breakable: Assistant, talk: Player, name: str) -> None:
    complaint = Complaint(talk)
    complaint.say("hello")
    complaint.say("1")
    breakable.kill(name)
    breakable.start_again(name)
    assert complaint.response()["answers"][0]["score"] == 1
    complaint.say(BROKEN)
    complaint.say("refund")
    complaint.say("yes")
    assert len(complaint.carried_out()) == 1


def test_action_server_gone_the_customer_hears_it_and_is_answered_afterwards(
    breakable: Assistant, talk: Player
) -> None:
    complaint = Complaint(talk)
    complaint.say("hello")
    breakable.kill("actions")
    said = complaint.say("2")
    assert "is saved" in "\n".join(said)
    breakable.start_again("actions")
    eventually(lambda: complaint.response()["answers"] if "went wrong" in complaint.bot_said() else None, 90)
    assert [answer["score"] for answer in complaint.response()["answers"]] == [2]


def test_action_server_killed_while_it_carries_a_remedy_out(breakable: Assistant, talk: Player) -> None:
    complaint = Complaint(talk)
    complaint.to_the_offer()
    talk.fault("slow", seconds=3)
    saying = threading.Thread(target=complaint.say, args=("yes",))
    saying.start()
    time.sleep(1)
    breakable.kill("actions")
    saying.join()
    talk.fault("none")
    breakable.start_again("actions")
    eventually(lambda: complaint.case()["status"] == "resolved_by_bot", 90)
    assert len(complaint.carried_out()) == 1


def test_rasa_killed_while_it_answers_the_same_message_again_gives_the_answer(
    breakable: Assistant, talk: Player
) -> None:
    complaint = Complaint(talk)
    complaint.to_the_offer()
    talk.fault("slow", seconds=2)
    failed = threading.Event()

    def say() -> None:
        try:
            complaint.say("yes", message_id="m-yes")
        except requests.RequestException:
            failed.set()

    saying = threading.Thread(target=say)
    saying.start()
    time.sleep(0.8)
    breakable.kill("rasa")
    saying.join()
    assert failed.is_set()
    talk.fault("none")
    breakable.start_again("rasa")
    eventually(lambda: complaint.case()["status"] == "resolved_by_bot", 90)
    assert len(complaint.carried_out()) == 1
    assert complaint.say("yes", message_id="m-yes"), "the same message gets its answer again"
    assert len(complaint.carried_out()) == 1


def test_rasas_tracker_deleted_in_mid_survey_changes_nothing(breakable: Assistant, talk: Player) -> None:
    complaint = Complaint(talk)
    complaint.say("hello")
    complaint.say("5")
    before = complaint.asked()
    breakable.kill("rasa")
    for file in breakable.settings.var.glob("rasa-tracker.sqlite*"):
        file.unlink()
    breakable.start_again("rasa")
    assert complaint.asked() == before
    complaint.say("the driver was friendly")
    assert complaint.asked()["question"] != before["question"]
