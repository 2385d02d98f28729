"""The `ports` of tests/conftest.py from a store that is migrated and filled once and then copied."""

import shutil
from pathlib import Path
from typing import Iterator

import pytest
from hypothesis import settings

from bot.adapters.wordings import DomainWordings
from bot.core.definitions import Definitions
from bot.core.ports import Ports
from bot.definitions.loader import as_json
from bot.definitions.stored import StoredDefinitions
from bot.store.database import migrate, open_engine
from bot.store.sql_store import SqlStore
from tests.fakes import Clock, FakeOrderSystem

# A busy machine is no failure, and nothing is written beside the code.
CALM = settings(deadline=None, database=None)
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def filled_store(tmp_path_factory: pytest.TempPathFactory, definitions: Definitions) -> Path:
    path = tmp_path_factory.mktemp("filled") / "store.sqlite"
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine)
    with SqlStore(engine).begin() as tx:
        tx.add_definitions("shipped", as_json(definitions), Clock()())
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def wordings() -> DomainWordings:
    return DomainWordings(ROOT / "domain.yml")


@pytest.fixture
def ports(
    tmp_path: Path, filled_store: Path, definitions: Definitions, wordings: DomainWordings, clock: Clock,
    orders: FakeOrderSystem,
) -> Iterator[Ports]:  # fmt: skip
    """Core's ports: a migrated SQLite store with the shipped definitions, and fakes for what is outside."""
    shutil.copy(filled_store, tmp_path / "store.sqlite")
    engine = open_engine(f"sqlite:///{tmp_path / 'store.sqlite'}")
    source = StoredDefinitions()
    source._active = (1, definitions)
    yield Ports(SqlStore(engine), source, wordings, orders, clock)
    engine.dispose()
