"""All that one page tells of a case."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Callable, Dict, List, Mapping, Optional, Tuple
from urllib.parse import quote

from bot.core.definitions import Definitions
from bot.core.masking import mask
from bot.core.records import Answer, Case, Conversation, Customer, Message, PictureSummary, Remedy, User
from bot.core.services.agents import CAN_STAY
from bot.core.types import ENDED, SCALES
from bot.web.console.marking import Piece, marked
from bot.web.console.names import Names
from bot.web.context import Web


@dataclass(frozen=True)
class Said:
    """A message of the transcript, its text in pieces, and the picture that came with it."""

    message: Message
    pieces: List[Piece]
    picture: Optional[PictureSummary] = None


@dataclass(frozen=True)
class Answered:
    """A question of the survey with what was answered."""

    question: str
    answer: Answer
    text: str


@dataclass(frozen=True)
class Story:
    """A case as a person reads it. masked: texts are; everybody but the assignee reads it so."""

    case: Case
    shown: Mapping[str, Any]  # the contract's shape
    masked: bool
    conversation: Conversation
    customer: Optional[Customer]
    remedy: Optional[Remedy]
    transcript: List[Said]
    answers: List[Answered]
    promises: List[Tuple[str, datetime]]
    earlier: List[Case]

    @property
    def can_stay(self) -> List[Case]:
        """The customer's other cases that this one could be a duplicate of."""
        return [case for case in self.earlier if case.status in CAN_STAY and case.merged_into is None]

    @property
    def undecided(self) -> bool:
        """A remedy that the customer has accepted waits for a lead."""
        return self.remedy is not None and self.remedy.status == "accepted" and self.case.status not in ENDED

    @property
    def paused(self) -> bool:
        """No clock runs: the customer has to answer first."""
        return self.case.sla.resolution_left is not None and self.case.status not in ENDED

    @staticmethod
    def moment(value: str) -> datetime:
        return datetime.fromisoformat(value)

    @staticmethod
    def details(event: Mapping[str, Any], names: Names, texts: Mapping[str, Any]) -> str:
        """What is kept with a line of the history, in words."""
        console = texts["console"]
        read: Dict[str, Callable[[Any], str]] = {
            "kind": lambda value: texts["chat"]["kinds"].get(value) or names.remedy[value],
            "team": lambda value: names.team[value],
            "category": lambda value: names.category[value],
            "severity": lambda value: console["severity"].get(value, value),
            "outcome": lambda value: console["outcome"].get(value, value),
            "reason": lambda value: console["reason"].get(value, value),
            "root_cause": lambda value: console["act"]["root_causes"].get(value, value),
            "items": ", ".join,
            "added": lambda value: ", ".join(names.tag[one["tag"]] for one in value),
            "removed": lambda value: ", ".join(names.tag[one["tag"]] for one in value),
            "category_before": lambda value: names.category[value],
            "severity_before": lambda value: console["severity"].get(value, value),
            "into": lambda value: value[:8],
            "duplicate": lambda value: value[:8],
            "amount": lambda value: f"{value:,.2f}".removesuffix(".00"),
        }
        labels = {key: f"{label}: " for key, label in console["detail"].items()}
        if event["actor"] not in ("bot", "customer"):  # what a colleague wrote speaks for itself
            labels["text"] = ""
        return " · ".join(
            f"{labels.get(key, key.replace('_', ' ') + ': ')}{read.get(key, str)(value)}"
            for key, value in event["details"].items()
            if value not in (None, "", [], {})
        )


def path(case_id: str) -> str:
    """The address of a case's page."""
    return f"/console/cases/{quote(case_id, safe='')}"


def tell(web: Web, case_id: str, user: User, language: str) -> Optional[Story]:
    """The story, None if there is no such case."""
    with web.wiring.store.read() as tx:
        case = tx.case(case_id)
        if case is None:
            return None
        mine = reads_plainly(case, user)
        hide: Callable[[str], str] = (lambda text: text) if mine else mask
        conversation = tx.conversation(case.conversation_id)
        messages = tx.messages(case.conversation_id)
        pictures = {picture.message_id: picture for picture in tx.pictures(case.conversation_id)}
        response_id = case.response_id or (conversation.response_id if conversation else None)
        answers = tx.answers(response_id) if response_id else []
        response = tx.response(response_id) if response_id else None
        customer = tx.customer(case.customer_id) if case.customer_id else None
        remedy = tx.remedy_of_case(case_id)
        others = tx.cases_of_customer(case.customer_id) if case.customer_id else []
        definitions = web.wiring.definitions.current(tx)
    shown = web.wiring.queries.case(case_id, unmasked=mine)
    if shown is None or conversation is None:
        return None
    questions = wordings(definitions, response.survey if response else None, language)
    return Story(
        case=case,
        shown=shown,
        masked=not mine,
        conversation=conversation,
        customer=customer,
        remedy=remedy,
        transcript=[_said(message, shown["tags"], hide, pictures.get(message.id)) for message in messages],
        answers=[_answered(answer, questions, hide) for answer in answers],
        promises=promises(case, any(message.sender == "agent" for message in messages)),
        earlier=[other for other in others if other.id != case_id],
    )


def promises(case: Case, person_has_written: bool) -> List[Tuple[str, datetime]]:
    """What is owed to the customer and until when, the next first; nothing once it is resolved."""
    if case.status in ENDED:
        return []
    dues = {
        "first_response": None if person_has_written else case.sla.first_response_due,
        "next_response": case.sla.next_response_due,
        "resolution": case.sla.resolution_due,
    }
    return sorted(((key, due) for key, due in dues.items() if due is not None), key=lambda item: item[1])


def reads_plainly(case: Case, user: User) -> bool:
    """Whether what the customer said and showed is open to them: to the one whose case it is."""
    return case.assignee is not None and case.assignee == user.name


def _said(
    message: Message,
    tags: List[Mapping[str, str]],
    hide: Callable[[str], str],
    picture: Optional[PictureSummary] = None,
) -> Said:
    text = hide(message.text)
    return Said(message, marked(text, tags) if message.sender == "customer" else [(text, ())], picture)


def wordings(definitions: Definitions, survey: Optional[str], language: str) -> Dict[str, Tuple[str, Dict[str, str]]]:
    """The wording and the choices' labels of each question."""
    found = next((one for one in definitions.surveys if one.key == survey), None)
    return {
        question.key: (question.text.get(language), {c.key: c.label.get(language) for c in question.choices})
        for question in (found.questions if found else ())
    }


def _answered(
    answer: Answer,
    questions: Mapping[str, Tuple[str, Dict[str, str]]],
    hide: Callable[[str], str],
) -> Answered:
    wording, labels = questions.get(answer.question, (answer.question.replace("_", " "), {}))
    if answer.score is not None and answer.scale is not None:
        text = written_score(answer.score, answer.scale)
    elif answer.choice is not None:
        text = labels.get(answer.choice, answer.choice)
    else:
        text = hide(answer.text or "")
    return Answered(wording, answer, text)


def written_score(score: float, scale: str) -> str:
    """The score with the ends of its scale."""
    ends = SCALES[scale]
    return f"{score:g} ({ends.low}…{ends.high})".replace("-", "−")
