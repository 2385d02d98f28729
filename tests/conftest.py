"""Fixtures that several rooms share: the shipped definitions, and core's services on a real SQLite store."""

from pathlib import Path
from typing import Iterator

import pytest

from bot.adapters.wordings import DomainWordings
from bot.core import records as r
from bot.core.definitions import Definitions
from bot.core.ports import Ports, Store
from bot.definitions.loader import SHIPPED, load
from bot.definitions.stored import StoredDefinitions, activate
from bot.store.database import migrate, open_engine
from bot.store.sql_store import SqlStore
from tests.fakes import Clock, FakeOrderSystem
from tests.servers import assistant  # noqa: F401  (a fixture for every room)

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def definitions() -> Definitions:
    """The shipped definitions."""
    return load(SHIPPED)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def orders() -> FakeOrderSystem:
    return FakeOrderSystem(
        r.Order("HS100241", "C1001", 1280.0, "CNY", ("Oak side table",), "4821"),
        r.Order("HS100999", "C9999", 300.0, "CNY", ("Lamp",), "7777"),
    )


@pytest.fixture
def ports(tmp_path: Path, clock: Clock, orders: FakeOrderSystem) -> Iterator[Ports]:
    """Core's ports: a migrated SQLite store with the shipped definitions, and fakes for what is outside."""
    engine = open_engine(f"sqlite:///{tmp_path / 'store.sqlite'}")
    migrate(engine)
    store: Store = SqlStore(engine)
    activate(store, SHIPPED, clock())
    made = Ports(store, StoredDefinitions(), DomainWordings(ROOT / "domain.yml"), orders, clock)
    yield made
    engine.dispose()
