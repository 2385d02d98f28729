"""Pictures in the chat: sent by the customer, and shown to them again."""

import logging
from functools import partial
from typing import Optional, Union

import anyio
from fastapi import APIRouter, Depends, Form, Request, UploadFile
from fastapi.responses import JSONResponse, RedirectResponse, Response

from bot.core.errors import ServiceUnavailable
from bot.core.records import Message
from bot.core.services import receiving
from bot.core.services.pictures import PictureRefused
from bot.web import errors, pictures
from bot.web.chat.events import page_language, state
from bot.web.chat.incoming import MESSAGE_ID
from bot.web.chat.routes import conversation_id, show_page
from bot.web.chat.view import Chat
from bot.web.context import Web, web_of

log = logging.getLogger(__name__)
router = APIRouter(include_in_schema=False)


@router.post("/c/{token}/pictures")
async def send(
    request: Request,
    token: str,
    picture: UploadFile,
    id: str = Form(..., regex=MESSAGE_ID),
    after: Optional[int] = Form(None, ge=0, lt=2**53),
    found: str = Depends(conversation_id),
    web: Web = Depends(web_of),
) -> Response:
    """Sends one picture; the same id again sends nothing new. Without JavaScript the page is shown anew."""
    before = await anyio.to_thread.run_sync(web.chats.get, found)
    try:
        await _take(web, found, id, await picture.read())
    except PictureRefused as error:
        return _refused(request, web, token, before, error)
    if not errors.is_program(request):
        return RedirectResponse(f"/c/{token}", 303)
    chat = await anyio.to_thread.run_sync(web.chats.get, found)
    return JSONResponse(state(web, chat, chat.last_seq if after is None else after))


@router.get("/c/{token}/pictures/{picture_id}")
def show(picture_id: str, found: str = Depends(conversation_id), web: Web = Depends(web_of)) -> Response:
    """A picture of this conversation."""
    return pictures.shown(pictures.find(web.wiring.store, found, picture_id))


async def _take(web: Web, found: str, message_id: str, content: bytes) -> None:
    """Stores it, and has it answered where the bot answers."""
    drawn = await anyio.to_thread.run_sync(web.wiring.draw_anew, content, limiter=web.drawing)
    receive = partial(receiving.receive, kind="image", message_id=message_id, picture=drawn)
    received = await anyio.to_thread.run_sync(receive, web.wiring.ports, found, "web", "")
    if received.answer:
        await _have_answered(web, received.message)


async def _have_answered(web: Web, message: Message) -> None:
    try:
        await anyio.to_thread.run_sync(web.wiring.deliver_again, message, limiter=web.rasa.limiter)
    except ServiceUnavailable as error:
        # It is stored, which is what the customer asked for; the worker hands it over again.
        log.warning("a picture is not answered yet: %s", error)


def _refused(
    request: Request, web: Web, token: str, chat: Chat, error: PictureRefused
) -> Union[Response, JSONResponse]:
    """Why, in the words of the page."""
    why = web.texts[page_language(chat)]["chat"][f"refused_{error.reason}"]
    if errors.is_program(request):
        return errors.respond(request, 422, why, error.field)
    return show_page(web, token, chat, status=422, refusal=why)
