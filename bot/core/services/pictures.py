"""Pictures that customers send: kept with their message, in one transaction, once for each message."""

from dataclasses import dataclass

from bot.core import records as r
from bot.core.errors import InvalidInput
from bot.core.ports import Transaction
from bot.core.services.turn import new_id

# The formats in which pictures are kept, and nothing else is ever sent out as one.
MEDIA_TYPES = {"image/jpeg": "jpg", "image/webp": "webp"}
AT_MOST = 40


@dataclass(frozen=True)
class Drawn:
    """A picture drawn anew from what was sent; width and height in pixels. media_type: one of MEDIA_TYPES."""

    media_type: str
    width: int
    height: int
    content: bytes


class PictureRefused(InvalidInput):
    """A picture that cannot be taken.

    reason: heic | no_picture | too_large | too_many_pixels | too_many.
    """

    def __init__(self, reason: str, message: str):
        super().__init__(message, "picture")
        self.reason = reason


def keep(tx: Transaction, message: r.Message, drawn: Drawn) -> r.Picture:
    """Keeps the picture of a new message. Raises PictureRefused when the conversation has AT_MOST already."""
    if len(tx.pictures(message.conversation_id)) >= AT_MOST:
        raise PictureRefused("too_many", f"a conversation has at most {AT_MOST} pictures")
    picture = r.Picture(
        id=new_id(),
        conversation_id=message.conversation_id,
        message_id=message.id,
        media_type=drawn.media_type,
        width=drawn.width,
        height=drawn.height,
        content=drawn.content,
        at=message.at,
    )
    tx.add_picture(picture)
    return picture
