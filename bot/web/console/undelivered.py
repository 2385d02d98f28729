"""Who looks after notices that did not arrive, and how many there are."""

from typing import Optional

from bot.core.records import User
from bot.web.context import Web

ROLES = ("lead", "manager", "admin")


def may_see(user: User) -> bool:
    """Whether notices that did not arrive are this user's to look after."""
    return user.role in ROLES


def count_for(web: Web, user: User) -> Optional[int]:
    """How many there are for this user; None if they are not theirs to look after."""
    return web.wiring.queries.dead_notices() if may_see(user) else None
