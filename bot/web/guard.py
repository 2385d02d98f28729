"""What every request passes: a limit on the body's size, no NUL in the address, and security headers on the answer."""

import json
import re
from typing import Dict

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web import errors

KIB = 1024
MAX_BODY = 256 * KIB
# Only a picture may be larger: 8 MiB, and the form around it.
MAX_PICTURE_BODY = (8 * KIB + 64) * KIB
PICTURES = re.compile(r"/c/[^/]+/pictures")
HEADERS: Dict[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # a chat link is a key to the conversation: it must not travel to other sites
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class Guard:
    """Pure ASGI, so that a stream of events passes unbuffered."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if not scope["path"].startswith("/static/"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        if "\x00" in scope["path"] or b"%00" in scope.get("query_string", b""):
            await _refuse(send_with_headers, 400, "The address contains a NUL byte.")
        elif _declared_length(scope) > _limit(scope):
            await _refuse(send_with_headers, 413, _too_large(_limit(scope)))
        else:
            await self.app(scope, _limited(receive, _limit(scope)), send_with_headers)


def _limit(scope: Scope) -> int:
    is_picture = scope["method"] == "POST" and PICTURES.fullmatch(scope["path"])
    return MAX_PICTURE_BODY if is_picture else MAX_BODY


def _too_large(limit: int) -> str:
    return f"The body is larger than {limit // KIB} KiB."


def _limited(receive: Receive, limit: int) -> Receive:
    """Counts what really arrives: a chunked body declares no length."""
    seen = 0

    async def limited() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise HTTPException(413, _too_large(limit))
        return message

    return limited


def _declared_length(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value[:20])
    return 0


async def _refuse(send: Send, status: int, message: str) -> None:
    content = json.dumps(errors.body(status, message)).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(content)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
