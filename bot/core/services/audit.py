"""Who did and saw what. Entries hold keys, never what a customer said."""

from datetime import datetime, timedelta
from typing import Any

from bot.core import records as r
from bot.core.ports import Ports, Transaction

# Actors that are no user of the console.
API, TERMINAL, SET_UP, RETENTION = "api", "terminal", "setup", "retention"
SEEN, SEEN_MASKED = "seen", "seen_masked"
# Who reads a page again within this time has seen it once.
SEEN_ONCE_WITHIN = timedelta(minutes=10)


def note(
    tx: Transaction, actor: str, act: str, subject: str, subject_id: str, /, *, at: datetime, **details: Any
) -> None:
    """Adds an entry, in the transaction of the act itself: there is neither one without the other."""
    tx.add_audit_entry(r.AuditEntry(at, actor, act, subject, subject_id, details))


def seen(ports: Ports, actor: str, subject: str, subject_id: str, masked: bool = True) -> None:
    """Notes that somebody was shown something, once within ten minutes; unmasked after masked counts anew."""
    act, now = SEEN_MASKED if masked else SEEN, ports.clock()
    wanted = r.AuditFilter(actor, act, subject, subject_id, since=now - SEEN_ONCE_WITHIN)
    with ports.store.read() as tx:
        if tx.audit_entries(wanted, limit=1):
            return
    with ports.store.begin() as tx:
        # Two pages that open at once are one look.
        if not tx.audit_entries(wanted, limit=1):
            note(tx, actor, act, subject, subject_id, at=now)
