"""The door: stored first, recognised when it comes again, made harmless, and silent while a person is there."""

import asyncio
from dataclasses import replace

import pytest
from rasa.core.channels import channel as rasa_channel
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, Sanic

from bot.channels.door import Door, harmless, install
from bot.core.services.dialogue import VERBS, reply
from bot.core.services.turn import new_id
from bot.core.types import Understanding


class Rasa:
    """Stands where Rasa's handler stands: answers through core as an action does; `down`: the action server is."""

    def __init__(self, ports):
        self.ports, self.seen, self.down, self.stored_when_seen = ports, [], False, []

    async def handle(self, message):
        self.seen.append(message)
        with self.ports.store.read() as tx:
            self.stored_when_seen.append([one.text for one in tx.messages(message.sender_id)])
        if self.down:
            return
        read = Understanding(message.text, "en", "greet")
        for said in reply(self.ports, message.metadata["message_id"], read, VERBS["greet"]):
            await message.output_channel.send_text_message(message.sender_id, said.text)


@pytest.fixture
def rasa(ports):
    return Rasa(ports)


@pytest.fixture
def knock(ports, rasa):
    """Sends one message through the door; what its sender is told."""
    handler = Door(ports).wrap(rasa.handle)

    def send(text="hello", sender="c1", **metadata):
        output = CollectingOutputChannel()
        asyncio.run(handler(UserMessage(text, output, sender, input_channel="rest", metadata=metadata or None)))
        return [message["text"] for message in output.messages]

    return send


def kept(ports, sender="c1"):
    with ports.store.read() as tx:
        return [(message.sender, message.kind, message.text) for message in tx.messages(sender)]


def test_a_message_is_stored_before_rasa_sees_it_and_the_answer_after_it(ports, rasa, knock):
    said = knock("hello")
    assert rasa.stored_when_seen == [["hello"]]
    assert kept(ports) == [("customer", "text", "hello"), *(("bot", "text", text) for text in said)] and said


def test_what_rasa_is_given_of_the_store(ports, rasa, knock):
    knock("hello", kind="text", expecting="nps", message_id="channel-1")
    (seen,) = rasa.seen
    with ports.store.read() as tx:
        stored = tx.messages("c1")[0]
    told = {"message_id": stored.id, "expecting": None, "hint": None, "scale": None, "kind": "text"}
    assert seen.metadata == told, "from the store, not from the caller"


def test_the_same_message_id_again_is_answered_from_the_store(ports, rasa, knock):
    first = knock("hello", message_id="m1")
    assert knock("hello", message_id="m1") == first != []
    assert len(rasa.seen) == 1 and len(kept(ports)) == 1 + len(first)


def test_the_same_id_in_another_conversation_is_another_message(rasa, knock):
    knock("hello", message_id="m1")
    knock("hello", sender="c2", message_id="m1")
    assert len(rasa.seen) == 2


def test_without_an_id_the_same_words_are_two_messages(ports, knock):
    knock("hello")
    knock("hello")
    assert [sender for sender, _, _ in kept(ports)].count("customer") == 2


@pytest.mark.parametrize(
    "text",
    [
        "/restart", "//stop", "///", "  /restart", "\n/restart", "\u3000/restart", '\t /intent{"a":1}', "／restart",
        " ／/x", "/session_start", "\u00a0/greet", "\x1f/restart",
    ],
)  # fmt: skip
def test_a_leading_slash_never_reaches_rasa_as_a_command(ports, rasa, knock, text):
    knock(text)
    (seen,) = rasa.seen
    assert not seen.text.startswith("/") and not seen.text.strip().startswith("/")
    assert kept(ports)[0] == ("customer", "text", text.strip()), "kept as it was typed"


def test_a_slash_within_the_words_stays():
    assert harmless("5/10 and/or") == "5/10 and/or"
    assert harmless(" hello ") == "hello"


def owned_by_agent(ports, sender="c1"):
    with ports.store.begin() as tx:
        tx.save_conversation(replace(tx.conversation(sender), owner="agent"))


def test_while_a_person_owns_the_conversation_rasa_never_hears_of_it_and_the_bot_is_silent(ports, rasa, knock):
    knock("hello")
    owned_by_agent(ports)
    before = kept(ports)
    assert knock("are you there?") == []
    assert len(rasa.seen) == 1
    assert kept(ports) == [*before, ("customer", "text", "are you there?")]


