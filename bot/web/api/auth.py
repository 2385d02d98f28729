"""The bearer key of the API."""

import hmac
from typing import Any, Callable, Coroutine, Dict, Union

from fastapi import APIRouter, Request, Response, Security
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer

from bot.web.api.outgoing import ErrorBody
from bot.web.context import web_of
from bot.web.errors import ErrorStatus

# Only tells OpenAPI of the key; KeyedRoute asks for it.
KEY_SCHEME = Security(HTTPBearer(auto_error=False, description="The API key (BOT_API_KEY)."))

ERRORS: Dict[Union[int, str], Dict[str, Any]] = {
    400: {"model": ErrorBody, "description": "The request cannot be read"},
    401: {"model": ErrorBody, "description": "The key is missing or wrong"},
    413: {"model": ErrorBody, "description": "The body is larger than 256 KiB"},
    422: {"model": ErrorBody, "description": "A field is not acceptable; `field` names it"},
    503: {"model": ErrorBody, "description": "The database does not answer at the moment"},
}


class KeyedRoute(APIRoute):
    """Asks for the key before the body is even parsed: who has no key learns nothing of what would be acceptable."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handle_with_key(request: Request) -> Response:
            if not _key_fits(request):
                message = "The header Authorization: Bearer <key> is missing or the key is wrong."
                raise ErrorStatus(401, message, headers={"WWW-Authenticate": "Bearer"})
            return await handle(request)

        return handle_with_key


def keyed_router(tag: str) -> APIRouter:
    return APIRouter(route_class=KeyedRoute, tags=[tag])


def _key_fits(request: Request) -> bool:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    # compared as bytes: compare_digest refuses a str that is not ASCII
    expected = web_of(request).wiring.settings.api_key.encode()
    return scheme.lower() == "bearer" and hmac.compare_digest(key.strip().encode("utf-8", "replace"), expected)
