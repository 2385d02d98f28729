"""The chat: `/c/{token}` for who was invited, `/chat` for who comes by themselves."""

import secrets
from typing import Any, Dict, Optional

import anyio
from fastapi import APIRouter, Depends, Form, Header, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from pydantic import ValidationError

from bot.core.errors import NotFound, ServiceUnavailable
from bot.core.services import opening
from bot.web import i18n
from bot.web.chat.events import events, page_language, state
from bot.web.chat.incoming import Sent
from bot.web.chat.view import Chat
from bot.web.context import Web, web_of
from bot.web.pages import language_of

router = APIRouter(include_in_schema=False)


def conversation_id(token: str, web: Web = Depends(web_of)) -> str:
    """The conversation of the link. Raises NotFound for a link that is not ours."""
    found = web.signing.conversation_of(token)
    if found is None:
        raise NotFound("This link does not lead to a conversation.")
    return found


@router.get("/chat")
def walk_in(request: Request, lang: Optional[str] = Query(None), web: Web = Depends(web_of)) -> Response:
    """Begins a conversation with a customer who was not invited."""
    language = i18n.supported(lang) or language_of(request)
    conversation = opening.start_walk_in(web.wiring.ports, language, channel="web")
    return RedirectResponse(web.signing.chat_path(conversation), 303)


@router.get("/c/{token}")
def page(token: str, found: str = Depends(conversation_id), web: Web = Depends(web_of)) -> HTMLResponse:
    """The chat page; opening it makes the bot speak first."""
    opening.open_conversation(web.wiring.ports, found)
    return show_page(web, token, web.chats.get(found))


@router.post("/c/{token}")
async def send_form(
    token: str,
    id: str = Form(""),
    text: str = Form(""),
    found: str = Depends(conversation_id),
    web: Web = Depends(web_of),
) -> Response:
    """The same without JavaScript: posts and shows the page anew."""
    await anyio.to_thread.run_sync(web.chats.get, found)
    back = RedirectResponse(f"/c/{token}", 303)
    try:
        sent = Sent(id=id, text=text, after=None)
    except ValidationError:
        return back
    try:
        await web.rasa.send(found, sent.id, sent.text)
    except ServiceUnavailable:
        chat = await anyio.to_thread.run_sync(web.chats.get, found)
        return show_page(web, token, chat, status=503, unsent=sent)
    return back


@router.get("/c/{token}/messages")
def messages(
    after: int = Query(0, ge=0, lt=2**53), found: str = Depends(conversation_id), web: Web = Depends(web_of)
) -> Dict[str, Any]:
    """Where the chat stands, with the messages after a seq."""
    return state(web, web.chats.get(found), after)


@router.post("/c/{token}/messages")
async def send(sent: Sent, found: str = Depends(conversation_id), web: Web = Depends(web_of)) -> Dict[str, Any]:
    """Sends one message; 503 where it was not taken, and then it may be sent again with the same id."""
    await anyio.to_thread.run_sync(web.chats.get, found)
    await web.rasa.send(found, sent.id, sent.text)
    chat = await anyio.to_thread.run_sync(web.chats.get, found)
    return state(web, chat, chat.last_seq if sent.after is None else sent.after)


@router.get("/c/{token}/events")
async def stream(
    after: int = Query(0, ge=0, lt=2**53),
    last_event_id: str = Header("", alias="Last-Event-ID"),
    found: str = Depends(conversation_id),
    web: Web = Depends(web_of),
) -> StreamingResponse:
    """Everything that happens in the chat, as it happens."""
    await anyio.to_thread.run_sync(web.chats.get, found)
    if last_event_id.isascii() and last_event_id.isdigit() and len(last_event_id) < 16:
        after = int(last_event_id)
    return StreamingResponse(
        events(web, found, after), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"}
    )


def show_page(
    web: Web, token: str, chat: Chat, status: int = 200, unsent: Optional[Sent] = None, refusal: str = ""
) -> HTMLResponse:
    """The page; unsent: what could not be sent and is kept in its box. refusal: why a picture was not taken."""
    language = page_language(chat)
    return web.pages.render(
        "chat/page.html",
        language,
        status,
        path=f"/c/{token}",
        chat=chat,
        bubbles=chat.bubbles(),
        words={key: texts["chat"] for key, texts in web.texts.items()},
        form_id=unsent.id if unsent else secrets.token_hex(8),
        unsent=unsent,
        refusal=refusal,
    )
