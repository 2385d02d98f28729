"""An accepted remedy: checked once more, released by a lead where it is much, carried out once, and confirmed."""

from dataclasses import replace
from typing import Optional

from bot.core import records as r
from bot.core.remedies import SAID_ONLY
from bot.core.remedy_limits import needs_approval, passed
from bot.core.services import asking, errands, offering
from bot.core.services.escalation import escalate
from bot.core.services.turn import Turn


def only_said(turn: Turn) -> bool:
    """Whether an explanation waits for the customer's word; any friendly one will do, for nothing is carried out."""
    return turn.open is not None and turn.open.question == asking.EXPLANATION


def accept(turn: Turn) -> Optional[errands.Errand]:
    """The customer says yes: `executing` is committed with this turn, then the order system is called."""
    case, remedy = turn.case, offering.offered(turn)
    if case is None or remedy is None:
        return None
    turn.update(open_question=None)
    turn.case_event("accepted", kind=remedy.kind)
    if limit := _limit(turn, case, remedy):
        turn.tx.save_remedy(replace(remedy, status="failed", error=limit))
        turn.case_event("no_remedy", why=f"{remedy.why} would pass {limit}")
        escalate(turn, "no_remedy")
        return None
    if remedy.kind in SAID_ONLY:
        _done(turn, remedy)
        return None
    if needs_approval(turn.definitions.remedies, remedy.amount, remedy.currency):
        turn.tx.save_remedy(replace(remedy, status="accepted"))
        escalate(turn, "needs_approval")
        return None
    remedy = errands.begin(remedy, turn.now + turn.ports.lease)
    turn.tx.save_remedy(remedy)
    return errands.carry_out(case, remedy)


def _limit(turn: Turn, case: r.Case, remedy: r.Remedy) -> Optional[str]:
    """The limit that was reached since the offer was made, maybe in another chat at this very moment."""
    turn.tx.exclusive(f"remedies:{case.customer_id or case.order_id}")
    given = offering.given_before(turn, case)
    return passed(turn.definitions.remedies, given, remedy.amount, remedy.currency)


def conclude(turn: Turn, outcome: errands.Outcome) -> None:
    """What came of carrying it out: confirmed, refused, or not known yet (then the worker finds out)."""
    case = turn.case
    remedy = turn.tx.remedy_of_case(case.id) if case else None
    if case is None or remedy is None or remedy.status != "executing":
        return
    if outcome.failure == "unavailable":
        return _unconfirmed(turn, remedy, outcome)
    if outcome.failure == "refused":
        turn.tx.save_remedy(replace(remedy, status="failed", error=outcome.reason, look_again_at=None))
        turn.case_event("remedy_failed", kind=remedy.kind, reason=outcome.reason)
        return escalate(turn, "remedy_failed")
    _done(turn, remedy)


def _unconfirmed(turn: Turn, remedy: r.Remedy, outcome: errands.Outcome) -> None:
    again = turn.now + errands.back_off(remedy.attempts)
    turn.tx.save_remedy(replace(remedy, error=outcome.reason, look_again_at=again))
    if remedy.attempts > 1:
        return  # told, and in the history, already
    turn.case_event("remedy_unconfirmed", kind=remedy.kind, reason=outcome.reason)
    turn.say("remedy_unconfirmed")


def _done(turn: Turn, remedy: r.Remedy) -> None:
    turn.tx.save_remedy(replace(remedy, status="done", done_at=turn.now, error=None, look_again_at=None))
    turn.case_event("remedy_done", kind=remedy.kind, amount=remedy.amount, currency=remedy.currency)
    _confirm(turn, remedy)


def tell_again(turn: Turn) -> bool:
    """Says once more what was carried out, and by when it arrives; False where nothing was."""
    remedy = turn.tx.remedy_of_case(turn.case.id) if turn.case else None
    if remedy is None or remedy.status != "done" or remedy.kind in SAID_ONLY:
        return False
    _tell(turn, remedy)
    return True


def _tell(turn: Turn, remedy: r.Remedy) -> None:
    kind = offering.kind_of(turn, remedy)
    if kind is None:
        return turn.say("remedy_done")
    turn.say_text(offering.worded(turn, kind.done, remedy))


def _confirm(turn: Turn, remedy: r.Remedy) -> None:
    """Tells it; a case nobody has taken over is resolved, and the customer is asked how it feels now."""
    case = turn.case
    _tell(turn, remedy)
    if case is None or case.status != "recovering":
        return
    # False already where it took a person, or a second complaint.
    in_first_contact = case.first_contact_resolved is not False
    turn.change_case(status="resolved_by_bot", first_contact_resolved=in_first_contact, resolved_at=turn.now)
    turn.case_event("resolved_by_bot")
    asking.put(turn, r.OpenQuestion("recovery_score", "csat"), "ask_recovery_score")
