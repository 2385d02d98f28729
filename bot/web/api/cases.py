"""`GET /cases`, `GET /cases/{id}`: complaints and where they stand."""

from typing import Any, Dict, Optional

from fastapi import Depends, Path

from bot.core.errors import NotFound
from bot.core.services import audit
from bot.core.types import LANGUAGES, SEVERITIES
from bot.web.api import filters
from bot.web.api.auth import keyed_router
from bot.web.api.outgoing import CasePage, CaseStory, ErrorBody
from bot.web.context import Web, web_of

router = keyed_router("cases")
LANGUAGES_OR_OTHER = (*LANGUAGES, "other")


@router.get("/cases", response_model=CasePage, response_model_exclude_unset=True)
def cases(
    conversation: Optional[str] = filters.text("Only of this conversation"),
    status: Optional[str] = filters.text("One of " + ", ".join(filters.CASE_STATUSES), "escalated"),
    severity: Optional[str] = filters.text("One of " + ", ".join(SEVERITIES), "high"),
    team: Optional[str] = filters.text("Only of this team", "logistics"),
    assignee: Optional[str] = filters.text("Only of this person", "lin"),
    language: Optional[str] = filters.text("Language of the conversation: one of " + ", ".join(LANGUAGES_OR_OTHER)),
    channel: Optional[str] = filters.text("Only from this channel", "web"),
    segment: Optional[str] = filters.text("Only of customers of this segment"),
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
        assignee=assignee,
        language=filters.one_of("language", language, LANGUAGES_OR_OTHER),
        channel=channel,
        segment=segment,
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
