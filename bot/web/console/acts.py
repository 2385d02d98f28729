"""What an agent does on the page of a case: plain forms, each of which leads back to the page."""

import hashlib
from typing import Any, Callable, Mapping

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from bot.core.errors import Conflict, Held, InvalidInput
from bot.core.ports import Ports
from bot.core.records import User
from bot.core.services import agents
from bot.web import forms
from bot.web.console import story
from bot.web.console.page import Failed, show_case
from bot.web.console.session import user_of
from bot.web.context import Web, web_of
from bot.web.pages import language_of

router = APIRouter(prefix="/cases/{case_id}")
OWN = [Depends(forms.own_form)]
# What is chosen from a list, or rests on something else: each has words of its own for what is wrong with it.
CHOSEN = ("root_cause", "to", "tag", "words", "into", "remedy")


class Desk:
    """The signed-in agent in front of a case."""

    def __init__(
        self, case_id: str, request: Request, user: User = Depends(user_of), web: Web = Depends(web_of)
    ) -> None:
        self.case_id, self.request, self.user, self.web = case_id, request, user, web

    def do(self, act: Callable[..., Any], place: str = "", **typed: str) -> Response:
        """Does it and goes back to the case; if it cannot be done, the page says why and keeps what was typed."""
        try:
            act(self.web.wiring.ports, self.case_id, self.user.name, **typed)
        except (InvalidInput, Conflict) as error:
            words = self.web.texts[language_of(self.request)]["console"]["act"]["failed"]
            status = 409 if isinstance(error, Conflict) else 422
            failed = Failed(act.__name__, _why(error, words, typed), typed)
            return show_case(self.request, self.web, self.user, self.case_id, status, failed)
        return RedirectResponse(story.path(self.case_id) + place, 303)


@router.post("/claim", dependencies=OWN)
def claim(desk: Desk = Depends()) -> Response:
    return desk.do(agents.claim)


@router.post("/release", dependencies=OWN)
def release(desk: Desk = Depends()) -> Response:
    return desk.do(agents.release)


@router.post("/reply", dependencies=OWN)
def reply(desk: Desk = Depends(), text: str = Form(""), reply_id: str = Form(""), waits: str = Form("")) -> Response:
    """Says it to the customer; the same words from the same form once."""

    def reply(ports: Ports, case_id: str, agent: str, text: str, waits: str) -> None:
        agents.reply(ports, case_id, agent, text, _once(reply_id, text) if reply_id else None, bool(waits))

    return desk.do(reply, "#talk", text=_clean(text), waits=waits)


@router.post("/assign", dependencies=OWN)
def assign(desk: Desk = Depends(), to: str = Form(""), why: str = Form("")) -> Response:
    return desk.do(agents.assign, to=_clean(to), why=_clean(why))


@router.post("/hand_over", dependencies=OWN)
def hand_over(desk: Desk = Depends(), to: str = Form(""), why: str = Form("")) -> Response:
    return desk.do(agents.hand_over, to=_clean(to), why=_clean(why))


@router.post("/correct", dependencies=OWN)
def correct(desk: Desk = Depends(), category: str = Form(""), severity: str = Form("")) -> Response:
    """Puts category and severity right."""

    def correct(ports: Ports, case_id: str, agent: str, **wanted: str) -> None:
        agents.correct_case(ports, case_id, agent, wanted["category"] or None, wanted["severity"] or None)

    return desk.do(correct, category=category, severity=severity)


@router.post("/untag", dependencies=OWN)
def untag(desk: Desk = Depends(), tag: str = Form(""), polarity: str = Form("")) -> Response:
    """Removes a tag."""

    def correct(ports: Ports, case_id: str, agent: str, tag: str, polarity: str) -> None:
        agents.correct_tags(ports, case_id, agent, remove=[(tag, polarity)])

    return desk.do(correct, tag=_clean(tag), polarity=_clean(polarity))


@router.post("/tag", dependencies=OWN)
def tag(
    desk: Desk = Depends(),
    tag: str = Form(""),
    polarity: str = Form(""),
    message: str = Form(""),
    words: str = Form(""),
) -> Response:
    """Adds a tag, with the customer's words it rests on."""

    def correct(ports: Ports, case_id: str, agent: str, **typed: str) -> None:
        added = agents.Addition(typed["tag"], typed["polarity"], typed["message"], typed["words"])
        agents.correct_tags(ports, case_id, agent, add=[added])

    return desk.do(correct, tag=_clean(tag), polarity=_clean(polarity), message=_clean(message), words=_clean(words))


@router.post("/approve", dependencies=OWN)
def approve(desk: Desk = Depends()) -> Response:
    return desk.do(agents.approve, "#tried")


@router.post("/refuse", dependencies=OWN)
def refuse(desk: Desk = Depends(), reason: str = Form("")) -> Response:
    return desk.do(agents.refuse, "#tried", reason=_clean(reason))


@router.post("/merge", dependencies=OWN)
def merge(desk: Desk = Depends(), into: str = Form("")) -> Response:
    return desk.do(agents.merge, into=_clean(into))


@router.post("/note", dependencies=OWN)
def note(desk: Desk = Depends(), text: str = Form("")) -> Response:
    return desk.do(agents.note, text=_clean(text))


@router.post("/resolve", dependencies=OWN)
def resolve(desk: Desk = Depends(), root_cause: str = Form(""), done: str = Form(""), tell: str = Form("")) -> Response:
    return desk.do(agents.resolve, root_cause=root_cause, done=_clean(done), tell=_clean(tell))


@router.post("/reopen", dependencies=OWN)
def reopen(desk: Desk = Depends(), reason: str = Form("")) -> Response:
    return desk.do(agents.reopen, reason=_clean(reason))


def _why(error: Exception, words: Mapping[str, str], typed: Mapping[str, str]) -> str:
    """The error in the reader's words."""
    if isinstance(error, Held):
        return words["held"].format(name=error.holder)
    field = str(getattr(error, "field", ""))
    if field == "agent":
        return words["not_yours"]
    if field in CHOSEN:
        return words[field]
    if field in typed:
        return words["too_long" if typed[field].strip() else "empty"].format(limit=agents.TEXT_LIMIT)
    return words["changed"]


def _once(reply_id: str, text: str) -> str:
    """Of the form and its words: who goes back and writes something else says something else."""
    return hashlib.sha256(f"{reply_id}\n{text}".encode("utf-8", "replace")).hexdigest()[:32]


def _clean(text: str) -> str:
    """Browsers send each end of a line as two letters; no database keeps a NUL."""
    return text.replace("\r\n", "\n").replace("\x00", "")
