"""The outbox on both databases."""

from dataclasses import replace

from bot.store.queries import Queries
from tests.store import samples as s


def test_outbox(store):
    with store.begin() as tx:
        tx.put_outbox(s.outbox_item("o1", due_at=s.at(5)))
        tx.put_outbox(s.outbox_item("o2", due_at=s.at(1)))
        tx.put_outbox(s.outbox_item("o3", due_at=s.at(9)))
        tx.put_outbox(s.outbox_item("o4", key="key-o1", payload={"second": True}))
        due = tx.outbox_due(s.at(5))
        assert due == [s.outbox_item("o2", due_at=s.at(1)), s.outbox_item("o1", due_at=s.at(5))]
        assert [item.id for item in tx.outbox_due(s.at(5), limit=1)] == ["o2"]
        tx.save_outbox(replace(due[0], status="sent", attempts=1, sent_at=s.at(6)))
        tx.save_outbox(replace(due[1], last_error="no answer", due_at=s.at(20)))
        assert tx.outbox_due(s.at(6)) == []


def test_an_item_by_its_id(store):
    item = s.outbox_item("o1", payload={"told": ["a"], "队": "物流"})
    with store.begin() as tx:
        tx.put_outbox(item)
    with store.begin() as tx:
        assert tx.outbox_item("o1") == tx.outbox_item("o1", lock=False) == item
        assert tx.outbox_item("o2") is None


def test_what_is_saved_is_saved_whole_and_what_is_gone_stays_gone(store):
    item = s.outbox_item("o1")
    changed = replace(item, payload={"told": ["a"]}, status="dead", attempts=8, last_error="no", due_at=s.at(9))
    with store.begin() as tx:
        tx.put_outbox(item)
        tx.put_outbox(s.outbox_item("o2"))
        assert tx.save_outbox(changed) is True
        assert tx.save_outbox(s.outbox_item("o3")) is False
    with store.read() as tx:
        assert (tx.outbox_item("o1"), tx.outbox_item("o2")) == (changed, s.outbox_item("o2"))
        assert tx.outbox_item("o3") is None


def test_what_has_not_arrived_is_read_dead_ones_first(store, engine):
    queries = Queries(engine)
    assert (queries.unsent(), queries.dead_notices()) == ([], 0)
    items = {
        "old": s.outbox_item("old", status="dead", due_at=s.at(1), last_error="no"),
        "new": s.outbox_item("new", status="dead", due_at=s.at(2)),
        "later": s.outbox_item("later", due_at=s.at(9)),
        "soon": s.outbox_item("soon", due_at=s.at(3)),
        "sent": s.outbox_item("sent", status="sent"),
    }
    with store.begin() as tx:
        for item in items.values():
            tx.put_outbox(item)
    assert queries.unsent() == [items[key] for key in ("new", "old", "soon", "later")]
    assert [item.id for item in queries.unsent(limit=1)] == ["new", "soon"]
    assert queries.dead_notices() == 2
