"""Who is responsible for a case: whoever took it first, until it is closed or handed over by name.

Giving the conversation back to the bot leaves the responsibility where it was.
"""

from bot.core import records as r
from bot.core.errors import InvalidInput
from bot.core.ports import Ports
from bot.core.services import asking, holding, notices
from bot.core.services.holding import agent_event
from bot.core.services.turn import Turn


def claim(ports: Ports, case_id: str, agent: str) -> r.Case:
    """Takes a case and its conversation over; the same agent again changes nothing.

    Raises NotFound; Held when another agent has it; InvalidInput when it is not open.
    """
    with ports.store.begin() as tx:
        turn = holding.turn_of(ports, tx, case_id)
        case = holding.held_by(turn, agent)
        if turn.conversation.owner == "agent" and case.assignee == agent:
            return case
        if case.status not in holding.OPEN:
            raise InvalidInput(f"a case that is {case.status} is reopened before it is taken", "status")
        turn.announce("agent_joined", name=agent)
        turn.change_case(status="in_progress", assignee=agent)
        agent_event(turn, "claimed", agent)
        turn.update(owner="agent")
        turn.save()
        return holding.case_of(turn)


def release(ports: Ports, case_id: str, agent: str) -> r.Case:
    """Gives the conversation back to the bot, which says so and takes up where it was. Raises NotFound, Held."""
    with ports.store.begin() as tx:
        turn = holding.turn_of(ports, tx, case_id)
        holding.held_by(turn, agent)
        if turn.conversation.owner == "agent":
            turn.update(owner="bot")
            agent_event(turn, "released", agent)
            turn.announce("agent_left", name=agent)
            asking.ask_again(turn)
            turn.save()
        return holding.case_of(turn)


def assign(ports: Ports, case_id: str, lead: str, to: str, why: str = "") -> r.Case:
    """A lead makes a colleague responsible for an open case; to the one who is already, nothing changes.

    Raises NotFound, Forbidden, InvalidInput.
    """
    with ports.store.begin() as tx:
        turn = holding.turn_of(ports, tx, case_id)
        holding.require(tx, lead, "assign")
        if holding.open_case_of(turn).assignee != to.strip():
            _give(turn, "assigned", lead, to, holding.words(why, "why") if why.strip() else "")
        return holding.case_of(turn)


def hand_over(ports: Ports, case_id: str, agent: str, to: str, why: str) -> r.Case:
    """Whoever is responsible for an open case, or a lead, gives it to a colleague by name, with a word of why.

    A conversation that a person owned stays a person's. Sent twice, it is handed over once.
    Raises NotFound, Held, InvalidInput.
    """
    why = holding.words(why, "why")
    with ports.store.begin() as tx:
        turn = holding.turn_of(ports, tx, case_id)
        if holding.open_case_of(turn).assignee != to.strip():
            holding.held_or_led(turn, agent, "hand_over_any")
            _give(turn, "handed_over", agent, to, why)
        return holding.case_of(turn)


def _give(turn: Turn, kind: str, giver: str, to: str, why: str) -> None:
    """The history says who gave it to whom; the new one is told through their team, or else the case's."""
    colleague, before = holding.colleague(turn.tx, to), holding.case_of(turn)
    turn.change_case(assignee=colleague.name)
    agent_event(turn, kind, giver, to=colleague.name, held_before=before.assignee, text=why)
    notices.given(turn, colleague, giver, kind, why)
    turn.save()
