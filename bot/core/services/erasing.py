"""Erasing a person, in our store and wherever else their words are kept."""

from typing import Callable

from bot.core.errors import Conflict, NotFound
from bot.core.ports import Ports
from bot.core.records import Erased
from bot.core.services import audit

ATTEMPTS = 4


def erase(ports: Ports, customer_id: str, forget_tracker: Callable[[str], None], actor: str) -> Erased:
    """Erases who they are and what they said; the anonymous scores stay.

    Args:
        forget_tracker: deletes what Rasa keeps of a conversation; may be called again for the same one.
        actor: who asked for it, for the audit log; there nothing tells whom it was about.

    Raises:
        NotFound: there is no such customer, or no longer.
        Conflict: they began one conversation after the other meanwhile; nothing is erased.
        ServiceUnavailable: by `forget_tracker`; then nothing is erased here, and it can be asked for again.
    """
    for _ in range(ATTEMPTS - 1):
        try:
            return _erase(ports, customer_id, forget_tracker, actor)
        except Conflict:
            continue
    return _erase(ports, customer_id, forget_tracker, actor)


def _erase(ports: Ports, customer_id: str, forget_tracker: Callable[[str], None], actor: str) -> Erased:
    with ports.store.begin() as tx:
        # Before it: erasing then replaces the id in this entry, too.
        audit.note(tx, actor, "erased", "customer", customer_id, at=ports.clock())
        erased = tx.erase_customer(customer_id)
        if erased is None:
            raise NotFound(f"no customer {customer_id}")
        # Before the commit, which makes us forget which conversations were theirs.
        _each(erased, forget_tracker)
    # And after it: a turn that was under way has written its tracker once more.
    _each(erased, forget_tracker)
    return erased


def _each(erased: Erased, forget_tracker: Callable[[str], None]) -> None:
    for conversation_id in erased.conversations:
        forget_tracker(conversation_id)
