from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from bot.core import records as r
from bot.core.errors import Conflict
from tests.store import samples as s


def test_conversation_comes_back_as_it_was(store):
    with store.begin() as tx:
        tx.save_customer(r.Customer("p1"))
        tx.add_touchpoint_event(s.event())
        made = s.conversation(
            customer_id="p1",
            event_id="e1",
            touchpoint="delivery",
            open_question=r.OpenQuestion("score", "csat", "overall", attempts=1),
            response_id="r1",
            case_id="k1",
            greeted=True,
            owner="agent",
            last_customer_at=s.at(1),
            reminded_at=s.at(2),
        )
        tx.add_conversation(made)
    for open_transaction in (store.read, store.begin):
        with open_transaction() as tx:
            assert tx.conversation("c1") == made
            assert tx.conversation("nobody") is None


def test_save_raises_the_version_and_writes_everything(store):
    with store.begin() as tx:
        tx.add_conversation(s.conversation())
        saved = tx.save_conversation(
            replace(s.conversation(), owner="agent", open_question=r.OpenQuestion("text"), greeted=True)
        )
        assert saved.version == 1
        assert tx.conversation("c1") == saved
        assert tx.save_conversation(replace(saved, open_question=None)).version == 2
        assert tx.conversation("c1").open_question is None


def test_conversation_changed_by_another_is_a_conflict(store):
    with store.begin() as tx:
        tx.add_conversation(s.conversation())
    with store.read() as tx:
        seen = tx.conversation("c1")
    with store.begin() as tx:
        tx.save_conversation(replace(seen, owner="agent"))
    with pytest.raises(Conflict), store.begin() as tx:
        tx.save_conversation(replace(seen, language="en"))
    with store.read() as tx:
        assert tx.conversation("c1") == replace(seen, owner="agent", version=1)


def test_conversation_added_twice_is_a_conflict(store):
    with store.begin() as tx:
        tx.add_conversation(s.conversation())
    with pytest.raises(Conflict), store.begin() as tx:
        tx.add_conversation(s.conversation())


def test_message_comes_back_as_it_was(store):
    with store.begin() as tx:
        tx.add_conversation(s.conversation())
        asked = tx.add_message(s.message(channel_message_id="wa-1", kind="image"))[0]
        said = tx.add_message(
            s.message(
                "m2",
                sender="bot",
                buttons=(r.Button("好", "yes"), r.Button("不用了", "no")),
                in_reply_to="m1",
                author="小王",
                language="zh-Hans",
                taken_at=s.at(1),
                handled_at=s.at(2),
            )
        )[0]
        assert asked.seq < said.seq
    with store.read() as tx:
        assert tx.message("m1") == asked
        assert tx.message("m2") == said
        assert tx.message("nobody") is None
        assert tx.messages("c1") == [asked, said]
        assert tx.messages("c1", after=asked.seq) == [said]
        assert tx.messages("c1", limit=1) == [asked]
        assert tx.messages("other") == []
        assert tx.replies_to("m1") == [said]
        assert tx.replies_to("m2") == []


def test_same_channel_message_is_stored_once_in_its_conversation(store):
    with store.begin() as tx:
        tx.add_conversation(s.conversation())
        tx.add_conversation(s.conversation("c2"))
        first, new = tx.add_message(s.message(channel_message_id="wa-1"))
        assert new
        assert tx.add_message(s.message("m2", text="again", channel_message_id="wa-1")) == (first, False)
        assert tx.add_message(s.message("m3", "c2", channel_message_id="wa-1"))[1]
        assert tx.add_message(s.message("m1", text="same id")) == (first, False)
        assert tx.add_message(s.message("m4"))[1] and tx.add_message(s.message("m5"))[1]


def test_message_is_taken_once_until_its_lease_is_over(store):
    with store.begin() as tx:
        tx.add_conversation(s.conversation())
        tx.add_message(s.message())
        taken = tx.take_message("m1", s.at(0), lease_seconds=30)
        assert taken.taken_at == s.at(0) and taken.text == "等了四十分钟"
    with store.begin() as tx:
        assert tx.take_message("m1", s.at(29), 30) is None
        assert tx.take_message("m1", s.at(30), 30).taken_at == s.at(30)
        tx.finish_message("m1", s.at(31), "zh-Hant")
        assert tx.take_message("m1", s.at(1000), 30) is None
        assert tx.take_message("nobody", s.at(0), 30) is None
        done = tx.message("m1")
        assert (done.handled_at, done.language) == (s.at(31), "zh-Hant")
        tx.finish_message("m1", s.at(32))
        assert tx.message("m1").language == "zh-Hant"


def test_unhandled_are_the_customers_old_ones_where_the_bot_owns(store):
    with store.begin() as tx:
        tx.add_conversation(s.conversation())
        tx.add_conversation(s.conversation("c2", owner="agent"))
        for made in (
            s.message("late", at=s.at(10)),
            s.message("second", at=s.at(1)),
            s.message("first", at=s.at(0)),
            s.message("done", handled_at=s.at(1)),
            s.message("bot", sender="bot"),
            s.message("agents", "c2"),
        ):
            tx.add_message(made)
        assert [found.id for found in tx.unhandled_messages(s.at(10), s.at(20))] == ["first", "second"]
        assert [found.id for found in tx.unhandled_messages(s.at(10), s.at(20), limit=1)] == ["first"]
        tx.count_attempt("first", try_after=s.at(15))
        assert [found.id for found in tx.unhandled_messages(s.at(10), s.at(14))] == ["second"]
        again = tx.unhandled_messages(s.at(10), s.at(15))
        assert [(found.id, found.attempts) for found in again] == [("second", 0), ("first", 1)], "tried least first"


def test_silent_recoveries(store):
    with store.begin() as tx:
        for number, (owner, status, heard) in enumerate(
            [("bot", "recovering", 5), ("bot", "recovering", None), ("agent", "recovering", 0), ("bot", "escalated", 0)]
        ):
            heard_at = None if heard is None else s.at(heard)
            tx.add_conversation(
                s.conversation(f"c{number}", owner=owner, case_id=f"k{number}", last_customer_at=heard_at)
            )
            tx.add_case(s.case(f"k{number}", f"c{number}", status=status))
        assert [found.id for found in tx.silent_recoveries(s.at(6))] == ["c1", "c0"]
        assert [found.id for found in tx.silent_recoveries(s.at(5))] == ["c1"]
        assert [found.id for found in tx.silent_recoveries(s.at(6), limit=1)] == ["c1"]


def test_any_zone_in_and_utc_out(store):
    shanghai = s.NOW.astimezone(timezone(timedelta(hours=8)))
    with store.begin() as tx:
        tx.add_conversation(s.conversation(created_at=shanghai, last_customer_at=s.NOW.replace(microsecond=0)))
        found = tx.conversation("c1")
    assert found.created_at == shanghai and found.created_at.utcoffset() == timedelta(0)
    assert found.last_customer_at == s.NOW.replace(microsecond=0)


def test_time_without_zone_is_refused(store):
    with pytest.raises(Exception, match="without time zone"), store.begin() as tx:
        tx.add_conversation(s.conversation(created_at=s.NOW.replace(tzinfo=None)))


@pytest.mark.parametrize("text", ["a\0b", "坏\ud83d字", "😀", "'; DROP TABLE messages; --", ":key %s %(a)s"])
def test_any_words_are_kept(store, text):
    with store.begin() as tx:
        tx.add_conversation(s.conversation())
        tx.add_message(s.message(text=text))
    with store.read() as tx:
        kept = tx.message("m1").text
    assert kept == text or ("\0" not in kept and kept.encode())
