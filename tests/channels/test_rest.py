"""What the plain way in refuses, and what it takes as it came."""

import json
from types import SimpleNamespace

import pytest
from sanic.exceptions import InvalidUsage

from bot.channels.rest import BODY_BYTES, BadRequest, read


class Request(SimpleNamespace):
    """As much of Sanic's request as `read` looks at."""

    @property
    def json(self):
        try:
            return json.loads(self.body)
        except ValueError as error:
            raise InvalidUsage("Failed when parsing body as json") from error


def sent(body):
    return read(Request(body=body if isinstance(body, bytes) else json.dumps(body).encode()))


def refused(body):
    with pytest.raises(BadRequest) as error:
        sent(body)
    return error.value.field, error.value.status


@pytest.mark.parametrize("sender", [None, "", "  ", 7, ["a"], "a" * 129, "a\nb", "a\x00", "a\u200b", True])
def test_a_sender_that_names_nobody_is_refused(sender):
    assert refused({"sender": sender, "message": "hi"}) == ("sender", 400)
    assert refused({"message": "hi"}) == ("sender", 400)


@pytest.mark.parametrize("message", [None, "", "   ", "\n", 5, 0, True, ["hi"], {"text": "hi"}, "\x00", " \x00 "])
def test_a_message_that_says_nothing_is_refused(message):
    assert refused({"sender": "a", "message": message}) == ("message", 400)
    assert refused({"sender": "a"}) == ("message", 400)


@pytest.mark.parametrize("message_id", ["", 5, [], "x" * 129, False])
def test_a_message_id_that_is_none_is_refused(message_id):
    body = {"sender": "a", "message": "hi", "metadata": {"message_id": message_id}}
    assert refused(body) == ("metadata.message_id", 400)


@pytest.mark.parametrize("message_id", ["\x00", "a\ud800"])
def test_a_message_id_that_no_database_can_hold_is_refused_and_not_taken_for_a_fault_of_ours(message_id):
    body = {"sender": "a", "message": "hi", "metadata": {"message_id": message_id}}
    assert refused(body) == ("metadata.message_id", 400)


@pytest.mark.parametrize("metadata", ["x", 5, [], True])
def test_metadata_is_an_object_or_nothing(metadata):
    assert refused({"sender": "a", "message": "hi", "metadata": metadata}) == ("metadata", 400)


@pytest.mark.parametrize("body", [b"{", b"", b"\xff", [], "hi", None, 5])
def test_a_body_that_is_no_object_is_refused(body):
    assert refused(body) == ("body", 400)


def test_a_body_that_is_too_large_is_refused_before_it_is_read():
    assert refused(b"x" * (BODY_BYTES + 1)) == ("body", 413)


def test_a_message_is_taken_as_it_came():
    message = sent(
        {"sender": " c1 ", "message": "等了四十分钟\n两次", "metadata": {"message_id": "m1", "kind": "text"}}
    )
    assert (message.sender_id, message.text, message.input_channel) == ("c1", "等了四十分钟\n两次", "rest")
    assert message.metadata == {"message_id": "m1", "kind": "text"}


def test_the_channel_is_never_taken_from_the_body():
    assert sent({"sender": "c1", "message": "hi", "input_channel": "whatsapp"}).input_channel == "rest"


def test_a_picture_needs_no_words():
    for message in ({"message": ""}, {}, {"message": None}):
        assert sent({"sender": "c1", "metadata": {"kind": "image"}, **message}).text == ""


def test_what_no_database_can_hold_is_taken_out_of_the_words():
    assert sent({"sender": "c1", "message": "a\x00b\ud800c"}).text == "ab?c"


def test_two_messages_never_share_a_channel_to_answer_on():
    first, second = (sent({"sender": "c1", "message": "hi"}) for _ in range(2))
    assert first.output_channel is not second.output_channel
