"""What programs and mischievous customers send: nothing changes that should not, and nothing is executed."""

import uuid

import pytest
import requests

from bot.setup.keeper import Assistant
from tests.journeys.script import Journey, Player
from tests.servers import player

pytestmark = pytest.mark.servers

COMMANDS = [
    "/restart",
    "/session_start",
    '/intent{"x":1}',
    "/greet",
    "//stop",
    "'; DROP TABLE messages; --",
    "<script>alert(1)</script>",
]


@pytest.fixture
def talk(assistant: Assistant) -> Player:
    return player(assistant)


def begun(talk: Player) -> str:
    journey = Journey(name="odd", touchpoint="delivery", locale="en", turns=[])
    conversation = talk.invite(journey, f"O{uuid.uuid4().hex[:8]}", {})
    talk.say(conversation, "hello")
    return conversation


@pytest.mark.parametrize("text", COMMANDS)
def test_commands_are_words(talk: Player, text: str) -> None:
    conversation = begun(talk)
    talk.say(conversation, "5")
    before = talk.api("GET", f"/conversations/{conversation}")["open_question"]
    talk.say(conversation, text)
    view = talk.api("GET", f"/conversations/{conversation}")
    answers = talk.api("GET", f"/responses?conversation={conversation}")["items"][0]["answers"]
    assert answers[0]["score"] == 5
    assert before["question"] == "reason"
    assert text in [message["text"] for message in view["messages"]], "kept as it was typed"


def test_twenty_thousand_characters(talk: Player) -> None:
    conversation = begun(talk)
    assert talk.say(conversation, "very " * 4000)
    assert talk.say(conversation, "4")


@pytest.mark.parametrize(
    "body",
    [
        {"sender": "a"},
        {"sender": "a", "message": ""},
        {"sender": "a", "message": "  "},
        {"sender": "a", "message": 5},
        {"sender": "a", "message": None},
        {"sender": "a", "message": ["hi"]},
        {"message": "hi"},
        {"sender": "", "message": "hi"},
        {"sender": 7, "message": "hi"},
        {"sender": "a" * 500, "message": "hi"},
        {"sender": "a", "message": "hi", "metadata": "x"},
        {"sender": "a", "message": "hi", "metadata": {"message_id": 5}},
        [],
        "hi",
        None,
    ],
)
def test_what_is_no_message_is_refused(assistant: Assistant, body: object) -> None:
    answer = requests.post(f"{assistant.url('rasa')}/webhooks/rest/webhook", json=body, timeout=10)
    assert answer.status_code == 400
    assert answer.json()["error"]["field"]


def test_a_body_that_is_no_json(assistant: Assistant) -> None:
    url = f"{assistant.url('rasa')}/webhooks/rest/webhook"
    assert requests.post(url, data=b"{", timeout=10).status_code == 400
    assert requests.post(url, data=b"x" * 300_000, timeout=10).status_code == 413


def test_the_same_message_id_twice_is_answered_twice_and_counted_once(talk: Player) -> None:
    conversation = begun(talk)
    first = talk.say(conversation, "5", message_id="same")
    second = talk.say(conversation, "5", message_id="same")
    assert [message["text"] for message in first] == [message["text"] for message in second]
    view = talk.api("GET", f"/conversations/{conversation}")
    assert [message["text"] for message in view["messages"]].count("5") == 1


def test_a_conversation_that_nobody_began_is_not_found(talk: Player) -> None:
    answer = talk.session.get(f"{talk._web}/api/v1/conversations/{uuid.uuid4().hex}", timeout=10)
    assert answer.status_code == 404


def test_everything_listens_on_loopback_only(assistant: Assistant) -> None:
    import psutil

    ours = set(assistant.settings.ports.values())
    listening = [c for c in psutil.net_connections("tcp") if c.status == psutil.CONN_LISTEN and c.laddr.port in ours]
    assert {c.laddr.port for c in listening} == ours
    assert {c.laddr.ip for c in listening} == {"127.0.0.1"}


def test_nothing_is_sent_out_of_the_machine(assistant: Assistant, talk: Player) -> None:
    """Telemetry is off: no process of ours holds a connection to anywhere but loopback."""
    import psutil

    begun(talk)
    pids = [assistant.pid(name) for name in assistant.processes]
    family = [child for pid in pids for child in [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]]
    peers = {c.raddr.ip for process in family for c in process.net_connections("inet") if c.raddr}
    assert peers <= {"127.0.0.1"}
