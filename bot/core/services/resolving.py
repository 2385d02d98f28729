"""The end of the work on a case, and its beginning anew."""

from dataclasses import replace

from bot.core import records as r
from bot.core.errors import InvalidInput
from bot.core.ports import Ports
from bot.core.services import asking, holding
from bot.core.services.holding import agent_event
from bot.core.sla import dues

ROOT_CAUSES = ("value", "system", "person")


def resolve(ports: Ports, case_id: str, agent: str, root_cause: str, done: str, tell: str) -> r.Case:
    """Closes the work on a case, tells the customer, and has the bot ask how it feels now.

    Args:
        root_cause: value, system or person. done: what was done (private). tell: what the customer is told.

    Raises:
        NotFound, Held, InvalidInput.
    """
    if root_cause not in ROOT_CAUSES:
        raise InvalidInput(f"the root cause must be one of {', '.join(ROOT_CAUSES)}", "root_cause")
    done, tell = holding.words(done, "done"), holding.words(tell, "tell")
    with ports.store.begin() as tx:
        turn = holding.turn_of(ports, tx, case_id)
        holding.held_by(turn, agent)
        case = holding.open_case_of(turn)
        holding.say_as(turn, agent, tell)
        met = case.sla.resolution_due is None or turn.now <= case.sla.resolution_due
        state = "met" if met and case.sla.state != "missed" else "missed"
        sla = replace(case.sla, next_response_due=None, resolution_left=None, state=state)
        turn.change_case(status="resolved", root_cause=root_cause, resolved_at=turn.now, assignee=agent, sla=sla)
        agent_event(turn, "resolved", agent, root_cause=root_cause, text=done)
        with_person = turn.conversation.owner == "agent"
        turn.update(owner="bot")
        if with_person:
            turn.announce("agent_finished", name=agent)
        asking.put(turn, r.OpenQuestion("recovery_score", "csat"), "ask_recovery_score")
        turn.save()
        return holding.case_of(turn)


def reopen(ports: Ports, case_id: str, agent: str, reason: str) -> r.Case:
    """Opens a closed case again; it was not solved in the first contact. Raises NotFound, InvalidInput."""
    reason = holding.words(reason, "reason")
    with ports.store.begin() as tx:
        turn = holding.turn_of(ports, tx, case_id)
        case = holding.case_of(turn)
        if case.status in holding.OPEN:
            raise InvalidInput("the case is open", "status")
        if case.merged_into is not None:
            raise InvalidInput(f"it is part of the case {case.merged_into}", "status")
        levels = turn.definitions.service_levels
        # New promises from now on; the old ones were kept or missed.
        sla = dues(levels, case.severity, levels.team_for(case.team), turn.now)
        turn.change_case(status="escalated", reopened=True, first_contact_resolved=False, resolved_at=None, sla=sla)
        agent_event(turn, "reopened", agent, text=reason)
        if turn.open and turn.open.kind == "recovery_score":
            turn.update(open_question=None)
        turn.save()
        return holding.case_of(turn)
