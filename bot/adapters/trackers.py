"""Rasa's trackers, seen from outside Rasa: a table `trackers`, one row for each conversation."""

import logging
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator, Optional

import sqlalchemy as sa
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import NullPool

from bot.core.errors import ServiceUnavailable

log = logging.getLogger(__name__)
TABLE = "trackers"


def forget(url: str, schema: Optional[str], sender_id: str) -> None:
    """Deletes the tracker of a conversation, if there is one. Raises ServiceUnavailable.

    Args:
        schema: where the table is on PostgreSQL; an SQLite file has none.
    """
    try:
        with _connected(url) as connection:
            if connection is None:
                return
            on_sqlite = connection.dialect.name == "sqlite"
            where = None if on_sqlite else schema
            if not sa.inspect(connection).has_table(TABLE, schema=where):
                return
            trackers = sa.table(TABLE, sa.column("sender_id"), schema=where)
            connection.execute(sa.delete(trackers).where(trackers.c.sender_id == sender_id))
            if on_sqlite:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").close()
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
