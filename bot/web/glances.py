"""Counts and marks, each in one cheap statement: what changed in these conversations, how much is there to do."""

from typing import Any, Dict, Sequence, Tuple

from sqlalchemy import bindparam, text
from sqlalchemy.engine import Engine

AT_ONCE = 500

_MARKS = text(
    "SELECT id, version, (SELECT max(seq) FROM messages WHERE conversation_id = conversations.id) "
    "FROM conversations WHERE id IN :ids"
).bindparams(bindparam("ids", expanding=True))
_COUNTS = {
    "messages": text("SELECT sender, count(*) FROM messages GROUP BY sender"),
    "open_cases": text(
        "SELECT severity, count(*) FROM cases WHERE status IN ('recovering', 'escalated', 'in_progress') "
        "GROUP BY severity"
    ),
    "outbox": text("SELECT status, count(*) FROM outbox WHERE status <> 'sent' GROUP BY status"),
}

Mark = Tuple[int, int]


class Glances:
    """Reads from `engine`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def marks(self, conversation_ids: Sequence[str]) -> Dict[str, Mark]:
        """(version, seq of the last message) of each conversation: differs when there is something to read."""
        found: Dict[str, Mark] = {}
        with self._engine.connect() as connection:
            for start in range(0, len(conversation_ids), AT_ONCE):
                some = list(conversation_ids[start : start + AT_ONCE])
                for key, version, seq in connection.execute(_MARKS, {"ids": some}):
                    found[key] = (version, seq or 0)
        return found

    def counts(self) -> Dict[str, Dict[str, int]]:
        """Messages by sender, open cases by severity, outbox items not sent by status."""
        with self._engine.connect() as connection:
            return {name: _pairs(connection.execute(statement)) for name, statement in _COUNTS.items()}


def _pairs(rows: Any) -> Dict[str, int]:
    return dict(rows.all())
