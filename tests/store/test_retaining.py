"""What has had its time goes, whatever is younger or belongs to an open case stays, and no figure changes."""

from dataclasses import replace

import pytest

from bot.core import records as r
from tests.store import samples as s
from tests.store.test_erasing import OTHER, WORDS, careless, figures, fill, fill_other, fill_plain, found_in, rows

__all__ = ["careless"]
LATER = s.at(86400)  # after everything that `fill` writes


def close(store, prefix="", status="closed"):
    with store.begin() as tx:
        tx.save_case(replace(tx.case(prefix + "k1"), status=status))


def quiet(store, before=LATER, **more):
    with store.read() as tx:
        return tx.quiet_conversations(before, **more)


def forget(store, conversation_id="c1", before=LATER):
    with store.begin() as tx:
        return tx.forget_words(conversation_id, before)


@pytest.fixture
def old(store):
    """A person whose case is over, with a picture; and one without a case on a plain channel."""
    fill(store), fill_plain(store), close(store)
    return store


def test_words_go_from_every_table_and_file_and_the_figures_stay(old, engine):
    before = figures(engine)
    assert WORDS in {secret for _, secret in found_in(engine)}
    ids = quiet(old)
    assert ids == sorted(["c1", "+8613900139000"]) and all(forget(old, one) for one in ids)
    old.clear_leftovers()
    left = found_in(engine)
    assert not {secret for _, secret in left} & {WORDS, "断了"}
    assert figures(engine) == before
    assert quiet(old) == []


def test_whose_it_was_and_what_happened_stays(old):
    forget(old)
    with old.read() as tx:
        case = tx.case("k1")
        assert (case.customer_id, case.order_id, case.description, case.status) == ("p1", "HS100241", "", "closed")
        assert [(event.kind, event.details) for event in tx.case_events("k1")] == [("proof_failed", {}), ("note", {})]
        assert [(a.question, a.score, a.choice, a.text) for a in tx.answers("r1")] == [
            ("csat", 3, None, None), ("feel", -3, None, None), ("why", None, "broken", None),
        ]  # fmt: skip
        assert [(tag.tag, tag.evidence) for tag in tx.tags_of_case("k1")] == [("queue_too_long", "")]
        assert tx.conversation("c1").customer_id == "p1" and tx.customer("p1").name == "王小明"
        assert [message.text for message in tx.messages("c1")] == [""]  # the one on which a tag rests


def test_an_open_case_keeps_everything_of_its_conversation(store, engine):
    fill(store)
    for status in ("recovering", "escalated", "in_progress"):
        close(store, status=status)
        before = rows(engine)
        assert quiet(store) == [] and not forget(store)
        with store.begin() as tx:
            assert tx.lively_conversations(["c1"], LATER) == {"c1"}
            assert tx.bygone_customers(LATER) == [] and tx.drop_pictures(LATER, 9) == 0
        assert rows(engine) == before


@pytest.mark.parametrize(
    "happens",
    [
        lambda tx: tx.add_message(s.message("late", at=LATER)),
        lambda tx: tx.add_case_event(r.CaseEvent("k1", "note", LATER, "lin", {"text": "x"})),
        lambda tx: tx.save_case(replace(tx.case("k1"), resolved_at=LATER)),
    ],
    ids=["a message", "a note", "the end of the case"],
)
def test_what_happens_meanwhile_keeps_it(old, happens):
    assert "c1" in quiet(old)
    with old.begin() as tx:
        happens(tx)
    assert "c1" not in quiet(old) and not forget(old)


def test_a_note_on_a_case_long_over_goes_when_its_own_time_is_over(old):
    forget(old)
    with old.begin() as tx:
        tx.add_case_event(r.CaseEvent("k1", "note", LATER, "lin", {"text": WORDS}))
    assert "c1" not in quiet(old) and quiet(old, s.at(99 * 86400)) == ["+8613900139000", "c1"]


