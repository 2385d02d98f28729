"""Column types that mean the same on SQLite and PostgreSQL."""

from datetime import datetime, timezone
from typing import Any, Optional

from sqlalchemy import JSON, BigInteger, DateTime, Integer, Text
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator):
    """An aware datetime in, an aware datetime in UTC out.

    SQLite keeps it as text of one fixed width in UTC, so that text order is time order.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: Optional[datetime], dialect: Any) -> Optional[datetime]:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a datetime without time zone cannot be stored: {value!r}")
        return value.astimezone(timezone.utc)

    def process_result_value(self, value: Optional[datetime], dialect: Any) -> Optional[datetime]:
        if value is None:
            return None
        return value.astimezone(timezone.utc) if value.tzinfo else value.replace(tzinfo=timezone.utc)


class Words(TypeDecorator):
    """What a person wrote. NUL and lone surrogates, which no text column holds, are replaced: nothing may be lost."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Optional[str], dialect: Any) -> Optional[str]:
        if value is None or (value.isascii() and "\0" not in value):
            return value
        return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


SmallJson = JSON(none_as_null=True)
# Only a column of type INTEGER becomes SQLite's row id.
Serial = BigInteger().with_variant(Integer(), "sqlite")
