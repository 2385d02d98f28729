"""Pictures of a case's conversation, for the one whose case it is."""

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from bot.core.errors import NotFound
from bot.core.records import User
from bot.web import pictures
from bot.web.console.session import user_of
from bot.web.console.story import reads_plainly
from bot.web.context import Web, web_of
from bot.web.errors import ErrorStatus

router = APIRouter(prefix="/cases/{case_id}/pictures")


@router.get("/{picture_id}")
def picture(case_id: str, picture_id: str, user: User = Depends(user_of), web: Web = Depends(web_of)) -> Response:
    """The picture; 403 for everybody who reads the case masked."""
    with web.wiring.store.read() as tx:
        case = tx.case(case_id)
    if case is None:
        raise NotFound("There is no such case.")
    if not reads_plainly(case, user):
        raise ErrorStatus(403, "Pictures are hidden until you take the case.")
    return pictures.shown(pictures.find(web.wiring.store, case.conversation_id, picture_id))
