"""The audit log: added to, and read from the newest on."""

from typing import List, Optional

from sqlalchemy import select

from bot.core import records as r
from bot.store.statements import insert, row
from bot.store.tables import audit_entries
from bot.store.transaction_base import TransactionBase

_ADD = insert(audit_entries)


class AuditPart(TransactionBase):
    """Implements the audit log of `Transaction`."""

    def add_audit_entry(self, entry: r.AuditEntry) -> None:
        values = {**row(entry), "details": dict(entry.details)}
        del values["seq"]
        self._do(_ADD, values)

    def audit_entries(self, wanted: r.AuditFilter, before: Optional[int] = None, limit: int = 50) -> List[r.AuditEntry]:
        named = ("actor", "act", "subject", "subject_id")
        given = {name: getattr(wanted, name) for name in named}
        found = select(audit_entries).where(
            *(audit_entries.c[name] == value for name, value in given.items() if value is not None)
        )
        if wanted.since is not None:
            found = found.where(audit_entries.c.at >= wanted.since)
        if before is not None:
            found = found.where(audit_entries.c.seq < before)
        newest_first = found.order_by(audit_entries.c.seq.desc()).limit(limit)
        return [r.AuditEntry(**entry._mapping) for entry in self._all(newest_first)]
