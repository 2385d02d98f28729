"""Pages of the console for one who is signed in, and the page of a case."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any, Mapping, Optional, Tuple
from uuid import uuid4

from fastapi import Request
from fastapi.responses import Response

from bot.core.errors import NotFound
from bot.core.records import User
from bot.core.roles import may
from bot.core.services import agents, audit
from bot.web import forms
from bot.web.api.metrics import active
from bot.web.console import background, choices, story, undelivered
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
    values = {"user": user, "here": here, "names": names, "may": partial(may, user.role), **values}
    values["dead_notices"] = undelivered.count_for(web, user)
    return forms.render(request, web, template, reader, status, **values)


def show_case(
    request: Request, web: Web, user: User, case_id: str, status: int = 200, failed: Optional[Failed] = None
) -> Response:
    """The whole story of a case, with what the reader can do. Raises NotFound."""
    reader = language_of(request)
    mark = web.presence.case_marks([case_id]).get(case_id, "")  # before the story: what comes in between must look new
    told = story.tell(web, case_id, user, reader)
    if told is None:
        raise NotFound("There is no such case.")
    audit.seen(web.wiring.ports, user.name, "case", case_id, masked=told.masked)
    stand = stand_of(told, user)
    acts = acts_of(told, user, stand)
    return show(
        request,
        web,
        "console/case.html",
        user,
        status,
        here=story.path(case_id),
        story=told,
        stand=stand,
        acts=acts,
        failed=failed,
        mark=mark,
        viewers=web.presence.viewers([case_id], besides=user.name).get(case_id, ()),
        background=background.of(web, told, reader),
        reply_id=uuid4().hex,
        root_causes=agents.ROOT_CAUSES,
        limit=agents.TEXT_LIMIT,
        **choices.of(web, told, user, acts, request.query_params.get("reply", ""), reader),
    )


def acts_of(told: story.Story, user: User, stand: str) -> Tuple[str, ...]:
    """What the reader can do, by how they stand to the case and by their role."""
    mine = told.case.assignee == user.name
    more = {
        "hand_over": stand in ("mine", "given_back") or (stand == "others" and may(user.role, "hand_over_any")),
        "assign": stand == "free" and may(user.role, "assign"),
        "correct": mine or may(user.role, "correct_any"),
        "decide": may(user.role, "decide_remedy") and told.undecided,
        "merge": stand in ("free", "mine", "given_back") and may(user.role, "merge") and bool(told.can_stay),
    }
    usual = [act for act in ACTS[stand] if act != "reopen" or told.case.merged_into is None]
    return (*usual, *(act for act, can in more.items() if can), "note")


def stand_of(told: story.Story, user: User) -> str:
    """How the reader stands to the case: free, mine, given_back (mine, but the assistant answers), others or closed."""
    if told.case.status not in agents.OPEN:
        return "closed"
    if told.case.assignee is None:
        return "free"
    if told.case.assignee != user.name:
        return "others"
    return "mine" if told.conversation.owner == "agent" else "given_back"
