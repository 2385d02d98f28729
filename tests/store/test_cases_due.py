import pytest

from bot.core import records as r
from tests.store import samples as s


def put(store, key, sla, status="escalated", replied_at=None, sender="agent"):
    with store.begin() as tx:
        tx.add_conversation(s.conversation(key))
        tx.add_case(s.case(key, key, status=status, sla=sla))
        if replied_at is not None:
            tx.add_message(s.message(f"m-{key}", key, sender=sender, at=s.at(replied_at)))


def due(store, seconds, limit=50):
    with store.read() as tx:
        return [case.id for case in tx.cases_due(s.at(seconds), limit)]


def test_each_clock_of_an_open_case_counts_and_the_earliest_comes_first(store):
    put(store, "resolution", r.Sla(resolution_due=s.at(30)))
    put(store, "next", r.Sla(next_response_due=s.at(10), resolution_due=s.at(99)), "in_progress")
    put(store, "first", r.Sla(first_response_due=s.at(20), resolution_due=s.at(99)))
    put(store, "later", r.Sla(s.at(61), s.at(61), s.at(61)))
    put(store, "nothing", r.Sla())
    assert due(store, 60) == ["next", "first", "resolution"]
    assert due(store, 60, limit=2) == ["next", "first"]
    assert due(store, 10) == ["next"] and due(store, 9.999) == []


def test_a_case_comes_back_whole(store):
    sla = r.Sla(s.at(1), s.at(2), s.at(3), "missed")
    put(store, "k", sla)
    with store.read() as tx:
        assert tx.cases_due(s.at(9)) == [s.case("k", "k", status="escalated", sla=sla)]


@pytest.mark.parametrize("status", ["recovering", "resolved_by_bot", "resolved", "closed"])
def test_no_clock_runs_on_a_case_that_no_person_has_to_take(store, status):
    put(store, "k", r.Sla(s.at(1), s.at(1), s.at(1)), status)
    assert due(store, 60) == []


@pytest.mark.parametrize(
    "sender, at, replied", [("agent", 1, True), ("agent", -1, False), ("bot", 1, False), ("customer", 1, False)]
)
def test_a_first_response_is_owed_until_a_person_has_replied_in_this_case(store, sender, at, replied):
    put(store, "k", r.Sla(first_response_due=s.at(1), resolution_due=s.at(99)), "in_progress", at, sender)
    assert due(store, 60) == ([] if replied else ["k"])
    assert due(store, 99) == ["k"], "its resolution still is"
    with store.read() as tx:
        assert tx.person_replied("k") is replied and tx.person_replied("nobody") is False


def test_many_missed_ones_do_not_keep_another_from_being_seen(store):
    for number in range(3):
        put(store, f"missed{number}", r.Sla(resolution_due=s.at(number), state="missed"))
    put(store, "new", r.Sla(resolution_due=s.at(50)))
    assert due(store, 60, limit=2) == ["new", "missed0"]


def test_which_keys_of_the_outbox_were_put(store):
    with store.begin() as tx:
        tx.put_outbox(s.outbox_item("o1"))
    with store.read() as tx:
        assert tx.outbox_keys(["key-o1", "key-o2"]) == {"key-o1"} and tx.outbox_keys([]) == set()
