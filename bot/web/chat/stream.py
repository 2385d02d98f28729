"""What is new in the conversations that are being looked at: one question to the database for all of them."""

import asyncio
import logging
from typing import AsyncIterator, Dict, Optional, Sequence, Set

import anyio

from bot.web.chat.view import Chat, Chats
from bot.web.glances import Glances, Mark

log = logging.getLogger(__name__)

EVERY_SECONDS = 0.4
HEARTBEAT_SECONDS = 15.0


class Listener:
    def __init__(self, conversation_id: str) -> None:
        self.conversation_id = conversation_id
        self.news = asyncio.Event()


class Stream:
    """Hands every listener the chat anew whenever it changed. The poller runs only while somebody listens."""

    def __init__(self, chats: Chats, glances: Glances, every: float = EVERY_SECONDS) -> None:
        self._chats, self._glances, self._every = chats, glances, every
        self._listeners: Set[Listener] = set()
        self._known: Dict[str, Mark] = {}
        self._poller: Optional[asyncio.Task[None]] = None

    async def listen(self, conversation_id: str) -> AsyncIterator[Optional[Chat]]:
        """The chat now and after each change; None as a sign of life."""
        listener = Listener(conversation_id)
        self._listeners.add(listener)
        if self._poller is None or self._poller.done():
            self._poller = asyncio.create_task(self._poll())
        try:
            yield await anyio.to_thread.run_sync(self._chats.find, conversation_id)
            while True:
                try:
                    await asyncio.wait_for(listener.news.wait(), HEARTBEAT_SECONDS)
                except asyncio.TimeoutError:
                    yield None
                    continue
                listener.news.clear()
                yield await anyio.to_thread.run_sync(self._chats.find, conversation_id)
        finally:
            self._listeners.discard(listener)

    @property
    def listening(self) -> int:
        """How many pages listen."""
        return len(self._listeners)

    async def close(self) -> None:
        if self._poller is not None:
            self._poller.cancel()

    async def _poll(self) -> None:
        self._known.clear()
        while self._listeners:
            await asyncio.sleep(self._every)
            wanted = sorted({listener.conversation_id for listener in self._listeners})
            try:
                marks = await anyio.to_thread.run_sync(self._glances.marks, wanted)
            except Exception as error:  # the database may be back at the next look
                log.warning("cannot look for new messages: %s", error)
                continue
            self._wake(wanted, marks)

    def _wake(self, wanted: Sequence[str], marks: Dict[str, Mark]) -> None:
        # the first look only learns the mark, but a listener may have read just before it: so it wakes, too
        changed = {one for one in wanted if self._known.get(one) != marks.get(one)}
        self._known = marks
        for listener in self._listeners:
            if listener.conversation_id in changed:
                listener.news.set()