def test_another_persons_words_are_not_touched(old, engine):
    fill_other(old)
    before = [line for line in rows(engine)["messages"] if OTHER in line]
    forget(old)
    assert [line for line in rows(engine)["messages"] if OTHER in line] == before and before


def test_found_in_order_and_page_by_page(store):
    with store.begin() as tx:
        for number in range(7):
            tx.add_conversation(s.conversation(f"c{number}"))
            tx.add_message(s.message(f"m{number}", f"c{number}"))
    assert quiet(store, limit=3) == ["c0", "c1", "c2"] and quiet(store, after="c2", limit=9) == ["c3", "c4", "c5", "c6"]


def bygone(store, before=LATER):
    with store.read() as tx:
        return tx.bygone_customers(before)


def test_a_person_is_bygone_when_nothing_of_theirs_is_younger(old):
    assert bygone(old, s.NOW) == [] and bygone(old) == ["p1"]
    with old.begin() as tx:
        tx.add_touchpoint_event(s.event("e9", "p1", occurred_at=LATER))
    assert bygone(old) == []


def test_a_person_who_writes_on_a_plain_channel_is_not_bygone(old):
    with old.begin() as tx:
        tx.add_message(s.message("late", "+8613900139000", at=LATER))
    assert bygone(old) == []


def test_who_was_erased_is_not_found_again(old):
    with old.begin() as tx:
        tx.erase_customer("p1")
    assert bygone(old) == []


def test_a_business_may_call_a_customer_erased(store):
    with store.begin() as tx:
        tx.save_customer(r.Customer("erased-7", "Ann"))
    assert bygone(store) == ["erased-7"]


def picture(number, at):
    return {"id": f"b{number}", "conversation_id": "c1", "message_id": "m1", "media_type": "image/jpeg", "width": 1,
            "height": 1, "content": WORDS.encode(), "at": at}  # fmt: skip


def test_pictures_go_the_oldest_first_and_a_few_at_a_time(old, engine):
    from bot.store.tables import pictures

    with engine.begin() as connection:
        connection.execute(pictures.delete())
        connection.execute(pictures.insert(), [picture(number, s.at(number)) for number in range(4)])
    with old.begin() as tx:
        assert tx.drop_pictures(s.at(3), 2) == 2
    assert [line.split("'")[1] for line in rows(engine)["pictures"]] == ["b2", "b3"]
    with old.begin() as tx:
        assert (tx.drop_pictures(s.at(3), 2), tx.drop_pictures(s.at(3), 2)) == (1, 0)


def test_notices_go_by_how_they_ended_and_stay_with_an_open_case(store, engine):
    fill(store)  # k1 is open
    with store.begin() as tx:
        for name, values in {
            "sent": {"status": "sent", "sent_at": s.NOW}, "young": {"status": "sent", "sent_at": LATER},
            "dead": {"status": "dead"}, "waiting": {},
            "open": {"status": "sent", "sent_at": s.NOW, "payload": {"case_id": "k1"}},
        }.items():  # fmt: skip
            tx.put_outbox(s.outbox_item(name, **values))
    with store.begin() as tx:
        assert (tx.drop_notices("sent", LATER, 9), tx.drop_notices("dead", LATER, 9)) == (1, 1)
        assert tx.outbox_keys(["key-waiting", "key-young", "key-open", "key-sent", "key-dead"]) == {
            "key-waiting", "key-young", "key-open",
        }  # fmt: skip
    close(store)
    with store.begin() as tx:
        assert tx.drop_notices("sent", LATER, 9) == 1


def test_audit_entries_go_the_oldest_first(store):
    with store.begin() as tx:
        for number in range(5):
            tx.add_audit_entry(r.AuditEntry(s.at(number), "lin", "claimed", "case", f"k{number}"))
        assert tx.drop_audit_entries(s.at(4), 3) == 3 and tx.drop_audit_entries(s.at(4), 3) == 1
        assert [one.subject_id for one in tx.audit_entries(r.AuditFilter())] == ["k4"]
