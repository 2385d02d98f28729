"""Words whose reading an operator should judge."""

from datetime import datetime
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Sequence, Tuple

from sqlalchemy import bindparam, select, update
from sqlalchemy.engine import Row

from bot.core import records as r
from bot.core.review import ToReview
from bot.core.types import LANGUAGES
from bot.store.responses import TAG_COLUMNS
from bot.store.tables import case_events, conversations, customers, messages, tags, verbatims
from bot.store.transaction_base import TransactionBase

CORRECTED = "tags_corrected"
# As many as every SQLite takes as parameters of one statement.
_AT_ONCE = 500

_before = messages.alias("before")
_ASKED = (
    select(_before.c.text)
    .where(
        _before.c.conversation_id == messages.c.conversation_id,
        _before.c.seq < messages.c.seq,
        _before.c.sender.in_(("bot", "agent")),
        _before.c.text != "",
    )
    .order_by(_before.c.seq.desc())
    .limit(1)
    .scalar_subquery()
)
_VERBATIM_COLUMNS = list(verbatims.c)
_WORDS = (
    select(*_VERBATIM_COLUMNS, _ASKED.label("asked"), customers.c.name.label("customer_name"))
    .join(messages, messages.c.id == verbatims.c.message_id)
    .join(conversations, conversations.c.id == verbatims.c.conversation_id)
    .outerjoin(customers, customers.c.id == conversations.c.customer_id)
    # Of an erased person nothing is left to read: the words are empty, and what comes later is not stored.
    .where(verbatims.c.text != "", conversations.c.owner != r.NOBODY)
)
_NEWEST = (verbatims.c.at.desc(), verbatims.c.id)
_MARK = (
    update(verbatims)
    .where(verbatims.c.id == bindparam("key"), verbatims.c.text != "")
    .values(reviewed_at=bindparam("reviewed"))
)


class _Correction(NamedTuple):
    """Keys of tags; when the latest was made."""

    at: datetime
    added: Tuple[str, ...] = ()
    removed: Tuple[str, ...] = ()


class ReviewingPart(TransactionBase):
    """Implements the review of `Transaction`."""

    def to_review(self, since: Optional[datetime], language: Optional[str], limit: int) -> List[ToReview]:
        wanted = [verbatims.c.language.in_([language] if language else LANGUAGES)]
        if since is not None:
            wanted.append(verbatims.c.at >= since)
        corrections = self._corrections(since)
        found = {one.id: one for one in (*self._unsure(wanted, limit), *self._corrected(wanted, corrections))}
        newest = sorted(found.values(), key=lambda one: one.at, reverse=True)[:limit]
        with_tags = self._tags([one.id for one in newest])
        return [_to_review(one, with_tags.get(one.id, ()), corrections.get(one.id)) for one in newest]

    def mark_reviewed(self, verbatim_id: str, at: Optional[datetime]) -> bool:
        return self._do(_MARK, {"key": verbatim_id, "reviewed": at}) > 0

    def _unsure(self, wanted: Sequence[Any], limit: int) -> List[Row]:
        unsure = (verbatims.c.certainty.is_not(None), verbatims.c.reviewed_at.is_(None))
        return self._all(_WORDS.where(*unsure, *wanted).order_by(*_NEWEST).limit(limit))

    def _corrected(self, wanted: Sequence[Any], corrections: Dict[str, _Correction]) -> Iterator[Row]:
        """Reviewed and then corrected again: somebody knows better once more."""
        for ids in _pieces(list(corrections)):
            for found in self._all(_WORDS.where(verbatims.c.id.in_(ids), *wanted)):
                if found.reviewed_at is None or found.reviewed_at < corrections[found.id].at:
                    yield found

    def _corrections(self, since: Optional[datetime]) -> Dict[str, _Correction]:
        """By verbatim. An erasure empties the details, so of erased words there are none."""
        events = select(case_events.c.at, case_events.c.details).where(case_events.c.kind == CORRECTED)
        if since is not None:
            events = events.where(case_events.c.at >= since)
        found: Dict[str, _Correction] = {}
        for event in self._all(events.order_by(case_events.c.seq)):
            for what in ("added", "removed"):
                for tag in event.details.get(what, ()):
                    known = found.get(tag["verbatim_id"], _Correction(event.at))
                    keys = (*getattr(known, what), tag["tag"])
                    found[tag["verbatim_id"]] = known._replace(at=event.at, **{what: keys})
        return found

    def _tags(self, ids: Sequence[str]) -> Dict[str, List[r.StoredTag]]:
        found: Dict[str, List[r.StoredTag]] = {}
        for some in _pieces(ids):
            of_these = select(*TAG_COLUMNS).where(tags.c.verbatim_id.in_(some)).order_by(tags.c.seq)
            for tag in self._all(of_these):
                found.setdefault(tag.verbatim_id, []).append(r.StoredTag(*tag))
        return found


def _pieces(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE))


def _to_review(found: Row, with_tags: Sequence[r.StoredTag], correction: Optional[_Correction]) -> ToReview:
    verbatim = r.Verbatim(**{column.name: getattr(found, column.name) for column in _VERBATIM_COLUMNS})
    added, removed = (correction.added, correction.removed) if correction else ((), ())
    return ToReview(verbatim, found.asked, tuple(with_tags), added, removed, found.customer_name)
