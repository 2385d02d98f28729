"""Who looks at which case."""

from collections import defaultdict
from datetime import datetime
from typing import Collection, Dict, List, Mapping, Sequence

from sqlalchemy import bindparam, delete, select

from bot.store.statements import upsert
from bot.store.tables import case_viewers
from bot.store.transaction_base import TransactionBase

_SEE = upsert(case_viewers, ["case_id", "name"])
_LEAVE = delete(case_viewers).where(
    case_viewers.c.case_id == bindparam("case"), case_viewers.c.name == bindparam("who")
)
_VIEWERS = (
    select(case_viewers.c.case_id, case_viewers.c.name)
    .where(case_viewers.c.case_id.in_(bindparam("ids", expanding=True)), case_viewers.c.seen_at >= bindparam("since"))
    .order_by(case_viewers.c.name)
)


class ViewersPart(TransactionBase):
    """Implements the viewers of `Transaction`."""

    def see_case(self, case_id: str, name: str, now: datetime) -> None:
        self._do(_SEE, {"case_id": case_id, "name": name, "seen_at": now})

    def leave_case(self, case_id: str, name: str) -> None:
        self._do(_LEAVE, {"case": case_id, "who": name})

    def viewers(self, case_ids: Collection[str], since: datetime) -> Mapping[str, Sequence[str]]:
        found: Dict[str, List[str]] = defaultdict(list)
        for viewer in self._all(_VIEWERS, {"ids": list(case_ids), "since": since}) if case_ids else ():
            found[viewer.case_id].append(viewer.name)
        return dict(found)
