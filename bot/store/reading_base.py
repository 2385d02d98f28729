"""What the parts of `Queries` share."""

from sqlalchemy.engine import Connection, Engine

from bot.store.database import reading


class ReadingBase:
    """Reads from `engine`, each call in a transaction of its own that holds up no writer."""

    def __init__(self, engine: Engine):
        self._engine = reading(engine)
        self._postgresql = engine.dialect.name == "postgresql"

    def _read(self) -> Connection:
        return self._engine.connect()
