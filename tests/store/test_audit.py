"""The audit log: added to in the transaction of the act, and read from the newest on."""

import pytest

from bot.core import records as r
from bot.core.ports import Transaction
from tests.store import samples as s


def entry(number=0, **values):
    given = {"at": s.at(number), "actor": "lin", "act": "claimed", "subject": "case", "subject_id": f"k{number}"}
    return r.AuditEntry(**{**given, **values})


@pytest.fixture
def log(store):
    with store.begin() as tx:
        for number in range(5):
            tx.add_audit_entry(entry(number, details={"masked": True} if number else {}))
        tx.add_audit_entry(entry(5, actor="api", act="seen", subject="customer", subject_id="C1"))
    return store


def read(store, *args, **wanted):
    with store.read() as tx:
        return tx.audit_entries(r.AuditFilter(**wanted), *args)


def test_entries_come_back_as_they_were_the_newest_first(log):
    found = read(log)
    assert [one.subject_id for one in found] == ["C1", "k4", "k3", "k2", "k1", "k0"]
    assert found[1] == entry(4, details={"masked": True}, seq=found[1].seq) and found[1].at.tzinfo is not None


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        ({"actor": "api"}, ["C1"]),
        ({"act": "claimed", "since": s.at(3)}, ["k4", "k3"]),
        ({"subject": "case", "subject_id": "k2"}, ["k2"]),
        ({"actor": "api", "subject": "case"}, []),
    ],
)
def test_filters(log, wanted, ids):
    assert [one.subject_id for one in read(log, **wanted)] == ids


def test_page_by_page_nothing_is_missed_or_shown_twice(log):
    seen, before = [], None
    while found := read(log, before, 2):
        seen += [one.subject_id for one in found]
        before = found[-1].seq
    assert seen == ["C1", "k4", "k3", "k2", "k1", "k0"]


def test_an_act_that_fails_leaves_no_entry(store):
    with pytest.raises(RuntimeError), store.begin() as tx:
        tx.add_audit_entry(entry())
        raise RuntimeError
    assert read(store) == []


def test_no_method_changes_or_removes_a_single_entry():
    """Retention removes the oldest, and nothing else touches one."""
    named = {name for name in vars(Transaction) if "audit" in name}
    assert named == {"add_audit_entry", "audit_entries", "drop_audit_entries"}
