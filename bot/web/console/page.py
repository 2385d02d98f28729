"""Pages of the console for one who is signed in, and the page of a case."""

from dataclasses import dataclass, field
from typing import Any, Mapping, Optional, Tuple
from uuid import uuid4

from fastapi import Request
from fastapi.responses import Response

from bot.core.errors import NotFound
from bot.core.records import User
from bot.core.services import agents, audit
from bot.web import forms
from bot.web.api.metrics import active
from bot.web.console import story
from bot.web.console.names import Names
from bot.web.context import Web
from bot.web.pages import language_of

# What can be done with a case, by how the reader stands to it; a note can always be kept.
ACTS: Mapping[str, Tuple[str, ...]] = {
    "free": ("claim",),
    "mine": ("reply", "release", "resolve"),
    "given_back": ("claim", "resolve"),
    "others": (),
    "closed": ("reopen",),
}


@dataclass(frozen=True)
class Failed:
    """An act that was not done: why, in words, and what was typed."""

    act: str
    words: str
    typed: Mapping[str, str] = field(default_factory=dict)


def show(
    request: Request, web: Web, template: str, user: User, status: int = 200, here: Optional[str] = None, **values: Any
) -> Response:
    """The page; `here` is where a change of language comes back to, if not to its address."""
    reader = language_of(request)
    here = here or request.url.path + (f"?{request.url.query}" if request.url.query else "")
    names = Names(active(web), reader)
    values = {"user": user, "here": here, "names": names, "sees_audit": sees_audit(user), **values}
    return forms.render(request, web, template, reader, status, **values)


def sees_audit(user: User) -> bool:
    """Who has to answer for what is done may read who did it."""
    return user.role in ("manager", "admin")


def show_case(
    request: Request, web: Web, user: User, case_id: str, status: int = 200, failed: Optional[Failed] = None
) -> Response:
    """The whole story of a case, with what the reader can do. Raises NotFound."""
    told = story.tell(web, case_id, user, language_of(request))
    if told is None:
        raise NotFound("There is no such case.")
    audit.seen(web.wiring.ports, user.name, "case", case_id, masked=told.masked)
    stand = stand_of(told, user)
    return show(
        request,
        web,
        "console/case.html",
        user,
        status,
        here=story.path(case_id),
        story=told,
        stand=stand,
        acts=(*ACTS[stand], "note"),
        failed=failed,
        reply_id=uuid4().hex,
        root_causes=agents.ROOT_CAUSES,
        limit=agents.TEXT_LIMIT,
    )


def stand_of(told: story.Story, user: User) -> str:
    """How the reader stands to the case: free, mine, given_back (mine, but the assistant answers), others or closed."""
    if told.case.status not in agents.OPEN:
        return "closed"
    if told.case.assignee is None:
        return "free"
    if told.case.assignee != user.name:
        return "others"
    return "mine" if told.conversation.owner == "agent" else "given_back"
