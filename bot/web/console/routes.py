"""The pages of the console."""

from datetime import datetime, timezone

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from bot.core.records import User
from bot.core.roles import require
from bot.core.types import LANGUAGES
from bot.web import forms
from bot.web.console import acts, audit_log, events, notices, overview, pictures, queue, sign_in, users
from bot.web.console.page import show, show_case
from bot.web.console.passwords import mark
from bot.web.console.presence import LIVE_HEADER
from bot.web.console.session import SESSION_COOKIE, SIGN_IN, safe_next, signed_in, user_of
from bot.web.context import Web, web_of
from bot.web.pages import LANGUAGE_COOKIE, language_of
from bot.web.signing import SESSION_SECONDS

router = APIRouter(prefix="/console", include_in_schema=False)
router.include_router(events.router)
router.include_router(acts.router)
router.include_router(users.router)
router.include_router(pictures.router)
router.include_router(notices.router)
router.include_router(audit_log.router)
YEAR = 365 * 24 * 3600


@router.get("")
def cases(request: Request, user: User = Depends(user_of), web: Web = Depends(web_of)) -> Response:
    """The queue, the most urgent on top; filters are in the address."""
    chosen = queue.Filters.of(request.query_params)
    return show(request, web, "console/queue.html", user, filters=chosen, page=queue.page(web, chosen, user))


@router.get("/cases/{case_id}")
def case(case_id: str, request: Request, user: User = Depends(user_of), web: Web = Depends(web_of)) -> Response:
    """The whole story of a case; whoever opens it is seen to look at it, also without JavaScript."""
    if LIVE_HEADER not in request.headers:
        web.presence.see(case_id, user.name)
    return show_case(request, web, user, case_id)


@router.get("/overview")
def scores(request: Request, user: User = Depends(user_of), web: Web = Depends(web_of)) -> Response:
    """How it went at each touchpoint, for managers."""
    require(user, "read_overview")
    return show(request, web, "console/overview.html", user, stages=overview.stages(web, language_of(request)))


@router.get("/language")
def language(request: Request, to: str = Query(""), next: str = Query("/console")) -> Response:
    """Keeps the language of the interface and goes back to the page."""
    answer = RedirectResponse(safe_next(next), 303)
    if to in LANGUAGES:
        forms.set_cookie(request, answer, LANGUAGE_COOKIE, to, YEAR)
    return answer


@router.get("/sign-in")
def ask(request: Request, next: str = Query("/console"), web: Web = Depends(web_of)) -> Response:
    """The form to sign in."""
    if signed_in(request, web):
        return RedirectResponse(safe_next(next), 303)
    return _sign_in_page(request, web, next)


@router.post("/sign-in", dependencies=[Depends(forms.own_form)])
def enter(
    request: Request,
    name: str = Form(""),
    password: str = Form(""),
    next: str = Form("/console"),
    web: Web = Depends(web_of),
) -> Response:
    """Signs in; the answer to an unknown name, a wrong password and a locked name is the same."""
    user = sign_in.sign_in(web.wiring.store, name.replace("\x00", ""), password, datetime.now(timezone.utc))
    if user is None:
        return _sign_in_page(request, web, next, 401, wrong=True, name=name)
    answer = RedirectResponse(safe_next(next), 303)
    session = web.signing.session(user.name, mark(user.password_hash))
    forms.set_cookie(request, answer, SESSION_COOKIE, session, SESSION_SECONDS)
    return answer


@router.post("/sign-out", dependencies=[Depends(forms.own_form)])
def leave(request: Request) -> Response:
    answer = RedirectResponse(SIGN_IN, 303)
    answer.delete_cookie(SESSION_COOKIE, httponly=True, samesite="lax")
    return answer


def _sign_in_page(
    request: Request, web: Web, next: str, status: int = 200, wrong: bool = False, name: str = ""
) -> Response:
    return forms.render(
        request,
        web,
        "console/sign_in.html",
        language_of(request),
        status,
        wrong=wrong,
        name=name,
        next=safe_next(next),
        here=SIGN_IN,
        first_time=name in ("", "admin"),
    )
