"""Tags that a person adds or removes."""

from typing import Optional

from sqlalchemy import bindparam, delete, select

from bot.core import records as r
from bot.store.statements import insert, row
from bot.store.tables import tags, verbatims
from bot.store.transaction_base import TransactionBase

_OF_MESSAGE = select(verbatims).where(verbatims.c.message_id == bindparam("key")).order_by(verbatims.c.id).limit(1)
_ADD = insert(tags)
_SAME = [column for column in tags.c if column.name != "seq"]
_REMOVE = delete(tags).where(*(column == bindparam(f"of_{column.name}", type_=column.type) for column in _SAME))


class TagCorrectionsPart(TransactionBase):
    """Implements the corrections of tags of `Transaction`."""

    def verbatim_of_message(self, message_id: str) -> Optional[r.Verbatim]:
        found = self._one(_OF_MESSAGE, {"key": message_id})
        return r.Verbatim(**found._mapping) if found else None

    def add_tag(self, tag: r.StoredTag) -> None:
        self._do(_ADD, row(tag))

    def remove_tag(self, tag: r.StoredTag) -> None:
        self._do(_REMOVE, {f"of_{name}": value for name, value in row(tag).items()})
