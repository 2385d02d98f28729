"""Responses and conversations as the contract shows them."""

from collections import defaultdict
from datetime import datetime
from typing import Any, Dict, List, Optional, Sequence

from sqlalchemy import bindparam, literal, select, tuple_
from sqlalchemy.engine import Connection, Row

from bot.store.column_types import UtcDateTime
from bot.store.conversations import CONVERSATION, conversation_of
from bot.store.messages import MESSAGE_COLUMNS, message_of
from bot.store.paging import check_limit, cursor_of, values_of
from bot.store.pictures import by_message
from bot.store.reading_base import ReadingBase
from bot.store.responses import whole
from bot.store.shapes import Shapes, iso
from bot.store.tables import answers, messages, responses, tags, verbatims

_IDS = bindparam("ids", expanding=True)
_ANSWERS = (
    select(answers)
    .where(answers.c.response_id.in_(_IDS), answers.c.superseded_at.is_(None), answers.c.skipped.is_(False))
    .order_by(answers.c.answered_at, answers.c.seq)
)
_TAGS = (
    select(verbatims.c.response_id, tags.c.tag, tags.c.category, tags.c.polarity, tags.c.evidence)
    .join(tags, tags.c.verbatim_id == verbatims.c.id)
    .where(verbatims.c.response_id.in_(_IDS))
    .order_by(verbatims.c.at, tags.c.seq)
)
_SAID = (
    select(*MESSAGE_COLUMNS)
    .where(
        messages.c.conversation_id == bindparam("key"),
        messages.c.seq > bindparam("after"),
        messages.c.sender != "system",
    )
    .order_by(messages.c.seq)
)


class ReadingResponses(ReadingBase):
    """The part of `Queries` about responses and conversations."""

    def responses(
        self,
        conversation: Optional[str] = None,
        customer: Optional[str] = None,
        touchpoint: Optional[str] = None,
        since: Optional[datetime] = None,
        until: Optional[datetime] = None,
        cursor: Optional[str] = None,
        limit: int = 50,
        unmasked: bool = False,
    ) -> Dict[str, Any]:
        """A page of responses, those begun last first: {items, next_cursor}.

        since ≤ started_at < until. A skipped question is left out of `answers`, as one that was never asked is.
        Raises InvalidInput for a bad cursor or limit.
        """
        sort = (responses.c.started_at, responses.c.id)
        wanted = [
            column == value
            for column, value in (
                (responses.c.conversation_id, conversation),
                (responses.c.customer_id, customer),
                (responses.c.touchpoint, touchpoint),
            )
            if value is not None
        ]
        wanted += [responses.c.started_at >= since] if since else []
        wanted += [responses.c.started_at < until] if until else []
        if cursor is not None:
            started_at, last_id = values_of(cursor, (datetime, str))
            wanted.append(tuple_(*sort) < tuple_(literal(started_at, UtcDateTime), literal(last_id)))
        page = select(responses).where(*wanted).order_by(*(column.desc() for column in sort))
        with self._read() as connection:
            found = connection.execute(page.limit(check_limit(limit) + 1)).all()
            more, found = len(found) > limit, found[:limit]
            items = _shown(connection, found, Shapes(unmasked))
        last = found[-1] if more else None
        return {"items": items, "next_cursor": cursor_of((last.started_at, last.id)) if last else None}

    def conversation_view(
        self, conversation_id: str, after: int = 0, unmasked: bool = False
    ) -> Optional[Dict[str, Any]]:
        """Where a conversation stands, with its messages of seq > `after`; None if there is none.

        What the system noted for itself is left out: the customer's chat page reads this.
        """
        shapes = Shapes(unmasked)
        with self._read() as connection:
            found = connection.execute(CONVERSATION, {"key": conversation_id}).first()
            if found is None:
                return None
            said = [message_of(row) for row in connection.execute(_SAID, {"key": conversation_id, "after": after})]
            pictures = by_message(connection, conversation_id, said)
        conversation = conversation_of(found)
        return {
            "conversation_id": conversation.id,
            "owner": conversation.owner,
            "language": conversation.language,
            "channel": conversation.channel,
            "open_question": _open_question(conversation.open_question),
            "messages": [shapes.message(message, pictures.get(message.id)) for message in said],
            "response_id": conversation.response_id,
            "case_id": conversation.case_id,
        }


def _open_question(question: Any) -> Optional[Dict[str, Any]]:
    if question is None:
        return None
    optional = {"scale": question.scale, "question": question.question}
    return {"kind": question.kind, **{key: value for key, value in optional.items() if value is not None}}


def _shown(connection: Connection, found: Sequence[Row], shapes: Shapes) -> List[Dict[str, Any]]:
    given: Dict[str, List[Row]] = defaultdict(list)
    mentioned: Dict[str, List[Row]] = defaultdict(list)
    if found:
        ids = {"ids": [response.id for response in found]}
        for answer in connection.execute(_ANSWERS, ids):
            given[answer.response_id].append(answer)
        for tag in connection.execute(_TAGS, ids):
            mentioned[tag.response_id].append(tag)
    return [_response(response, given[response.id], mentioned[response.id], shapes) for response in found]


def _response(found: Row, given: List[Row], mentioned: List[Row], shapes: Shapes) -> Dict[str, Any]:
    same = (
        "id", "conversation_id", "customer_id", "survey", "touchpoint", "segment", "channel", "language", "status",
    )  # fmt: skip
    experience = next((answer.score for answer in given if answer.scale == "experience"), None)
    return {
        **{name: found[name] for name in same},
        "experience": whole(experience),
        "sentiment": found.sentiment,
        "answers": [_answer(answer, shapes) for answer in given],
        "tags": shapes.tags(mentioned),
        "started_at": iso(found.started_at),
        "completed_at": iso(found.completed_at),
    }


def _answer(found: Row, shapes: Shapes) -> Dict[str, Any]:
    """`text`: the customer's words, or the key of what was chosen."""
    return {
        "question": found.question,
        "scale": found.scale,
        "score": whole(found.score),
        "text": shapes.text(found.text) if found.text is not None else found.choice,
        "answered_at": iso(found.answered_at),
    }
