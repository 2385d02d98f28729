"""The remedy policy: what may be offered for a complaint, and why. Pure; every decision explains itself."""

import math
from dataclasses import dataclass
from typing import Optional, Sequence, Tuple

from bot.core.definitions import RemedyPolicy, RemedyRule
from bot.core.records import Case
from bot.core.types import SEVERITIES

# Currencies whose sums are given without decimals.
WHOLE_UNITS = ("TWD", "JPY", "KRW", "VND")
MOVES_MONEY = ("refund", "partial_refund", "voucher")


@dataclass(frozen=True)
class Offer:
    """A remedy that the policy allows. `amount` is in whole units of `currency`; None where no money moves."""

    kind: str
    amount: Optional[float]
    currency: Optional[str]
    why: str


def decide(
    policy: RemedyPolicy, case: Case, tags: Sequence[str], given_before: bool = False
) -> Tuple[Optional[Offer], str]:
    """The first offer whose rule fits the case, or None; with the reason in words for the case's history.

    Nothing is offered without a verified order: every remedy is carried out on one. given_before: something was
    carried out on this order already; a second one is a person's to decide.
    """
    if not case.order_checked:
        return None, "no verified order, and every remedy is carried out on an order"
    if given_before:
        return None, f"something was already given for order {case.order_id}"
    for rule in policy.rules:
        if _fits(rule, case, tags):
            offer = _offer(rule, case)
            if offer:
                return offer, offer.why
    wish = case.desired_outcome or "unsure"
    return None, f"no rule for {case.category}, severity {case.severity}, wish {wish}, order {_amount(case)}"


def _fits(rule: RemedyRule, case: Case, tags: Sequence[str]) -> bool:
    limit = rule.order_amount_at_most
    currency, amount = case.order.get("currency"), case.order.get("amount", 0)
    return (
        (not rule.category or case.category in rule.category)
        and (not rule.tag or any(tag in rule.tag for tag in tags))
        and (not rule.touchpoint or case.touchpoint in rule.touchpoint)
        and (not rule.desired or (case.desired_outcome or "unsure") in rule.desired)
        and SEVERITIES.index(case.severity) <= SEVERITIES.index(rule.severity_at_most)
        and (not limit or (currency in limit and amount <= limit[currency]))
    )


def _offer(rule: RemedyRule, case: Case) -> Optional[Offer]:
    """None where the rule names no sum for the order's currency."""
    currency, order_amount = case.order.get("currency"), float(case.order.get("amount", 0))
    if rule.offer not in MOVES_MONEY:
        return Offer(rule.offer, None, None, f"rule {rule.key}: {rule.offer}")
    if rule.percent is not None:
        amount = order_amount * rule.percent / 100
        how = f"{rule.percent:g} % of {_amount(case)}"
    elif currency in rule.amount:
        amount, how = rule.amount[currency], "a fixed sum"
    else:
        return None
    if rule.cap and currency not in rule.cap:
        return None  # a limit that is not known is no freedom from it
    if currency in rule.cap and amount > rule.cap[currency]:
        amount, how = rule.cap[currency], f"{how}, capped"
    # A refund may never exceed what was paid; a voucher is a gift and may.
    if rule.offer != "voucher":
        amount = min(amount, order_amount)
    amount = _down(amount, currency or "")
    if amount <= 0:
        return None
    return Offer(rule.offer, amount, currency, f"rule {rule.key}: {rule.offer} {amount:g} {currency} ({how})")


def _down(amount: float, currency: str) -> float:
    """Down to what can be paid in this currency; up would pass a limit."""
    units = 1 if currency in WHOLE_UNITS else 100
    return math.floor(amount * units + 1e-6) / units


def _amount(case: Case) -> str:
    return f"{case.order.get('amount', '?')} {case.order.get('currency', '')}".strip()
