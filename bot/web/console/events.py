"""Server-sent events of the console: they say only that something is new; the page then fetches itself."""

from contextlib import AsyncExitStack
from time import monotonic
from typing import AsyncIterator, Callable, Mapping, Optional, Sequence

import anyio
from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.responses import StreamingResponse

from bot.core.errors import NotFound
from bot.core.records import User
from bot.web.console.presence import QUEUE
from bot.web.console.session import signed_in, user_of
from bot.web.context import Web, web_of
from bot.web.stream import Stream

router = APIRouter()
SIGN_OF_LIFE_SECONDS = 15.0
# The mark of what the page shows: of the last event, or what it was made of.
SEEN = Query("", alias="seen", max_length=64)
LAST = Header("", alias="Last-Event-ID", max_length=64)


class Watch:
    """One page that watches. `case_id`: of the case it shows, None for the queue."""

    def __init__(self, web: Web, request: Request, user: User, case_id: Optional[str] = None) -> None:
        self._web, self._request, self._user, self._case_id = web, request, user, case_id
        self._stream: Stream = web.case_stream if case_id else web.queue_stream
        self._look: Callable[[Sequence[str]], Mapping[str, str]] = (
            web.presence.case_marks if case_id else web.presence.queue_mark
        )
        self._key = case_id or QUEUE

    async def events(self, seen: str) -> AsyncIterator[str]:
        """An event for each mark that is not the one seen last, until the page goes or its user is signed out."""
        async with AsyncExitStack() as stack:
            if self._case_id:
                await stack.enter_async_context(self._web.presence.looking(self._case_id, self._user.name))
            yield "retry: 2000\n\n"
            mark, signed_at = None, monotonic()
            async for changed in self._stream.listen(self._key):
                if monotonic() - signed_at >= SIGN_OF_LIFE_SECONDS:
                    if not await anyio.to_thread.run_sync(self._still_here):
                        return
                    signed_at = monotonic()
                if not changed:
                    yield ": still here\n\n"
                    continue
                # what the poller knows may be as old as its last look: the page may be newer
                mark = self._stream.mark(self._key) if mark else await self._fresh_mark()
                if mark and mark != seen:
                    seen = mark
                    yield f"id: {mark}\nevent: news\ndata: {mark}\n\n"

    async def _fresh_mark(self) -> Optional[str]:
        return (await anyio.to_thread.run_sync(self._look, [self._key])).get(self._key)

    def _still_here(self) -> bool:
        """Whether the user is still signed in; if so, they still look at the case."""
        if signed_in(self._request, self._web) is None:
            return False
        if self._case_id:
            self._web.presence.see(self._case_id, self._user.name)
        return True


@router.get("/events")
async def queue_events(
    request: Request, seen: str = SEEN, last: str = LAST, user: User = Depends(user_of), web: Web = Depends(web_of)
) -> StreamingResponse:
    """Says when there is something new in the queue."""
    return _stream(Watch(web, request, user), last or seen)


@router.get("/cases/{case_id}/events")
async def case_events(
    case_id: str,
    request: Request,
    seen: str = SEEN,
    last: str = LAST,
    user: User = Depends(user_of),
    web: Web = Depends(web_of),
) -> StreamingResponse:
    """Says when there is something new in a case, and shows others that the user looks at it."""
    if case_id not in await anyio.to_thread.run_sync(web.presence.case_marks, [case_id]):
        raise NotFound("There is no such case.")
    return _stream(Watch(web, request, user, case_id), last or seen)


def _stream(watch: Watch, seen: str) -> StreamingResponse:
    return StreamingResponse(watch.events(seen), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})
