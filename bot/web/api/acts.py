"""What a person does with a case: claim, reply, note, release, assign, hand over, approve, resolve, reopen."""

from typing import Any, Callable, Dict, Optional

from fastapi import Depends, Path
from pydantic import Field, StrictBool, constr

from bot.core.services import agents
from bot.web.api.auth import keyed_router
from bot.web.api.incoming import Id, Incoming
from bot.web.api.outgoing import CaseStory, ErrorBody
from bot.web.context import Web, web_of

router = keyed_router("cases")

Words = constr(strict=True, strip_whitespace=True, min_length=1, max_length=agents.TEXT_LIMIT)
CASE_ID = Path(..., max_length=128)
ANSWERS: Dict[Any, Any] = {
    404: {"model": ErrorBody, "description": "There is no such case"},
    409: {"model": ErrorBody, "description": "Another agent has it; the message names them"},
}
LEADS = {**ANSWERS, 403: {"model": ErrorBody, "description": "`agent` is no lead"}}


class ActIn(Incoming):
    """Who acts. A system of the business's own names its agents as it likes."""

    agent: Id = Field(..., example="lin")  # type: ignore[valid-type]


class ReplyIn(ActIn):
    text: Words = Field(..., example="I've looked into it; your new table leaves today.")  # type: ignore[valid-type]
    reply_id: Optional[Id] = Field(None, description="The same id again sends nothing again")  # type: ignore[valid-type]

    waits: StrictBool = Field(False, description="The answer is the customer's: the resolution clock stands still")


class AssignIn(ActIn):
    to: Id = Field(..., description="Name of a user of the console", example="mei")  # type: ignore[valid-type]
    why: Optional[Words] = Field(None, description="For the team only")  # type: ignore[valid-type]


class HandOverIn(ActIn):
    to: Id = Field(..., description="Name of a user of the console", example="mei")  # type: ignore[valid-type]
    why: Words = Field(..., description="For the team only", example="She knows the courier.")  # type: ignore


class NoteIn(ActIn):
    text: Words  # type: ignore[valid-type]


class ResolveIn(ActIn):
    root_cause: str = Field(..., description="One of " + ", ".join(agents.ROOT_CAUSES))
    done: Words = Field(..., description="What was done; private")  # type: ignore[valid-type]
    tell: Words = Field(..., description="What the customer is told")  # type: ignore[valid-type]


class ReopenIn(ActIn):
    reason: Words  # type: ignore[valid-type]


def _act(verb: str, responses: Dict[Any, Any] = ANSWERS) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The route of an act: its answer is the case as it stands afterwards."""
    path = f"/cases/{{id}}/{verb}"
    return router.post(path, response_model=CaseStory, response_model_exclude_unset=True, responses=responses)


@_act("claim")
def claim(body: ActIn, id: str = CASE_ID, web: Web = Depends(web_of)) -> Dict[str, Any]:
    """Takes the case and its conversation over: from then on the bot is silent in it."""
    agents.claim(web.wiring.ports, id, body.agent)
    return _story(web, id)


@_act("release")
def release(body: ActIn, id: str = CASE_ID, web: Web = Depends(web_of)) -> Dict[str, Any]:
    """Gives the conversation back to the bot; the agent stays responsible for the case."""
    agents.release(web.wiring.ports, id, body.agent)
    return _story(web, id)


@_act("assign", LEADS)
def assign(body: AssignIn, id: str = CASE_ID, web: Web = Depends(web_of)) -> Dict[str, Any]:
    """A lead makes a user of the console responsible for an open case; their team is told."""
    agents.assign(web.wiring.ports, id, body.agent, body.to, body.why or "")
    return _story(web, id)


@_act("hand-over")
def hand_over(body: HandOverIn, id: str = CASE_ID, web: Web = Depends(web_of)) -> Dict[str, Any]:
    """The agent responsible for an open case, or a lead, gives it to another user by name."""
    agents.hand_over(web.wiring.ports, id, body.agent, body.to, body.why)
    return _story(web, id)


@_act("reply")
def reply(body: ReplyIn, id: str = CASE_ID, web: Web = Depends(web_of)) -> Dict[str, Any]:
    """Says something to the customer, at once."""
    agents.reply(web.wiring.ports, id, body.agent, body.text, body.reply_id, body.waits)
    return _story(web, id)


@_act("note")
def note(body: NoteIn, id: str = CASE_ID, web: Web = Depends(web_of)) -> Dict[str, Any]:
    """Keeps a private note."""
    agents.note(web.wiring.ports, id, body.agent, body.text)
    return _story(web, id)


@_act("resolve")
def resolve(body: ResolveIn, id: str = CASE_ID, web: Web = Depends(web_of)) -> Dict[str, Any]:
    """Closes the work on it; the customer is told, and asked how it feels now."""
    agents.resolve(web.wiring.ports, id, body.agent, body.root_cause, body.done, body.tell)
    return _story(web, id)


@_act("approve", LEADS)
def approve(body: ActIn, id: str = CASE_ID, web: Web = Depends(web_of)) -> Dict[str, Any]:
    """A lead releases the remedy that the customer has accepted: it is carried out, and the customer is told."""
    agents.approve(web.wiring.ports, id, body.agent)
    return _story(web, id)


@_act("refuse", LEADS)
def refuse(body: ReopenIn, id: str = CASE_ID, web: Web = Depends(web_of)) -> Dict[str, Any]:
    """A lead refuses it, for a reason that stays private; the customer hears that a person goes on with it."""
    agents.refuse(web.wiring.ports, id, body.agent, body.reason)
    return _story(web, id)


@_act("reopen")
def reopen(body: ReopenIn, id: str = CASE_ID, web: Web = Depends(web_of)) -> Dict[str, Any]:
    """Opens a closed case again."""
    agents.reopen(web.wiring.ports, id, body.agent, body.reason)
    return _story(web, id)


def _story(web: Web, case_id: str) -> Dict[str, Any]:
    return web.wiring.queries.case(case_id) or {}
