"""The queue of cases."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Dict, List, Mapping, Optional
from urllib.parse import urlencode

from bot.core.errors import InvalidInput
from bot.core.types import SEVERITIES
from bot.web.api.filters import CASE_STATUSES
from bot.web.context import Web

OPEN = ("escalated", "in_progress", "recovering")
GRAVEST_FIRST = tuple(reversed(SEVERITIES))
FIRST_WORDS = 140
PAGE = 50


@dataclass(frozen=True)
class Filters:
    """As in the address. What is not a status or a severity is taken as not given: an old link must not fail."""

    status: str = "open"
    severity: str = ""
    team: str = ""
    cursor: str = ""

    statuses = ("open", "all", *CASE_STATUSES)
    severities = GRAVEST_FIRST

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Filters":
        status, severity = query.get("status", "open"), query.get("severity", "")
        return cls(
            status=status if status in cls.statuses else "open",
            severity=severity if severity in SEVERITIES else "",
            team=query.get("team", "")[:128],
            cursor=query.get("cursor", "")[:512],
        )

    @property
    def narrowed(self) -> bool:
        return bool(self.severity or self.team or self.status != "open")

    def with_cursor(self, cursor: str) -> str:
        """The address of the next page."""
        given = {"status": self.status, "severity": self.severity, "team": self.team, "cursor": cursor}
        return "?" + urlencode({key: value for key, value in given.items() if value})


@dataclass(frozen=True)
class Row:
    """A case of the list. due: the first of what is owed, None if nothing is."""

    case: Mapping[str, Any]
    due: Optional[datetime]
    opened_at: datetime
    words: str
    language: Optional[str]


@dataclass(frozen=True)
class Page:
    rows: List[Row]
    next_cursor: Optional[str]


def page(web: Web, filters: Filters) -> Page:
    """The cases that fit, the most urgent first."""
    status: Any = {"open": OPEN, "all": None}.get(filters.status, filters.status)
    wanted: Dict[str, Any] = {"status": status, "severity": filters.severity or None, "team": filters.team or None}
    try:
        found = web.wiring.queries.cases(**wanted, cursor=filters.cursor or None, limit=PAGE)
    except InvalidInput:  # a cursor of an older version
        found = web.wiring.queries.cases(**wanted, limit=PAGE)
    with web.wiring.store.read() as tx:
        spoken = {case["id"]: tx.conversation(case["conversation_id"]) for case in found["items"]}
    rows = [_row(case, getattr(spoken[case["id"]], "language", None)) for case in found["items"]]
    return Page(rows, found["next_cursor"])


def _row(case: Mapping[str, Any], language: Optional[str]) -> Row:
    words = " ".join(case["description"].split())
    short = words if len(words) <= FIRST_WORDS else words[:FIRST_WORDS].rstrip() + "…"
    return Row(case, _due(case), datetime.fromisoformat(case["opened_at"]), short, language)


def _due(case: Mapping[str, Any]) -> Optional[datetime]:
    """The first response is owed as long as nobody has taken the case; after that the next response is."""
    if case["status"] not in OPEN:
        return None
    first = None if case["assignee"] else case["sla"]["first_response_due"]
    dues = [due for due in (first, case["sla"]["next_response_due"], case["sla"]["resolution_due"]) if due]
    return min((datetime.fromisoformat(due) for due in dues), default=None)
