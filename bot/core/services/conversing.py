"""What a message means here and now: by its act, what is open, and who is speaking."""

from typing import Callable, Dict, Optional

from bot.core.services import (
    answering,
    asking,
    complaining,
    offering,
    opening,
    recovering,
    second_thoughts,
    small_talk,
    voices,
)
from bot.core.services.errands import Errand
from bot.core.services.turn import Turn
from bot.core.types import ACTS, LANGUAGES

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
# A score, or a question about what was done, is no second thought about it.
KEEPS_TO_IT = (*LEAVES, VERBS["rate"], VERBS["ask_back"], VERBS["order_status"])


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
    resolved = turn.case is not None and turn.case.status == "resolved_by_bot"
    if resolved and verb not in KEEPS_TO_IT and second_thoughts.changed_mind(turn):
        return complaining.repeat(turn)
    if verb in (VERBS["complain"], *LEAVES):
        answering.keep_score(turn)
    return _do(turn, verb)


def _do(turn: Turn, verb: Verb) -> Optional[Errand]:
    """Does it; what was an idea or a praise, and went into no case, is passed on to its team."""
    before = turn.case
    errand = verb(turn)
    if turn.case is before:
        voices.pass_on(turn)
    return errand


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
        main = turn.survey.main
        return _do(turn, lambda turn: answering.score_question(turn, main, score))
    errand = _do(turn, verb) if verb in ANSWERED_AT_ONCE else None
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
