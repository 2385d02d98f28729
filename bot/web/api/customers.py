"""`DELETE /customers/{id}`: a person asks to be forgotten."""

from fastapi import Depends, Path
from pydantic import BaseModel, Field

from bot.core.services import audit
from bot.web.api.auth import keyed_router
from bot.web.api.outgoing import ErrorBody
from bot.web.context import Web, web_of

router = keyed_router("customers")


class ErasedOut(BaseModel):
    erased: str = Field(..., description="The id that was asked for; it is known no more")
    conversations: int = Field(..., description="In how many conversations something was erased")


# A path: the business's own ids may hold a slash.
@router.delete(
    "/customers/{id:path}",
    response_model=ErasedOut,
    responses={404: {"model": ErrorBody, "description": "There is no such customer, or no longer"}},
)
def erase(id: str = Path(..., max_length=128), web: Web = Depends(web_of)) -> ErasedOut:
    """Erases the person: name, addresses, orders and every word. Scores and tags stay, and belong to nobody."""
    return ErasedOut(erased=id, conversations=len(web.wiring.erase(id, audit.API).conversations))
