"""The queue of cases."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Dict, List, Mapping, Optional, Sequence
from urllib.parse import urlencode

from bot.core.errors import InvalidInput
from bot.core.records import User
from bot.core.types import LANGUAGES, OPEN, SEVERITIES
from bot.web.api.filters import CASE_STATUSES
from bot.web.console.presence import QUEUE
from bot.web.context import Web

GRAVEST_FIRST = tuple(reversed(SEVERITIES))
WHOSE = ("mine", "unassigned")
LANGUAGE_KEYS = (*LANGUAGES, "other")
FIRST_WORDS = 140
PAGE = 50


@dataclass(frozen=True)
class Filters:
    """As in the address. What is not one of the known keys is taken as not given: an old link must not fail."""

    status: str = "open"
    severity: str = ""
    team: str = ""
    whose: str = ""
    language: str = ""
    channel: str = ""
    segment: str = ""
    cursor: str = ""

    statuses = ("open", "all", *CASE_STATUSES)
    severities = GRAVEST_FIRST
    languages = LANGUAGE_KEYS
    whoses = WHOSE

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Filters":
        def known(name: str, keys: Sequence[str], default: str = "") -> str:
            return query[name] if query.get(name) in keys else default

        return cls(
            status=known("status", cls.statuses, "open"),
            severity=known("severity", SEVERITIES),
            whose=known("whose", WHOSE),
            language=known("language", LANGUAGE_KEYS),
            **{name: query.get(name, "")[:128] for name in ("team", "channel", "segment")},
            cursor=query.get("cursor", "")[:512],
        )

    @property
    def narrowed(self) -> bool:
        return self != Filters(cursor=self.cursor)

    def address(self, cursor: str = "") -> str:
        """The address of this list, or of the page of it that begins at the cursor."""
        given = {**vars(self), "cursor": cursor, "status": "" if self.status == "open" else self.status}
        chosen = urlencode({key: value for key, value in given.items() if value})
        return f"/console?{chosen}" if chosen else "/console"

    def wanted(self, user: User) -> Dict[str, Any]:
        """The same for the queries."""
        status: Any = {"open": OPEN, "all": None}.get(self.status, self.status)
        names = ("severity", "team", "language", "channel", "segment")
        plain = {name: getattr(self, name) or None for name in names}
        mine = user.name if self.whose == "mine" else None
        return {**plain, "status": status, "assignee": mine, "unassigned": self.whose == "unassigned"}


@dataclass(frozen=True)
class Row:
    """A case of the list. due: the first of what is owed, None if nothing is. viewers: who else looks at it."""

    case: Mapping[str, Any]
    due: Optional[datetime]
    opened_at: datetime
    words: str
    viewers: Sequence[str]


@dataclass(frozen=True)
class Page:
    """total: on all pages. kinds: the channels and segments to choose from. mark: of what the page was made of."""

    rows: List[Row]
    next_cursor: Optional[str]
    total: int
    kinds: Mapping[str, Sequence[str]]
    mark: str


def page(web: Web, filters: Filters, user: User) -> Page:
    """The cases that fit, the most urgent first."""
    mark = web.presence.queue_mark()[QUEUE]  # before the cases: what comes in between must look new
    wanted, queries = filters.wanted(user), web.wiring.queries
    try:
        found = queries.cases(**wanted, cursor=filters.cursor or None, limit=PAGE)
    except InvalidInput:  # a cursor of an older version
        found = queries.cases(**wanted, limit=PAGE)
    viewers = web.presence.viewers([case["id"] for case in found["items"]], besides=user.name)
    rows = [_row(case, viewers.get(case["id"], ())) for case in found["items"]]
    total = len(rows) if not filters.cursor and not found["next_cursor"] else queries.count_cases(**wanted)
    return Page(rows, found["next_cursor"], total, _kinds(web, filters, wanted), mark)


def _kinds(web: Web, filters: Filters, wanted: Mapping[str, Any]) -> Dict[str, List[str]]:
    """Those that there are among cases of this status, and the chosen one, so that it can be seen and left."""
    kinds = web.wiring.queries.case_kinds(status=wanted["status"])
    chosen = {"channel": filters.channel, "segment": filters.segment}
    return {name: sorted({*found, *filter(None, [chosen[name]])}) for name, found in kinds.items()}


def _row(case: Mapping[str, Any], viewers: Sequence[str]) -> Row:
    words = " ".join(case["description"].split())
    short = words if len(words) <= FIRST_WORDS else words[:FIRST_WORDS].rstrip() + "…"
    due = case["due"] and datetime.fromisoformat(case["due"])
    return Row(case, due, datetime.fromisoformat(case["opened_at"]), short, viewers)
