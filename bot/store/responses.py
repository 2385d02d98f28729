"""Responses, their answers, and what customers said in their own words."""

from typing import List, Optional, Sequence

from sqlalchemy import bindparam, select, update
from sqlalchemy.engine import Row

from bot.core import records as r
from bot.core.types import Score
from bot.store.statements import insert, row, upsert
from bot.store.tables import answers, responses, tags, verbatims
from bot.store.transaction_base import TransactionBase

ANSWER_COLUMNS = [column for column in answers.c if column.name != "seq"]
TAG_COLUMNS = [column for column in tags.c if column.name != "seq"]

_RESPONSE = select(responses).where(responses.c.id == bindparam("key"))
_SAVE_RESPONSE = upsert(responses, ["id"])
_SUPERSEDE = (
    update(answers)
    .where(
        answers.c.response_id == bindparam("response"),
        answers.c.question == bindparam("asked"),
        answers.c.superseded_at.is_(None),
    )
    .values(superseded_at=bindparam("now"))
)
_ADD_ANSWER = insert(answers)
_ANSWERS = (
    select(*ANSWER_COLUMNS)
    .where(answers.c.response_id == bindparam("response"), answers.c.superseded_at.is_(None))
    .order_by(answers.c.answered_at, answers.c.seq)
)
_ADD_VERBATIM = insert(verbatims)
_FILE_UNDER_CASE = (
    update(verbatims).where(verbatims.c.message_id == bindparam("message")).values(case_id=bindparam("case"))
)
_ADD_TAG = insert(tags)
_TAGS = select(*TAG_COLUMNS).join(verbatims, verbatims.c.id == tags.c.verbatim_id).order_by(verbatims.c.at, tags.c.seq)
_TAGS_OF_RESPONSE = _TAGS.where(verbatims.c.response_id == bindparam("key"))
_TAGS_OF_CASE = _TAGS.where(verbatims.c.case_id == bindparam("key"))


class ResponsesPart(TransactionBase):
    """Implements the responses of `Transaction`."""

    def response(self, response_id: str) -> Optional[r.Response]:
        found = self._one(_RESPONSE, {"key": response_id})
        return r.Response(**found._mapping) if found else None

    def save_response(self, response: r.Response) -> None:
        self._do(_SAVE_RESPONSE, row(response))

    def put_answer(self, answer: r.Answer) -> None:
        if answer.superseded_at is None:
            keys = {"response": answer.response_id, "asked": answer.question, "now": answer.answered_at}
            self._do(_SUPERSEDE, keys)
        self._do(_ADD_ANSWER, row(answer))

    def answers(self, response_id: str) -> List[r.Answer]:
        return [_answer(found) for found in self._all(_ANSWERS, {"response": response_id})]

    def add_verbatim(self, verbatim: r.Verbatim, tags: Sequence[r.StoredTag] = ()) -> None:
        self._do(_ADD_VERBATIM, row(verbatim))
        if tags:
            self._do(_ADD_TAG, [row(tag) for tag in tags])

    def file_under_case(self, message_id: str, case_id: str) -> None:
        self._do(_FILE_UNDER_CASE, {"message": message_id, "case": case_id})

    def tags_of_response(self, response_id: str) -> List[r.StoredTag]:
        return [r.StoredTag(*found) for found in self._all(_TAGS_OF_RESPONSE, {"key": response_id})]

    def tags_of_case(self, case_id: str) -> List[r.StoredTag]:
        return [r.StoredTag(*found) for found in self._all(_TAGS_OF_CASE, {"key": case_id})]


def whole(score: Optional[float]) -> Optional[Score]:
    """A score as it was given: 4, not 4.0."""
    return int(score) if score is not None and score == int(score) else score


def _answer(found: Row) -> r.Answer:
    return r.Answer(**{**found._mapping, "score": whole(found.score)})
