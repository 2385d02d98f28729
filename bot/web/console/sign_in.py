"""Who may sign in: five wrong tries lock a user for a quarter of an hour."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Optional

from bot.core.ports import Store
from bot.core.records import User
from bot.core.services import audit
from bot.web.console import passwords

TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
LONGEST = 200
UNKNOWN = "-"


def sign_in(store: Store, name: str, password: str, now: datetime) -> Optional[User]:
    """The user, or None. Unknown, wrong and locked take the same time and give the same answer."""
    user = _count_try(store, name[:LONGEST], now)
    right = passwords.fits(password[:LONGEST], user.password_hash if user else passwords.nobodys_hash())
    if user is None or not right:
        _note_failure(store, name[:LONGEST], now)
        return None
    with store.begin() as tx:
        tx.save_user(replace(user, failed_attempts=0, locked_until=None))
        audit.note(tx, user.name, "signed_in", "user", user.name, at=now)
    return user


def _note_failure(store: Store, name: str, now: datetime) -> None:
    """An unknown name is not kept: people type their password into the wrong field."""
    with store.begin() as tx:
        known = tx.user(name)
        subject = known.name if known else UNKNOWN
        audit.note(tx, subject, "sign_in_failed", "user", subject, at=now)
        if known and known.locked_until == now + LOCKED_FOR:  # by this very try
            audit.note(tx, subject, "locked_out", "user", subject, at=now)


def _count_try(store: Store, name: str, now: datetime) -> Optional[User]:
    """Counts the try as wrong before it is checked: a hundred at the same moment are a hundred tries."""
    with store.begin() as tx:
        user = tx.user(name)
        if user is None:
            return None
        if user.locked_until is not None:
            if user.locked_until > now:
                return None
            user = replace(user, failed_attempts=0, locked_until=None)
        tries = user.failed_attempts + 1
        tx.save_user(replace(user, failed_attempts=tries, locked_until=now + LOCKED_FOR if tries >= TRIES else None))
    return user
