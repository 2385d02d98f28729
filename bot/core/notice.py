"""What a team is told, and where."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, List, Mapping, Optional

from bot.core.definitions import ServiceLevels


@dataclass(frozen=True)
class Notice:
    """Enough to act on, nothing private.

    key: the same each time that it is sent again. type: case.escalated | case.sla_warning | case.sla_breach |
    message.unanswered | idea.received | praise.received …; title, text: masked, in the team's language. link: the page
    of the case. case: what a program goes by: id, severity, category, status, due (ISO 8601, or None).
    """

    key: str
    type: str
    at: datetime
    team: str
    title: str
    text: str
    link: Optional[str] = None
    case: Optional[Mapping[str, Any]] = None


@dataclass(frozen=True)
class Target:
    """One place where a team is told. kind: apprise | webhook | log.

    address: its URL. It may hold a secret: it is never logged and never kept; what is kept is its `digest`.
    """

    kind: str
    address: str = ""

    def __repr__(self) -> str:
        return f"Target({self.kind}, {self.digest})"

    @property
    def digest(self) -> str:
        return hashlib.sha256(f"{self.kind} {self.address}".encode()).hexdigest()[:16]


def targets_of(levels: ServiceLevels, team_key: str, severity: Optional[str]) -> List[Target]:
    """Where a team is told, each place once; those on call too where it is critical; the log where there is none."""
    team = levels.team_for(team_key)
    addresses, webhooks = list(team.targets), [team.webhook]
    if severity == "critical":
        addresses += levels.on_call
        webhooks.append(levels.on_call_webhook)
    found = [Target("apprise", address) for address in addresses]
    found += [Target("webhook", address) for address in webhooks if address]
    return list(dict.fromkeys(found)) or [Target("log")]
