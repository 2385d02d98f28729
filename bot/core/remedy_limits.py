"""Limits on what is given away, against abuse: by order, by case, by customer and period. Pure."""

from dataclasses import dataclass
from typing import Iterator, Optional, Sequence, Tuple

from bot.core.records import Remedy
from bot.core.remedy_policy import RemedyLimit, RemedyPolicy


@dataclass(frozen=True)
class Given:
    """What was given already, or is promised: remedies accepted, being carried out, or done.

    order: on the case's order, by whatever case. customer: to the customer within the policy's period; includes `case`.
    offered: how many offers the case was made. declined: the kinds it declined.
    """

    order: Sequence[Remedy] = ()
    case: Sequence[Remedy] = ()
    customer: Sequence[Remedy] = ()
    offered: int = 0
    declined: Tuple[str, ...] = ()


NOTHING = Given()


def passed(policy: RemedyPolicy, given: Given, amount: Optional[float], currency: Optional[str]) -> Optional[str]:
    """The limit that one more remedy of this amount would pass, in words for the history; None if it keeps to all."""
    return next(_passed(policy, given, amount, currency), None)


def _passed(policy: RemedyPolicy, given: Given, amount: Optional[float], currency: Optional[str]) -> Iterator[str]:
    if given.order:
        yield "something was already given for this order"
    if policy.per_case and (over := _over(policy.per_case, given.case, amount, currency)):
        yield f"the limit of a case: {over}"
    limit = policy.per_customer
    if limit and (over := _over(limit, given.customer, amount, currency)):
        yield f"the limit of a customer in {limit.days} days: {over}"


def _over(
    limit: RemedyLimit, remedies: Sequence[Remedy], amount: Optional[float], currency: Optional[str]
) -> Optional[str]:
    if limit.count is not None and len(remedies) >= limit.count:
        return f"{len(remedies)} given of {limit.count}"
    if amount is None or not limit.amount:
        return None
    if currency not in limit.amount:
        return f"none is known in {currency}"  # a limit that is not known is no freedom from it
    most = limit.amount[currency]
    spent = sum(remedy.amount or 0 for remedy in remedies if remedy.currency == currency)
    # Sums of cents as floats: a thousandth is no money.
    return f"{spent:g} of {most:g} {currency} given" if spent + amount > most + 0.001 else None


def needs_approval(policy: RemedyPolicy, amount: Optional[float], currency: Optional[str]) -> bool:
    """Whether a lead has to release it."""
    if amount is None or not policy.approval_above:
        return False
    return amount > policy.approval_above.get(currency or "", 0)
