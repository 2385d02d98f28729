"""A duplicate becomes part of the case it repeats: one customer, one matter, one promise."""

from dataclasses import replace

from bot.core import records as r
from bot.core.errors import InvalidInput, NotFound
from bot.core.ports import Ports, Transaction
from bot.core.services import cases, holding, offering
from bot.core.services.holding import agent_event
from bot.core.services.turn import Turn
from bot.core.sla import regraded
from bot.core.types import WITH_PEOPLE, worst

# The one that stays is a person's: the bot would recover it in two conversations at once.
CAN_STAY = WITH_PEOPLE


def merge(ports: Ports, case_id: str, lead: str, into: str) -> r.Case:
    """Closes a case as a duplicate of another open one of the same customer, where further words are added.

    Its own conversation, if it is another one, goes back to the bot, which says so. The same again changes nothing.
    Raises NotFound, Forbidden, Held (somebody else has the duplicate), InvalidInput.
    """
    with ports.store.begin() as tx:
        holding.require(tx, lead, "merge")
        _lock_conversations(tx, case_id, into)
        turn = holding.turn_of(ports, tx, case_id)
        if holding.case_of(turn).merged_into == into:
            return holding.case_of(turn)
        holding.held_by(turn, lead)
        duplicate, stays = holding.open_case_of(turn), tx.case(into)
        if stays is None or not _fit(duplicate, stays):
            raise InvalidInput("these two cases cannot be merged", "into")
        if offering.running(turn):
            raise InvalidInput("a remedy of this case is being carried out", "remedy")
        _close(turn, lead, stays)
        _take_in(turn, lead, duplicate, stays)
        _lead_on(turn, stays)
        turn.save()
        return holding.case_of(turn)


def _lock_conversations(tx: Transaction, case_id: str, into: str) -> None:
    """Both, in one order for everybody, before any case: two who merge crosswise wait for each other in turn."""
    found = [tx.conversation_of_case(one) for one in (case_id, into)]
    if found[0] is None:
        raise NotFound(f"no case {case_id}")
    for conversation_id in sorted({one for one in found if one is not None}):
        tx.conversation(conversation_id)


def _fit(duplicate: r.Case, stays: r.Case) -> bool:
    same = duplicate.customer_id is not None and duplicate.customer_id == stays.customer_id
    return same and duplicate.id != stays.id and stays.merged_into is None and stays.status in CAN_STAY


def _close(turn: Turn, lead: str, stays: r.Case) -> None:
    """No clock runs on a duplicate, and it is no complaint of its own in the figures."""
    state = holding.case_of(turn).sla.state
    turn.change_case(status="closed", merged_into=stays.id, first_contact_resolved=None, sla=r.Sla(state=state))
    agent_event(turn, "merged", lead, into=stays.id)


def _take_in(turn: Turn, lead: str, duplicate: r.Case, stays: r.Case) -> None:
    """The case that stays knows what was said in the other, and is as grave as the graver of both."""
    severity = worst(stays.severity, duplicate.severity)
    levels = turn.definitions.service_levels
    clocks = stays.sla
    if severity != stays.severity:
        clocks = regraded(stays.sla, levels, severity, levels.team_for(stays.team), turn.now)
    words = cases.added(stays, duplicate.description)
    turn.tx.save_case(replace(stays, description=words, severity=severity, sla=clocks))
    details = {"duplicate": duplicate.id, "text": duplicate.description}
    turn.tx.add_case_event(r.CaseEvent(stays.id, "merged_here", turn.now, actor=lead, details=details))


def _lead_on(turn: Turn, stays: r.Case) -> None:
    """The duplicate's conversation, unless it is about something else by now."""
    conversation = turn.conversation
    if conversation.case_id != holding.case_of(turn).id:
        return
    turn.update(case_id=stays.id)
    if conversation.id != stays.conversation_id:
        turn.update(owner="bot", open_question=None)
        turn.say("merged")
