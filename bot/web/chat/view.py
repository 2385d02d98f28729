"""How a conversation looks to its customer: bubbles, their choices, and what is open."""

import re
from dataclasses import dataclass, field
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

from bot.core.errors import Gone, NotFound
from bot.core.ports import DefinitionsSource, Store, Transaction
from bot.core.records import NOBODY, Button, Conversation, Message, PictureSummary

NUMBER = re.compile(r"[+-]?\d{1,2}")

Ends = Tuple[str, str]


@dataclass(frozen=True)
class Bubble:
    """One message as shown. scale: its numeric choices, low and high what their ends mean; choices: the others.

    chosen: the payload that was taken. open: one of them may still be taken. picture: the one that was sent with it.
    """

    message: Message
    language: Optional[str]
    scale: Sequence[Button] = ()
    choices: Sequence[Button] = ()
    low: str = ""
    high: str = ""
    chosen: Optional[str] = None
    open: bool = False
    picture: Optional[PictureSummary] = None


@dataclass(frozen=True)
class Chat:
    """A conversation with its messages, as read in one transaction.

    ends: of the scale that is open. pictures: by the id of their message. assignee: of the conversation's case.
    """

    conversation: Conversation
    messages: List[Message]
    ends: Optional[Ends] = None
    pictures: Mapping[str, PictureSummary] = field(default_factory=dict)
    assignee: Optional[str] = None

    @property
    def last_seq(self) -> int:
        return max((message.seq or 0 for message in self.messages), default=0)

    @property
    def agent(self) -> Optional[str]:
        """The name of the person who owns the conversation: whose case it is, else who wrote last."""
        if self.conversation.owner != "agent":
            return None
        if self.assignee:
            return self.assignee
        names = [message.author for message in self.messages if message.sender == "agent" and message.author]
        return names[-1] if names else ""

    def bubbles(self, after: int = 0) -> List[Bubble]:
        """Those after seq `after`, in order."""
        chosen, open_id = self._chosen(), self.open_message()
        return [
            self._bubble(message, chosen.get(message.id), message.id == open_id)
            for message in self.messages
            if (message.seq or 0) > after
        ]

    def choices(self) -> Dict[str, Any]:
        """Which message's choices are open, and what was chosen from the others."""
        return {"open": self.open_message(), "chosen": self._chosen()}

    def open_message(self) -> Optional[str]:
        """The message whose choices may still be taken: the last with choices, as long as it is what the bot asks.

        After a typed answer the bot may be waiting for words, which have no choices: then none is open.
        """
        asked = self.conversation.open_question
        offered = [message for message in self.messages if message.sender == "bot" and message.buttons]
        if asked is None or self.conversation.owner != "bot" or not offered:
            return None
        last = offered[-1]
        later = [message for message in self.messages if (message.seq or 0) > (last.seq or 0)]
        answered = last.id in self._chosen() or (asked.kind == "text" and any(m.sender == "customer" for m in later))
        return None if answered else last.id

    def _bubble(self, message: Message, chosen: Optional[str], is_open: bool) -> Bubble:
        language = message.language or self.conversation.language
        scale = [button for button in message.buttons if NUMBER.fullmatch(button.payload)]
        low, high = (self.ends or ("", "")) if is_open and scale else ("", "")
        return Bubble(
            message=message,
            language=None if language == "other" else language,
            scale=scale,
            choices=[button for button in message.buttons if button not in scale],
            low=low,
            high=high,
            chosen=chosen,
            open=is_open,
            picture=self.pictures.get(message.id),
        )

    def _chosen(self) -> Dict[str, str]:
        chosen: Dict[str, str] = {}
        offer: Optional[Message] = None
        for message in self.messages:
            if message.sender == "bot" and message.buttons:
                offer = message
            elif message.sender == "customer" and offer is not None and offer.id not in chosen:
                taken = [b.payload for b in offer.buttons if message.text.strip() in (b.payload, b.title)]
                if taken:
                    chosen[offer.id] = taken[0]
        return chosen


class Chats:
    """Reads chats. What the system noted for itself is not for customers."""

    def __init__(self, store: Store, definitions: DefinitionsSource) -> None:
        self._store, self._definitions = store, definitions

    def find(self, conversation_id: str) -> Optional[Chat]:
        """The chat, None if there is no such conversation."""
        with self._store.read() as tx:
            conversation = tx.conversation(conversation_id)
            if conversation is None:
                return None
            said = [message for message in tx.messages(conversation_id) if message.sender != "system"]
            return Chat(
                conversation,
                said,
                self._ends(tx, conversation),
                _pictures(tx, conversation_id, said),
                _assignee(tx, conversation),
            )

    def get(self, conversation_id: str) -> Chat:
        """Raises NotFound; Gone where the customer was erased."""
        chat = self.find(conversation_id)
        if chat is None:
            raise NotFound("There is no such conversation.")
        if chat.conversation.owner == NOBODY:
            raise Gone("This conversation was deleted.")
        return chat

    def _ends(self, tx: Transaction, conversation: Conversation) -> Optional[Ends]:
        """What both ends of the open survey question mean, in the customer's language."""
        asked = conversation.open_question
        if asked is None or asked.kind != "score" or not conversation.touchpoint:
            return None
        try:
            question = self._definitions.current(tx).survey_for(conversation.touchpoint).question(asked.question or "")
        except KeyError:  # the survey was changed in the meantime
            return None
        if question.low is None or question.high is None:
            return None
        return question.low.get(conversation.language), question.high.get(conversation.language)


def _pictures(tx: Transaction, conversation_id: str, said: Sequence[Message]) -> Mapping[str, PictureSummary]:
    """By the id of their message; most conversations have none, and then nothing is asked."""
    if all(message.kind != "image" for message in said):
        return {}
    return {picture.message_id: picture for picture in tx.pictures(conversation_id)}


def _assignee(tx: Transaction, conversation: Conversation) -> Optional[str]:
    """Who has the case, while a person owns the conversation."""
    if conversation.owner != "agent" or conversation.case_id is None:
        return None
    case = tx.case(conversation.case_id)
    return case.assignee if case else None
