"""One offer after the other, limits on what is given, and what a lead has to release."""

from dataclasses import replace

import pytest

from bot.core import records as r
from bot.core.errors import Forbidden, InvalidInput, NotFound
from bot.core.services import agents, approvals, touchpoints, upkeep
from bot.core.services.turn import new_id
from bot.core.types import TagMention
from tests.core.services.conftest import Talk

LATE = TagMention("delivery_late", "delivery_and_logistics", "negative", "two days late")
PRICE = TagMention("too_expensive", "price_value", "negative", "dearer than elsewhere")


def with_policy(ports, **changes):
    """The shipped definitions with other limits."""
    version, definitions = ports.definitions._active
    policy = definitions.remedies.copy(update=changes)
    ports.definitions._active = (version, definitions.copy(update={"remedies": policy}))


def another_order(ports, orders, number, customer="C1001", segment=None, **order):
    """A chat with the same customer about another order."""
    order_id = f"HS20{number:04}"
    orders.orders[order_id] = r.Order(order_id, customer, **{"amount": 200.0, "currency": "CNY", **order})
    event = r.TouchpointEvent(new_id(), "delivery", ports.clock(), customer, order_id=order_id)
    found = r.Customer(customer, name="Ann", locale="en-GB", segment=segment)
    return Talk(ports, touchpoints.register(ports, event, found).conversation_id)


def refund_offered(talk):
    talk.to_the_offer()
    return talk


def late(talk, wish="partial_refund"):
    talk.says("hello", "greet")
    talk.complains(LATE, text="two days late and nobody called")
    talk.says("some money back", "request_remedy", entities={"remedy": wish})
    return talk


def test_what_is_declined_is_followed_by_the_next_kind_and_then_by_a_person(talk, ports, orders):
    with_policy(ports, offers_at_most=2)
    late(talk)
    assert talk.remedy.kind == "partial_refund"
    said = talk.says("no", "deny")
    if talk.case.status == "recovering":
        assert said[0] == talk.line("offer_instead") and talk.remedy.kind != "partial_refund"
        talk.says("no", "deny")
    assert talk.case.status == "escalated" and orders.remedies == []


def test_the_second_offer_is_made_and_carried_out_once(ports, orders):
    talk = another_order(ports, orders, 1)
    talk.says("hello", "greet")
    talk.complains(PRICE, text="it was much cheaper in another shop")
    talk.says("some money back", "request_remedy", entities={"remedy": "partial_refund"})
    assert talk.remedy.kind == "partial_refund"
    said = talk.says("no", "deny")
    assert said[0] == talk.line("offer_instead") and talk.remedy.kind == "voucher" and talk.asked.kind == "remedy"
    talk.says("yes", "affirm")
    assert [given[1] for given in orders.remedies] == ["voucher"] and talk.case.status == "resolved_by_bot"
    kinds = talk.read(lambda tx: [(one.kind, one.status) for one in tx.remedies_of_case(talk.case.id)])
    assert kinds == [("partial_refund", "declined"), ("voucher", "done")]


def test_a_segment_has_offers_of_its_own(ports, orders):
    usual = another_order(ports, orders, 1, customer="C2001")
    best = another_order(ports, orders, 2, customer="C2002", segment="vip")
    for talk in (usual, best):
        late(talk, "voucher")
    assert (usual.remedy.amount, best.remedy.amount) == (80, 160)
    assert best.remedy.rule == "vip_late_delivery"


def test_an_explanation_is_given_without_the_order_system(ports, orders):
    talk = another_order(ports, orders, 1)
    talk.says("hello", "greet")
    talk.complains(PRICE, text="why is it dearer than last week?")
    said = talk.says("just explain it", "request_remedy", entities={"remedy": "explain"})
    assert "Store and online prices are the same" in said[-1] and "{" not in said[-1]
    talk.says("yes", "affirm")
    assert orders.remedies == [] and talk.remedy.status == "done"
    assert talk.case.status == "resolved_by_bot" and talk.asked.kind == "recovery_score"


@pytest.mark.parametrize(
    "limit, given, refused",
    [({"days": 90, "count": 2}, 2, True), ({"days": 90, "amount": {"CNY": 500.0}}, 2, True),
     ({"days": 90, "count": 3}, 2, False), ({"days": 90, "amount": {"CNY": 600.0}}, 2, False),
     ({"days": 90, "amount": {"USD": 600.0}}, 0, True)],
)  # fmt: skip
def test_the_limit_of_a_customer_and_what_the_history_says_of_it(ports, orders, limit, given, refused):
    with_policy(ports, per_customer=type(ports.definitions._active[1].remedies.per_customer)(**limit))
    for number in range(given):
        refund_offered(another_order(ports, orders, number)).says("yes", "affirm")
    talk = another_order(ports, orders, 9)
    talk.says("hello", "greet")
    talk.complains()
    talk.says("a refund please", "request_remedy", entities={"remedy": "refund"})
    assert len(orders.remedies) == given and (talk.case.status == "escalated") == refused
    if refused:
        (why,) = [
            event.details["why"]
            for event in talk.read(lambda tx: tx.case_events(talk.case.id))
            if event.kind == "no_remedy"
        ]
        assert "the limit of a customer in 90 days" in why and "rule bad_goods_refund" in why


