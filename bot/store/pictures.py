"""The pictures of a conversation. Their bytes are read one by one: a list of them never holds any."""

from typing import Dict, List, Optional, Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection

from bot.core import records as r
from bot.store.statements import insert, row
from bot.store.tables import pictures
from bot.store.transaction_base import TransactionBase

_ADD_PICTURE = insert(pictures)
_PICTURE = select(pictures).where(pictures.c.id == bindparam("key"))
_SUMMARIES = (
    select(pictures.c.id, pictures.c.message_id, pictures.c.media_type, pictures.c.width, pictures.c.height)
    .where(pictures.c.conversation_id == bindparam("conversation"))
    .order_by(pictures.c.at, pictures.c.id)
)


class PicturesPart(TransactionBase):
    """Implements the pictures of `Transaction`."""

    def add_picture(self, picture: r.Picture) -> None:
        self._do(_ADD_PICTURE, row(picture))

    def picture(self, picture_id: str) -> Optional[r.Picture]:
        found = self._one(_PICTURE, {"key": picture_id})
        return r.Picture(**{**found._mapping, "content": bytes(found.content)}) if found else None

    def pictures(self, conversation_id: str) -> List[r.PictureSummary]:
        return [
            r.PictureSummary(**found._mapping) for found in self._all(_SUMMARIES, {"conversation": conversation_id})
        ]


def by_message(connection: Connection, conversation_id: str, said: Sequence[r.Message]) -> Dict[str, r.PictureSummary]:
    """The pictures of a conversation by the ids of their messages; most have none, and then nothing is asked."""
    if all(message.kind != "image" for message in said):
        return {}
    found = connection.execute(_SUMMARIES, {"conversation": conversation_id})
    return {one.message_id: r.PictureSummary(**one._mapping) for one in found}
