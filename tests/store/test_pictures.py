"""Pictures in the store: as they came, in order, without bytes where a list is asked for."""

import pytest

from bot.core import records as r
from bot.core.errors import Conflict
from bot.store.queries import Queries
from tests.store import samples as s


@pytest.fixture
def said(store):
    with store.begin() as tx:
        tx.add_conversation(s.conversation())
        tx.add_conversation(s.conversation("c2"))
        for id, conversation_id in (("m1", "c1"), ("m2", "c1"), ("m3", "c2")):
            tx.add_message(s.message(id, conversation_id, text="", kind="image"))


def test_a_picture_comes_back_as_it_was(store, said):
    content = bytes(range(256)) * 40
    with store.begin() as tx:
        tx.add_picture(s.picture(content=content))
    with store.read() as tx:
        assert tx.picture("b1") == s.picture(content=content)
        assert isinstance(tx.picture("b1").content, bytes)
        assert tx.picture("none") is None


def test_a_list_has_those_of_one_conversation_in_order(store, said):
    with store.begin() as tx:
        tx.add_picture(s.picture("b9", "m1"))
        tx.add_picture(s.picture("b3", "m2", at=s.at(5), media_type="image/webp", width=9))
        tx.add_picture(s.picture("b4", "m3", "c2"))
    with store.read() as tx:
        assert tx.pictures("c1") == [
            r.PictureSummary("b9", "m1", "image/jpeg", 4, 3),
            r.PictureSummary("b3", "m2", "image/webp", 9, 3),
        ]
        assert tx.pictures("none") == []


def test_the_same_picture_twice_is_a_conflict(store, said):
    with store.begin() as tx:
        tx.add_picture(s.picture())
    with pytest.raises(Conflict), store.begin() as tx:
        tx.add_picture(s.picture())


def test_conversation_and_case_name_the_picture_of_a_message(store, said, engine):
    with store.begin() as tx:
        tx.add_message(s.message("m4", text="a text"))
        tx.add_picture(s.picture(message_id="m2"))
        tx.add_case(s.case())
    queries = Queries(engine)
    shown = {"id": "b1", "media_type": "image/jpeg", "width": 4, "height": 3}
    for messages in (queries.conversation_view("c1")["messages"], queries.case("k1")["transcript"]):
        assert [message.get("picture") for message in messages] == [None, shown, None]
        assert all("content" not in str(message) for message in messages)
