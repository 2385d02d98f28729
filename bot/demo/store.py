"""Orders and the remedies carried out for them, in one SQLite file."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

from .models import NewOrder, NewRemedy, Order, OrderError, OrderItem, Remedy

SEEDS = Path(__file__).with_name("orders.json")
SCHEMA = (
    """CREATE TABLE orders (
        order_id TEXT PRIMARY KEY, customer_id TEXT NOT NULL, items TEXT NOT NULL, amount INTEGER NOT NULL,
        currency TEXT NOT NULL, delivered_at TEXT, phone_last4 TEXT, created_at TEXT NOT NULL)""",
    "CREATE INDEX orders_of_customer ON orders (customer_id)",
    """CREATE TABLE remedies (
        idempotency_key TEXT PRIMARY KEY, order_id TEXT NOT NULL REFERENCES orders, kind TEXT NOT NULL,
        amount INTEGER, currency TEXT, created_at TEXT NOT NULL)""",
    "CREATE INDEX remedies_of_order ON remedies (order_id)",
)
INSERT_ORDER = "INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
INSERT_REMEDY = "INSERT INTO remedies VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
REFUNDED = "SELECT COALESCE(SUM(amount), 0) FROM remedies WHERE order_id = ? AND kind IN ('refund', 'partial_refund')"


class OrderStore:
    """Blocking; call it from a thread. Every call has its own connection."""

    def __init__(self, path: Path):
        self._path = Path(path)

    def prepare(self) -> None:
        """Makes the tables and the example orders, at the first start only."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._writing() as db:
            if db.execute("PRAGMA user_version").fetchone()[0]:
                return
            for statement in SCHEMA:
                db.execute(statement)
            db.executemany(INSERT_ORDER, [_order_row(order) for order in seed_orders(_now().replace(microsecond=0))])
            db.execute("PRAGMA user_version = 1")

    def add_order(self, new: NewOrder) -> tuple[Order, bool]:
        """The order, and whether it is new. The same id with another body is a conflict."""
        with self._writing() as db:
            row = _order_row(new)
            while not db.execute(INSERT_ORDER, row).rowcount:
                if new.order_id:
                    return self._same_order(db, row), False
                row = _order_row(new)  # the number drawn was taken: draw again
            return _order(row), True

    def order(self, order_id: str) -> Order:
        with self._connection() as db:
            return _order(_find(db, order_id))

    def orders(self, customer_id: str | None) -> list[Order]:
        """Last delivered first; all orders if no customer is named."""
        query = "SELECT * FROM orders WHERE ?1 IS NULL OR customer_id = ?1 ORDER BY delivered_at DESC, order_id"
        with self._connection() as db:
            return [_order(row) for row in db.execute(query, (customer_id,))]

    def carry_out(self, order_id: str, key: str, new: NewRemedy) -> tuple[Remedy, bool]:
        """The remedy, and whether it had been carried out before under this key."""
        with self._writing() as db:
            order = _order(_find(db, order_id))
            amount = order.amount if new.kind == "refund" and new.amount is None else new.amount
            currency = None if amount is None else order.currency
            row = (key, order_id, new.kind, _cents(amount), currency, _now().isoformat())
            if not db.execute(INSERT_REMEDY, row).rowcount:
                return self._same_remedy(db, row), True
            # Checked after the insert, so that it counts this one too; the error rolls it back.
            if db.execute(REFUNDED, (order_id,)).fetchone()[0] > _cents(order.amount):
                raise OrderError(422, "refund_exceeds_order", "Refunds may not exceed the order's amount.", "amount")
            return _remedy(row), False

    def remedies(self, order_id: str) -> list[Remedy]:
        query = "SELECT * FROM remedies WHERE order_id = ? ORDER BY rowid"
        with self._connection() as db:
            _find(db, order_id)
            return [_remedy(row) for row in db.execute(query, (order_id,))]

    def _same_order(self, db: sqlite3.Connection, row: tuple) -> Order:
        first = _find(db, row[0])
        if first[:-1] != row[:-1]:
            raise OrderError(409, "order_exists", "This order_id has another order.", "order_id")
        return _order(first)

    def _same_remedy(self, db: sqlite3.Connection, row: tuple) -> Remedy:
        first = db.execute("SELECT * FROM remedies WHERE idempotency_key = ?", row[:1]).fetchone()
        if first[:-1] != row[:-1]:
            raise OrderError(409, "key_reused", "This key stands for another remedy.", "Idempotency-Key")
        return _remedy(first)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        db = sqlite3.connect(self._path, timeout=30, isolation_level=None)
        try:
            yield db
        finally:
            db.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction at a time; whatever raises is undone, because close rolls back."""
        with self._connection() as db:
            db.execute("BEGIN IMMEDIATE")
            yield db
            db.execute("COMMIT")


def seed_orders(now: datetime) -> list[NewOrder]:
    """The example orders, delivered so many days before now."""
    seeds = json.loads(SEEDS.read_text(encoding="utf-8"))
    return [NewOrder(**seed, delivered_at=now - timedelta(days=seed["delivered_days_ago"])) for seed in seeds]


def _find(db: sqlite3.Connection, order_id: str) -> tuple:
    row = db.execute("SELECT * FROM orders WHERE order_id = ?", (order_id,)).fetchone()
    if row is None:
        raise OrderError(404, "order_not_found", "There is no such order.", "order_id")
    return row


def _order_row(new: NewOrder) -> tuple:
    order_id = new.order_id or f"HS{secrets.randbelow(900_000) + 100_000}"
    items = json.dumps([[item.name, _cents(item.price)] for item in new.items], ensure_ascii=False)
    delivered = new.delivered_at and new.delivered_at.isoformat()
    amount, created = _cents(new.amount), _now().isoformat()
    return order_id, new.customer_id, items, amount, new.currency, delivered, new.phone_last4, created


def _order(row: tuple) -> Order:
    order_id, customer_id, items, amount, currency, delivered, phone_last4, created = row
    goods = [OrderItem(name, _money(price)) for name, price in json.loads(items)]
    delivered_at, created_at = delivered and datetime.fromisoformat(delivered), datetime.fromisoformat(created)
    return Order(order_id, customer_id, goods, _money(amount), currency, delivered_at, phone_last4, created_at)


def _remedy(row: tuple) -> Remedy:
    key, _, kind, amount, currency, created = row
    return Remedy(key, kind, amount and _money(amount), currency, datetime.fromisoformat(created))


def _cents(amount: Decimal | None) -> int | None:
    return None if amount is None else int(amount * 100)


def _money(cents: int) -> Decimal:
    return Decimal(cents) / 100


def _now() -> datetime:
    return datetime.now(timezone.utc)
