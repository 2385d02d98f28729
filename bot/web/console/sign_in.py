"""Who may sign in: five wrong tries lock a user for a quarter of an hour."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Optional

from bot.core.ports import Store
from bot.core.records import User
from bot.web.console import passwords

TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
LONGEST = 200


def sign_in(store: Store, name: str, password: str, now: datetime) -> Optional[User]:
    """The user, or None. Unknown, wrong and locked take the same time and give the same answer."""
    user = _count_try(store, name[:LONGEST], now)
    right = passwords.fits(password[:LONGEST], user.password_hash if user else passwords.nobodys_hash())
    if user is None or not right:
        return None
    with store.begin() as tx:
        tx.save_user(replace(user, failed_attempts=0, locked_until=None))
    return user


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
