"""How many notices did not arrive, for those who look after them."""

from typing import Optional

from bot.core.records import User
from bot.core.roles import may
from bot.web.context import Web


def count_for(web: Web, user: User) -> Optional[int]:
    """How many there are for this user; None if they are not theirs to look after."""
    return web.wiring.queries.dead_notices() if may(user.role, "see_notices") else None
