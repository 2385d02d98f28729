"""What the remedy policy may never do, whatever the case and whatever the rules."""

from dataclasses import replace
from datetime import datetime, timezone

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.core.records import Case, Remedy
from bot.core.remedies import MOVES_MONEY, decide
from bot.core.remedy_limits import Given
from bot.core.remedy_policy import RemedyPolicy
from bot.core.types import REMEDY_KINDS, SEVERITIES
from tests.core.services.quick import CALM

NOW = datetime(2026, 11, 20, tzinfo=timezone.utc)
CURRENCIES = ("CNY", "TWD", "HKD", "USD", "EUR")
WISHES = (*REMEDY_KINDS, "unsure", None)
MONEY = st.integers(1, 10_000_000).map(lambda cents: cents / 100)


def case(**values):
    defaults = {"category": "product_quality", "severity": "medium", "order_checked": True}
    return Case("k1", "c1", status="recovering", description="", team="t", opened_at=NOW, **{**defaults, **values})


@st.composite
def cases(draw, definitions_of):
    d = definitions_of
    return case(
        category=draw(st.sampled_from([category.key for category in d.tags.categories])),
        severity=draw(st.sampled_from(SEVERITIES[:-1])),
        touchpoint=draw(st.sampled_from([point.key for point in d.journey.touchpoints] + [None])),
        desired_outcome=draw(st.sampled_from(WISHES)),
        order={"amount": draw(MONEY), "currency": draw(st.sampled_from(CURRENCIES))},
        order_id="HS1",
    )


def some_tags(d):
    return st.lists(st.sampled_from([tag.key for tag in d.tags.tags]), max_size=3)


@st.composite
def rules(draw):
    """One rule that moves money, as `loader` lets it pass."""
    sums = st.dictionaries(st.sampled_from(CURRENCIES), MONEY, max_size=3)
    percent = draw(st.none() | st.floats(0.1, 100))
    rule = {"key": "r", "offer": draw(st.sampled_from(MOVES_MONEY)), "severity_at_most": "high"}
    return {**rule, "percent": percent, "cap": draw(sums)} if percent else {**rule, "amount": draw(sums)}


@CALM
@given(data=st.data())
def test_the_shipped_policy_never_gives_back_more_than_was_paid_nor_more_than_its_cap(definitions, data):
    about, tags = data.draw(cases(definitions)), data.draw(some_tags(definitions))
    offer, why = decide(definitions.remedies, about, tags)
    assume(offer is not None)
    rule = next(rule for rule in definitions.remedies.rules if f"rule {rule.key}:" in why)
    assert offer.kind == rule.offer
    if offer.kind not in MOVES_MONEY:
        assert offer.amount is None and offer.currency is None
        return
    assert offer.currency == about.order["currency"]
    if offer.kind != "voucher":
        assert offer.amount <= about.order["amount"]
    assert offer.amount <= rule.cap.get(offer.currency, offer.amount)
    assert about.order["amount"] <= rule.order_amount_at_most.get(offer.currency, about.order["amount"])


@CALM
@given(rule=rules(), amount=MONEY, currency=st.sampled_from(CURRENCIES))
@example(rule={"key": "r", "offer": "partial_refund", "percent": 20.0, "cap": {}}, amount=0.01, currency="CNY")
@example(
    rule={"key": "r", "offer": "partial_refund", "percent": 100.0, "cap": {"TWD": 0.7}}, amount=9.0, currency="TWD"
)
def test_any_rule_keeps_to_the_order_its_cap_and_whole_cents(rule, amount, currency):
    policy = RemedyPolicy(kinds=[], rules=[rule])
    offer, _ = decide(policy, case(order={"amount": amount, "currency": currency}), ())
    if offer is None:
        return
    assert offer.kind == "voucher" or offer.amount <= amount
    assert offer.amount <= rule.get("cap", {}).get(currency, offer.amount)
    assert offer.amount == round(offer.amount, 2)
    assert offer.amount > 0, "nobody is offered nothing"


@CALM
@given(data=st.data())
def test_without_a_verified_order_something_may_be_explained_and_nothing_given(definitions, data):
    about = data.draw(cases(definitions))
    unverified = replace(about, order_checked=False)
    offer, why = decide(definitions.remedies, unverified, data.draw(some_tags(definitions)))
    assert offer.kind == "explain" if offer else "no verified order" in why


@CALM
@given(data=st.data())
def test_a_critical_case_is_never_bought_off(definitions, data):
    about = data.draw(cases(definitions))
    critical = replace(about, severity="critical")
    assert decide(definitions.remedies, critical, data.draw(some_tags(definitions)))[0] is None


def test_what_was_given_for_an_order_before_is_not_given_again(definitions):
    about = case(order={"amount": 100.0, "currency": "CNY"}, order_id="HS1", desired_outcome="replacement")
    assert decide(definitions.remedies, about, ("defective_item",))[0] is not None
    given = Given(order=[Remedy("y1", "k0", "voucher", "done", NOW, "y1")])
    offer, why = decide(definitions.remedies, about, ("defective_item",), given=given)
    assert offer is None and "already given for this order" in why


@pytest.mark.parametrize("amount, offered", [(6000, True), (6000.01, False)])
def test_a_dearer_order_than_the_rule_allows_is_a_persons_to_decide(definitions, amount, offered):
    about = case(
        category="delivery_and_logistics", severity="medium", desired_outcome="refund", touchpoint="store_visit",
        order={"amount": amount, "currency": "CNY"},
    )  # fmt: skip
    found, why = decide(definitions.remedies, about, ("damaged_on_arrival",))
    assert (found is not None and found.kind == "refund" and found.amount == amount) == offered, why
