"""A message that nobody answered is handed to Rasa again under its own id."""

import json
from datetime import datetime, timezone

import pytest

from bot.adapters.rasa import deliver_again
from bot.core.errors import ServiceUnavailable
from bot.core.records import Message
from tests.adapters.tiny import answering, nobody

MESSAGE = Message("m1", "c1", "customer", "等了四十分钟", datetime(2026, 11, 20, tzinfo=timezone.utc))


def test_it_goes_to_its_conversation_and_names_the_stored_message():
    with answering(body=b"[]") as rasa:
        deliver_again(rasa.url, MESSAGE)
    ((method, path, body),) = rasa.requests
    assert (method, path) == ("POST", "/webhooks/rest/webhook")
    assert json.loads(body) == {"sender": "c1", "message": "等了四十分钟", "metadata": {"stored_id": "m1"}}


def test_a_picture_without_words_is_sent_by_its_kind():
    with answering(body=b"[]") as rasa:
        deliver_again(rasa.url, Message("m2", "c1", "customer", "", MESSAGE.at, kind="image"))
    assert json.loads(rasa.requests[0][2])["message"] == "image"


def test_a_rasa_that_is_down_or_failing_may_be_tried_later():
    with pytest.raises(ServiceUnavailable):
        deliver_again(nobody(), MESSAGE)
    with answering(503) as rasa, pytest.raises(ServiceUnavailable):
        deliver_again(rasa.url, MESSAGE)
