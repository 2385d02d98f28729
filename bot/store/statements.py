"""Statements that are the same text on both databases, made once.

SQLAlchemy 1.4 compiles the dialects' own INSERT … ON CONFLICT anew each time; as text with typed parameters it is
compiled once, and SQLite (from 3.24 on) and PostgreSQL understand the same words.
"""

from typing import Any, Collection, Dict, Sequence

from sqlalchemy import Table, bindparam, text
from sqlalchemy.sql.elements import TextClause


def insert(table: Table, on_conflict: str = "", without: Collection[str] = ("seq",)) -> TextClause:
    """INSERT of a row of `table`, without the numbers that the database gives itself."""
    columns = [column for column in table.c if column.name not in without]
    names = ", ".join(f'"{column.name}"' for column in columns)
    values = ", ".join(f":{column.name}" for column in columns)
    statement = text(f"INSERT INTO {table.name} ({names}) VALUES ({values}) {on_conflict}")
    return statement.bindparams(*(bindparam(column.name, type_=column.type) for column in columns))


def insert_new(table: Table, returning: str = "") -> TextClause:
    """INSERT that changes nothing where a row with one of its unique keys is there."""
    return insert(table, "ON CONFLICT DO NOTHING" + (f" RETURNING {returning}" if returning else ""))


def upsert(table: Table, key: Sequence[str], keep_known: bool = False) -> TextClause:
    """INSERT, or overwrite the row with the same `key`. With `keep_known`, NULL overwrites nothing."""
    changed = [column.name for column in table.c if column.name not in (*key, "seq")]
    new = "coalesce(excluded.{0}, {1}.{0})" if keep_known else "excluded.{0}"
    changes = ", ".join(f'"{name}" = ' + new.format(f'"{name}"', table.name) for name in changed)
    return insert(table, f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes}")


def row(record: Any) -> Dict[str, Any]:
    """The fields of a flat record, named as its columns are."""
    return dict(vars(record))
