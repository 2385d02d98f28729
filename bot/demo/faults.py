"""Faults switched on for /orders, so that what calls it can be tried against a bad day."""

from __future__ import annotations

import asyncio
import re
import time

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .models import NewFault, error_body

NONE = NewFault(mode="none")
SLOW_SECONDS = 10
ONLY_REMEDIES = ("refuse", "lost_answer")
REMEDIES = re.compile(r"/orders/[^/]+/remedies")


class FaultSwitch:
    """The fault that is on. Used on the event loop only, so that it needs no lock."""

    def __init__(self) -> None:
        self._fault = NONE
        self._ends_at: float | None = None

    def put(self, fault: NewFault) -> None:
        if fault.mode == "slow" and fault.seconds is None:
            fault = fault.copy(update={"seconds": SLOW_SECONDS})
        # For slow, `seconds` is how long an answer takes; for the others, how long the fault lasts.
        lasts = None if fault.mode == "slow" else fault.seconds
        self._ends_at = None if lasts is None else time.monotonic() + lasts
        self._fault = NONE if fault.mode == "none" else fault

    def current(self) -> NewFault:
        """The fault with the `times` that are left of it."""
        if self._ends_at is not None and time.monotonic() >= self._ends_at:
            self.put(NONE)
        return self._fault

    def take(self, method: str, path: str) -> NewFault:
        """The fault that this request meets; counts it."""
        fault = self.current()
        if not _meets(fault.mode, method, path):
            return NONE
        if fault.times is not None:
            self._fault = fault.copy(update={"times": fault.times - 1}) if fault.times > 1 else NONE
        return fault


class FaultMiddleware:
    def __init__(self, app: ASGIApp, switch: FaultSwitch):
        self._app, self._switch = app, switch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        fault = self._switch.take(scope["method"], scope["path"]) if scope["type"] == "http" else NONE
        if fault.mode == "down":
            await hang_up(receive)
        elif fault.mode == "error":
            await _answer(500, "fault", "The order system has failed.")(scope, receive, send)
        elif fault.mode == "refuse":
            await _answer(409, "refused", "The order system refuses this remedy.")(scope, receive, send)
        elif fault.mode == "lost_answer":
            await self._app(scope, receive, _unheard)
            await hang_up(receive)
        elif fault.mode == "slow":
            await self._app(scope, receive, _late(send, fault.seconds))
        else:
            await self._app(scope, receive, send)


async def hang_up(receive: Receive) -> None:
    """Closes the TCP connection with no answer.

    ASGI has no way to say so, and uvicorn answers 500 for an app that raises or returns silently. Its `receive` is a
    method of the request's cycle, which holds the transport; Starlette hands `receive` on unwrapped.
    """
    transport = getattr(getattr(receive, "__self__", None), "transport", None)
    if transport is None:
        raise ConnectionAbortedError("no transport to close: this fault needs uvicorn")
    transport.abort()
    # Until uvicorn has noticed, returning would still make it write a 500 to its log.
    while (await receive())["type"] != "http.disconnect":
        pass


def _meets(mode: str, method: str, path: str) -> bool:
    if mode == "none" or not (path == "/orders" or path.startswith("/orders/")):
        return False
    return mode not in ONLY_REMEDIES or (method == "POST" and REMEDIES.fullmatch(path) is not None)


def _late(send: Send, seconds: float | None) -> Send:
    """The work is done at once and only its answer is late: a caller who gives up must not think nothing was done."""

    async def late(message: Message) -> None:
        if message["type"] == "http.response.start":
            await asyncio.sleep(seconds or 0)
        await send(message)

    return late


async def _unheard(message: Message) -> None:
    return None


def _answer(status: int, code: str, message: str) -> JSONResponse:
    return JSONResponse(error_body(code, message), status)
