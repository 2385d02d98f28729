"""Words between a person and the customer, and the clocks that they start and stop."""

from dataclasses import replace
from typing import Optional

from bot.core import records as r
from bot.core import sla
from bot.core.errors import InvalidInput
from bot.core.ports import Ports
from bot.core.services import audit, holding
from bot.core.services.holding import agent_event
from bot.core.services.turn import Turn
from bot.core.thanks import only_thanks


def reply(
    ports: Ports, case_id: str, agent: str, text: str, reply_id: Optional[str] = None, waits: bool = False
) -> r.Message:
    """Says something to the customer; once for each `reply_id`.

    waits: the next word is the customer's, and until then the clock of the resolution stands still. Each reply says it
    anew: one that does not wait lets the clock run on. Raises NotFound, Held, InvalidInput.
    """
    text = holding.words(text, "text")
    with ports.store.begin() as tx:
        turn = holding.turn_of(ports, tx, case_id)
        holding.held_by(turn, agent)
        if turn.conversation.owner != "agent":
            raise InvalidInput("take the case over before you reply: the assistant still answers", "agent")
        message, new = holding.say_as(turn, agent, text, reply_id)
        if new:
            _answered(turn, agent, waits)
            audit.note(tx, agent, "replied", "case", case_id, at=turn.now)
        return message


def note(ports: Ports, case_id: str, agent: str, text: str) -> None:
    """Keeps a private note. Raises NotFound, InvalidInput."""
    text = holding.words(text, "text")
    with ports.store.begin() as tx:
        turn = holding.turn_of(ports, tx, case_id)
        agent_event(turn, "note", agent, text=text)


def customer_wrote(turn: Turn, text: str) -> None:
    """The clocks that a customer's message starts, in a case that a person works on.

    That of the next response runs from the earliest message that a person has not answered, if a person is to answer
    it; that of the resolution runs on if it stood still. Thanks alone do neither.
    """
    case = turn.case
    if case is None or case.status != "in_progress":
        return
    if only_thanks(text, answers_a_question=case.sla.resolution_left is not None):
        return
    levels, team = turn.definitions.service_levels, turn.definitions.service_levels.team_for(case.team)
    clocks = sla.resumed(case.sla, levels, case.severity, team, turn.now)
    if clocks.next_response_due is None and turn.conversation.owner == "agent":
        level = levels.levels[case.severity]
        waits = sla.due(turn.now, level.next_response, team, level.round_the_clock)
        clocks = replace(clocks, next_response_due=waits)
    if clocks != case.sla:
        turn.change_case(sla=clocks)
    if case.sla.resolution_left is not None:
        turn.case_event("clock_resumed")


def _answered(turn: Turn, agent: str, waits: bool) -> None:
    """A public reply by a person: what the customer waited for is answered, and perhaps it is their turn."""
    case = holding.case_of(turn)
    levels = turn.definitions.service_levels
    change = sla.paused if waits else sla.resumed
    clocks = change(case.sla, levels, case.severity, levels.team_for(case.team), turn.now)
    turn.change_case(sla=replace(clocks, next_response_due=None))
    if waits and clocks.resolution_left is not None and case.sla.resolution_left is None:
        agent_event(turn, "waiting", agent)
