"""Opening the database and bringing its tables up to date."""

import os
import sqlite3
import time
from pathlib import Path
from typing import Any, Optional

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from bot.core.errors import InvalidInput
from bot.store.json_text import dumps

MIGRATIONS = Path(__file__).with_name("migrations")
BUSY_SECONDS = 5
# Any number, but the same in every process: who holds it may migrate.
_MIGRATION_LOCK = 4_810_772_013


def open_engine(url: str) -> Engine:
    """The engine for `url` (sqlite:///file or postgresql+psycopg2://…). Connects only when it is first used.

    Transactions are deferred ones, unless begun on `writing(engine)`.
    """
    backend = make_url(url).get_backend_name()
    if backend == "sqlite":
        engine = _open_sqlite(url)
    elif backend == "postgresql":
        engine = create_engine(
            url,
            future=True,
            hide_parameters=True,  # they are customers' words, and errors go to the log
            pool_pre_ping=True,
            pool_size=8,
            max_overflow=16,
            json_serializer=dumps,
        )
    else:
        raise InvalidInput(f"the database must be sqlite or postgresql, not {backend}", field="BOT_DATABASE_URL")
    event.listen(engine, "handle_error", _refuse_what_no_text_may_hold)
    return engine


def writing(engine: Engine) -> Engine:
    """The same engine and pool, but its transactions exclude other writers from their beginning."""
    return engine.execution_options(afterword_writes=True)


def reading(engine: Engine) -> Engine:
    """The same engine and pool, but its transactions see one moment and can change nothing (PostgreSQL)."""
    if engine.dialect.name != "postgresql":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def migrate(engine: Engine) -> None:
    """Brings the tables up to date. Processes that start together wait for the one that is at it."""
    head = max(path.stem for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    with engine.connect() as connection:
        if _current(connection) == head:
            return
    with writing(engine).connect() as connection:
        _foreign_keys(connection, on=False)
        try:
            with connection.begin():
                _lock(connection)
                if _current(connection) != head:
                    _upgrade(connection)
        finally:
            _foreign_keys(connection, on=True)


def _open_sqlite(url: str) -> Engine:
    database = make_url(url).database
    if not database or database == ":memory:":
        raise InvalidInput("SQLite needs a file: every connection has its own memory", field="BOT_DATABASE_URL")
    path = Path(database)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # SQLite gives its -wal and -shm files the rights of the main file: only the owner may read customers' words.
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    engine = create_engine(
        url,
        future=True,
        hide_parameters=True,
        poolclass=QueuePool,
        pool_size=8,
        max_overflow=16,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False, "cached_statements": 512},
        json_serializer=dumps,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # pysqlite begins no transaction by itself; _begin_sqlite does
    connection.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    _use_wal(connection)
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA foreign_keys=ON")


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switches to WAL. The switch of a new file needs it alone and does not wait by itself."""
    end = time.monotonic() + BUSY_SECONDS
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("afterword_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _refuse_what_no_text_may_hold(context: Any) -> None:
    """PostgreSQL knows no NUL in a text, and no database a lone surrogate: whoever sent it sent bad input."""
    error = context.original_exception
    if isinstance(error, UnicodeEncodeError) or (isinstance(error, ValueError) and "NUL" in str(error)):
        raise InvalidInput("a text holds a character that cannot be stored") from error


def _current(connection: Connection) -> Optional[str]:
    """The migration this database stands at; None for an empty one."""
    try:
        with connection.begin_nested():
            return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    except DBAPIError as error:
        if "alembic_version" in str(error.orig):
            return None
        raise


def _lock(connection: Connection) -> None:
    """SQLite is locked by BEGIN IMMEDIATE already."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")


def _foreign_keys(connection: Connection, on: bool) -> None:
    """SQLite alters a table by making it anew; keys that point to it must not act on that. Not inside a transaction."""
    if connection.dialect.name == "sqlite":
        raw = connection.connection.dbapi_connection
        raw.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


def _upgrade(connection: Connection) -> None:
    # Imported here: Alembic takes a tenth of a second that no other start has to pay.
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, "head")
