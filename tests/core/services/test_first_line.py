"""Before the first question one line says who asks, what for, how to stop and where to object; the wish is heeded."""

from dataclasses import replace

import pytest

from bot.core import records as r
from bot.core.services import opening, touchpoints
from bot.language.topic import topic_of
from tests.core.services.conftest import Talk

SAYS = {
    "zh-CN": ("Oak & Co", "机器人，不是真人", "解决问题、改进服务", "“停”", "“删除我的资料”"),
    "zh-TW": ("Oak & Co", "機器人，不是真人", "處理問題、改善服務", "「停止」", "「刪除我的資料」"),
    "en": ("Oak & Co", "a program and not a person", "to put things right", '"stop"', '"delete my data"'),
}


def first_line(ports, locale, name=None):
    customer = r.Customer("C9", name, locale)
    event = r.TouchpointEvent(f"e-{locale}-{name}", "delivery", ports.clock(), "C9")
    talk = Talk(ports, touchpoints.register(ports, event, customer).conversation_id)
    opening.open_conversation(ports, talk.id)
    assert talk.asked.kind == "score"
    return talk.heard[0]


@pytest.mark.parametrize("locale", SAYS)
@pytest.mark.parametrize("name", [None, "Ann"])
def test_who_asks_what_for_how_to_stop_and_where_to_object(ports, locale, name):
    line = first_line(replace(ports, brand="Oak & Co"), locale, name)
    assert [part for part in SAYS[locale] if part not in line] == [] and len(line) < 330
    given = first_line(replace(ports, privacy_contact="privacy@oak.example"), locale, "Bob")
    assert "privacy@oak.example" in given and SAYS[locale][-1] not in given


def test_who_comes_without_an_invitation_is_told_the_same(ports, walk_in):
    opening.open_conversation(ports, walk_in.id)
    assert [part for part in SAYS["en"][1:] if part not in walk_in.heard[0]] == []


@pytest.mark.parametrize(
    "text", ["删除我的资料", "把我的个人信息都删掉吧", "delete my data", "please remove all my details"]
)
def test_the_wish_to_be_deleted_is_recognised(text):
    assert topic_of(text) == "erasure"


@pytest.mark.parametrize(
    "text", ["谁能看到我的资料吗", "is my feedback anonymous?", "remove the old sofa", "删除这个订单"]
)
def test_what_is_no_such_wish(text):
    assert topic_of(text) != "erasure"


def wish(talk):
    return talk.says("delete my data", "ask_back", entities={"topic": "erasure"})


def test_a_person_gets_the_wish_and_nothing_more_is_asked(talk):
    talk.says("hello", "greet")
    said = wish(talk)
    assert said[:2] == [talk.line("erasure_wished"), talk.line("escalated_erasure")]
    assert talk.asked is None and talk.response.status == "opted_out"
    assert (talk.case.status, talk.case.escalation_reason, talk.case.severity) == ("escalated", "erasure", "medium")
    with talk.ports.store.read() as tx:
        (notice,) = tx.outbox_due(talk.ports.clock())
    assert notice.payload["title"].endswith("：顾客要求删除个人信息")


def test_the_wish_as_the_very_first_word(talk):
    said = wish(talk)
    assert talk.line("erasure_wished") in said and talk.asked is None and talk.case.escalation_reason == "erasure"


def test_the_wish_in_the_middle_of_a_complaint_keeps_its_case(talk):
    talk.to_the_offer()
    case = talk.case
    wish(talk)
    assert (talk.case.id, talk.case.status, talk.case.escalation_reason) == (case.id, "escalated", "erasure")
    wish(talk)
    assert talk.events.count("escalated") == 1 and "delete my data\ndelete my data" in talk.case.description


def test_the_wish_after_everything_was_solved_opens_the_case_again(talk):
    talk.to_the_offer()
    talk.says("yes", "affirm")
    assert talk.case.status == "resolved_by_bot"
    wish(talk)
    assert (talk.case.status, talk.case.escalation_reason) == ("escalated", "erasure")
