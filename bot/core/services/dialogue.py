"""From a message to its answer: taken once, decided in one transaction, repeated word for word when asked again.

What a turn needs from outside (an order, a remedy) is an errand: the transaction ends, the errand runs, and its outcome
is concluded in a transaction of its own. A crash between the two is mended by the next attempt, which finds the errand
again from the case.
"""

from datetime import timedelta
from typing import Callable, Dict, List, Optional, Tuple

from bot.core import records as r
from bot.core.errors import NotFound
from bot.core.ports import Ports, Transaction
from bot.core.services import (
    answering,
    asking,
    complaining,
    errands,
    looking_up,
    offering,
    opening,
    recovering,
    small_talk,
)
from bot.core.services.errands import Errand, LookUp, Outcome
from bot.core.services.turn import Turn
from bot.core.types import ACTS, LANGUAGES, Understanding

# A turn is answered within this; only what is older may have been overtaken.
LATE_AFTER = timedelta(seconds=3)

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
# Leaves the dialogue, whatever is open.
LEAVES = (VERBS["ask_human"], VERBS["stop"], VERBS["goodbye"])


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
    offering.conclude(turn, outcome)
    return None


def converse(turn: Turn, verb: Verb) -> Optional[Errand]:
    """Decides what a message means here and now, and does it."""
    _heard(turn)
    if turn.message is not None and turn.message.kind != "text":
        if not turn.text.strip():
            return _not_text(turn)
        turn.case_event("received", kind=turn.message.kind)
        turn.say("received_with_words")
    picked = next((key for key, name in asking.LANGUAGE_NAMES.items() if name == turn.text.strip()), None)
    if picked:
        return _switch_language(turn, picked)
    if turn.understanding.language == "other" and not _wants_words(turn):
        return small_talk.other_language(turn)
    if asking.is_gone(turn):
        turn.note_verbatim()
        return asking.go_on(turn)
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
        answering.keep_score(turn)
        return answering.complaint(turn)
    if not turn.conversation.greeted and verb is not VERBS["greet"]:
        return _first_word(turn, verb)
    if turn.open and turn.open.kind == "order" and "order_id" in turn.understanding.entities and verb not in LEAVES:
        return recovering.take_order(turn)
    if turn.recovering and turn.open is None and offering.running(turn) and verb not in (*LEAVES, VERBS["thank"]):
        turn.case_event("told_more", text=turn.text)
        return turn.say("remedy_unconfirmed")
    if verb in (VERBS["complain"], *LEAVES):
        answering.keep_score(turn)
    return verb(turn)


def _heard(turn: Turn) -> None:
    read = turn.understanding
    turn.update(last_customer_at=turn.now, reminded_at=None)
    if read.language in LANGUAGES and _shows_language(turn):
        turn.update(language=read.language)


def _shows_language(turn: Turn) -> bool:
    """A picture has no language, and a lone "yes" or "iPhone" in a Chinese conversation is no change of language."""
    text = turn.text.strip()
    return bool(text) and not (turn.conversation.greeted and text.isascii() and len(text.split()) == 1)


def _wants_words(turn: Turn) -> bool:
    """An open text question takes words of any language; order numbers and digits have none."""
    if turn.open is None:
        return False
    understood = turn.understanding.score is not None or "order_id" in turn.understanding.entities
    return turn.open.kind == "text" or understood


def _first_word(turn: Turn, verb: Verb) -> Optional[Errand]:
    """Somebody who begins with more than a hello is answered at once, and introduced to in passing."""
    topic = turn.understanding.entities.get("topic")
    if verb is VERBS["ask_back"] and topic in (None, "identity"):
        # The introduction is the answer.
        return opening.greet(turn)
    if verb is VERBS["stop"]:
        turn.update(greeted=True)
        return verb(turn)
    opening.introduce(turn, short=verb in (VERBS["complain"], VERBS["ask_human"], VERBS["order_status"]))
    score = turn.understanding.score
    if verb is VERBS["rate"] and score is not None and turn.survey is not None:
        return answering.score_question(turn, turn.survey.main, score)
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
