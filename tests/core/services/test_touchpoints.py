"""A purchase, visit or call has happened: stored once, answered alike, in the customer's language."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from bot.core import records as r
from bot.core.errors import InvalidInput
from bot.core.services import opening, touchpoints


def event(ports, touchpoint="delivery", event_id="e1"):
    return r.TouchpointEvent(event_id, touchpoint, ports.clock(), "C1", order_id="HS1")


def count(ports, table):
    with ports.store.engine.connect() as connection:
        return connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()


def test_the_same_event_again_gives_the_same_answer_and_nothing_new(ports):
    first = touchpoints.register(ports, event(ports), r.Customer("C1", locale="zh-TW"))
    again = touchpoints.register(ports, event(ports), r.Customer("C1", locale="en"))
    assert again == first
    assert [count(ports, table) for table in ("conversations", "invitations", "touchpoint_events")] == [1, 1, 1]


def test_the_same_event_eight_times_at_once_is_one(ports):
    barrier = Barrier(8)

    def send(_):
        barrier.wait()
        return touchpoints.register(ports, event(ports), r.Customer("C1"))

    with ThreadPoolExecutor(8) as pool:
        answers = set(map(str, pool.map(send, range(8))))
    assert len(answers) == 1 and count(ports, "conversations") == 1


def test_another_event_of_the_same_customer_is_another_conversation(ports):
    first = touchpoints.register(ports, event(ports), r.Customer("C1"))
    second = touchpoints.register(ports, event(ports, event_id="e2"), r.Customer("C1"))
    assert first.conversation_id != second.conversation_id


def test_an_unknown_touchpoint_is_named_and_changes_nothing(ports):
    with pytest.raises(InvalidInput, match="'moon': one of store_visit") as refused:
        touchpoints.register(ports, event(ports, "moon"), r.Customer("C1"))
    assert refused.value.field == "touchpoint" and count(ports, "customers") == 0


def test_on_the_web_it_is_sent_elsewhere_it_is_suppressed_with_its_reason(ports):
    web = touchpoints.register(ports, event(ports), r.Customer("C1"))
    phone = touchpoints.register(ports, event(ports, event_id="e2"), r.Customer("C1"), ("sms", "+86138"))
    assert (web.invitation.status, web.invitation.reason) == ("sent", None)
    assert phone.invitation.status == "suppressed" and "sms" in phone.invitation.reason


def test_what_is_not_told_again_of_a_customer_is_kept(ports):
    touchpoints.register(ports, event(ports), r.Customer("C1", "Ann", "en-GB", "gold"))
    touchpoints.register(ports, event(ports, event_id="e2"), r.Customer("C1", segment="platinum"))
    with ports.store.read() as tx:
        assert tx.customer("C1") == r.Customer("C1", "Ann", "en-GB", "platinum")


@pytest.mark.parametrize(
    "locale, language",
    [
        ("zh", "zh-Hans"), ("zh-CN", "zh-Hans"), ("zh_CN", "zh-Hans"), ("zh-SG", "zh-Hans"), ("zh-Hans", "zh-Hans"),
        ("ZH-hans-cn", "zh-Hans"), ("zh-TW", "zh-Hant"), ("zh_tw", "zh-Hant"), ("zh-HK", "zh-Hant"),
        ("zh-MO", "zh-Hant"), ("zh-Hant", "zh-Hant"), ("zh-Hant-CN", "zh-Hant"), ("en", "en"), ("en-US", "en"),
        ("fr-CA", "en"), ("zha", "en"), ("", "en"), (None, "en"),
        # said in so many words: Simplified characters, in Hong Kong or Taiwan
        ("zh-Hans-HK", "zh-Hans"), ("zh-Hans-TW", "zh-Hans"),
    ],
)  # fmt: skip
def test_the_language_of_a_locale(locale, language):
    assert touchpoints.language_of(locale) == language


def test_nobody_finds_another_conversation_by_trying():
    ids = {opening.new_conversation_id() for _ in range(100)}
    assert len(ids) == 100 and min(map(len, ids)) >= 22


def test_an_invitation_knows_when_it_was_made(ports, clock):
    before = clock()
    made = touchpoints.register(ports, event(ports), r.Customer("C1")).invitation
    clock.forward(hours=1)
    assert made.created_at == before
    assert touchpoints.register(ports, event(ports), r.Customer("C1")).invitation.created_at == before
