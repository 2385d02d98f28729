"""Notices that have not arrived: seen, and sent again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Optional

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from bot.core import records as r
from bot.core.masking import mask
from bot.core.roles import require
from bot.core.services import outbox
from bot.web import forms
from bot.web.console import story
from bot.web.console.page import show
from bot.web.console.session import user_of
from bot.web.context import Web, web_of

PATH = "/console/notices"
router = APIRouter(prefix="/notices")


def reader_of(user: r.User = Depends(user_of)) -> r.User:
    """The signed-in user, if they may see notices. Raises Forbidden for others."""
    require(user, "see_notices")
    return user


@dataclass(frozen=True)
class Row:
    """put_at: when it was put; None for one that does not say."""

    item: r.OutboxItem
    title: str
    text: str
    team: str
    language: Optional[str]
    put_at: Optional[datetime]
    case_path: Optional[str]
    again_by: Optional[str]


@router.get("")
def notices(request: Request, user: r.User = Depends(reader_of), web: Web = Depends(web_of)) -> Response:
    """Dead ones first, then those that wait."""
    rows = [_row(item) for item in web.wiring.queries.unsent()]
    dead = [row for row in rows if row.item.status == "dead"]
    waiting = [row for row in rows if row.item.status != "dead"]
    return show(request, web, "console/notices.html", user, lists={"dead": dead, "waiting": waiting})


@router.post("/{item_id}/again", dependencies=[Depends(forms.own_form)])
def again(item_id: str, user: r.User = Depends(reader_of), web: Web = Depends(web_of)) -> Response:
    """Has it sent again; one that is not dead stays as it is, so that a second click does nothing."""
    outbox.send_again(web.wiring.ports, item_id, user.name)
    return RedirectResponse(PATH, 303)


def _row(item: r.OutboxItem) -> Row:
    payload = item.payload
    at, case_id = payload.get("at"), payload.get("case_id")
    return Row(
        item=item,
        title=mask(str(payload.get("title", item.kind))),
        text=mask(str(payload.get("body", ""))),
        team=str(payload.get("team", "")),
        language=payload.get("language"),
        put_at=datetime.fromisoformat(at) if at else None,
        case_path=story.path(str(case_id)) if case_id else None,
        again_by=(payload.get("sent_again") or {}).get("by"),
    )
