"""The offer: what the policy allows, carried out once, confirmed, and how it feels afterwards."""

from dataclasses import replace
from typing import List, Optional

from bot.core import records as r
from bot.core.definitions import RemedyKind, Wording
from bot.core.remedies import decide
from bot.core.services import asking, errands
from bot.core.services.escalation import escalate
from bot.core.services.turn import Turn, new_id


def offer(turn: Turn) -> None:
    """Offers what the policy allows; where it allows nothing, a person takes over."""
    case = turn.case
    assert case is not None
    found, why = decide(turn.definitions.remedies, case, _tags(turn), _given_before(turn))
    if found is None:
        turn.case_event("no_remedy", why=why)
        return escalate(turn, "no_remedy")
    remedy_id = new_id()
    remedy = r.Remedy(
        remedy_id, case.id, found.kind, "offered", turn.now, remedy_id, found.amount, found.currency, found.why
    )
    turn.tx.save_remedy(remedy)
    turn.case_event("offered", kind=found.kind, amount=found.amount, currency=found.currency, why=why)
    if case.desired_outcome == "refund" and found.kind != "refund":
        turn.say("offer_less")
    put_offer(turn, remedy)


def offer_other(turn: Turn) -> None:
    """The customer wants something else than what was offered: what the policy says to that, or a person."""
    case = turn.case
    remedy = turn.tx.remedy_of_case(case.id) if case else None
    if remedy is not None and remedy.status == "offered":
        turn.tx.save_remedy(replace(remedy, status="declined"))
        turn.case_event("declined", kind=remedy.kind)
    found, why = decide(turn.definitions.remedies, case, _tags(turn), _given_before(turn)) if case else (None, "")
    if found is None or (remedy is not None and found.kind == remedy.kind):
        turn.case_event("no_remedy", why=why)
        return escalate(turn, "declined")
    offer(turn)


def offered(turn: Turn) -> Optional[r.Remedy]:
    """The remedy that waits for the customer's answer."""
    remedy = turn.tx.remedy_of_case(turn.case.id) if turn.case else None
    return remedy if remedy is not None and remedy.status == "offered" else None


def running(turn: Turn) -> bool:
    """Whether an accepted remedy is being carried out."""
    remedy = turn.tx.remedy_of_case(turn.case.id) if turn.case else None
    return remedy is not None and remedy.status == "executing"


def _given_before(turn: Turn) -> bool:
    """Whether something was given for this order already, in whatever conversation."""
    order_id = turn.case.order_id if turn.case else None
    return bool(order_id) and bool(turn.tx.remedies_of_order(order_id or ""))


def _tags(turn: Turn) -> List[str]:
    case = turn.case
    kept = turn.tx.tags_of_case(case.id) if case else []
    return [tag.tag for tag in kept] + [tag.tag for tag in turn.understanding.tags]


def put_offer(turn: Turn, remedy: r.Remedy, attempts: int = 0) -> None:
    """Says the offer and waits for yes or no."""
    kind = _kind(turn, remedy)
    if kind is None:
        return escalate(turn, "no_remedy")
    turn.update(open_question=r.OpenQuestion("remedy", attempts=attempts))
    turn.say_text(worded(turn, kind.offer, remedy), asking.buttons(asking.open_options(turn)))


def worded(turn: Turn, wording: Wording, remedy: r.Remedy) -> str:
    """A remedy's wording with its placeholders filled."""
    amount = "" if remedy.amount is None else f"{remedy.amount:,.2f}".removesuffix(".00")
    order_id = (turn.case.order_id if turn.case else None) or ""
    text = wording.get(turn.conversation.language)
    for name, value in (("amount", amount), ("currency", remedy.currency or ""), ("order_id", order_id)):
        text = text.replace("{" + name + "}", value)
    return text


def accept(turn: Turn) -> Optional[errands.Errand]:
    """The customer says yes: `executing` is committed with this turn, then the order system is called."""
    case = turn.case
    remedy = turn.tx.remedy_of_case(case.id) if case else None
    if case is None or remedy is None or remedy.status != "offered":
        return None
    remedy = errands.begin(remedy, turn.now + turn.ports.lease)
    turn.tx.save_remedy(remedy)
    turn.case_event("accepted", kind=remedy.kind)
    turn.update(open_question=None)
    return errands.carry_out(case, remedy)


def decline(turn: Turn) -> None:
    case = turn.case
    remedy = turn.tx.remedy_of_case(case.id) if case else None
    if remedy is not None and remedy.status == "offered":
        turn.tx.save_remedy(replace(remedy, status="declined"))
        turn.case_event("declined", kind=remedy.kind)
    escalate(turn, "declined")


def unclear(turn: Turn) -> None:
    """Neither yes nor no: the offer is put once more, then a person takes over. Nothing is carried out on a guess."""
    case, asked = turn.case, turn.open
    remedy = turn.tx.remedy_of_case(case.id) if case else None
    if asked and remedy and asked.attempts < 1:
        turn.say("yes_or_no")
        return put_offer(turn, remedy, asked.attempts + 1)
    escalate(turn, "unclear")


def conclude(turn: Turn, outcome: errands.Outcome) -> None:
    """What came of carrying it out: confirmed, refused, or not known yet (then the worker finds out)."""
    case = turn.case
    remedy = turn.tx.remedy_of_case(case.id) if case else None
    if case is None or remedy is None or remedy.status != "executing":
        return
    if outcome.failure == "unavailable":
        again = turn.now + errands.back_off(remedy.attempts)
        turn.tx.save_remedy(replace(remedy, error=outcome.reason, look_again_at=again))
        if remedy.attempts > 1:
            return None  # told, and in the history, already
        turn.case_event("remedy_unconfirmed", kind=remedy.kind, reason=outcome.reason)
        return turn.say("remedy_unconfirmed")
    if outcome.failure == "refused":
        turn.tx.save_remedy(replace(remedy, status="failed", error=outcome.reason, look_again_at=None))
        turn.case_event("remedy_failed", kind=remedy.kind, reason=outcome.reason)
        return escalate(turn, "remedy_failed")
    turn.tx.save_remedy(replace(remedy, status="done", done_at=turn.now, error=None, look_again_at=None))
    turn.case_event("remedy_done", kind=remedy.kind, amount=remedy.amount, currency=remedy.currency)
    confirm(turn, remedy)


def _kind(turn: Turn, remedy: r.Remedy) -> Optional[RemedyKind]:
    """The wording of a remedy; None where the definitions have dropped it since."""
    return next((kind for kind in turn.definitions.remedies.kinds if kind.kind == remedy.kind), None)


def confirm(turn: Turn, remedy: r.Remedy) -> None:
    """Tells it; a case nobody has taken over is resolved, and the customer is asked how it feels now."""
    case = turn.case
    kind = _kind(turn, remedy)
    if kind is None:
        turn.say("remedy_done")
    else:
        turn.say_text(worded(turn, kind.done, remedy))
    if case is None or case.status != "recovering":
        return
    turn.change_case(status="resolved_by_bot", first_contact_resolved=not case.reopened, resolved_at=turn.now)
    turn.case_event("resolved_by_bot")
    asking.put(turn, r.OpenQuestion("recovery_score", "csat"), "ask_recovery_score")
