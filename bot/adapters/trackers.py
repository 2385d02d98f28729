"""Rasa's trackers, seen from outside Rasa: a table `trackers`, one row for each conversation."""

import logging
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Iterator, List, Optional, Tuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import NullPool

from bot.core.errors import ServiceUnavailable
from bot.core.ports import Trackers

log = logging.getLogger(__name__)
TABLE = "trackers"


class RasaTrackers(Trackers):
    """The trackers at `url`. schema: where the table is on PostgreSQL; an SQLite file has none."""

    def __init__(self, url: str, schema: Optional[str]):
        self._url, self._schema = url, schema

    def senders(self, after: str = "", limit: int = 50) -> List[str]:
        with self._table() as (connection, trackers):
            if connection is None:
                return []
            sender = trackers.c.sender_id
            found = sa.select(sender).where(sender > after).order_by(sender).limit(limit)
            return list(connection.execute(found).scalars())

    def forget(self, *conversation_ids: str) -> None:
        with self._table() as (connection, trackers):
            if connection is None:
                return
            connection.execute(sa.delete(trackers).where(trackers.c.sender_id.in_(conversation_ids)))
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").close()

    @contextmanager
    def _table(self) -> Iterator[Tuple[Optional[Connection], Any]]:
        """(None, None) where Rasa has not made its table yet. Raises ServiceUnavailable."""
        try:
            with _connected(self._url) as connection:
                schema = self._schema if connection is not None and connection.dialect.name != "sqlite" else None
                if connection is None or not sa.inspect(connection).has_table(TABLE, schema=schema):
                    yield None, None
                else:
                    yield connection, sa.table(TABLE, sa.column("sender_id"), schema=schema)
        except DBAPIError as error:
            raise ServiceUnavailable(f"the trackers' database: {type(error.orig).__name__}") from error


def clear_leftovers(url: str) -> None:
    """Makes an SQLite file anew: each turn wrote the tracker again, and earlier copies stand in its free space."""
    if make_url(url).get_backend_name() != "sqlite":
        return
    try:
        with _connected(url) as connection:
            if connection is not None:
                connection.exec_driver_sql("VACUUM")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").close()
    except OperationalError as error:
        log.warning("the free space of the trackers' file could not be cleared after an erasure: %s", error.orig)


@contextmanager
def _connected(url: str) -> Iterator[Optional[Connection]]:
    """A connection on which each statement stands for itself; None where Rasa has not made its SQLite file yet."""
    place = make_url(url)
    on_sqlite = place.get_backend_name() == "sqlite"
    if on_sqlite and not (place.database and Path(place.database).is_file()):
        yield None
        return
    engine = sa.create_engine(url, future=True, hide_parameters=True, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        if on_sqlite:
            for pragma in ("busy_timeout=5000", "secure_delete=ON"):
                connection.exec_driver_sql(f"PRAGMA {pragma}").close()
        yield connection
