"""Stores on both databases, each test in one of its own.

PostgreSQL is looked for at BOT_TEST_POSTGRES; where none answers its tests are skipped, unless CI_REQUIRE_SERVICES=1.
"""

import os
import uuid

import pytest
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from bot.store.database import migrate, open_engine
from bot.store.sql_store import SqlStore

POSTGRES = os.environ.get("BOT_TEST_POSTGRES", "postgresql+psycopg2://postgres@127.0.0.1:5432/test")


@pytest.fixture(scope="session")
def postgres():
    """An engine on the test database, to make schemas with."""
    engine = open_engine(POSTGRES)
    try:
        engine.connect().close()
    except OperationalError as error:
        if os.environ.get("CI_REQUIRE_SERVICES") == "1":
            pytest.fail(f"PostgreSQL is required and does not answer at {POSTGRES}: {error}")
        pytest.skip(f"PostgreSQL does not answer at {POSTGRES} (set BOT_TEST_POSTGRES)")
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request, tmp_path):
    """The URL of an empty database: a new file, or a new schema."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/new/afterword.db"
        return
    server = request.getfixturevalue("postgres")
    schema = f"test_{uuid.uuid4().hex}"
    with server.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
    url = make_url(POSTGRES).update_query_dict({"options": f"-csearch_path={schema}"})
    yield url.render_as_string(hide_password=False)
    with server.begin() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture
def engine(empty_url):
    """An engine whose tables are up to date."""
    engine = open_engine(empty_url)
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def store(engine):
    return SqlStore(engine)
