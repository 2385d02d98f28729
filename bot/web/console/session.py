"""Who is signed in."""

import hmac
from typing import Optional
from urllib.parse import quote

from fastapi import Depends, Request

from bot.core.records import User
from bot.web.console import passwords
from bot.web.context import Web, web_of
from bot.web.errors import ErrorStatus

SESSION_COOKIE = "afterword_session"
SIGN_IN = "/console/sign-in"


def user_of(request: Request, web: Web = Depends(web_of)) -> User:
    """The signed-in user; others are sent to sign in and come back afterwards."""
    user = signed_in(request, web)
    if user is None:
        asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        back = f"?next={quote(asked)}" if asked != "/console" and request.method == "GET" else ""
        raise ErrorStatus(303, "Please sign in.", headers={"Location": SIGN_IN + back})
    return user


def signed_in(request: Request, web: Web) -> Optional[User]:
    session = web.signing.session_of(request.cookies.get(SESSION_COOKIE, ""))
    if session is None:
        return None
    with web.wiring.store.read() as tx:
        user = tx.user(str(session.get("user")))
    if user is None or not hmac.compare_digest(passwords.mark(user.password_hash), str(session.get("mark"))):
        return None
    return user


def safe_next(address: str) -> str:
    """Where to go back to: the start page or a page of the console, never another site."""
    ours = address in ("/", "/console") or address.startswith(("/console/", "/console?"))
    clean = ours and not any(sign in address for sign in "\\\r\n") and "//" not in address
    return address if clean else "/console"
