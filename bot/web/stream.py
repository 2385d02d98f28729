"""What is new in the things that are being looked at: one question to the database for all who listen."""

import asyncio
import logging
from typing import Any, AsyncIterator, Callable, Mapping, Optional, Sequence, Set

import anyio

log = logging.getLogger(__name__)

EVERY_SECONDS = 0.4
HEARTBEAT_SECONDS = 15.0

Mark = Any
Marks = Callable[[Sequence[str]], Mapping[str, Mark]]


class Listener:
    def __init__(self, key: str) -> None:
        self.key = key
        self.news = asyncio.Event()


class Stream:
    """Wakes every listener whenever the mark of what they look at changed. The poller runs only while somebody listens.

    marks: gives the present mark of each key, None or nothing for what is not there; one call for all listeners.
    """

    def __init__(self, marks: Marks, every: float = EVERY_SECONDS, heartbeat: float = HEARTBEAT_SECONDS) -> None:
        self._marks, self._every, self._heartbeat = marks, every, heartbeat
        self._listeners: Set[Listener] = set()
        self._known: Mapping[str, Mark] = {}
        self._poller: Optional[asyncio.Task[None]] = None

    async def listen(self, key: str) -> AsyncIterator[bool]:
        """True at once, so that the listener reads what is there, and after each change; False as a sign of life."""
        listener = Listener(key)
        self._listeners.add(listener)
        if self._poller is None or self._poller.done():
            self._poller = asyncio.create_task(self._poll())
        try:
            yield True
            while True:
                try:
                    await asyncio.wait_for(listener.news.wait(), self._heartbeat)
                except asyncio.TimeoutError:
                    yield False
                    continue
                listener.news.clear()
                yield True
        finally:
            self._listeners.discard(listener)

    def mark(self, key: str) -> Optional[Mark]:
        """The mark that the last look found."""
        return self._known.get(key)

    @property
    def listening(self) -> int:
        """How many pages listen."""
        return len(self._listeners)

    async def close(self) -> None:
        if self._poller is not None:
            self._poller.cancel()

    async def _poll(self) -> None:
        self._known = {}
        while self._listeners:
            await asyncio.sleep(self._every)
            wanted = sorted({listener.key for listener in self._listeners})
            try:
                marks = await anyio.to_thread.run_sync(self._marks, wanted)
            except Exception as error:  # the database may be back at the next look
                log.warning("cannot look for what is new: %s", error)
                continue
            self._wake(wanted, marks)

    def _wake(self, wanted: Sequence[str], marks: Mapping[str, Mark]) -> None:
        # the first look only learns the mark, but a listener may have read just before it: so it wakes, too
        changed = {one for one in wanted if self._known.get(one) != marks.get(one)}
        self._known = marks
        for listener in self._listeners:
            if listener.key in changed:
                listener.news.set()
