"""Who did and saw what, for those who have to answer for it."""

from dataclasses import asdict, dataclass
from typing import List, Mapping, Optional
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from bot.core.records import AuditEntry, AuditFilter, User
from bot.core.roles import may
from bot.web.console.page import show
from bot.web.console.session import user_of
from bot.web.context import Web, web_of

router = APIRouter()
PAGE = 50
LONGEST = 200


@dataclass(frozen=True)
class Filters:
    """As in the address; empty means any. What cannot be meant is taken as not given: an old link must not fail."""

    actor: str = ""
    act: str = ""
    subject: str = ""
    subject_id: str = ""
    before: Optional[int] = None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Filters":
        words = {key: query.get(key, "").strip()[:LONGEST] for key in ("actor", "act", "subject", "subject_id")}
        before = query.get("before", "")
        return cls(**words, before=int(before) if before.isascii() and before.isdigit() and len(before) < 16 else None)

    @property
    def narrowed(self) -> bool:
        return bool(self.actor or self.act or self.subject or self.subject_id)

    @property
    def wanted(self) -> AuditFilter:
        return AuditFilter(self.actor or None, self.act or None, self.subject or None, self.subject_id or None)

    def older_than(self, seq: Optional[int]) -> str:
        """The address of the next page."""
        return "?" + urlencode({key: value for key, value in {**asdict(self), "before": seq}.items() if value})


@router.get("/audit")
def audit(request: Request, user: User = Depends(user_of), web: Web = Depends(web_of)) -> Response:
    """The entries that fit, the newest first."""
    if not may(user.role, "read_audit"):
        return show(request, web, "console/audit.html", user, 403, allowed=False)
    filters = Filters.of(request.query_params)
    with web.wiring.store.read() as tx:
        found = tx.audit_entries(filters.wanted, filters.before, PAGE + 1)
    entries: List[AuditEntry] = found[:PAGE]
    more = filters.older_than(entries[-1].seq) if len(found) > PAGE else None
    return show(request, web, "console/audit.html", user, allowed=True, filters=filters, entries=entries, more=more)
