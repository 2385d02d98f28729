"""From a message to its answer: taken once, decided in one transaction, repeated word for word when asked again.

What a turn needs from outside (an order, a remedy) is an errand: the transaction ends, the errand runs, and its outcome
is concluded in a transaction of its own. A crash between the two is mended by the next attempt, which finds the errand
again from the case.
"""

from typing import Callable, Dict, List, Optional, Tuple

from bot.core import records as r
from bot.core.errors import NotFound
from bot.core.ports import Ports, Transaction
from bot.core.services import answering, asking, complaining, errands, looking_up, offering, opening, small_talk
from bot.core.services.errands import Errand, LookUp, Outcome
from bot.core.services.turn import Turn
from bot.core.types import ACTS, LANGUAGES, Understanding

Verb = Callable[[Turn], Optional[Errand]]
VERBS: Dict[str, Verb] = {
    "rate": answering.rate,
    "complain": answering.complaint,
    "praise": small_talk.praise,
    "suggest": small_talk.suggest,
    "affirm": small_talk.affirm,
    "deny": small_talk.deny,
    "greet": small_talk.greet,
    "thank": small_talk.thank,
    "goodbye": small_talk.goodbye,
    "ask_human": complaining.ask_human,
    "skip": answering.skip,
    "stop": small_talk.stop,
    "correct": answering.correct,
    "ask_back": small_talk.ask_back,
    "order_status": small_talk.order_status,
    "request_remedy": answering.complaint,
    "other": answering.take_text,
}


# What means something also before anything was asked.
ANSWERED_AT_ONCE = tuple(
    VERBS[act] for act in ("complain", "praise", "suggest", "ask_human", "ask_back", "order_status", "stop")
)


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
    message = tx.take_message(message_id, ports.clock(), ports.lease.total_seconds())
    if message is None:
        return None, None
    turn = Turn.load(ports, tx, message.conversation_id, message, understanding)
    # Taken before and not handled: its first half is committed, only the errand was left.
    errand = _resume(turn) if before.taken_at else converse(turn, verb)
    turn.save(handled=errand is None)
    return turn, errand


def _resume(turn: Turn) -> Optional[Errand]:
    case = turn.case
    errand = errands.left_over(case, turn.tx.remedy_of_case(case.id) if case else None)
    if errand is None and not turn.tx.replies_to(turn.message.id if turn.message else ""):
        asking.ask_again(turn)
    return errand


def _conclude(turn: Turn, errand: Errand, outcome: Outcome) -> Optional[Errand]:
    if isinstance(errand, LookUp):
        return looking_up.conclude(turn, errand, outcome)
    offering.conclude(turn, outcome)
    return None


def converse(turn: Turn, verb: Verb) -> Optional[Errand]:
    """Decides what a message means here and now, and does it."""
    _heard(turn)
    if turn.message is not None and turn.message.kind != "text":
        return _not_text(turn)
    picked = next((key for key, name in asking.LANGUAGE_NAMES.items() if name == turn.text.strip()), None)
    if picked:
        return _switch_language(turn, picked)
    if turn.understanding.language == "other" and not _wants_words(turn):
        return small_talk.other_language(turn)
    key = asking.chosen(turn) if turn.open else None
    if key is not None:
        return answering.choose(turn, key)
    named = opening.note_touchpoint(turn)
    turn.note_verbatim()
    if named and not (turn.understanding.sentiment == "negative" or verb is VERBS["ask_human"]):
        return asking.go_on(turn)
    if turn.understanding.severity == "critical" and verb is not VERBS["stop"]:
        # Nobody is introduced to who reports an injury.
        turn.update(greeted=True)
        return answering.complaint(turn)
    if not turn.conversation.greeted and verb is not VERBS["greet"]:
        return _first_word(turn, verb)
    return verb(turn)


def _heard(turn: Turn) -> None:
    read = turn.understanding
    turn.update(last_customer_at=turn.now, reminded_at=None)
    # A picture has no language, and its stand-in text is not the customer's.
    if read.language in LANGUAGES and turn.message is not None and turn.message.kind == "text":
        turn.update(language=read.language)


def _wants_words(turn: Turn) -> bool:
    """An open text question takes words of any language; order numbers and digits have none."""
    if turn.open is None:
        return False
    understood = turn.understanding.score is not None or "order_id" in turn.understanding.entities
    return turn.open.kind == "text" or understood


def _first_word(turn: Turn, verb: Verb) -> Optional[Errand]:
    """Somebody who begins with more than a hello is answered at once, and introduced to in passing."""
    opening.introduce(turn)
    errand = verb(turn) if verb in ANSWERED_AT_ONCE else None
    if errand is None and turn.open is None and turn.case is None:
        asking.go_on(turn)
    return errand


def _switch_language(turn: Turn, language: str) -> None:
    turn.update(language=language)
    if not turn.conversation.greeted:
        return opening.greet(turn)
    turn.say("language_switched")
    asking.ask_again(turn)


def _not_text(turn: Turn) -> None:
    """A picture, a voice message, a sticker: said to be seen, kept with the case, never dropped in silence."""
    kind = turn.message.kind if turn.message else "file"
    if turn.case is not None:
        turn.case_event("received", kind=kind)
    if not turn.conversation.greeted:
        opening.introduce(turn)
    turn.say(f"received_{kind}")
    if turn.open is None and turn.case is None and turn.response is None:
        return asking.go_on(turn)
    asking.ask_again(turn)


assert set(VERBS) == set(ACTS)
