"""The start page of the demo: the ways in. And the stylesheet with the business's colour."""

import secrets
from datetime import datetime, timezone

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from bot.core.records import Customer, TouchpointEvent
from bot.core.services import touchpoints
from bot.core.types import LANGUAGES
from bot.web import demo, forms
from bot.web.api.metrics import active
from bot.web.console.names import Names
from bot.web.context import Web, web_of
from bot.web.pages import language_of

router = APIRouter(include_in_schema=False)

LOCALES = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "en": "en"}


@router.get("/brand.css")
def brand(web: Web = Depends(web_of)) -> Response:
    """Served, not inlined: the pages allow no inline styles."""
    return Response(web.brand.css(), media_type="text/css", headers={"Cache-Control": "max-age=300"})


@router.get("/")
def start(request: Request, web: Web = Depends(web_of)) -> Response:
    """Leave feedback, try an invited chat, or work in the console."""
    language = language_of(request)
    return forms.render(
        request,
        web,
        "start.html",
        language,
        here="/",
        names=Names(active(web), language),
        orders=demo.orders(web.wiring.settings.orders_url),
    )


@router.post("/demo/invitation", dependencies=[Depends(forms.own_form)])
def invite(
    touchpoint: str = Form("", max_length=64),
    order: str = Form("", max_length=64),
    language: str = Form("en", max_length=16),
    web: Web = Depends(web_of),
) -> RedirectResponse:
    """Something has happened to a demo customer; leads into the chat this customer would be sent."""
    known = {found.order_id: found for found in demo.orders(web.wiring.settings.orders_url)}
    bought = known.get(order)
    locale = LOCALES[language if language in LANGUAGES else "en"]
    customer = Customer(bought.customer_id if bought else f"demo-{secrets.token_hex(3)}", locale=locale)
    event = TouchpointEvent(
        id=f"demo-{secrets.token_hex(8)}",
        touchpoint=touchpoint,
        occurred_at=datetime.now(timezone.utc),
        customer_id=customer.id,
        order_id=bought.order_id if bought else None,
    )
    registered = touchpoints.register(web.wiring.ports, event, customer, None)
    return RedirectResponse(web.signing.chat_path(registered.conversation_id), 303)
