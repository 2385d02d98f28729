"""Passwords, by Argon2id."""

import hashlib
import threading
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

# One check takes 64 MiB: more than these at once would let anybody fill the memory.
_AT_ONCE = threading.BoundedSemaphore(4)
_HASHER = PasswordHasher()


def hashed(password: str) -> str:
    return _HASHER.hash(password)


def fits(password: str, password_hash: str) -> bool:
    """Whether it is the password. Takes as long for a wrong one as for the right one."""
    with _AT_ONCE:
        try:
            return _HASHER.verify(password_hash, password.encode("utf-8", "replace"))
        except (Argon2Error, InvalidHashError):
            return False


@lru_cache(maxsize=1)
def nobodys_hash() -> str:
    """A hash to check against where there is no such user, so that the answer takes as long."""
    return hashed("nobody's")


def mark(password_hash: str) -> str:
    """Goes into the session: a changed password ends it."""
    return hashlib.sha256(password_hash.encode()).hexdigest()[:16]