@pytest.mark.parametrize("kind", ["image", "voice", "sticker", "file"])
def test_what_is_no_text_is_stored_as_what_it_is(ports, rasa, knock, kind):
    knock("", kind=kind)
    assert kept(ports)[0] == ("customer", kind, "")
    assert rasa.seen[0].metadata["kind"] == kind and rasa.seen[0].text


@pytest.mark.parametrize("kind", ["video", "location", 5, ["image"]])
def test_a_kind_that_nobody_knows_is_not_taken_for_typed_words(ports, rasa, knock, kind):
    """An empty text would answer an open question with nothing."""
    knock("", kind=kind)
    assert kept(ports)[0][1] != "text"


def test_the_action_server_down_is_said_honestly_once_for_each_message(ports, rasa, knock):
    knock("hello")
    rasa.down = True
    line = ports.wordings.line("hold_on", "en")
    assert knock("5", message_id="m5") == [line]
    assert knock("5", message_id="m5") == [], "it was told already"
    assert knock("4") == [line]
    assert kept(ports)[-4:] == [("customer", "text", "5"), ("bot", "text", line), ("customer", "text", "4"),
                                ("bot", "text", line)]  # fmt: skip


def test_the_line_is_no_answer_the_message_stays_to_be_answered(ports, rasa, knock, clock):
    from bot.core.services import upkeep

    rasa.down = True
    knock("hello")
    clock.forward(minutes=1)
    (left,) = upkeep.unanswered(ports)
    rasa.down = False
    answers = knock(left.text, stored_id=left.id)
    assert answers and upkeep.unanswered(ports) == []
    assert [sender for sender, _, _ in kept(ports)].count("customer") == 1


def test_a_stored_id_that_nobody_knows_does_nothing(ports, rasa, knock):
    assert knock("hello", stored_id="nobody") == []
    assert rasa.seen == []
    with ports.store.read() as tx:
        assert tx.conversation("c1") is None


def test_an_error_of_rasa_is_not_swallowed(ports):
    async def fails(message):
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError, match="broken"):
        asyncio.run(Door(ports).wrap(fails)(UserMessage("hi", CollectingOutputChannel(), "c1")))
    assert kept(ports)[0] == ("customer", "text", "hi")


def test_a_message_of_any_length_is_kept_up_to_its_limit(ports, knock):
    knock("x" * 20_000)
    assert kept(ports)[0][2] == "x" * 4000


def test_buttons_of_a_repeated_answer_come_again(ports, rasa, knock):
    async def twice():
        door, outputs = Door(ports), [CollectingOutputChannel(), CollectingOutputChannel()]
        for output in outputs:
            await door.let_in(UserMessage("hi", output, "c1", metadata={"message_id": "m1"}), rasa.handle)
        return outputs[1].messages[-1]

    assert asyncio.run(twice())["buttons"], "a walk-in is asked what it is about"


class TinyChannel(InputChannel):
    """A connector of nobody's."""

    def __init__(self):
        self.handler = None

    @classmethod
    def name(cls):
        return "tiny"

    def blueprint(self, on_new_message):
        self.handler = on_new_message
        return Blueprint("tiny_webhook", __name__)


def test_every_connector_registered_afterwards_ends_at_the_door(ports, monkeypatch):
    handled = []

    class Agent:
        async def handle_message(self, message):
            handled.append(message)

    monkeypatch.setattr(rasa_channel, "register", rasa_channel.register)
    install(Door(ports))
    channels = [TinyChannel(), TinyChannel()]
    channels[1].blueprint = lambda handler: setattr(channels[1], "handler", handler) or Blueprint("tiny2", __name__)
    app = Sanic(f"tiny_{new_id()}")
    app.ctx.agent = Agent()
    rasa_channel.register(channels, app, "/webhooks/")
    assert app.ctx.input_channels == channels, "Rasa looks its channels up by their own class"
    for number, channel in enumerate(channels):
        output = CollectingOutputChannel()
        asyncio.run(channel.handler(UserMessage("/restart", output, f"c{number}", input_channel="tiny")))
        assert kept(ports, f"c{number}")[0] == ("customer", "text", "/restart")
    assert [message.text for message in handled] == ["／restart"] * 2
