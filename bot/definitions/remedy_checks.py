"""Whether the remedy policy means what it says: known names, money where money moves, no rule in another's shadow."""

from itertools import product
from math import isfinite
from typing import Iterator, List, Mapping, Optional, Tuple

from bot.core.definitions import Definitions
from bot.core.errors import DefinitionError
from bot.core.remedies import MOVES_MONEY
from bot.core.remedy_policy import RemedyLimit, RemedyPolicy, RemedyRule
from bot.core.types import LANGUAGES, SEVERITIES
from bot.definitions.naming import Problems, fillable, unknown

FILE = "remedies.yml"
DESIRED = ("refund", "partial_refund", "replacement", "voucher", "redo", "visit", "callback", "explain", "unsure")
PLACEHOLDERS = ("amount", "currency", "order_id", "explanation")
SELECTS = ("category", "tag", "touchpoint", "segment", "desired")


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
            yield from _sums(f"rules[{rule.key}].{key}", getattr(rule, key))
    yield from _sums("approval_above", d.remedies.approval_above)
    for key, limit in _limits(d.remedies):
        yield from _sums(f"{key}.amount", limit.amount)


def _sums(path: str, sums: Mapping[str, float]) -> Problems:
    for currency, value in sums.items():
        where = f"{path}.{currency}"
        if not (isfinite(value) and value > 0):
            yield DefinitionError(FILE, where, f"{value!r} is no sum of money", "give a number above 0")
        if not (len(currency) == 3 and currency.isalpha() and currency.isupper()):
            yield DefinitionError(FILE, where, f"{currency!r} is no currency", "use an ISO 4217 code such as CNY")


def _limits(policy: RemedyPolicy) -> Iterator[Tuple[str, RemedyLimit]]:
    if policy.per_case:
        yield "per_case", policy.per_case
    if policy.per_customer:
        yield "per_customer", policy.per_customer


def explanations_are_where_they_are_said(d: Definitions) -> Problems:
    for rule in d.remedies.rules:
        path = f"rules[{rule.key}].explanation"
        if rule.offer == "explain" and rule.explanation is None:
            yield DefinitionError(FILE, path, "nothing is said in explanation", "add it, in each language")
        if rule.offer != "explain" and rule.explanation is not None:
            yield DefinitionError(FILE, path, f"{rule.offer!r} explains nothing", "remove it, or offer: explain")


def every_category_has_a_way_out(d: Definitions) -> Problems:
    category_of = {tag.key: tag.category for tag in d.tags.tags}
    for category, touchpoint in product(d.tags.categories, d.journey.touchpoints):
        if not any(_may_fit(rule, category.key, touchpoint.key, category_of) for rule in d.remedies.rules):
            problem = f"{category.key!r} has no way out at {touchpoint.key!r}: no rule fits a complaint about it"
            mend = f"add a rule with category: [{category.key}] for this touchpoint, or one that names neither"
            yield DefinitionError(FILE, "rules", problem, mend)


def _may_fit(rule: RemedyRule, category: str, touchpoint: str, category_of: Mapping[str, str]) -> bool:
    if (rule.category and category not in rule.category) or (rule.touchpoint and touchpoint not in rule.touchpoint):
        return False
    # A rule for tags alone also fits a case of another category; its way out is for the tags' own ones.
    return not rule.tag or bool(rule.category) or category in {category_of.get(tag) for tag in rule.tag}


def offers_keep_to_the_limits(d: Definitions) -> Problems:
    for key, limit in _limits(d.remedies):
        for rule in d.remedies.rules:
            for currency, value in rule.amount.items():
                path = f"rules[{rule.key}].amount.{currency}"
                if limit.amount and currency not in limit.amount:
                    problem = f"it is never given: {key}.amount knows no {currency}"
                    yield DefinitionError(FILE, path, problem, f"add {currency} to {key}.amount")
                elif value > limit.amount.get(currency, value):
                    problem = f"it is never given: {key}.amount allows {limit.amount[currency]:g} {currency} in all"
                    yield DefinitionError(FILE, path, problem, "lower it, or raise the limit")


def wordings_can_be_filled(d: Definitions) -> Problems:
    for kind in d.remedies.kinds:
        for key in ("offer", "done"):
            for language in LANGUAGES:
                path = f"kinds[{kind.kind}].{key}.{language}"
                yield from fillable(FILE, path, getattr(kind, key).get(language), PLACEHOLDERS)


def every_rule_can_be_reached(d: Definitions) -> Problems:
    """What is declined is followed by the next kind: a rule is lost only behind its own kind, or too many others."""
    for place, later in enumerate(d.remedies.rules):
        covering = [earlier for earlier in d.remedies.rules[:place] if _covers(earlier, later)]
        same = next((earlier for earlier in covering if earlier.offer == later.offer), None)
        if same is None and len({earlier.offer for earlier in covering}) >= d.remedies.offers_at_most:
            same = covering[0]
        if same is not None:
            problem = f"it is never reached: {same.key!r} above fits every case it fits"
            yield DefinitionError(FILE, f"rules[{later.key}]", problem, f"move it above {same.key!r} or remove it")


def _covers(earlier: RemedyRule, later: RemedyRule) -> bool:
    return (
        all(_wider(getattr(earlier, key), getattr(later, key)) for key in SELECTS)
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
