"""Who may do what: each role may do all that the ones before it may."""

from typing import Mapping

from bot.core.errors import Forbidden
from bot.core.records import User

ROLES = ("agent", "lead", "manager", "admin")
# The lowest role of each act. What stands in no line here, everybody who signs in may do.
LOWEST: Mapping[str, str] = {
    "assign": "lead",
    "hand_over_any": "lead",
    "correct_any": "lead",
    "merge": "lead",
    "decide_remedy": "lead",
    "see_notices": "lead",
    "read_overview": "manager",
    "read_audit": "manager",
    "manage_users": "admin",
}


def rank(role: str) -> int:
    """The place of a role; one that is not known has the lowest."""
    return ROLES.index(role) if role in ROLES else 0


def may(role: str, act: str) -> bool:
    """Whether a role is high enough for an act."""
    return rank(role) >= rank(LOWEST.get(act, ROLES[0]))


def require(user: User, act: str) -> None:
    """Raises Forbidden when the user's role is too low for the act."""
    if not may(user.role, act):
        raise Forbidden(f"{user.name} is {user.role}; this needs {LOWEST[act]}")
