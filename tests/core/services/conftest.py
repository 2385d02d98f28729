"""A customer at the bot's table: core's services on a real SQLite store, with hand-made understandings."""

from typing import Any, Callable, List, Optional

import pytest

from bot.core import records as r
from bot.core.ports import Ports
from bot.core.services import opening, receiving, touchpoints
from bot.core.services.dialogue import VERBS, reply
from bot.core.services.turn import new_id
from bot.core.types import TagMention, Understanding
from tests.core.services import quick

filled_store, ports, wordings = quick.filled_store, quick.ports, quick.wordings
BROKEN = TagMention("damaged_on_arrival", "delivery_and_logistics", "negative", "arrived broken")


class Talk:
    """One conversation, and what the store holds of it."""

    def __init__(self, ports: Ports, conversation_id: str):
        self.ports, self.id = ports, conversation_id
        self.message_id = ""

    def hears(self, text: str, act: str = "other", message_id: Optional[str] = None, **read: Any) -> Understanding:
        """Stores a message as the door does; what it was understood to be."""
        stored = receiving.receive(self.ports, self.id, "web", text, message_id=message_id).message
        self.message_id = stored.id
        return Understanding(text, read.pop("language", "en"), act, **read)

    def says(self, text: str, act: str = "other", **read: Any) -> List[str]:
        """The customer writes; what the bot says to it."""
        return self.answer(self.hears(text, act, **read))

    def answer(self, read: Understanding, message_id: Optional[str] = None) -> List[str]:
        said = reply(self.ports, message_id or self.message_id, read, VERBS[read.act])
        return [message.text for message in said]

    def complains(self, *tags: TagMention, text: str = "The table arrived broken, one leg is off", **read: Any) -> Any:
        return self.says(text, "complain", sentiment="negative", tags=tags or (BROKEN,), **read)

    def to_the_offer(self) -> List[str]:
        """Greeted, complained, order known, wish named: the refund is offered."""
        self.says("hello", "greet")
        self.complains()
        said = self.says("a refund please", "request_remedy", entities={"remedy": "refund"})
        assert self.asked and self.asked.kind == "remedy", said
        return said

    def read(self, look: Callable[[Any], Any]) -> Any:
        with self.ports.store.read() as tx:
            return look(tx)

    @property
    def conversation(self) -> r.Conversation:
        return self.read(lambda tx: tx.conversation(self.id))

    @property
    def asked(self) -> Optional[r.OpenQuestion]:
        return self.conversation.open_question

    @property
    def case(self) -> Any:
        return self.read(lambda tx: tx.case(tx.conversation(self.id).case_id or "-"))

    @property
    def remedy(self) -> Any:
        return self.read(lambda tx: tx.remedy_of_case(self.case.id))

    @property
    def events(self) -> List[str]:
        return [event.kind for event in self.read(lambda tx: tx.case_events(self.case.id))]

    @property
    def response(self) -> Any:
        return self.read(lambda tx: tx.response(tx.conversation(self.id).response_id or "-"))

    @property
    def answers(self) -> Any:
        found = self.read(lambda tx: tx.answers(tx.conversation(self.id).response_id or "-"))
        return {answer.question: answer for answer in found}

    @property
    def messages(self) -> List[r.Message]:
        return self.read(lambda tx: tx.messages(self.id))

    @property
    def heard(self) -> List[str]:
        """Everything that the bot has said so far."""
        return [message.text for message in self.messages if message.sender == "bot"]

    def line(self, key: str, **values: Any) -> str:
        return self.ports.wordings.line(key, "en", **values)


@pytest.fixture
def talk(ports: Ports) -> Talk:
    """With C1001, whose table HS100241 was delivered."""
    event = r.TouchpointEvent(new_id(), "delivery", ports.clock(), "C1001", order_id="HS100241")
    customer = r.Customer("C1001", name="Ann", locale="en-GB", segment="gold")
    return Talk(ports, touchpoints.register(ports, event, customer).conversation_id)


@pytest.fixture
def walk_in(ports: Ports) -> Talk:
    """With somebody whom nobody invited."""
    return Talk(ports, opening.start_walk_in(ports, "en"))
