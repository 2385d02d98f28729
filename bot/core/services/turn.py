"""One turn of a conversation inside one transaction: what is known, what is said, what is saved."""

import uuid
from dataclasses import replace
from datetime import datetime
from typing import Any, List, Optional, Sequence

from bot.core import records as r
from bot.core.definitions import Survey, Touchpoint
from bot.core.errors import NotFound
from bot.core.ports import Ports, Transaction
from bot.core.survey import Known
from bot.core.types import Understanding


def new_id() -> str:
    """An id that cannot be guessed."""
    return uuid.uuid4().hex


class Turn:
    """The working state of a turn. Records are read when first needed and written once, by `save`.

    `message` and `understanding` are None when nobody has written: the worker and the opening page speak too.
    """

    def __init__(
        self,
        ports: Ports,
        tx: Transaction,
        conversation: r.Conversation,
        message: Optional[r.Message] = None,
        understanding: Optional[Understanding] = None,
    ):
        self.ports, self.tx = ports, tx
        self.now: datetime = ports.clock()
        self.definitions = ports.definitions.current(tx)
        self.conversation, self.message = conversation, message
        self.understanding = understanding or Understanding("", conversation.language, "other")
        self.replies: List[r.Message] = []
        self._case: Optional[r.Case] = None
        self._response: Optional[r.Response] = None
        self._answers: Optional[List[r.Answer]] = None

    @classmethod
    def load(
        cls,
        ports: Ports,
        tx: Transaction,
        conversation_id: str,
        message: Optional[r.Message] = None,
        understanding: Optional[Understanding] = None,
    ) -> "Turn":
        """Raises NotFound when there is no such conversation."""
        conversation = tx.conversation(conversation_id)
        if conversation is None:
            raise NotFound(f"no conversation {conversation_id}")
        return cls(ports, tx, conversation, message, understanding)

    # -- what is known ------------------------------------------------------------------------------------------------

    @property
    def open(self) -> Optional[r.OpenQuestion]:
        return self.conversation.open_question

    @property
    def text(self) -> str:
        return self.message.text if self.message else ""

    @property
    def case(self) -> Optional[r.Case]:
        """The conversation's case, whatever its status."""
        if self._case is None and self.conversation.case_id:
            self._case = self.tx.case(self.conversation.case_id)
        return self._case

    @property
    def recovering(self) -> bool:
        return self.case is not None and self.case.status == "recovering"

    @property
    def survey(self) -> Optional[Survey]:
        """The survey of the conversation's touchpoint; None as long as that is not known.

        A response keeps the version it was begun with only by number: an edit of the wording reaches open surveys too.
        """
        return next((one for one in self.definitions.surveys if one.touchpoint == self.conversation.touchpoint), None)

    @property
    def touchpoint(self) -> Optional[Touchpoint]:
        """The conversation's touchpoint, as long as the definitions have it."""
        points = self.definitions.journey.touchpoints
        return next((point for point in points if point.key == self.conversation.touchpoint), None)

    @property
    def customer(self) -> Optional[r.Customer]:
        return self.tx.customer(self.conversation.customer_id) if self.conversation.customer_id else None

    @property
    def response(self) -> Optional[r.Response]:
        if self._response is None and self.conversation.response_id:
            self._response = self.tx.response(self.conversation.response_id)
        return self._response

    @property
    def answers(self) -> List[r.Answer]:
        if self._answers is None:
            self._answers = self.tx.answers(self.conversation.response_id) if self.conversation.response_id else []
        return self._answers

    def known(self) -> Known:
        """What the survey's conditions look at."""
        conversation, case = self.conversation, self.case
        tags = self.tx.tags_of_response(conversation.response_id) if conversation.response_id else []
        facts = {
            "touchpoint": conversation.touchpoint or "",
            "segment": (self.response.segment if self.response else None) or "",
            "channel": conversation.channel,
            "language": conversation.language,
            "complained": "yes" if case else "no",
            "recovered": "yes" if case and case.status == "resolved_by_bot" else "no",
        }
        return Known.of(self.answers, tags, facts)

    # -- what is done -------------------------------------------------------------------------------------------------

    def update(self, **changes: Any) -> None:
        """Changes the conversation. What was erased is nobody's for good, and nothing is asked in it any more."""
        if self.conversation.owner == r.NOBODY:
            changes = {name: value for name, value in changes.items() if name not in ("owner", "open_question")}
        self.conversation = replace(self.conversation, **changes)

    def say(self, line: str, /, **values: Any) -> None:
        """Says one of the bot's fixed lines."""
        self.say_text(self.ports.wordings.line(line, self.conversation.language, **values))

    def announce(self, line: str, /, **values: Any) -> None:
        """Says who speaks from here on: a fixed line that pages show as an event, not as somebody's words."""
        text = self.ports.wordings.line(line, self.conversation.language, **values)
        self.say_text(text, kind="handover")

    def say_text(self, text: str, buttons: Sequence[r.Button] = (), kind: str = "text") -> None:
        """Says it; in silence while a person owns the conversation."""
        if self.conversation.owner != "bot":
            return
        self.replies.append(
            r.Message(
                id=new_id(),
                conversation_id=self.conversation.id,
                sender="bot",
                text=text,
                at=self.now,
                kind=kind,
                buttons=tuple(buttons),
                in_reply_to=self.message.id if self.message else None,
                language=self.conversation.language,
            )
        )

    def ask(self, question: r.OpenQuestion, text: str, buttons: Sequence[r.Button] = ()) -> None:
        """Asks, and remembers what was asked. Nothing may be said after it in this turn: its buttons come last."""
        if self.conversation.owner == "bot":
            self.update(open_question=question)
        self.say_text(text, buttons)

    def need_response(self) -> Optional[r.Response]:
        """The response of this conversation, begun if it is not; None as long as no touchpoint is known."""
        if self.response is None and self.survey is not None:
            self._response = self._new_response(self.survey)
            self.tx.save_response(self._response)
            self.update(response_id=self._response.id)
        return self.response

    def _new_response(self, survey: Survey) -> r.Response:
        conversation, customer = self.conversation, self.customer
        event = self.tx.touchpoint_event(conversation.event_id) if conversation.event_id else None
        return r.Response(
            id=new_id(),
            conversation_id=conversation.id,
            survey=survey.key,
            survey_version=survey.version,
            started_at=self.now,
            customer_id=conversation.customer_id,
            event_id=conversation.event_id,
            touchpoint=conversation.touchpoint,
            segment=customer.segment if customer else None,
            channel=conversation.channel,
            language=conversation.language,
            staff_id=event.staff_id if event else None,
            store_id=event.store_id if event else None,
        )

    def change_response(self, **changes: Any) -> None:
        response = self.need_response()
        if response is not None:
            self._response = replace(response, **changes)
            self.tx.save_response(self._response)

    def put_answer(self, question: str, **value: Any) -> None:
        """Stores an answer; an earlier one to the same question is kept beside it as superseded."""
        response = self.need_response()
        if response is None:
            return
        message_id = self.message.id if self.message else None
        self.tx.put_answer(r.Answer(response.id, question, self.now, message_id=message_id, **value))
        self._answers = None

    def note_verbatim(self) -> None:
        """Stores the customer's words with their tags; bare scores and one-tap choices are no verbatims.

        A short word that nobody was sure of is one: of such words `python -m bot review` makes what is learnt.
        """
        read, message = self.understanding, self.message
        if message is None or not (read.tags or len(message.text.strip()) > 3 or read.certainty is not None):
            return
        asked = self.open
        if asked and not read.tags and (asked.kind == "order" or asked.question == "phone_last4"):
            return  # a number, and a piece of proof at that
        response = self.need_response()
        verbatim = r.Verbatim(
            id=new_id(),
            conversation_id=self.conversation.id,
            message_id=message.id,
            text=message.text,
            language=read.language,
            sentiment=read.sentiment,
            at=self.now,
            response_id=response.id if response else None,
            case_id=self.conversation.case_id,
            act=read.act,
            certainty=read.certainty,
        )
        self.tx.add_verbatim(verbatim, [r.StoredTag(verbatim.id, **vars(tag)) for tag in read.tags])
        if response and read.sentiment != "neutral":
            self.change_response(sentiment=_overall(response.sentiment, read.sentiment))

    def look_at(self, case_id: str) -> None:
        """Makes this the case of the turn, whichever the conversation is at. Raises NotFound."""
        self._case = self.tx.case(case_id)
        if self._case is None:
            raise NotFound(f"no case {case_id}")

    def open_case(self, case: r.Case) -> None:
        self.tx.add_case(case)
        if self.message:
            self.tx.file_under_case(self.message.id, case.id)
        self._case = case
        self.update(case_id=case.id)

    def change_case(self, **changes: Any) -> None:
        if self.case is None:
            raise NotFound("the conversation has no case")
        self._case = self.tx.save_case(replace(self.case, **changes))

    def case_event(self, kind: str, /, **details: Any) -> None:
        """Adds a line to the case's history."""
        if self.case:
            self.tx.add_case_event(r.CaseEvent(self.case.id, kind, self.now, details=details))

    def save(self, handled: bool = True) -> None:
        """Writes the conversation and what was said; `handled` closes the message that was answered."""
        self.conversation = self.tx.save_conversation(self.conversation)
        for reply in self.replies:
            self.tx.add_message(reply)
        if handled and self.message:
            self.tx.finish_message(self.message.id, self.now, self.understanding.language)


def _overall(before: Optional[str], now: str) -> str:
    """One word for a whole response: a negative word anywhere outweighs, because it is what somebody has to act on."""
    return "negative" if "negative" in (before, now) else now
