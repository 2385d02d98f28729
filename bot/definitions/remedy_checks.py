"""Whether the remedy policy means what it says: known names, money where money moves, no rule in another's shadow."""

from itertools import combinations
from math import isfinite
from typing import List, Optional

from bot.core.definitions import Definitions, RemedyRule
from bot.core.errors import DefinitionError
from bot.core.types import LANGUAGES, SEVERITIES
from bot.definitions.naming import Problems, fillable, unknown

FILE = "remedies.yml"
DESIRED = ("refund", "partial_refund", "replacement", "voucher", "redo", "visit", "callback", "explain", "unsure")
PLACEHOLDERS = ("amount", "currency", "order_id", "percent")
MOVES_MONEY = ("refund", "partial_refund", "voucher")


def rules_name_what_exists(d: Definitions) -> Problems:
    kinds = [kind.kind for kind in d.remedies.kinds]
    names = {
        "category": ("category", [category.key for category in d.tags.categories]),
        "tag": ("tag", [tag.key for tag in d.tags.tags]),
        "touchpoint": ("touchpoint of the journey", [touchpoint.key for touchpoint in d.journey.touchpoints]),
        "desired": ("outcome a customer can wish for", list(DESIRED)),
    }
    for rule in d.remedies.rules:
        for key, (what, known) in names.items():
            yield from unknown(FILE, f"rules[{rule.key}].{key}", what, getattr(rule, key), known)
        yield from unknown(FILE, f"rules[{rule.key}].offer", "kind with a wording", [rule.offer], kinds)


def money_is_said_once(d: Definitions) -> Problems:
    for rule in d.remedies.rules:
        given = (rule.percent is not None) + bool(rule.amount)
        needed = 1 if rule.offer in MOVES_MONEY else 0
        path, what = f"rules[{rule.key}]", f"{rule.offer!r} with percent: {rule.percent}, amount: {rule.amount}"
        if given > needed:
            mend = "keep percent or amount, not both" if needed else "remove percent and amount, it moves no money"
            yield DefinitionError(FILE, path, what, mend)
        elif given < needed:
            yield DefinitionError(FILE, path, what, "say how much: percent, or amount by currency")


def sums_make_sense(d: Definitions) -> Problems:
    for rule in d.remedies.rules:
        if rule.cap and rule.percent is None:
            yield DefinitionError(FILE, f"rules[{rule.key}].cap", "a cap without a percent", "remove it")
        for key in ("amount", "cap", "order_amount_at_most"):
            for currency, value in getattr(rule, key).items():
                path = f"rules[{rule.key}].{key}.{currency}"
                if not (isfinite(value) and value > 0):
                    yield DefinitionError(FILE, path, f"{value!r} is no sum of money", "give a number above 0")
                if not (len(currency) == 3 and currency.isalpha() and currency.isupper()):
                    yield DefinitionError(
                        FILE, path, f"{currency!r} is no currency", "use an ISO 4217 code such as CNY"
                    )


def wordings_can_be_filled(d: Definitions) -> Problems:
    for kind in d.remedies.kinds:
        for key in ("offer", "done"):
            for language in LANGUAGES:
                path = f"kinds[{kind.kind}].{key}.{language}"
                yield from fillable(FILE, path, getattr(kind, key).get(language), PLACEHOLDERS)


def every_rule_can_be_reached(d: Definitions) -> Problems:
    shadowed = set()
    for earlier, later in combinations(d.remedies.rules, 2):
        if later.key not in shadowed and _covers(earlier, later):
            shadowed.add(later.key)
            problem = f"it is never reached: {earlier.key!r} above fits every case it fits"
            yield DefinitionError(FILE, f"rules[{later.key}]", problem, f"move it above {earlier.key!r} or remove it")


def _covers(earlier: RemedyRule, later: RemedyRule) -> bool:
    return (
        all(_wider(getattr(earlier, key), getattr(later, key)) for key in ("category", "tag", "touchpoint", "desired"))
        and SEVERITIES.index(earlier.severity_at_most) >= SEVERITIES.index(later.severity_at_most)
        and _limit_is_wider(earlier, later)
    )


def _wider(earlier: Optional[List[str]], later: Optional[List[str]]) -> bool:
    """An empty list names nothing, so it fits anything, as no list does."""
    return not earlier or (bool(later) and set(later or ()) <= set(earlier))


def _limit_is_wider(earlier: RemedyRule, later: RemedyRule) -> bool:
    limits = earlier.order_amount_at_most
    if not limits:
        return True
    # A currency without a limit does not fit, so a rule without any limit reaches further than one with limits.
    return bool(later.order_amount_at_most) and all(
        value <= limits.get(currency, 0) for currency, value in later.order_amount_at_most.items()
    )
