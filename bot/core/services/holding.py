"""What every act of a person on a case begins with: the case of the turn, and who holds it."""

from dataclasses import replace
from typing import Any, Optional

from bot.core import records as r
from bot.core import roles
from bot.core.errors import Forbidden, Held, InvalidInput, NotFound
from bot.core.ports import Ports, Transaction
from bot.core.services import audit
from bot.core.services.turn import Turn, new_id
from bot.core.types import OPEN as OPEN

TEXT_LIMIT = 4000


def turn_of(ports: Ports, tx: Transaction, case_id: str) -> Turn:
    """The turn of a case. The conversation is locked before the case, as everywhere. Raises NotFound."""
    found = tx.conversation_of_case(case_id)
    if found is None:
        raise NotFound(f"no case {case_id}")
    turn = Turn.load(ports, tx, found)
    turn.look_at(case_id)
    return turn


def case_of(turn: Turn) -> r.Case:
    """Raises NotFound."""
    if turn.case is None:
        raise NotFound("the conversation has no case")
    return turn.case


def held_by(turn: Turn, agent: str) -> r.Case:
    """The case, if nobody else has it. Raises Held."""
    case = case_of(turn)
    if case.assignee not in (None, agent) and case.status in OPEN:
        raise Held(case.assignee or "")
    return case


def held_or_led(turn: Turn, agent: str, act: str) -> r.Case:
    """The case, if the agent is responsible for it, or may do `act` with anybody's. Raises Held, InvalidInput."""
    case = case_of(turn)
    if case.assignee == agent or roles.may(role_of(turn.tx, agent), act):
        return case
    if case.assignee is None:
        raise InvalidInput("take the case over first: nobody is responsible for it yet", "agent")
    raise Held(case.assignee)


def open_case_of(turn: Turn) -> r.Case:
    """The case, if it is open. Raises InvalidInput."""
    case = case_of(turn)
    if case.status not in OPEN:
        raise InvalidInput(f"the case is {case.status} already", "status")
    return case


def role_of(tx: Transaction, agent: str) -> str:
    """The role of somebody by name; a system of the business's own may name agents that never sign in here."""
    user = tx.user(agent)
    return user.role if user else roles.ROLES[0]


def require(tx: Transaction, agent: str, act: str) -> None:
    """Raises Forbidden."""
    if not roles.may(role_of(tx, agent), act):
        raise Forbidden(f"{agent} is no {roles.LOWEST[act]}")


def lead_of(tx: Transaction, team: str) -> Optional[r.User]:
    """The lead of a team, or one of no team, who leads all; None if there is neither."""
    leads = [user for user in tx.users() if user.role == "lead"]
    return next((user for wanted in (team, None) for user in leads if user.team == wanted), None)


def colleague(tx: Transaction, name: str) -> r.User:
    """The user with this name. Raises InvalidInput."""
    user = tx.user(name.strip())
    if user is None:
        raise InvalidInput(f"there is no user {name.strip()!r}", "to")
    return user


def agent_event(turn: Turn, kind: str, agent: str, /, **details: Any) -> None:
    """A line of the case's history by a person."""
    case_id = case_of(turn).id
    turn.tx.add_case_event(r.CaseEvent(case_id, kind, turn.now, actor=agent, details=details))
    audit.note(turn.tx, agent, kind, "case", case_id, at=turn.now)


def say_as(turn: Turn, agent: str, text: str, reply_id: Optional[str] = None) -> "tuple[r.Message, bool]":
    """Says something in a person's name, once for each `reply_id`: (the message, whether it is new)."""
    said = r.Message(
        id=new_id(),
        conversation_id=turn.conversation.id,
        sender="agent",
        text=text,
        at=turn.now,
        author=agent,
    )
    return turn.tx.add_message(replace(said, channel_message_id=f"agent:{reply_id}" if reply_id else None))


def words(text: str, field: str) -> str:
    """What was typed, without the space around it. Raises InvalidInput."""
    stripped = text.strip()
    if not 1 <= len(stripped) <= TEXT_LIMIT:
        raise InvalidInput(f"{field} must have 1 to {TEXT_LIMIT} characters", field)
    return stripped
