"""An agent takes over by the API while the customer writes through Rasa: silence, replies, release, resolve."""

from typing import Any

import pytest

from bot.setup.keeper import Assistant
from tests.e2e.complaint import BROKEN, Complaint
from tests.journeys.script import Player
from tests.servers import player

pytestmark = pytest.mark.servers


@pytest.fixture
def talk(assistant: Assistant) -> Player:
    return player(assistant)


def escalated(talk: Player) -> Complaint:
    complaint = Complaint(talk)
    for text in ("hello", "1", BROKEN, "I want to talk to a person"):
        complaint.say(text)
    assert complaint.case()["status"] == "escalated"
    return complaint


def act(talk: Player, case_id: str, verb: str, **body: Any) -> Any:
    return talk.session.post(f"{talk._web}/api/v1/cases/{case_id}/{verb}", json={"agent": "ann", **body}, timeout=30)


def test_takeover_replies_both_ways_release_and_recovery_score(talk: Player) -> None:
    complaint = escalated(talk)
    case_id = complaint.case()["id"]
    assert act(talk, case_id, "claim").status_code == 200
    assert complaint.view()["owner"] == "agent"
    assert complaint.say("anybody there?") == [], "the bot is silent"
    assert complaint.case()["sla"]["next_response_due"]
    act(talk, case_id, "reply", text="Yes, I am. One moment.", reply_id="r1").raise_for_status()
    act(talk, case_id, "reply", text="Yes, I am. One moment.", reply_id="r1").raise_for_status()
    said = [(message["from"], message["text"]) for message in complaint.view()["messages"]]
    assert said[-2:] == [("customer", "anybody there?"), ("agent", "Yes, I am. One moment.")]
    act(talk, case_id, "release").raise_for_status()
    assert complaint.view()["owner"] == "bot" and complaint.say("thanks")
    act(talk, case_id, "claim").raise_for_status()
    resolved = act(talk, case_id, "resolve", root_cause="system", done="new one sent", tell="A new table leaves today.")
    assert resolved.json()["status"] == "resolved" and resolved.json()["root_cause"] == "system"
    assert complaint.asked()["kind"] == "recovery_score"
    complaint.say("4")
    assert complaint.case()["recovery_score"] == 4


def test_the_second_agent_is_told_who_has_it(talk: Player) -> None:
    complaint = escalated(talk)
    case_id = complaint.case()["id"]
    act(talk, case_id, "claim").raise_for_status()
    for verb, body in (("claim", {}), ("reply", {"text": "hi"}), ("release", {})):
        refused = act(talk, case_id, verb, **{**body, "agent": "bob"})
        assert refused.status_code == 409 and "ann" in refused.json()["error"]["message"]


@pytest.mark.parametrize(
    "verb, body, field",
    [
        ("reply", {"text": ""}, "text"),
        ("reply", {"text": 5}, "text"),
        ("note", {}, "text"),
        ("resolve", {"root_cause": "weather", "done": "x", "tell": "y"}, "root_cause"),
        ("claim", {"agent": ""}, "agent"),
        ("claim", {"unknown": 1}, "unknown"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_field(talk: Player, verb: str, body: Any, field: str) -> None:
    case_id = escalated(talk).case()["id"]
    refused = act(talk, case_id, verb, **body)
    assert refused.status_code == 422 and refused.json()["error"]["field"] == field


def test_no_such_case_and_no_key(talk: Player) -> None:
    assert act(talk, "nothing", "claim").status_code == 404
    import requests

    assert requests.post(f"{talk._web}/api/v1/cases/x/claim", json={"agent": "ann"}, timeout=10).status_code == 401


def test_silent_across_a_restart_of_rasa(breakable: Assistant) -> None:
    talk = player(breakable)
    complaint = escalated(talk)
    act(talk, complaint.case()["id"], "claim").raise_for_status()
    breakable.kill("rasa")
    breakable.start_again("rasa")
    assert complaint.say("hello?") == []
