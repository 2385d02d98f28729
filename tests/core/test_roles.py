"""Who may do what."""

import pytest

from bot.core.errors import Forbidden
from bot.core.records import User
from bot.core.roles import LOWEST, ROLES, may, require


def test_each_role_may_do_all_that_those_before_it_may():
    for act in LOWEST:
        allowed = [may(role, act) for role in ROLES]
        assert allowed == sorted(allowed) and allowed[-1], act


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("agent", set()),
        ("lead", {"assign", "hand_over_any", "correct_any", "merge", "decide_remedy", "see_notices"}),
        ("manager", set(LOWEST) - {"manage_users"}),
        ("admin", set(LOWEST)),
        ("something of the future", set()),
    ],
)
def test_what_a_role_may_do(role, allowed):
    assert {act for act in LOWEST if may(role, act)} == allowed
    assert may(role, "reply"), "work on cases is everybody's"


def test_too_low_a_role_is_refused_by_name():
    require(User("1", "mei", "x", "lead"), "merge")
    with pytest.raises(Forbidden, match="lin is agent"):
        require(User("2", "lin", "x", "agent"), "merge")
