"""The first user of the console."""

import secrets
from dataclasses import replace
from datetime import datetime, timezone
from typing import Optional

from bot.core.ports import Store
from bot.core.records import User
from bot.core.services import audit
from bot.core.services.staff import with_role
from bot.web.console import passwords

# No letters that are mistaken for another when copied from a terminal.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def ensure_admin(store: Store) -> Optional[str]:
    """Creates the user `admin` if there is no user at all, and gives the password, which is kept nowhere else."""
    with store.read() as tx:
        if tx.users():
            return None
    password = new_password()
    user = User(id=secrets.token_hex(8), name="admin", password_hash=passwords.hashed(password), role="admin")
    with store.begin() as tx:
        if tx.users():  # another process was first
            return None
        tx.save_user(user)
        audit.note(tx, audit.SET_UP, "user_saved", "user", user.name, at=datetime.now(timezone.utc), role=user.role)
    return password


def set_password(store: Store, name: str, role: Optional[str] = None, actor: str = audit.TERMINAL) -> str:
    """Adds a user, or gives the one with this name a new password and lifts a lock-out; the password.

    role: an agent's for somebody new, by default the one they have. Raises LastAdmin.
    """
    password = new_password()
    hashed = passwords.hashed(password)  # a tenth of a second, in which nobody is to wait for the database
    with store.begin() as tx:
        found = tx.user(name) or User(id=secrets.token_hex(8), name=name, password_hash="", role="agent")
        found = with_role(tx, found, role or found.role)
        tx.save_user(replace(found, password_hash=hashed, failed_attempts=0, locked_until=None))
        audit.note(tx, actor, "user_saved", "user", name, at=datetime.now(timezone.utc), role=found.role)
    return password


def new_password() -> str:
    """75 random bits, in groups that can be read aloud."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(3))