def test_what_was_given_long_ago_does_not_count(ports, orders, clock):
    with_policy(ports, per_customer=type(ports.definitions._active[1].remedies.per_customer)(days=90, count=1))
    refund_offered(another_order(ports, orders, 1)).says("yes", "affirm")
    clock.forward(days=91)
    assert refund_offered(another_order(ports, orders, 2)).remedy.status == "offered"


def test_a_limit_reached_since_the_offer_holds_when_it_is_accepted(ports, orders):
    with_policy(ports, per_customer=type(ports.definitions._active[1].remedies.per_customer)(days=90, count=1))
    first, second = (refund_offered(another_order(ports, orders, number)) for number in (1, 2))
    first.says("yes", "affirm")
    second.says("yes", "affirm")
    assert len(orders.remedies) == 1
    assert second.remedy.status == "failed" and second.case.status == "escalated"
    assert second.case.escalation_reason == "no_remedy"


@pytest.fixture
def waiting(ports, orders):
    """A refund that the customer has accepted and a lead has to release."""
    talk = refund_offered(another_order(ports, orders, 7, amount=4200.0))
    assert talk.heard[-1].startswith("I can put in a full refund of 4,200 CNY")
    talk.says("yes please", "affirm")
    with ports.store.begin() as tx:
        for name, role in (("lena", "lead"), ("omar", "manager"), ("mia", "agent")):
            tx.save_user(r.User(name, name, "hash", role))
    return talk


def test_much_money_waits_for_a_lead(waiting, ports, orders):
    assert orders.remedies == [] and waiting.remedy.status == "accepted"
    assert (waiting.case.status, waiting.case.escalation_reason) == ("escalated", "needs_approval")
    assert waiting.case.sla.first_response_due > ports.clock()
    assert waiting.line("escalated_needs_approval") in waiting.heard
    upkeep.reconcile_remedies(ports)
    assert orders.remedies == [], "nobody has released it"


def test_an_approved_remedy_is_carried_out_by_the_worker_and_told(waiting, ports, orders):
    approvals.approve(ports, waiting.case.id, "lena")
    upkeep.reconcile_remedies(ports)
    upkeep.reconcile_remedies(ports)
    assert [(order, kind, amount) for order, kind, amount, _ in orders.remedies] == [("HS200007", "refund", 4200.0)]
    assert waiting.remedy.decided_by == "lena" and "4,200 CNY" in waiting.heard[-2]
    assert waiting.case.status == "resolved_by_bot" and waiting.asked.kind == "recovery_score"
    assert waiting.case.first_contact_resolved is False, "it took a person"
    assert "approved" in waiting.events


def test_an_approval_counts_once(waiting, ports, orders):
    approvals.approve(ports, waiting.case.id, "lena")
    with pytest.raises(InvalidInput):
        approvals.approve(ports, waiting.case.id, "omar")
    with pytest.raises(InvalidInput):
        approvals.refuse(ports, waiting.case.id, "omar", "too late")
    assert waiting.remedy.decided_by == "lena"


def test_a_refused_remedy_is_never_carried_out_and_the_customer_hears_it(waiting, ports, orders):
    approvals.refuse(ports, waiting.case.id, "lena", "the photo shows another table")
    upkeep.reconcile_remedies(ports)
    assert orders.remedies == [] and waiting.remedy.status == "failed"
    assert waiting.heard[-2] == waiting.line("approval_refused") and "the photo" not in " ".join(waiting.heard)
    assert waiting.case.status == "escalated"


def test_while_a_person_has_the_conversation_the_bot_says_nothing_of_an_approval(waiting, ports, orders):
    agents.claim(ports, waiting.case.id, "mia")
    before = waiting.heard
    approvals.approve(ports, waiting.case.id, "lena")
    upkeep.reconcile_remedies(ports)
    assert len(orders.remedies) == 1 and waiting.heard == before
    assert waiting.case.status == "in_progress" and "remedy_done" in waiting.events


def test_an_approval_while_the_order_system_is_down_ends_with_a_person(waiting, ports, orders, clock):
    approvals.approve(ports, waiting.case.id, "lena")
    orders.fault = "down"
    for _ in range(6):
        upkeep.reconcile_remedies(ports)
        clock.forward(minutes=31)
    assert waiting.case.status == "escalated" and waiting.remedy.status == "executing"
    orders.fault = "none"
    upkeep.reconcile_remedies(ports)
    assert len(orders.remedies) == 1 and waiting.remedy.status == "done"


@pytest.mark.parametrize("name", ["mia", "nobody we know"])
def test_only_a_lead_decides(waiting, ports, orders, name):
    with pytest.raises(Forbidden):
        approvals.approve(ports, waiting.case.id, name)
    with pytest.raises(Forbidden):
        approvals.refuse(ports, waiting.case.id, name, "no")
    assert waiting.remedy.status == "accepted"


def test_nothing_to_approve(waiting, talk, ports):
    talk.to_the_offer()
    with pytest.raises(InvalidInput):
        approvals.approve(ports, talk.case.id, "lena")
    with pytest.raises(NotFound):
        approvals.approve(ports, "none", "lena")


def test_a_case_closed_meanwhile_gives_nothing(waiting, ports):
    with ports.store.begin() as tx:
        tx.save_case(replace(tx.case(waiting.case.id), status="closed"))
    with pytest.raises(InvalidInput):
        approvals.approve(ports, waiting.case.id, "lena")
