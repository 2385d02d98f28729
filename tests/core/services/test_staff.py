"""Who signs in, and that somebody can always manage them."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.core import records as r
from bot.core.errors import Forbidden, InvalidInput, NotFound
from bot.core.services import staff
from tests.core.services.staff import hire


@pytest.fixture
def admin(ports):
    hire(ports, "ada", "admin")
    with ports.store.read() as tx:
        return tx.user("ada")


def names(ports):
    with ports.store.read() as tx:
        return {user.name: (user.role, user.team) for user in tx.users()}


def test_somebody_is_added_changed_and_given_a_new_password(ports, admin):
    added = staff.add(ports, admin, " 小 林 ", "agent", "logistics", "hash 1")
    assert names(ports)["小 林"] == ("agent", "logistics")
    staff.change(ports, admin, added.id, "lead", None)
    assert names(ports)["小 林"] == ("lead", None)
    assert staff.renew_password(ports, admin, added.id, "hash 2").password_hash == "hash 2"


@pytest.mark.parametrize("role", ["agent", "lead", "manager"])
def test_only_an_administrator(ports, admin, role):
    other = r.User("1", "x", "h", role)
    for act in (
        lambda: staff.add(ports, other, "y", "agent", None, "h"),
        lambda: staff.change(ports, other, admin.id, "agent", None),
        lambda: staff.renew_password(ports, other, admin.id, "h"),
    ):
        with pytest.raises(Forbidden):
            act()


@pytest.mark.parametrize(
    ("name", "role", "team", "field"),
    [
        ("", "agent", None, "name"),
        ("a\nb", "agent", None, "name"),
        ("x" * 65, "agent", None, "name"),
        ("ada", "agent", None, "name"),
        ("lin", "king", None, "role"),
        ("lin", "agent", "no team", "team"),
    ],
)
def test_what_cannot_be_is_refused(ports, admin, name, role, team, field):
    with pytest.raises(InvalidInput) as refused:
        staff.add(ports, admin, name, role, team, "h")
    assert refused.value.field == field and set(names(ports)) == {"ada"}


def test_the_last_administrator_keeps_the_role(ports, admin):
    with pytest.raises(staff.LastAdmin):
        staff.change(ports, admin, admin.id, "manager", None)
    assert names(ports)["ada"][0] == "admin"
    with pytest.raises(NotFound):
        staff.change(ports, admin, "none", "agent", None)


def test_of_two_administrators_who_step_down_at_once_one_stays(ports, admin):
    other = staff.add(ports, admin, "bea", "admin", None, "h")

    def step_down(user):
        try:
            return staff.change(ports, user, user.id, "agent", None).role
        except staff.LastAdmin:
            return "admin"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(step_down, [admin, other])) == ["admin", "agent"]
