"""Nothing is kept longer than `retention.yml` says: removed in small steps, by the worker, beside its other duties."""

import logging
import time
from collections import deque
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import Callable, Deque, Dict, Iterable, Mapping, Optional

from bot.core.ports import Ports, Trackers, Transaction
from bot.core.services import audit, erasing

log = logging.getLogger(__name__)

EVERY = timedelta(hours=1)
# Making a file anew holds up its writers, so not after every removal.
CLEAR_EVERY = timedelta(days=1)
# SQLite has one writer at a time: a customer who writes meanwhile must not notice.
WRITE_SECONDS = 0.05
FOUND_AT_ONCE = 200
ROWS_AT_ONCE = 200
PICTURES_AT_ONCE = 5
LONG_AGO = datetime.min.replace(tzinfo=timezone.utc)
LEAVE_OLD_COPIES = ("pictures", "words", "customers")


@dataclass(frozen=True)
class Batch:
    """How much was removed, and behind which id to go on; None: there is no more."""

    removed: int
    after: Optional[str]


@dataclass(frozen=True)
class Progress:
    """Of one class: when it is due, behind which id it goes on, how much was removed since it was due."""

    due_at: datetime = LONG_AGO
    after: str = ""
    removed: int = 0


Sweep = Callable[[datetime, str], Batch]


class Retaining:
    """The duty of one worker. What it has done is only in the store: after a crash it begins again where things stand.

    drop_logs: removes what was logged before a time; how many files were touched. clear_leftovers: clears the free
    space of the database's files, where what was removed may still stand.
    """

    def __init__(
        self,
        ports: Ports,
        trackers: Trackers,
        drop_logs: Callable[[datetime], int],
        clear_leftovers: Callable[[], None],
    ):
        self._ports, self._trackers, self._clear_leftovers = ports, trackers, clear_leftovers
        self._sweeps: Mapping[str, Sweep] = {
            "pictures": self._rows(lambda tx, before: tx.drop_pictures(before, PICTURES_AT_ONCE), PICTURES_AT_ONCE),
            "words": self._words,
            "customers": self._customers,
            "notices": self._rows(lambda tx, before: tx.drop_notices("sent", before, ROWS_AT_ONCE)),
            "dead_notices": self._rows(lambda tx, before: tx.drop_notices("dead", before, ROWS_AT_ONCE)),
            "audit": self._rows(lambda tx, before: tx.drop_audit_entries(before, ROWS_AT_ONCE)),
            "trackers": self._forget_trackers,
            "logs": lambda before, _: Batch(drop_logs(before), None),
        }
        self._order: Deque[str] = deque(self._sweeps)
        self._progress: Dict[str, Progress] = {name: Progress() for name in self._sweeps}
        self._old_copies, self._clear_at = False, LONG_AGO

    def step(self) -> int:
        """One small batch of one class that is due, each at most once an hour; how much was removed."""
        now = self._ports.clock()
        for _ in range(len(self._order)):
            name = self._order[0]
            self._order.rotate(-1)
            if self._progress[name].due_at <= now:
                return self._go_on(name, now)
        if self._old_copies and self._clear_at <= now:
            self._clear_at, self._old_copies = now + CLEAR_EVERY, False
            self._clear_leftovers()
        return 0

    def _go_on(self, name: str, now: datetime) -> int:
        before = self._before(name, now)
        progress = self._progress[name]
        # A class that fails waits for its next hour, and holds up no other.
        self._progress[name] = Progress(due_at=now + EVERY)
        if before is None:
            return 0
        batch = self._sweeps[name](before, progress.after)
        removed = progress.removed + batch.removed
        if batch.after is not None:
            self._progress[name] = replace(progress, after=batch.after, removed=removed)
        elif removed:
            log.info("retention: %s: %d removed that were older than %s", name, removed, before.date())
        self._old_copies = self._old_copies or (batch.removed > 0 and name in LEAVE_OLD_COPIES)
        return batch.removed

    def _before(self, name: str, now: datetime) -> Optional[datetime]:
        with self._ports.store.read() as tx:
            retention = self._ports.definitions.current(tx).retention
        found: Optional[datetime] = getattr(retention, name).before(now)
        return found

    def _rows(self, drop: Callable[[Transaction, datetime], int], at_once: int = ROWS_AT_ONCE) -> Sweep:
        def sweep(before: datetime, _: str) -> Batch:
            with self._ports.store.begin() as tx:
                removed = drop(tx, before)
            return Batch(removed, "" if removed == at_once else None)

        return sweep

    def _words(self, before: datetime, after: str) -> Batch:
        with self._ports.store.read() as tx:
            found = tx.quiet_conversations(before, after, FOUND_AT_ONCE)

        def forget(conversation_id: str) -> bool:
            self._trackers.forget(conversation_id)
            with self._ports.store.begin() as tx:
                return tx.forget_words(conversation_id, before)

        return _each(found, forget)

    def _customers(self, before: datetime, after: str) -> Batch:
        with self._ports.store.read() as tx:
            found = tx.bygone_customers(before, after, FOUND_AT_ONCE)

        def erase(customer_id: str) -> bool:
            return bool(erasing.erase(self._ports, customer_id, self._trackers.forget, audit.RETENTION))

        return _each(found, erase)

    def _forget_trackers(self, before: datetime, after: str) -> Batch:
        senders = self._trackers.senders(after, FOUND_AT_ONCE)
        if not senders:
            return Batch(0, None)
        with self._ports.store.read() as tx:
            lively = tx.lively_conversations(senders, before)
        silent = [sender for sender in senders if sender not in lively]
        if silent:
            self._trackers.forget(*silent)
        return Batch(len(silent), senders[-1])


def _each(found: Iterable[str], remove: Callable[[str], bool]) -> Batch:
    """Each in a transaction of its own, as many as the time allows; one that fails holds up no other."""
    until, removed, last = time.monotonic() + WRITE_SECONDS, 0, None
    for last in found:
        try:
            removed += remove(last)
        except Exception as error:  # without its text, which may name a person
            log.error("retention: one could not be removed, it is tried again in an hour: %s", type(error).__name__)
        if time.monotonic() > until:
            break
    return Batch(removed, last)
