"""How a conversation begins: by an invitation's link, or by somebody who just says hello."""

import secrets
from typing import Optional

from bot.core import records as r
from bot.core.ports import Ports
from bot.core.services import asking
from bot.core.services.turn import Turn
from bot.core.types import LANGUAGES


def new_conversation_id() -> str:
    """128 random bits: nobody finds another's conversation by trying."""
    return secrets.token_urlsafe(16)


def open_conversation(ports: Ports, conversation_id: str) -> None:
    """Greets and asks the first question, once, however often the page is opened. Raises NotFound."""
    with ports.store.begin() as tx:
        turn = Turn.load(ports, tx, conversation_id)
        if not turn.conversation.greeted and turn.conversation.owner == "bot":
            greet(turn)
            turn.save()


def start_walk_in(ports: Ports, language: str, channel: str = "web") -> str:
    """A conversation with a customer who has no invitation; gives its id."""
    conversation_id = new_conversation_id()
    with ports.store.begin() as tx:
        tx.add_conversation(new(ports, conversation_id, channel, language))
    return conversation_id


def new(ports: Ports, conversation_id: str, channel: str, language: Optional[str]) -> r.Conversation:
    """A conversation that has not begun; English where the language is not one of ours."""
    return r.Conversation(conversation_id, channel, language if language in LANGUAGES else "en", ports.clock())


def greet(turn: Turn) -> None:
    """Says what speaks here and why, then asks at once: a question answered is better than one announced."""
    introduce(turn)
    asking.go_on(turn)


def note_touchpoint(turn: Turn) -> bool:
    """A customer without an invitation may name the touchpoint in any sentence; whether that was just asked."""
    if turn.conversation.touchpoint is not None:
        return False
    named = turn.definitions.journey.named_in(turn.text)
    if named is None:
        return False
    asked = turn.open is not None and turn.open.question == "touchpoint"
    turn.update(touchpoint=named, open_question=None if asked else turn.open)
    return asked


def introduce(turn: Turn, short: bool = False) -> None:
    """Who asks and that it is a bot, what about and what for, how to stop, and where to object.

    short: for somebody who begins with a problem, and is in no mood for a survey.
    """
    conversation, customer = turn.conversation, turn.customer
    turn.update(greeted=True)
    name = customer.name if customer else None
    if short:
        return turn.say("greet_short")
    if turn.touchpoint:
        about = turn.touchpoint.about.get(conversation.language)
        line = "greet_name_touchpoint" if name else "greet_touchpoint"
        return turn.say(line, name=name, about=about, brand=turn.ports.brand, objection=objection(turn))
    turn.say("greet", brand=turn.ports.brand, objection=objection(turn))


def objection(turn: Turn) -> str:
    """Where to object, as a part of a sentence: at the business's own address, or right here."""
    contact, language = turn.ports.privacy_contact, turn.conversation.language
    if contact:
        return turn.ports.wordings.line("objection_at", language, contact=contact)
    return turn.ports.wordings.line("objection_here", language)
