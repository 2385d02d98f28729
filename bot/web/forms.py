"""Forms that only we may have shown: a nonce in a cookie, and the same nonce signed in the form (CSRF)."""

from typing import Any

from fastapi import Depends, Form, Request
from fastapi.responses import HTMLResponse

from bot.web import signing
from bot.web.context import Web, web_of
from bot.web.errors import ErrorStatus

VISITOR_COOKIE = "afterword_visitor"


def own_form(request: Request, form_token: str = Form(""), web: Web = Depends(web_of)) -> None:
    """A dependency of every route that takes a form. Refuses with 403 one that we did not show to this visitor."""
    if not web.signing.form_token_fits(form_token, request.cookies.get(VISITOR_COOKIE)):
        raise ErrorStatus(403, "This form was not shown by us, or it is too old.")


def render(request: Request, web: Web, template: str, language: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page with forms: in it `form_token` is to be a hidden field of each."""
    visitor = request.cookies.get(VISITOR_COOKIE) or signing.new_visitor()
    page = web.pages.render(template, language, status, form_token=web.signing.form_token(visitor), **values)
    if VISITOR_COOKIE not in request.cookies:
        set_cookie(request, page, VISITOR_COOKIE, visitor)
    return page


def set_cookie(request: Request, answer: Any, name: str, value: str, seconds: int = 0) -> None:
    """HttpOnly and SameSite=Lax; Secure wherever the page itself came by https."""
    answer.set_cookie(
        name, value, max_age=seconds or None, httponly=True, samesite="lax", secure=request.url.scheme == "https"
    )
