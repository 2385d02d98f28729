"""What the door asks and writes: a message is stored before anything else happens to it."""

from dataclasses import dataclass
from typing import List, Optional

from bot.core import records as r
from bot.core.errors import Conflict
from bot.core.ports import Ports, Transaction
from bot.core.services import opening, pictures, replying
from bot.core.services.pictures import Drawn
from bot.core.services.turn import Turn, new_id

# A customer's message is at most this long; what is longer is cut, and the customer is not blamed for it.
TEXT_LIMIT = 4000


@dataclass(frozen=True)
class Received:
    """What becomes of a message.

    answer: the bot is to answer it. replies: what was already said to it (the same message came again).
    expecting, hint, scale: what the language pipeline should know of the conversation.
    """

    message: r.Message
    answer: bool
    replies: List[r.Message]
    expecting: Optional[str] = None
    hint: Optional[str] = None
    scale: Optional[str] = None


def receive(
    ports: Ports,
    conversation_id: str,
    channel: str,
    text: str,
    kind: str = "text",
    message_id: Optional[str] = None,
    picture: Optional[Drawn] = None,
) -> Received:
    """Stores a customer's message, once for each of the channel's message ids, and tells whether the bot answers it.

    A conversation that does not exist yet is begun: on a plain channel the sender is the conversation.
    Raises PictureRefused where the conversation has too many pictures already; then nothing is stored.
    """
    try:
        return _receive(ports, conversation_id, channel, text, kind, message_id, picture)
    except Conflict:
        # Two first messages at once both began the conversation; the second time it is there.
        return _receive(ports, conversation_id, channel, text, kind, message_id, picture)


def _receive(
    ports: Ports,
    conversation_id: str,
    channel: str,
    text: str,
    kind: str,
    message_id: Optional[str],
    picture: Optional[Drawn],
) -> Received:
    with ports.store.begin() as tx:
        # Each process asks for the active definitions each turn; here the tag words of the language pipeline follow.
        ports.definitions.current(tx)
        conversation = tx.conversation(conversation_id) or _begin(ports, tx, conversation_id, channel)
        if conversation.owner == r.NOBODY:
            return _refuse(ports, conversation)
        message, new = tx.add_message(
            r.Message(
                id=new_id(),
                conversation_id=conversation.id,
                sender="customer",
                text=text[:TEXT_LIMIT],
                at=ports.clock(),
                kind=kind,
                channel_message_id=message_id,
                # What is written to a person is the person's to answer, also after the conversation is given back.
                handled_at=None if conversation.owner == "bot" else ports.clock(),
            )
        )
        if new and picture is not None:
            pictures.keep(tx, message, picture)
        if new and conversation.case_id is not None:
            replying.customer_wrote(Turn(ports, tx, conversation), message.text)
        replies = [] if new else tx.replies_to(message.id)
        answer = conversation.owner == "bot" and message.handled_at is None
        return Received(message, answer, replies, *_context(ports, tx, conversation))


def _refuse(ports: Ports, conversation: r.Conversation) -> Received:
    """Its customer was erased: nothing is stored, neither what came nor what is said to it."""
    line = ports.wordings.line("conversation_deleted", conversation.language)
    unsaid = r.Message(new_id(), conversation.id, "customer", "", ports.clock())
    return Received(unsaid, False, [r.Message(new_id(), conversation.id, "bot", line, ports.clock())])


def _begin(ports: Ports, tx: Transaction, conversation_id: str, channel: str) -> r.Conversation:
    conversation = opening.new(ports, conversation_id, channel, "zh-Hans")
    tx.add_conversation(conversation)
    return conversation


def _context(ports: Ports, tx: Transaction, conversation: r.Conversation):  # type: ignore[no-untyped-def]
    """(expecting, hint, scale): what was asked, the language so far, and the scale of the last score given."""
    asked = conversation.open_question
    answers = tx.answers(conversation.response_id) if conversation.response_id else []
    scale = next((answer.scale for answer in reversed(answers) if answer.score is not None), None)
    if asked is None and not conversation.greeted and conversation.touchpoint:
        # Somebody may begin with the rating itself.
        surveys = ports.definitions.current(tx).surveys
        main = next((one.main for one in surveys if one.touchpoint == conversation.touchpoint), None)
        return main.scale if main else None, conversation.language, scale
    if not conversation.greeted and conversation.customer_id is None:
        # Nothing is known yet of somebody who just came in, not even the language.
        return None, None, None
    return expecting(asked), conversation.language, scale


def expecting(asked: Optional[r.OpenQuestion]) -> Optional[str]:
    """The open question in the words of the language pipeline: a scale, yesno, order, text, or None."""
    if asked is None:
        return None
    if asked.kind == "score":
        return asked.scale
    return {"recovery_score": "csat", "remedy": "yesno", "yesno": "yesno", "order": "order"}.get(asked.kind, "text")


def receive_again(ports: Ports, conversation_id: str, stored_id: str) -> Optional[Received]:
    """A message that is stored already and was not answered; None if this conversation has no such message."""
    with ports.store.read() as tx:
        message = tx.message(stored_id)
        conversation = tx.conversation(message.conversation_id) if message else None
        if message is None or conversation is None or conversation.id != conversation_id:
            return None
        answer = conversation.owner == "bot" and message.handled_at is None
        return Received(message, answer, tx.replies_to(message.id), *_context(ports, tx, conversation))


def hold_on(ports: Ports, message: r.Message) -> List[r.Message]:
    """One honest line to a message that could not be answered yet; it is not the reply, which comes afterwards."""
    with ports.store.begin() as tx:
        conversation = tx.conversation(message.conversation_id)
        if conversation is None or conversation.owner == r.NOBODY:
            return []  # erased meanwhile
        language = conversation.language
        line, new = tx.add_message(
            r.Message(
                id=new_id(),
                conversation_id=message.conversation_id,
                sender="bot",
                text=ports.wordings.line("hold_on", language),
                at=ports.clock(),
                # Once for each message, however often it is tried.
                channel_message_id=f"hold-on:{message.id}",
                language=language,
            )
        )
    return [line] if new else []
