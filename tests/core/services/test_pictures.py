"""A picture is kept with its message, once, and goes the way of every message that is no text."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.core.services import agents, pictures, receiving
from bot.core.services.pictures import Drawn, PictureRefused
from bot.core.types import Understanding

SOFA = Drawn("image/jpeg", 40, 30, b"sofa")


@pytest.fixture
def shows(talk, ports):
    """Sends a picture; what becomes of it."""

    def send(message_id="p1", picture=SOFA):
        received = receiving.receive(ports, talk.id, "web", "", "image", message_id, picture)
        talk.message_id = received.message.id
        return received

    return send


def kept(talk):
    return talk.read(lambda tx: tx.pictures(talk.id))


def answered(talk):
    return talk.answer(Understanding("", "en", "other"))


def test_message_and_picture_are_stored_together_and_answered(talk, shows):
    talk.says("hello", "greet")
    received = shows()
    (picture,) = kept(talk)
    assert (picture.message_id, picture.width, picture.height) == (received.message.id, 40, 30)
    assert talk.read(lambda tx: tx.picture(picture.id)).content == b"sofa"
    assert received.answer and received.message.kind == "image"
    assert answered(talk)[0] == talk.line("received_image") and talk.asked.question == "satisfaction"


def test_the_same_message_again_keeps_the_first_picture(talk, shows):
    talk.says("hello", "greet")
    shows()
    said = answered(talk)
    again = shows(picture=Drawn("image/webp", 1, 1, b"another"))
    assert [message.text for message in again.replies] == said and not again.answer
    assert [picture.media_type for picture in kept(talk)] == ["image/jpeg"]


def test_the_same_message_twice_at_once_is_one(talk, shows):
    with ThreadPoolExecutor(4) as pool:
        ids = {received.message.id for received in pool.map(lambda _: shows(), range(8))}
    assert len(ids) == len(kept(talk)) == 1


def test_it_is_noted_with_the_case(talk, shows):
    talk.says("hello", "greet")
    talk.complains()
    shows()
    answered(talk)
    assert talk.events[-1] == "received"


def test_while_a_person_is_there_it_is_theirs_alone(talk, shows):
    talk.says("hello", "greet")
    talk.says("let me talk to a person please", "ask_human")
    agents.claim(talk.ports, talk.case.id, "ann")
    heard = len(talk.heard)
    assert not shows().answer and answered(talk) == []
    assert len(talk.heard) == heard and len(kept(talk)) == 1
    assert talk.case.sla.next_response_due is not None, "the customer waits for the person"


def test_too_many_are_refused_and_leave_nothing(talk, shows, monkeypatch):
    monkeypatch.setattr(pictures, "AT_MOST", 2)
    shows("p1"), shows("p2")
    with pytest.raises(PictureRefused, match="at most 2") as refused:
        shows("p3")
    assert (refused.value.reason, refused.value.field) == ("too_many", "picture")
    assert len(kept(talk)) == 2 and "p3" not in [message.channel_message_id for message in talk.messages]
    assert shows("p2").message.channel_message_id == "p2", "a repeat is no new picture"
