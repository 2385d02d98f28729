from dataclasses import replace

import pytest

from bot.core import records as r
from bot.core.errors import Conflict
from tests.store import samples as s


@pytest.fixture
def begun(store):
    with store.begin() as tx:
        tx.save_customer(r.Customer("p1"))
        tx.add_conversation(s.conversation())
        tx.save_response(s.response())
        tx.add_case(s.case(customer_id="p1"))
    return store


def test_case_comes_back_as_it_was_and_is_saved_whole(begun):
    full = s.case(
        customer_id="p1",
        response_id="r1",
        touchpoint="delivery",
        order_id="HS100241",
        order_checked=True,
        order_given_up=True,
        order={"amount": 88.5, "items": ["茶"]},
        desired_outcome="refund",
        first_contact_resolved=False,
        recovery_score=4,
        assignee="小王",
        root_cause="system",
        reopened=True,
        escalation_reason="silent",
        sla=r.Sla(s.at(60), s.at(30), s.at(3600), "missed"),
        resolved_at=s.at(100),
        status="resolved",
    )
    with begun.begin() as tx:
        assert tx.case("k1") == s.case(customer_id="p1")
        saved = tx.save_case(full)
        assert saved == replace(full, version=1)
        assert tx.case("k1") == saved
        assert tx.case("nobody") is None
    with begun.read() as tx:
        assert tx.case("k1") == saved


def test_case_changed_by_another_is_a_conflict(begun):
    with begun.begin() as tx:
        seen = tx.case("k1")
        tx.save_case(replace(seen, assignee="小王"))
    with pytest.raises(Conflict), begun.begin() as tx:
        tx.save_case(replace(seen, assignee="小李"))


def test_history_in_order(begun):
    events = [
        r.CaseEvent("k1", "opened", s.at(0)),
        r.CaseEvent("k1", "offered", s.at(0), details={"kind": "voucher", "金额": 20.0}),
        r.CaseEvent("k1", "note", s.at(0), actor="小王"),
    ]
    with begun.begin() as tx:
        for event in events:
            tx.add_case_event(event)
        assert tx.case_events("k1") == events
        assert tx.case_events("nobody") == []


def test_cases_of_a_customer_oldest_first(begun):
    with begun.begin() as tx:
        tx.add_case(s.case("k0", customer_id="p1", opened_at=s.at(-10)))
        tx.add_case(s.case("k2"))
        assert [case.id for case in tx.cases_of_customer("p1")] == ["k0", "k1"]


def test_latest_remedy(begun):
    first, second = s.remedy(), s.remedy("y2", amount=20.0, currency="CNY", why="late", error="x", done_at=s.at(5))
    with begun.begin() as tx:
        assert tx.remedy_of_case("k1") is None
        tx.save_remedy(first)
        tx.save_remedy(second)
        assert tx.remedy_of_case("k1") == second
        tx.save_remedy(replace(first, status="declined"))
        assert tx.remedy_of_case("k1") == second, "an update does not make a remedy the latest"


def test_one_remedy_for_each_key(begun):
    with begun.begin() as tx:
        tx.save_remedy(s.remedy())
    with pytest.raises(Conflict), begun.begin() as tx:
        tx.save_remedy(s.remedy("y2", key="key-y1"))


def test_what_was_given_for_an_order_and_to_a_customer(begun):
    with begun.begin() as tx:
        tx.save_customer(r.Customer("p1"))
        tx.save_case(replace(tx.case("k1"), customer_id="p1", order_id="HS1"))
        tx.add_case(s.case("k2", customer_id="p1", order_id="HS2"))
        tx.add_case(s.case("k3", order_id="HS1"))
        tx.save_remedy(s.remedy("y1", status="declined", offered_at=s.at(0)))
        tx.save_remedy(s.remedy("y2", status="accepted", offered_at=s.at(1), rule="vip", decided_by="lena"))
        tx.save_remedy(s.remedy("y3", case_id="k2", status="done", offered_at=s.at(2)))
        tx.save_remedy(s.remedy("y4", case_id="k3", status="executing", offered_at=s.at(3)))
        tx.save_remedy(s.remedy("y5", case_id="k2", status="failed", offered_at=s.at(4)))
        assert [one.id for one in tx.remedies_of_case("k1")] == ["y1", "y2"]
        assert [one.id for one in tx.remedies_of_order("HS1")] == ["y2", "y4"]
        assert [one.id for one in tx.remedies_of_customer("p1", s.at(0))] == ["y2", "y3"]
        assert [one.id for one in tx.remedies_of_customer("p1", s.at(2))] == ["y3"]
        assert (tx.remedies_of_case("k1")[1].rule, tx.remedies_of_case("k1")[1].decided_by) == ("vip", "lena")


def test_remedies_left_executing(begun):
    with begun.begin() as tx:
        tx.save_remedy(s.remedy("y1", status="executing", look_again_at=s.at(5)))
        tx.save_remedy(s.remedy("y2", status="executing", look_again_at=s.at(1)))
        tx.save_remedy(s.remedy("y3", status="executing", look_again_at=s.at(9)))
        tx.save_remedy(s.remedy("y4", status="done", look_again_at=s.at(0)))
        assert [left.id for left in tx.remedies_executing(s.at(5))] == ["y2", "y1"]
        assert [left.id for left in tx.remedies_executing(s.at(5), limit=1)] == ["y2"]


def test_definitions_have_versions(store):
    with store.begin() as tx:
        assert (tx.active_definitions(), tx.active_definitions_version()) == (None, 0)
        assert tx.add_definitions("d1", {"队": [1, {"b": None, "a": 2.5}]}, s.NOW) == 1
        assert tx.active_definitions() == (1, "d1", {"队": [1, {"b": None, "a": 2.5}]})
        assert tx.add_definitions("d2", {}, s.NOW) == 2
        assert tx.active_definitions_version() == 2
        assert tx.active_definitions() == (2, "d2", {})


def test_users(store):
    one, two = r.User("u1", "wang", "hash", "agent"), r.User("u2", "li", "hash", "lead", "logistics", 3, s.at(60))
    with store.begin() as tx:
        tx.save_user(one)
        tx.save_user(two)
        assert tx.user("li") == two
        assert tx.user("nobody") is None
        assert tx.users() == [two, one]
        tx.save_user(replace(two, failed_attempts=0, locked_until=None))
        assert tx.user("li").locked_until is None
    with pytest.raises(Conflict), store.begin() as tx:
        tx.save_user(replace(one, id="u3"))
