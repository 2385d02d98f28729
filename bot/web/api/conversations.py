"""`GET /conversations/{id}`: where a conversation stands."""

from typing import Any, Dict

from fastapi import Depends, Path, Query

from bot.core.errors import NotFound
from bot.core.services import audit
from bot.web.api.auth import keyed_router
from bot.web.api.outgoing import ConversationOut, ErrorBody
from bot.web.context import Web, web_of

router = keyed_router("conversations")


@router.get(
    "/conversations/{id}",
    response_model=ConversationOut,
    response_model_exclude_unset=True,
    responses={404: {"model": ErrorBody}},
)
def conversation(
    id: str = Path(..., max_length=128),
    after: int = Query(0, ge=0, lt=2**53, description="Only messages whose `seq` is greater"),
    web: Web = Depends(web_of),
) -> Dict[str, Any]:
    """Owner, language, the open question and the messages. Customers' words are masked."""
    found = web.wiring.queries.conversation_view(id, after=after)
    if found is None:
        raise NotFound("There is no such conversation.")
    audit.seen(web.wiring.ports, audit.API, "conversation", id)
    return found
