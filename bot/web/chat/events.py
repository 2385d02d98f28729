"""The state of a chat as its page receives it, in JSON and as server-sent events."""

import json
from typing import Any, AsyncIterator, Dict

import anyio

from bot.core.types import LANGUAGES
from bot.web.chat.view import Bubble, Chat
from bot.web.context import Web


def state(web: Web, chat: Chat, after: int = 0) -> Dict[str, Any]:
    """Where the chat stands, with the messages after seq `after`."""
    conversation = chat.conversation
    asked = conversation.open_question
    return {
        "seq": chat.last_seq,
        "language": page_language(chat),
        "owner": conversation.owner,
        "agent": chat.agent,
        "open_question": {"kind": asked.kind, "scale": asked.scale, "question": asked.question} if asked else None,
        "choices": chat.choices(),
        "messages": [_message(web, chat, bubble) for bubble in chat.bubbles(after)],
    }


def page_language(chat: Chat) -> str:
    """The language of the page around the conversation."""
    language = chat.conversation.language
    return language if language in LANGUAGES else "en"


def _message(web: Web, chat: Chat, bubble: Bubble) -> Dict[str, Any]:
    message, picture = bubble.message, bubble.picture
    return {
        "seq": message.seq,
        "id": message.id,
        "client_id": message.channel_message_id,
        "from": message.sender,
        "author": message.author,
        "text": message.text,
        "language": bubble.language,
        "at": message.at.isoformat(),
        "buttons": [{"title": button.title, "payload": button.payload} for button in message.buttons],
        "picture": {"id": picture.id, "width": picture.width, "height": picture.height} if picture else None,
        # the page is drawn in one place only, on the server; everything in it is escaped there
        "html": web.pages.fragment(
            "chat/bubble.html", page_language(chat), bubble=bubble, form_id="", path=_path(web, chat)
        ),
    }


def _path(web: Web, chat: Chat) -> str:
    return web.signing.chat_path(chat.conversation.id)


async def events(web: Web, conversation_id: str, after: int) -> AsyncIterator[str]:
    """One event for each change, its id the seq of the last message; a comment now and then as a sign of life."""
    yield "retry: 2000\n\n"
    seen, last = after, None
    async for changed in web.stream.listen(conversation_id):
        if not changed:
            yield ": still here\n\n"
            continue
        # Not `get`, which refuses the conversation of an erased customer: the open page is to hear of it.
        chat = await anyio.to_thread.run_sync(web.chats.find, conversation_id)
        if chat is None:
            return
        now = state(web, chat, seen)
        if now == last and not now["messages"]:
            continue
        seen = max(seen, chat.last_seq)
        last = {**now, "messages": []}
        yield f"id: {seen}\nevent: state\ndata: {json.dumps(now, ensure_ascii=False)}\n\n"
