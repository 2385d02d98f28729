from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from bot.core import records as r
from bot.store.tables import answers
from tests.store import samples as s


@pytest.fixture
def begun(store):
    with store.begin() as tx:
        tx.save_customer(r.Customer("p1"))
        tx.add_touchpoint_event(s.event())
        tx.add_conversation(s.conversation())
        tx.add_message(s.message())
        tx.save_response(s.response())
    return store


def test_response_is_added_and_overwritten(begun):
    full = s.response(
        status="complete",
        customer_id="p1",
        event_id="e1",
        touchpoint="delivery",
        segment="vip",
        channel="web",
        language="en",
        staff_id="s7",
        store_id="x1",
        sentiment="negative",
        completed_at=s.at(60),
    )
    with begun.begin() as tx:
        assert tx.response("r1") == s.response()
        tx.save_response(full)
        assert tx.response("r1") == full
        tx.save_response(s.response())
        assert tx.response("r1") == s.response()
        assert tx.response("nobody") is None


def test_answers_come_in_the_order_they_were_given(begun):
    given = [
        r.Answer("r1", "overall", s.at(1), scale="csat", score=2, message_id="m1"),
        r.Answer("r1", "why", s.at(2), text="太慢了"),
        r.Answer("r1", "again", s.at(3), choice="yes"),
        r.Answer("r1", "experience", s.at(4), scale="experience", skipped=True),
        r.Answer("r1", "exact", s.at(5), scale="csat", score=3.5),
    ]
    with begun.begin() as tx:
        for answer in reversed(given):
            tx.put_answer(answer)
        found = tx.answers("r1")
    assert found == given
    assert isinstance(found[0].score, int) and isinstance(found[4].score, float)


def test_corrected_answer_takes_the_place_of_the_earlier_which_is_kept(begun):
    with begun.begin() as tx:
        tx.put_answer(r.Answer("r1", "overall", s.at(1), scale="csat", score=2))
        tx.put_answer(r.Answer("r1", "why", s.at(2), text="太慢了"))
        tx.put_answer(r.Answer("r1", "overall", s.at(3), scale="csat", score=4))
        assert [(answer.question, answer.score) for answer in tx.answers("r1")] == [("why", None), ("overall", 4)]
    with begun.engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(answers)).scalar() == 3
        kept = connection.execute(select(answers.c.superseded_at).where(answers.c.score == 2)).scalar()
    assert kept == s.at(3)


def test_answer_to_no_response_is_refused(begun):
    """Foreign keys count on SQLite too."""
    with pytest.raises(IntegrityError), begun.begin() as tx:
        tx.put_answer(r.Answer("nobody", "overall", s.at(1), score=2))


def test_tags_are_found_by_response_and_by_case(begun):
    with begun.begin() as tx:
        tx.add_case(s.case())
        tx.add_message(s.message("m2"))
        late, other = s.tag("v2", "late"), s.tag("v2", "rude_courier", polarity="neutral")
        tx.add_verbatim(s.verbatim("v2", "m2", at=s.at(1), response_id="r1", case_id="k1"), [late, other])
        tx.add_verbatim(s.verbatim(response_id="r1"), [s.tag()])
        tx.add_verbatim(s.verbatim("v3"))
        assert tx.tags_of_response("r1") == [s.tag(), late, other]
        assert tx.tags_of_case("k1") == [late, other]
        assert tx.tags_of_case("nobody") == []


def test_customer_keeps_what_was_known(store):
    with store.begin() as tx:
        tx.save_customer(r.Customer("p1", name="李雷", locale="zh-CN"))
        tx.save_customer(r.Customer("p1", segment="vip", locale="zh-TW"))
        assert tx.customer("p1") == r.Customer("p1", "李雷", "zh-TW", "vip")
        assert tx.customer("nobody") is None
        tx.save_channel_account("p1", "whatsapp", "+85291234567")
        tx.save_channel_account("p1", "whatsapp", "+85291234567")


def test_touchpoint_event_and_its_invitation(store):
    event = s.event(order_id="HS100241", staff_id="s7", store_id="x1", attributes={"天气": ["雨", 3]})
    with store.begin() as tx:
        tx.save_customer(r.Customer("p1"))
        tx.add_touchpoint_event(event)
        assert tx.touchpoint_event("e1") == event
        assert tx.touchpoint_event("nobody") is None
        assert tx.invitation_for_event("e1") is None
        tx.add_conversation(s.conversation())
        invitation = r.Invitation("i1", "e1", "c1", "scheduled")
        tx.save_invitation(invitation)
        assert tx.invitation_for_event("e1") == invitation
        suppressed = replace(invitation, status="suppressed", reason="quiet hours")
        tx.save_invitation(suppressed)
        assert tx.invitation_for_event("e1") == suppressed
