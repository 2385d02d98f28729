"""A lead releases a remedy that is too much for the bot alone, or refuses it."""

from dataclasses import replace

from bot.core import records as r
from bot.core.errors import InvalidInput
from bot.core.ports import Ports
from bot.core.services import errands, holding
from bot.core.services.escalation import say_what_happens_next
from bot.core.services.turn import Turn


def approve(ports: Ports, case_id: str, lead: str) -> r.Case:
    """Releases it: the worker carries it out at once and tells the customer.

    Where a person has the conversation the bot stays silent, and the person tells it; otherwise the case is the bot's
    again until it is done. Raises NotFound, Forbidden, InvalidInput.
    """
    with ports.store.begin() as tx:
        holding.require(tx, lead, "decide_remedy")
        turn = holding.turn_of(ports, tx, case_id)
        remedy = _waiting(turn)
        tx.save_remedy(replace(errands.released(remedy, turn.now), decided_by=lead))
        holding.agent_event(turn, "approved", lead, kind=remedy.kind, amount=remedy.amount, currency=remedy.currency)
        if holding.case_of(turn).status == "escalated" and turn.conversation.owner == "bot":
            turn.change_case(status="recovering")
        turn.save()
        return holding.case_of(turn)


def refuse(ports: Ports, case_id: str, lead: str, reason: str) -> r.Case:
    """Refuses it; the customer hears that it was not released and that a person is at it. `reason` stays private.

    Raises NotFound, Forbidden, InvalidInput.
    """
    reason = holding.words(reason, "reason")
    with ports.store.begin() as tx:
        holding.require(tx, lead, "decide_remedy")
        turn = holding.turn_of(ports, tx, case_id)
        remedy = _waiting(turn)
        tx.save_remedy(replace(remedy, status="failed", decided_by=lead))
        given = {"kind": remedy.kind, "amount": remedy.amount, "currency": remedy.currency}
        holding.agent_event(turn, "refused", lead, **given, text=reason)
        turn.say("approval_refused")
        say_what_happens_next(turn)
        turn.save()
        return holding.case_of(turn)


def _waiting(turn: Turn) -> r.Remedy:
    """The remedy that a lead has to decide on. Raises InvalidInput."""
    case = holding.case_of(turn)
    remedy = turn.tx.remedy_of_case(case.id)
    if remedy is None or remedy.status != "accepted":
        raise InvalidInput("nothing waits for approval in this case (any more)", "remedy")
    if case.status not in holding.OPEN:
        raise InvalidInput(f"the case is {case.status}: reopen it first", "status")
    return remedy
