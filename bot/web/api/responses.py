"""`GET /responses`: what customers answered."""

from typing import Any, Dict, Optional, Tuple

from fastapi import Depends

from bot.core.services import audit
from bot.web.api import filters
from bot.web.api.auth import keyed_router
from bot.web.api.outgoing import ResponsePage
from bot.web.context import Web, web_of

router = keyed_router("responses")


@router.get("/responses", response_model=ResponsePage, response_model_exclude_unset=True)
def responses(
    conversation: Optional[str] = filters.text("Only of this conversation"),
    customer: Optional[str] = filters.text("Only of this customer", "C1001"),
    touchpoint: Optional[str] = filters.text("Only after this touchpoint", "delivery"),
    since: Optional[str] = filters.time("Begun at this time or later"),
    until: Optional[str] = filters.time("Begun before this time"),
    cursor: Optional[str] = filters.cursor(),
    limit: int = filters.limit(),
    web: Web = Depends(web_of),
) -> Dict[str, Any]:
    """Responses, those begun last first. Customers' words are masked."""
    start, end = filters.moment("since", since), filters.moment("until", until)
    filters.in_order(start, end, "until")
    found = web.wiring.queries.responses(
        conversation=conversation,
        customer=customer,
        touchpoint=touchpoint,
        since=start,
        until=end,
        cursor=cursor,
        limit=limit,
    )
    if found["items"]:  # the id of somebody who was erased must not come back by being asked for
        audit.seen(web.wiring.ports, audit.API, *_subject(conversation, customer))
    return found


def _subject(conversation: Optional[str], customer: Optional[str]) -> Tuple[str, str]:
    if customer is not None:
        return "customer", customer
    return ("conversation", conversation) if conversation is not None else ("responses", "all")
