"""A picture as it goes out: of one conversation only, as a picture and as nothing else."""

from typing import Dict

from fastapi.responses import Response

from bot.core.errors import NotFound
from bot.core.ports import Store
from bot.core.records import Picture
from bot.core.services.pictures import MEDIA_TYPES

HEADERS: Dict[str, str] = {
    # Opened by itself it is a page: one on which nothing may run or load.
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def find(store: Store, conversation_id: str, picture_id: str) -> Picture:
    """The picture. Raises NotFound, also for one of another conversation."""
    with store.read() as tx:
        picture = tx.picture(picture_id)
    if picture is None or picture.conversation_id != conversation_id or picture.media_type not in MEDIA_TYPES:
        raise NotFound("There is no such picture.")
    return picture


def shown(picture: Picture) -> Response:
    """The answer that holds it."""
    name = f'inline; filename="picture.{MEDIA_TYPES[picture.media_type]}"'
    return Response(picture.content, media_type=picture.media_type, headers={**HEADERS, "Content-Disposition": name})
