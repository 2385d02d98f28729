"""From a message to its answer: taken once, decided in one transaction, repeated word for word when asked again.

What a turn needs from outside (an order, a remedy) is an errand: the transaction ends, the errand runs, and its outcome
is concluded in a transaction of its own. A crash between the two is mended by the next attempt, which finds the errand
again from the case.
"""

from datetime import timedelta
from typing import List, Optional, Tuple

from bot.core import records as r
from bot.core.errors import NotFound
from bot.core.ports import Ports, Transaction
from bot.core.services import asking, errands, giving, looking_up
from bot.core.services.conversing import VERBS, Verb, converse
from bot.core.services.errands import Errand, LookUp, Outcome
from bot.core.services.turn import Turn
from bot.core.types import Understanding

__all__ = ["VERBS", "reply"]

# A turn is answered within this; only what is older may have been overtaken.
LATE_AFTER = timedelta(seconds=3)


def reply(ports: Ports, message_id: str, understanding: Understanding, verb: Verb) -> List[r.Message]:
    """Answers a stored message with `verb`; gives what is said, the same again for a message already handled.

    Empty while another attempt is still at work on it. Raises NotFound for a message that was never stored.
    """
    with ports.store.begin() as tx:
        turn, errand = _begin(ports, tx, message_id, understanding, verb)
        if turn is None:
            return tx.replies_to(message_id)
    said = turn.replies
    while errand is not None:
        outcome = errands.run(errand, ports.orders)
        with ports.store.begin() as tx:
            turn = Turn.load(ports, tx, turn.conversation.id, turn.message, understanding)
            errand = _conclude(turn, errand, outcome)
            turn.save(handled=errand is None)
        said = [*said, *turn.replies]
    return said


def _begin(
    ports: Ports, tx: Transaction, message_id: str, understanding: Understanding, verb: Verb
) -> Tuple[Optional[Turn], Optional[Errand]]:
    before = tx.message(message_id)
    if before is None:
        raise NotFound(f"no message {message_id}")
    # The conversation first: everybody locks in this order, or two would wait for each other.
    turn = Turn.load(ports, tx, before.conversation_id, before, understanding)
    if tx.take_message(message_id, ports.clock(), ports.lease.total_seconds()) is None:
        return None, None
    if turn.conversation.owner != "bot":
        errand = None  # a person has taken over meanwhile, and reads it
    elif before.taken_at:
        # Taken before and not handled: its first half is committed, only the errand was left.
        errand = _resume(turn)
    elif _overtaken(turn):
        errand = _late(turn)
    else:
        errand = converse(turn, verb)
    turn.save(handled=errand is None)
    return turn, errand


def _overtaken(turn: Turn) -> bool:
    """Whether the customer has been answered to something later: an old "yes" must not accept a new offer."""
    message = turn.message
    if message is None or message.seq is None or turn.now - message.at < LATE_AFTER:
        return False
    later = turn.tx.messages(turn.conversation.id, after=message.seq)
    return any(one.sender == "customer" and one.handled_at is not None for one in later)


def _late(turn: Turn) -> None:
    """Kept as words; it answers nothing that was asked since."""
    turn.note_verbatim()
    if turn.case is not None:
        turn.case_event("told_more", text=turn.text)
    turn.say("noted_late")
    asking.ask_again(turn)


def _resume(turn: Turn) -> Optional[Errand]:
    case = turn.case
    errand = errands.left_over(case, turn.tx.remedy_of_case(case.id) if case else None)
    since = turn.message.seq if turn.message and turn.message.seq is not None else 0
    if errand is None and all(message.sender != "bot" for message in turn.tx.messages(turn.conversation.id, since)):
        # Nobody, and not the worker either, has said anything since.
        asking.ask_again(turn)
    return errand


def _conclude(turn: Turn, errand: Errand, outcome: Outcome) -> Optional[Errand]:
    if isinstance(errand, LookUp):
        return looking_up.conclude(turn, errand, outcome)
    giving.conclude(turn, outcome)
    return None
