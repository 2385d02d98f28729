"""The offer: what the policy allows, one after the other, and what the customer says to it."""

from dataclasses import replace
from datetime import timedelta
from typing import Optional, Tuple

from bot.core import records as r
from bot.core.model import Wording
from bot.core.remedies import SAID_ONLY, Offer, decide
from bot.core.remedy_limits import Given, needs_approval
from bot.core.remedy_policy import RemedyKind
from bot.core.services import asking
from bot.core.services.escalation import escalate
from bot.core.services.turn import Turn, new_id

GIVEN = ("accepted", "executing", "done")


def offer(turn: Turn) -> None:
    """Offers what the policy allows; where it allows nothing, a person takes over."""
    found, why = _decided(turn)
    if found is None:
        turn.case_event("no_remedy", why=why)
        return escalate(turn, "no_remedy")
    if turn.case and turn.case.desired_outcome == "refund" and found.kind != "refund":
        turn.say("offer_less")
    _make(turn, found)


def decline(turn: Turn) -> None:
    """The customer says no: the next that the policy has for this, as long as it has one, or a person."""
    remedy = offered(turn)
    if remedy is not None:
        turn.tx.save_remedy(replace(remedy, status="declined"))
        turn.case_event("declined", kind=remedy.kind)
    found, why = _decided(turn)
    if found is None:
        turn.case_event("no_remedy", why=why)
        return escalate(turn, "declined")
    turn.say("offer_as_wished" if turn.understanding.entities.get("remedy") == found.kind else "offer_instead")
    _make(turn, found)


def _decided(turn: Turn) -> Tuple[Optional[Offer], str]:
    case = turn.case
    assert case is not None
    tags = [tag.tag for tag in turn.tx.tags_of_case(case.id)] + [tag.tag for tag in turn.understanding.tags]
    segment = turn.customer.segment if turn.customer else None
    return decide(turn.definitions.remedies, case, tags, segment, given_before(turn, case))


def given_before(turn: Turn, case: r.Case) -> Given:
    """What was given and offered before, as far as the policy asks for it; the offer that is open is not counted."""
    of_case = turn.tx.remedies_of_case(case.id)
    limit = turn.definitions.remedies.per_customer
    of_customer = (
        turn.tx.remedies_of_customer(case.customer_id, turn.now - timedelta(days=limit.days))
        if limit and case.customer_id
        else ()
    )
    return Given(
        order=turn.tx.remedies_of_order(case.order_id) if case.order_id else (),
        case=[remedy for remedy in of_case if remedy.status in GIVEN],
        customer=of_customer,
        offered=sum(remedy.status != "offered" for remedy in of_case),
        declined=tuple(remedy.kind for remedy in of_case if remedy.status == "declined"),
    )


def _make(turn: Turn, found: Offer) -> None:
    remedy_id, case = new_id(), turn.case
    assert case is not None
    remedy = r.Remedy(
        remedy_id, case.id, found.kind, "offered", turn.now, remedy_id, found.amount, found.currency, found.why,
        rule=found.rule,
    )  # fmt: skip
    turn.tx.save_remedy(remedy)
    turn.case_event("offered", kind=found.kind, amount=found.amount, currency=found.currency, why=found.why)
    put_offer(turn, remedy)


def offered(turn: Turn) -> Optional[r.Remedy]:
    """The remedy that waits for the customer's answer."""
    remedy = turn.tx.remedy_of_case(turn.case.id) if turn.case else None
    return remedy if remedy is not None and remedy.status == "offered" else None


def running(turn: Turn) -> bool:
    """Whether an accepted remedy is being carried out."""
    remedy = turn.tx.remedy_of_case(turn.case.id) if turn.case else None
    return remedy is not None and remedy.status == "executing"


def put_offer(turn: Turn, remedy: r.Remedy, attempts: int = 0) -> None:
    """Says the offer and waits for yes or no; what a lead has to release is offered as a thing to be asked for."""
    kind = kind_of(turn, remedy)
    if kind is None:
        return escalate(turn, "no_remedy")
    text = worded(turn, kind.offer, remedy)
    if needs_approval(turn.definitions.remedies, remedy.amount, remedy.currency):
        language = turn.conversation.language
        name, amount, currency = kind.name.get(language), amount_of(remedy), remedy.currency
        text = turn.ports.wordings.line("offer_for_approval", language, name=name, amount=amount, currency=currency)
    only_said = r.OpenQuestion("remedy", None, "explanation", attempts)
    asked = only_said if remedy.kind in SAID_ONLY else r.OpenQuestion("remedy", attempts=attempts)
    turn.update(open_question=asked)
    turn.say_text(text, asking.buttons(asking.open_options(turn)))


def kind_of(turn: Turn, remedy: r.Remedy) -> Optional[RemedyKind]:
    """The wording of a remedy; None where the definitions have dropped it since."""
    return next((kind for kind in turn.definitions.remedies.kinds if kind.kind == remedy.kind), None)


def worded(turn: Turn, wording: Wording, remedy: r.Remedy) -> str:
    """A remedy's wording with its placeholders filled."""
    language = turn.conversation.language
    rules = turn.definitions.remedies.rules
    explained = next((rule.explanation for rule in rules if rule.key == remedy.rule and rule.explanation), None)
    text = wording.get(language)
    for name, value in (
        ("amount", amount_of(remedy)),
        ("currency", remedy.currency or ""),
        ("order_id", (turn.case.order_id if turn.case else None) or ""),
        ("explanation", explained.get(language) if explained else ""),
    ):
        text = text.replace("{" + name + "}", value)
    return text


def amount_of(remedy: r.Remedy) -> str:
    """As people write it; empty where no money moves."""
    return "" if remedy.amount is None else f"{remedy.amount:,.2f}".removesuffix(".00")


def unclear(turn: Turn) -> None:
    """Neither yes nor no: the offer is put once more, then a person takes over. Nothing is carried out on a guess."""
    remedy, asked = offered(turn), turn.open
    if asked and remedy and asked.attempts < 1:
        if asked.question == asking.EXPLANATION:
            return asking.ask_again(turn, asked.attempts + 1)
        turn.say("yes_or_no")
        return put_offer(turn, remedy, asked.attempts + 1)
    escalate(turn, "unclear")
