"""Who signs in at the console: administrators add people, and give them their role and team."""

from dataclasses import replace
from typing import Optional

from bot.core import records as r
from bot.core.errors import InvalidInput, NotFound
from bot.core.ports import Ports, Transaction
from bot.core.roles import ROLES, require
from bot.core.services import audit
from bot.core.services.turn import new_id

NAME_LIMIT = 64


class NameTaken(InvalidInput):
    """Somebody has this name."""


class LastAdmin(InvalidInput):
    """Without them nobody could manage the people any more."""


def add(ports: Ports, admin: r.User, name: str, role: str, team: Optional[str], password_hash: str) -> r.User:
    """Adds somebody. Raises Forbidden, InvalidInput (NameTaken)."""
    require(admin, "manage_users")
    name = _name(name)
    with ports.store.begin() as tx:
        if any(user.name == name for user in tx.users()):
            raise NameTaken(f"there is a user {name!r} already", "name")
        user = r.User(new_id(), name, password_hash, _role(role), _team(ports, tx, team))
        _save(ports, tx, admin, user)
        return user


def change(ports: Ports, admin: r.User, user_id: str, role: str, team: Optional[str]) -> r.User:
    """Gives somebody a role and a team. Raises Forbidden, NotFound, InvalidInput (LastAdmin)."""
    require(admin, "manage_users")
    with ports.store.begin() as tx:
        user = _user(tx, user_id)
        team = user.team if team == user.team else _team(ports, tx, team)
        changed = with_role(tx, replace(user, team=team), _role(role))
        _save(ports, tx, admin, changed)
        return changed


def renew_password(ports: Ports, admin: r.User, user_id: str, password_hash: str) -> r.User:
    """A new password, which ends the sessions and lifts a lock-out. Raises Forbidden, NotFound."""
    require(admin, "manage_users")
    with ports.store.begin() as tx:
        user = replace(_user(tx, user_id), password_hash=password_hash, failed_attempts=0, locked_until=None)
        _save(ports, tx, admin, user)
        return user


def _save(ports: Ports, tx: Transaction, admin: r.User, user: r.User) -> None:
    tx.save_user(user)
    audit.note(tx, admin.name, "user_saved", "user", user.name, at=ports.clock(), role=user.role)


def with_role(tx: Transaction, user: r.User, role: str) -> r.User:
    """The user with this role. Raises LastAdmin rather than leave no administrator."""
    others = [other for other in tx.users() if other.role == "admin" and other.id != user.id]
    if user.role == "admin" and role != "admin" and not others:
        raise LastAdmin(f"{user.name} is the last administrator", "role")
    return replace(user, role=role)


def _user(tx: Transaction, user_id: str) -> r.User:
    user = next((one for one in tx.users() if one.id == user_id), None)
    if user is None:
        raise NotFound("there is no such user")
    return user


def _name(name: str) -> str:
    name = name.strip()
    if not 1 <= len(name) <= NAME_LIMIT or not name.isprintable():
        raise InvalidInput(f"a name has 1 to {NAME_LIMIT} characters that can be read", "name")
    return name


def _role(role: str) -> str:
    if role not in ROLES:
        raise InvalidInput(f"a role is one of {', '.join(ROLES)}", "role")
    return role


def _team(ports: Ports, tx: Transaction, team: Optional[str]) -> Optional[str]:
    known = [one.key for one in ports.definitions.current(tx).service_levels.teams]
    if team and team not in known:
        raise InvalidInput(f"{team!r} is no team", "team")
    return team or None
