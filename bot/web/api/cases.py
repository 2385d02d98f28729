"""`GET /cases`, `GET /cases/{id}`: complaints and where they stand."""

from typing import Any, Dict, Optional

from fastapi import Depends, Path

from bot.core.errors import NotFound
from bot.core.services import audit
from bot.core.types import SEVERITIES
from bot.web.api import filters
from bot.web.api.auth import keyed_router
from bot.web.api.outgoing import CasePage, CaseStory, ErrorBody
from bot.web.context import Web, web_of

router = keyed_router("cases")


@router.get("/cases", response_model=CasePage, response_model_exclude_unset=True)
def cases(
    conversation: Optional[str] = filters.text("Only of this conversation"),
    status: Optional[str] = filters.text("One of " + ", ".join(filters.CASE_STATUSES), "escalated"),
    severity: Optional[str] = filters.text("One of " + ", ".join(SEVERITIES), "high"),
    team: Optional[str] = filters.text("Only of this team", "logistics"),
    cursor: Optional[str] = filters.cursor(),
    limit: int = filters.limit(),
    web: Web = Depends(web_of),
) -> Dict[str, Any]:
    """Cases, the most urgent first. Customers' words are masked."""
    return web.wiring.queries.cases(
        conversation=conversation,
        status=filters.one_of("status", status, filters.CASE_STATUSES),
        severity=filters.one_of("severity", severity, SEVERITIES),
        team=team,
        cursor=cursor,
        limit=limit,
    )


@router.get(
    "/cases/{id}", response_model=CaseStory, response_model_exclude_unset=True, responses={404: {"model": ErrorBody}}
)
def case(id: str = Path(..., max_length=128), web: Web = Depends(web_of)) -> Dict[str, Any]:
    """One case, with its history and the transcript of its conversation."""
    found = web.wiring.queries.case(id)
    if found is None:
        raise NotFound("There is no such case.")
    audit.seen(web.wiring.ports, audit.API, "case", id)
    return found
