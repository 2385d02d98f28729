"""An operator judges what messages were read as; what is learnt from it is kept elsewhere, by who asks for it."""

from datetime import datetime
from typing import Callable, List, Optional, TypeVar

from bot.core import records as r
from bot.core.errors import NotFound
from bot.core.ports import Ports
from bot.core.review import ToReview

Kept = TypeVar("Kept")


def waiting(
    ports: Ports, since: Optional[datetime] = None, language: Optional[str] = None, limit: int = 50
) -> List[ToReview]:
    """What nobody has reviewed yet, the newest first."""
    with ports.store.read() as tx:
        return tx.to_review(since, language, limit)


def settle(ports: Ports, verbatim: r.Verbatim, keep: Callable[[], Kept]) -> Kept:
    """Marks the words as reviewed and has what was learnt kept: both, or neither when `keep` raises.

    After a crash between the two they wait again. Raises NotFound, and keeps nothing, where they were erased meanwhile.
    """
    with ports.store.begin() as tx:
        if not tx.mark_reviewed(verbatim.id, ports.clock()):
            raise NotFound("these words were erased")
        return keep()


def reopen(ports: Ports, verbatim: r.Verbatim, take_back: Callable[[], None]) -> None:
    """The inverse of `settle`. Words erased since then have nothing to be marked, and are taken back all the same."""
    with ports.store.begin() as tx:
        tx.mark_reviewed(verbatim.id, verbatim.reviewed_at)
        take_back()
