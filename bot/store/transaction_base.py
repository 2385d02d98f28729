"""What the parts of a transaction share."""

from typing import Any, List, Mapping, Optional

from sqlalchemy.engine import Connection, Row


class TransactionBase:
    """One open connection. `writes`: rows read to be changed are locked (PostgreSQL; SQLite has one writer anyway)."""

    def __init__(self, connection: Connection, writes: bool):
        self._connection = connection
        self._writes = writes
        self._postgresql = connection.dialect.name == "postgresql"

    def _do(self, statement: Any, values: Any) -> int:
        """Executes and tells how many rows it changed."""
        return self._connection.execute(statement, values).rowcount

    def _one(self, statement: Any, values: Optional[Mapping[str, Any]] = None) -> Optional[Row]:
        return self._connection.execute(statement, values or {}).first()

    def _all(self, statement: Any, values: Optional[Mapping[str, Any]] = None) -> List[Row]:
        return self._connection.execute(statement, values or {}).all()

    def _lockable(self, plain: Any, locking: Any) -> Any:
        """The statement that fits: `locking` where this transaction writes."""
        return locking if self._writes and self._postgresql else plain
