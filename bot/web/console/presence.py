"""Who looks at a case right now, and whether there is anything new to see."""

import hashlib
from collections import Counter
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, AsyncIterator, Callable, Collection, Dict, Mapping, Sequence, Tuple

import anyio

from bot.core.ports import Store

if TYPE_CHECKING:
    from bot.store.queries import Queries

# With this header a page fetches itself: that is no visit of somebody.
LIVE_HEADER = "X-Live"
# A page gives a sign of life every 15 seconds: two may be lost on their way.
HERE_FOR = timedelta(seconds=40)
QUEUE = "queue"


class Presence:
    """Signs of life of those who look at cases through this process. What others gave is read from the store."""

    def __init__(self, store: Store, queries: "Queries", clock: Callable[[], datetime]) -> None:
        self._store, self._queries, self._clock = store, queries, clock
        self._open: Counter[Tuple[str, str]] = Counter()

    def see(self, case_id: str, name: str) -> None:
        """A sign of life; nothing if there is no such case."""
        with self._store.begin() as tx:
            if tx.conversation_of_case(case_id) is not None:
                tx.see_case(case_id, name, self._clock())

    def viewers(self, case_ids: Collection[str], besides: str) -> Mapping[str, Sequence[str]]:
        """Who looks at each of these cases besides the reader."""
        with self._store.read() as tx:
            found = tx.viewers(case_ids, self._clock() - HERE_FOR)
        others = {case_id: [name for name in names if name != besides] for case_id, names in found.items()}
        return {case_id: names for case_id, names in others.items() if names}

    @asynccontextmanager
    async def looking(self, case_id: str, name: str) -> AsyncIterator[None]:
        """Somebody looks at the case as long as the block lasts; who has it open twice leaves with the second page."""
        self._open[case_id, name] += 1
        try:
            await anyio.to_thread.run_sync(self.see, case_id, name)
            yield
        finally:
            self._open[case_id, name] -= 1
            if not self._open[case_id, name]:
                del self._open[case_id, name]
                # the page is gone and its request cancelled: this must be done all the same
                with anyio.CancelScope(shield=True):
                    await anyio.to_thread.run_sync(self._leave, case_id, name)

    def case_marks(self, case_ids: Sequence[str]) -> Dict[str, str]:
        """A short text for each case that differs as soon as there is something new to see."""
        found = self._queries.case_marks(case_ids, self._clock() - HERE_FOR)
        return {case_id: _short(mark) for case_id, mark in found.items()}

    def queue_mark(self, keys: Sequence[str] = (QUEUE,)) -> Dict[str, str]:
        """The same for all cases together, under the key QUEUE."""
        return {QUEUE: _short(self._queries.queue_mark(self._clock() - HERE_FOR))}

    def _leave(self, case_id: str, name: str) -> None:
        with self._store.begin() as tx:
            tx.leave_case(case_id, name)


def _short(mark: Any) -> str:
    return hashlib.sha256(repr(mark).encode("utf-8")).hexdigest()[:16]
