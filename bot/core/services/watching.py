"""Dues are watched: a team is told when a promise to a customer is nearly due, and when it is broken."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import List

from bot.core import records as r
from bot.core.definitions import ServiceLevel, ServiceLevels, Team
from bot.core.ports import Ports, Transaction
from bot.core.services import notices
from bot.core.services.upkeep import each
from bot.core.sla import due
from bot.core.types import WITH_PEOPLE

CLOCKS = ("first_response", "next_response", "resolution")
# A warning is given with a fifth of the level's time left, and never with less than ten minutes.
WARN_SHARE = 0.2
WARN_MINUTES = 10
AT_ONCE = 500


@dataclass(frozen=True)
class _Notice:
    """kind: warning | breach."""

    case: r.Case
    clock: str
    kind: str
    due: datetime

    @property
    def key(self) -> str:
        return f"case:{self.case.id}:sla:{self.clock}:{self.kind}:{self.due.isoformat()}"


def watch_dues(ports: Ports) -> int:
    """Tells of each due of an open case once that it is near and once that it has passed; gives the cases told of."""
    now = ports.clock()
    with ports.store.read() as tx:
        levels = ports.definitions.current(tx).service_levels
        found = [
            one for case in tx.cases_due(_horizon(levels, now), AT_ONCE) for one in _notices(tx, levels, case, now)
        ]
        told = tx.outbox_keys([notice.key for notice in found])
    cases = {notice.case.id: notice.case for notice in found if notice.key not in told}
    return each(list(cases.values()), lambda case: _tell(ports, case))


def _tell(ports: Ports, seen: r.Case) -> None:
    now = ports.clock()
    with ports.store.begin() as tx:
        tx.conversation(seen.conversation_id)  # locked before the case, as everywhere
        case = tx.case(seen.id)
        if case is None or case.status not in WITH_PEOPLE:
            return  # it ended meanwhile
        levels = ports.definitions.current(tx).service_levels
        found = _notices(tx, levels, case, now)
        told = tx.outbox_keys([notice.key for notice in found])
        new = [notice for notice in found if notice.key not in told]
        for notice in new:
            team, is_broken = levels.team_for(case.team), notice.kind == "breach"
            notices.due_watched(ports, tx, team, case, notice.clock, notice.due, notice.key, is_broken)
        broken = [notice for notice in new if notice.kind == "breach"]
        for notice in broken:
            details = {"clock": notice.clock, "due": notice.due.isoformat()}
            tx.add_case_event(r.CaseEvent(case.id, "sla_breached", now, details=details))
        if broken and case.sla.state != "missed":
            tx.save_case(replace(case, sla=replace(case.sla, state="missed")))


def _notices(tx: Transaction, levels: ServiceLevels, case: r.Case, now: datetime) -> List[_Notice]:
    """What there is to tell of a case now, told already or not."""
    level, team = levels.levels[case.severity], levels.team_for(case.team)
    found = []
    for clock in CLOCKS:
        owed = getattr(case.sla, f"{clock}_due")
        if owed is None or (clock == "first_response" and tx.person_replied(case.id)):
            continue
        if now > owed:
            found.append(_Notice(case, clock, "breach", owed))
        elif owed <= _near(level, clock, team, now):
            found.append(_Notice(case, clock, "warning", owed))
    return found


def _near(level: ServiceLevel, clock: str, team: Team, now: datetime) -> datetime:
    """What is due by then is near. Counted as the due itself is: a Monday morning's is warned of on Friday."""
    minutes = max(WARN_MINUTES, int(getattr(level, clock) * WARN_SHARE))
    return due(now, minutes, team, level.round_the_clock)


def _horizon(levels: ServiceLevels, now: datetime) -> datetime:
    """Nothing due later can be near, whatever its team and level."""
    each_level = levels.levels.values()
    return max(_near(level, clock, team, now) for team in levels.teams for level in each_level for clock in CLOCKS)
