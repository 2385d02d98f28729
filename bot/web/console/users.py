"""The page of those who sign in here: administrators add people and give them role, team and password."""

from typing import Callable, Optional, Tuple

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from bot.core.errors import Conflict, InvalidInput, NotFound
from bot.core.records import User
from bot.core.roles import ROLES, require
from bot.core.services import staff
from bot.web import forms
from bot.web.console import passwords
from bot.web.console.first_admin import new_password
from bot.web.console.page import show
from bot.web.console.session import user_of
from bot.web.context import Web, web_of
from bot.web.pages import language_of

router = APIRouter(prefix="/users")
OWN = [Depends(forms.own_form)]
PATH = "/console/users"


class Office:
    """The signed-in administrator. Raises Forbidden for everybody else, before anything is looked at."""

    def __init__(self, request: Request, user: User = Depends(user_of), web: Web = Depends(web_of)) -> None:
        require(user, "manage_users")
        self.request, self.user, self.web, self.ports = request, user, web, web.wiring.ports

    def do(self, act: Callable[[], Tuple[str, User, Optional[str]]], **typed: str) -> Response:
        """Does it and shows the page: what was done and for whom, with a new password; or why not, with what was typed.

        No redirect: a password is kept nowhere, and shown in the one answer.
        """
        try:
            done, changed, password = act()
        except (InvalidInput, NotFound, Conflict) as error:
            return self.page(422 if isinstance(error, InvalidInput) else 409, why=_why(error), typed=typed)
        return self.page(done=done, changed=changed, password=password)

    def page(
        self,
        status: int = 200,
        why: Optional[str] = None,
        typed: Optional[dict] = None,
        done: Optional[str] = None,
        changed: Optional[User] = None,
        password: Optional[str] = None,
    ) -> Response:
        with self.web.wiring.store.read() as tx:
            users = tx.users()
            teams = self.web.wiring.definitions.current(tx).service_levels.teams
        reader = language_of(self.request)
        return show(
            self.request, self.web, "console/users.html", self.user, status, here=PATH, users=users, roles=ROLES,
            teams={team.key: team.name.get(reader) for team in teams}, why=why, typed=typed or {}, done=done,
            changed=changed, password=password, name_limit=staff.NAME_LIMIT,
        )  # fmt: skip


@router.get("")
def people(office: Office = Depends()) -> Response:
    return office.page()


@router.post("", dependencies=OWN)
def add(office: Office = Depends(), name: str = Form(""), role: str = Form(""), team: str = Form("")) -> Response:
    def act() -> Tuple[str, User, Optional[str]]:
        password = new_password()
        hashed = passwords.hashed(password)
        return "added", staff.add(office.ports, office.user, name, role, team, hashed), password

    return office.do(act, name=name, role=role, team=team)


@router.post("/{user_id}/change", dependencies=OWN)
def change(user_id: str, office: Office = Depends(), role: str = Form(""), team: str = Form("")) -> Response:
    return office.do(lambda: ("saved", staff.change(office.ports, office.user, user_id, role, team or None), None))


@router.post("/{user_id}/password", dependencies=OWN)
def renew(user_id: str, office: Office = Depends()) -> Response:
    def act() -> Tuple[str, User, Optional[str]]:
        password = new_password()
        changed = staff.renew_password(office.ports, office.user, user_id, passwords.hashed(password))
        return "renewed", changed, password

    return office.do(act)


def _why(error: Exception) -> str:
    """The key of the reason in the wording."""
    if isinstance(error, staff.LastAdmin):
        return "last_admin"
    if isinstance(error, staff.NameTaken):
        return "taken"
    if isinstance(error, InvalidInput):
        return error.field if error.field in ("name", "role", "team") else "changed"
    return "gone" if isinstance(error, NotFound) else "changed"
