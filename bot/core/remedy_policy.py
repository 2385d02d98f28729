"""The shape of `remedies.yml`: what the bot may offer, when, and how much of it."""

from typing import Dict, List, Optional

from pydantic import Field, conint, validator

from bot.core.model import Model, Wording, one_of
from bot.core.types import REMEDY_KINDS, SEVERITIES


class RemedyKind(Model):
    """A thing the bot may offer. Wordings may use {amount} {currency} {order_id}; those of `explain` {explanation}."""

    kind: str
    name: Wording
    offer: Wording
    done: Wording

    _kind = validator("kind", allow_reuse=True)(one_of(REMEDY_KINDS))


class RemedyRule(Model):
    """One rule of the policy: where all that is given fits, `offer` may be made. Money is in the order's currency.

    segment: of the customer. percent: share of the order's amount; amount: a fixed sum by currency; cap: never more
    than this, by currency. explanation: what is said, where the offer is to explain.
    """

    key: str
    category: Optional[List[str]]
    tag: Optional[List[str]]
    touchpoint: Optional[List[str]]
    segment: Optional[List[str]]
    desired: Optional[List[str]]
    severity_at_most: str = "high"
    order_amount_at_most: Dict[str, float] = {}
    offer: str
    percent: Optional[float] = Field(None, gt=0, le=100)
    amount: Dict[str, float] = {}
    cap: Dict[str, float] = {}
    explanation: Optional[Wording]

    _offer = validator("offer", allow_reuse=True)(one_of(REMEDY_KINDS))
    _severity = validator("severity_at_most", allow_reuse=True)(one_of(SEVERITIES))


class RemedyLimit(Model):
    """How much may be given in all: `count` remedies, and for each currency no more than `amount`."""

    count: Optional[conint(ge=1)]  # type: ignore[valid-type]
    amount: Dict[str, float] = {}


class RemedyLimitInTime(RemedyLimit):
    """The same within the last `days`."""

    days: int = Field(..., ge=1)


class RemedyPolicy(Model):
    """The rules, from the top, and what holds for all of them.

    offers_at_most: how many offers one case is made before a person takes over. per_case, per_customer: limits against
    abuse. approval_above: by currency; a lead releases what is more than this, and what is in another currency.
    """

    kinds: List[RemedyKind]
    rules: List[RemedyRule]
    offers_at_most: int = Field(1, ge=1)
    per_case: Optional[RemedyLimit]
    per_customer: Optional[RemedyLimitInTime]
    approval_above: Dict[str, float] = {}

    def kind(self, kind: str) -> RemedyKind:
        """The wording of a kind. Raises KeyError."""
        for remedy in self.kinds:
            if remedy.kind == kind:
                return remedy
        raise KeyError(kind)
