"""The remedy policy: what may be offered for a complaint, and why. Pure; every decision explains itself."""

import math
from dataclasses import dataclass
from typing import Iterator, List, Optional, Sequence, Tuple

from bot.core.records import Case
from bot.core.remedy_limits import NOTHING, Given, needs_approval, passed
from bot.core.remedy_policy import RemedyPolicy, RemedyRule
from bot.core.types import SEVERITIES

# Currencies whose sums are given without decimals.
WHOLE_UNITS = ("TWD", "JPY", "KRW", "VND")
MOVES_MONEY = ("refund", "partial_refund", "voucher")
# Said, and done with it; everything else is carried out on an order.
SAID_ONLY = ("explain",)


@dataclass(frozen=True)
class Offer:
    """A remedy that the policy allows. `amount` is in whole units of `currency`; None where no money moves.

    rule: key of the policy's rule. needs_approval: a lead releases it after the customer has said yes.
    """

    kind: str
    amount: Optional[float]
    currency: Optional[str]
    why: str
    rule: str = ""
    needs_approval: bool = False


def decide(
    policy: RemedyPolicy, case: Case, tags: Sequence[str], segment: Optional[str] = None, given: Given = NOTHING
) -> Tuple[Optional[Offer], str]:
    """The first offer whose rule fits the case and whose limits hold, or None; with the reason for the case's history.

    Args:
        tags: keys of what the customer named. segment: of the customer. given: what was given and declined before.
    """
    if given.offered >= policy.offers_at_most:
        return None, f"{given.offered} offers were made, and no more than {policy.offers_at_most} are"
    limits: List[str] = []
    for offer in _offers(policy, case, tags, segment):
        if offer.kind in given.declined:
            continue
        limit = passed(policy, given, offer.amount, offer.currency)
        if limit is None:
            return offer, offer.why
        limits.append(f"{offer.why} would pass {limit}")
    if limits:
        return None, limits[0]
    if not case.order_checked:
        return None, "no verified order, and every remedy is carried out on an order"
    wish, known = case.desired_outcome or "unsure", f" segment {segment}," if segment else ""
    return None, f"no rule for {case.category}, severity {case.severity}, wish {wish},{known} order {_amount(case)}"


def _offers(policy: RemedyPolicy, case: Case, tags: Sequence[str], segment: Optional[str]) -> Iterator[Offer]:
    """All that the rules have for the case, from the top; without a verified order only what is said."""
    for rule in policy.rules:
        if (case.order_checked or rule.offer in SAID_ONLY) and _fits(rule, case, tags, segment):
            offer = _offer(policy, rule, case)
            if offer is not None:
                yield offer


def _fits(rule: RemedyRule, case: Case, tags: Sequence[str], segment: Optional[str]) -> bool:
    limit = rule.order_amount_at_most
    currency, amount = case.order.get("currency"), case.order.get("amount", 0)
    return (
        (not rule.category or case.category in rule.category)
        and (not rule.tag or any(tag in rule.tag for tag in tags))
        and (not rule.touchpoint or case.touchpoint in rule.touchpoint)
        and (not rule.segment or segment in rule.segment)
        and (not rule.desired or (case.desired_outcome or "unsure") in rule.desired)
        and SEVERITIES.index(case.severity) <= SEVERITIES.index(rule.severity_at_most)
        and (not limit or (currency in limit and amount <= limit[currency]))
    )


def _offer(policy: RemedyPolicy, rule: RemedyRule, case: Case) -> Optional[Offer]:
    """None where the rule names no sum for the order's currency."""
    if rule.offer not in MOVES_MONEY:
        return Offer(rule.offer, None, None, f"rule {rule.key}: {rule.offer}", rule.key)
    currency = case.order.get("currency")
    amount, how = _sum(rule, float(case.order.get("amount", 0)), currency)
    if amount is None or amount <= 0:
        return None
    approval = needs_approval(policy, amount, currency)
    how += ", a lead releases it" if approval else ""
    why = f"rule {rule.key}: {rule.offer} {amount:g} {currency} ({how})"
    return Offer(rule.offer, amount, currency, why, rule.key, approval)


def _sum(rule: RemedyRule, order_amount: float, currency: Optional[str]) -> Tuple[Optional[float], str]:
    """How much, and how it was found; None where the rule says nothing for this currency."""
    if rule.percent is not None:
        amount, how = order_amount * rule.percent / 100, f"{rule.percent:g} % of {order_amount} {currency}"
    elif currency in rule.amount:
        amount, how = rule.amount[currency], "a fixed sum"
    else:
        return None, ""
    if rule.cap and currency not in rule.cap:
        return None, ""  # a limit that is not known is no freedom from it
    if currency in rule.cap and amount > rule.cap[currency]:
        amount, how = rule.cap[currency], f"{how}, capped"
    # A refund may never exceed what was paid; a voucher is a gift and may.
    if rule.offer != "voucher":
        amount = min(amount, order_amount)
    return _down(amount, currency or ""), how


def _down(amount: float, currency: str) -> float:
    """Down to what can be paid in this currency; up would pass a limit."""
    units = 1 if currency in WHOLE_UNITS else 100
    return math.floor(amount * units + 1e-6) / units


def _amount(case: Case) -> str:
    return f"{case.order.get('amount', '?')} {case.order.get('currency', '')}".strip()
