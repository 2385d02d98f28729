"""The versions of the definitions, and who may sign in."""

from datetime import datetime
from typing import Any, List, Mapping, Optional, Tuple

from sqlalchemy import bindparam, func, select, text

from bot.core import records as r
from bot.store.statements import insert, row, upsert
from bot.store.tables import definition_versions, users
from bot.store.transaction_base import TransactionBase

# 64 bits of a hash: two keys that share them wait for each other in vain, and that is all.
_EXCLUSIVE = text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")
_ACTIVE = select(definition_versions).order_by(definition_versions.c.version.desc()).limit(1)
_ACTIVE_VERSION = select(func.max(definition_versions.c.version))
_ADD_DEFINITIONS = insert(definition_versions)
_USER = select(users).where(users.c.name == bindparam("key"))
_USERS = select(users).order_by(users.c.name)
_USERS_LOCKED = _USERS.with_for_update()
_SAVE_USER = upsert(users, ["id"])


class RestPart(TransactionBase):
    """Implements the rest of `Transaction`."""

    def exclusive(self, key: str) -> None:
        if self._postgresql:  # SQLite has one writer anyway
            self._connection.execute(_EXCLUSIVE, {"key": key})

    def active_definitions(self) -> Optional[Tuple[int, str, Mapping[str, Any]]]:
        found = self._one(_ACTIVE)
        return (found.version, found.digest, found.content) if found else None

    def active_definitions_version(self) -> int:
        return self._connection.execute(_ACTIVE_VERSION).scalar() or 0

    def add_definitions(self, digest: str, content: Mapping[str, Any], now: datetime) -> int:
        version = self.active_definitions_version() + 1
        values = {"version": version, "digest": digest, "content": dict(content), "created_at": now}
        self._do(_ADD_DEFINITIONS, values)
        return version

    def user(self, name: str) -> Optional[r.User]:
        found = self._one(_USER, {"key": name})
        return r.User(**found._mapping) if found else None

    def users(self) -> List[r.User]:
        return [r.User(**found._mapping) for found in self._all(self._lockable(_USERS, _USERS_LOCKED))]

    def save_user(self, user: r.User) -> None:
        self._do(_SAVE_USER, row(user))
