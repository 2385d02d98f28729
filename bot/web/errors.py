"""Every error in one shape: `{"error": {"code", "message", "field"?}}` for programs, a friendly page for people."""

import logging
from typing import Any, Dict, Mapping, Optional, Tuple, Type

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from bot.core import errors as core

log = logging.getLogger(__name__)

CODES = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    410: "gone",
    413: "too_large",
    422: "invalid",
    429: "too_many_requests",
    502: "service_refused",
    503: "service_unavailable",
}
KINDS: Tuple[Tuple[Type[Exception], int], ...] = (
    (core.InvalidInput, 422),
    (core.Forbidden, 403),
    (core.Gone, 410),
    (core.NotFound, 404),
    (core.Conflict, 409),
    (core.ServiceUnavailable, 503),
    (core.ServiceRefused, 502),
)
DATABASE_ERRORS = (OperationalError, InterfaceError, PoolTimeout)
# The page of these paths is a program, whatever its Accept header says.
PROGRAM_PREFIXES = ("/api/", "/healthz", "/readyz", "/prometheus", "/openapi.json")
PROGRAM_ENDINGS = ("/messages", "/events")


class ErrorStatus(HTTPException):
    """An HTTPException that names a field."""

    def __init__(
        self, status: int, message: str, field: Optional[str] = None, headers: Optional[Dict[str, str]] = None
    ):
        super().__init__(status, message, headers)
        self.field = field


def body(status: int, message: str, field: Optional[str] = None) -> Dict[str, Any]:
    """The error as the contract has it. Lone surrogates of the input are replaced, or it could not be encoded."""
    error = {"code": CODES.get(status, "error"), "message": _encodable(message)}
    return {"error": {**error, "field": _encodable(field)} if field else error}


def install(app: FastAPI) -> None:
    """Adds the handlers for all kinds of errors."""

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        if first["type"] in ("json_invalid", "value_error.jsondecode"):
            return respond(request, 400, "The body is not JSON.")
        place = [str(part) for part in first["loc"][1:] if part != "__root__"]
        return respond(request, 422, first["msg"], ".".join(place) or None)

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        if error.status_code < 400:  # "go there": where somebody has to sign in first
            return Response(status_code=error.status_code, headers=error.headers)
        return respond(
            request, error.status_code, str(error.detail), getattr(error, "field", None), headers=error.headers
        )

    @app.exception_handler(core.AfterwordError)
    async def ours(request: Request, error: core.AfterwordError) -> Response:
        status = next((status for kind, status in KINDS if isinstance(error, kind)), 500)
        kind = "not_allowed" if isinstance(error, core.Forbidden) else None
        return respond(request, status, str(error), getattr(error, "field", None), kind=kind)

    async def database(request: Request, error: Exception) -> Response:
        log.error("the database does not answer: %s", error)
        return respond(request, 503, "The database does not answer at the moment.", headers={"Retry-After": "5"})

    async def unexpected(request: Request, error: Exception) -> Response:
        return respond(request, 500, "Something went wrong on our side.")

    for kind in DATABASE_ERRORS:
        app.add_exception_handler(kind, database)
    app.add_exception_handler(Exception, unexpected)


def respond(
    request: Request,
    status: int,
    message: str,
    field: Optional[str] = None,
    headers: Optional[Mapping[str, str]] = None,
    kind: Optional[str] = None,
) -> Response:
    """JSON for programs; for people a page in their language, with the words of `kind` or else of the status."""
    if is_program(request):
        return JSONResponse(body(status, message, field), status, headers=dict(headers or {}))
    page: Response = request.app.state.web.pages.error(request, status, kind)
    page.headers.update(headers or {})
    return page


def is_program(request: Request) -> bool:
    """Whether the asker wants JSON: by the path, else by its Accept header."""
    path = request.url.path
    if path.startswith(PROGRAM_PREFIXES) or path.endswith(PROGRAM_ENDINGS):
        return True
    accept = request.headers.get("accept", "*/*")
    return "text/html" not in accept and "*/*" not in accept


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
