"""What a person does with a case. While a person owns the conversation the bot is silent in it.

Who takes a case first stays responsible (`assignee`) until it is closed, also after the conversation was given back.
"""

from dataclasses import replace
from typing import Any, Optional

from bot.core import records as r
from bot.core.errors import Held, InvalidInput, NotFound
from bot.core.ports import Ports, Transaction
from bot.core.services import asking, audit
from bot.core.services.turn import Turn, new_id
from bot.core.sla import due, dues

ROOT_CAUSES = ("value", "system", "person")
OPEN = ("recovering", "escalated", "in_progress")
TEXT_LIMIT = 4000


def claim(ports: Ports, case_id: str, agent: str) -> r.Case:
    """Takes a case and its conversation over; the same agent again changes nothing.

    Raises NotFound; Held when another agent has it; InvalidInput when it is not open.
    """
    with ports.store.begin() as tx:
        turn = _turn(ports, tx, case_id)
        case = _held_by(turn, agent)
        if turn.conversation.owner == "agent" and case.assignee == agent:
            return case
        if case.status not in OPEN:
            raise InvalidInput(f"a case that is {case.status} is reopened before it is taken", "status")
        turn.say("agent_joined", name=agent)
        turn.change_case(status="in_progress", assignee=agent)
        _event(turn, "claimed", agent)
        turn.update(owner="agent")
        turn.save()
        return _case(turn)


def release(ports: Ports, case_id: str, agent: str) -> r.Case:
    """Gives the conversation back to the bot, which says so and takes up where it was. Raises NotFound, Held."""
    with ports.store.begin() as tx:
        turn = _turn(ports, tx, case_id)
        _held_by(turn, agent)
        if turn.conversation.owner == "agent":
            _give_back(turn, agent)
            asking.ask_again(turn)
            turn.save()
        return _case(turn)


def reply(ports: Ports, case_id: str, agent: str, text: str, reply_id: Optional[str] = None) -> r.Message:
    """Says something to the customer; once for each `reply_id`. Raises NotFound, Held, InvalidInput."""
    text = _text(text, "text")
    with ports.store.begin() as tx:
        turn = _turn(ports, tx, case_id)
        case = _held_by(turn, agent)
        if turn.conversation.owner != "agent":
            raise InvalidInput("take the case over before you reply: the assistant still answers", "agent")
        message, new = _say(turn, agent, text, reply_id)
        if new:
            # The first public reply by a person; what the customer waited for is answered.
            turn.change_case(sla=replace(case.sla, next_response_due=None))
            audit.note(tx, agent, "replied", "case", case_id, at=turn.now)
        return message


def note(ports: Ports, case_id: str, agent: str, text: str) -> None:
    """Keeps a private note. Raises NotFound, InvalidInput."""
    text = _text(text, "text")
    with ports.store.begin() as tx:
        turn = _turn(ports, tx, case_id)
        _event(turn, "note", agent, text=text)


def resolve(ports: Ports, case_id: str, agent: str, root_cause: str, done: str, tell: str) -> r.Case:
    """Closes the work on a case, tells the customer, and has the bot ask how it feels now.

    Args:
        root_cause: value, system or person. done: what was done (private). tell: what the customer is told.

    Raises:
        NotFound, Held, InvalidInput.
    """
    if root_cause not in ROOT_CAUSES:
        raise InvalidInput(f"the root cause must be one of {', '.join(ROOT_CAUSES)}", "root_cause")
    done, tell = _text(done, "done"), _text(tell, "tell")
    with ports.store.begin() as tx:
        turn = _turn(ports, tx, case_id)
        case = _held_by(turn, agent)
        if case.status not in OPEN:
            raise InvalidInput(f"the case is {case.status} already", "status")
        _say(turn, agent, tell, None)
        met = case.sla.resolution_due is None or turn.now <= case.sla.resolution_due
        state = "met" if met and case.sla.state != "missed" else "missed"
        sla = replace(case.sla, next_response_due=None, state=state)
        turn.change_case(status="resolved", root_cause=root_cause, resolved_at=turn.now, assignee=agent, sla=sla)
        _event(turn, "resolved", agent, root_cause=root_cause, text=done)
        turn.update(owner="bot")
        asking.put(turn, r.OpenQuestion("recovery_score", "csat"), "ask_recovery_score")
        turn.save()
        return _case(turn)


def reopen(ports: Ports, case_id: str, agent: str, reason: str) -> r.Case:
    """Opens a closed case again; it was not solved in the first contact. Raises NotFound, InvalidInput."""
    reason = _text(reason, "reason")
    with ports.store.begin() as tx:
        turn = _turn(ports, tx, case_id)
        case = _case(turn)
        if case.status in OPEN:
            raise InvalidInput("the case is open", "status")
        levels = turn.definitions.service_levels
        team = levels.team_for(case.team)
        # New promises from now on; the old ones were kept or missed.
        sla = dues(levels, case.severity, team, turn.now)
        turn.change_case(status="escalated", reopened=True, first_contact_resolved=False, resolved_at=None, sla=sla)
        _event(turn, "reopened", agent, text=reason)
        if turn.open and turn.open.kind == "recovery_score":
            turn.update(open_question=None)
        turn.save()
        return _case(turn)


def customer_waits(turn: Turn) -> None:
    """Starts the clock of the next reply, at the earliest message that a person has not answered."""
    case = turn.case
    if case is None or case.status != "in_progress" or case.sla.next_response_due is not None:
        return
    levels = turn.definitions.service_levels
    level = levels.levels[case.severity]
    waits = due(turn.now, level.next_response, levels.team_for(case.team), level.round_the_clock)
    turn.change_case(sla=replace(case.sla, next_response_due=waits))


def _turn(ports: Ports, tx: Transaction, case_id: str) -> Turn:
    """The conversation is locked before the case, as everywhere."""
    found = tx.conversation_of_case(case_id)
    if found is None:
        raise NotFound(f"no case {case_id}")
    turn = Turn.load(ports, tx, found)
    turn.look_at(case_id)
    return turn


def _case(turn: Turn) -> r.Case:
    if turn.case is None:
        raise NotFound("the conversation has no case")
    return turn.case


def _held_by(turn: Turn, agent: str) -> r.Case:
    """The case, if nobody else has it. Raises Held."""
    case = _case(turn)
    if case.assignee not in (None, agent) and case.status in OPEN:
        raise Held(case.assignee or "")
    return case


def _say(turn: Turn, agent: str, text: str, reply_id: Optional[str]) -> "tuple[r.Message, bool]":
    return turn.tx.add_message(
        r.Message(
            id=new_id(),
            conversation_id=turn.conversation.id,
            sender="agent",
            text=text,
            at=turn.now,
            author=agent,
            channel_message_id=f"agent:{reply_id}" if reply_id else None,
        )
    )


def _give_back(turn: Turn, agent: str) -> None:
    turn.update(owner="bot")
    _event(turn, "released", agent)
    turn.say("agent_left", name=agent)


def _event(turn: Turn, kind: str, agent: str, **details: Any) -> None:
    turn.tx.add_case_event(r.CaseEvent(_case(turn).id, kind, turn.now, actor=agent, details=details))
    audit.note(turn.tx, agent, kind, "case", _case(turn).id, at=turn.now)


def _text(text: str, field: str) -> str:
    stripped = text.strip()
    if not 1 <= len(stripped) <= TEXT_LIMIT:
        raise InvalidInput(f"{field} must have 1 to {TEXT_LIMIT} characters", field)
    return stripped
