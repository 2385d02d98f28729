"""What is kept: frozen records, as the store gives and takes them. Every datetime is aware and in UTC."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Dict, Mapping, Optional, Tuple

from bot.core.types import Score


@dataclass(frozen=True)
class Customer:
    """A person as the business knows them. `id` is the business's own key."""

    id: str
    name: Optional[str] = None
    locale: Optional[str] = None
    segment: Optional[str] = None


@dataclass(frozen=True)
class Erased:
    """What was erased of a person. conversations: the ids they had; messages: how many."""

    conversations: Tuple[str, ...]
    messages: int


@dataclass(frozen=True)
class TouchpointEvent:
    """A purchase, visit or call that has happened. `id` is the sender's event_id."""

    id: str
    touchpoint: str
    occurred_at: datetime
    customer_id: str
    order_id: Optional[str] = None
    staff_id: Optional[str] = None
    store_id: Optional[str] = None
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Invitation:
    id: str
    event_id: str
    conversation_id: str
    status: str  # scheduled | sent | suppressed
    reason: Optional[str] = None
    created_at: Optional[datetime] = None


@dataclass(frozen=True)
class OpenQuestion:
    """What the bot waits for.

    kind: score | text | yesno | choice | order | desired_outcome | remedy | recovery_score.
    question: key of the survey's question, or one of ours: touchpoint, what_happened, phone_last4, hand_over.
    attempts: how often an answer was not understood.
    """

    kind: str
    scale: Optional[str] = None
    question: Optional[str] = None
    attempts: int = 0


NOBODY = "nobody"


@dataclass(frozen=True)
class Conversation:
    """One dialogue with one customer on one channel; the truth of where it stands.

    owner: `bot`, `agent`, or `nobody` once its customer was erased; then nothing is said or kept in it any more.
    version: raised by each save, for optimistic locking.
    touchpoint: None until a customer who came by themselves has named one.
    reminded_at: when a silent customer was reminded in the present recovery.
    """

    id: str
    channel: str
    language: str
    created_at: datetime
    owner: str = "bot"
    customer_id: Optional[str] = None
    event_id: Optional[str] = None
    touchpoint: Optional[str] = None
    open_question: Optional[OpenQuestion] = None
    response_id: Optional[str] = None
    case_id: Optional[str] = None
    greeted: bool = False
    last_customer_at: Optional[datetime] = None
    reminded_at: Optional[datetime] = None
    version: int = 0


@dataclass(frozen=True)
class Button:
    """A choice: `payload` is what is sent back as the message when it is tapped; at most 64 bytes, no leading slash."""

    title: str
    payload: str


@dataclass(frozen=True)
class Message:
    """One message of a conversation.

    sender: customer | bot | agent | system. kind: text | image | voice | sticker | file; handover: the bot's line that
    a person takes the conversation over, or gives it back.
    channel_message_id: the channel's own id; unique for each conversation; None for what the bot says.
    in_reply_to: id of the customer's message that this one answers.
    taken_at: when an action began to work on it; handled_at: when its effects were committed. attempts, try_after: how
    often the worker handed it over again, and when it may next.
    seq: order in the store, given by it.
    """

    id: str
    conversation_id: str
    sender: str
    text: str
    at: datetime
    kind: str = "text"
    channel_message_id: Optional[str] = None
    buttons: Tuple[Button, ...] = ()
    in_reply_to: Optional[str] = None
    author: Optional[str] = None
    language: Optional[str] = None
    taken_at: Optional[datetime] = None
    handled_at: Optional[datetime] = None
    attempts: int = 0
    try_after: Optional[datetime] = None
    seq: Optional[int] = None


@dataclass(frozen=True)
class Response:
    """One customer's answers to one survey. status: complete | partial | declined | opted_out."""

    id: str
    conversation_id: str
    survey: str
    survey_version: int
    started_at: datetime
    status: str = "partial"
    customer_id: Optional[str] = None
    event_id: Optional[str] = None
    touchpoint: Optional[str] = None
    segment: Optional[str] = None
    channel: Optional[str] = None
    language: Optional[str] = None
    staff_id: Optional[str] = None
    store_id: Optional[str] = None
    sentiment: Optional[str] = None
    completed_at: Optional[datetime] = None


@dataclass(frozen=True)
class Answer:
    """The answer to one question. `skipped` has no score. `superseded_at`: a later answer took its place."""

    response_id: str
    question: str
    answered_at: datetime
    scale: Optional[str] = None
    score: Optional[Score] = None
    text: Optional[str] = None
    choice: Optional[str] = None
    skipped: bool = False
    message_id: Optional[str] = None
    superseded_at: Optional[datetime] = None


@dataclass(frozen=True)
class Verbatim:
    """The customer's own words, with what was read from them.

    act: None in what nobody but a person read. certainty: as in `Understanding`. reviewed_at: when an operator said
    what it should have been read as.
    """

    id: str
    conversation_id: str
    message_id: str
    text: str
    language: str
    sentiment: str
    at: datetime
    response_id: Optional[str] = None
    case_id: Optional[str] = None
    act: Optional[str] = None
    certainty: Optional[float] = None
    reviewed_at: Optional[datetime] = None


@dataclass(frozen=True)
class StoredTag:
    """A tag on a verbatim, with the words it rests on."""

    verbatim_id: str
    tag: str
    category: str
    polarity: str
    evidence: str


@dataclass(frozen=True)
class Sla:
    """Dues of a case; each is fixed when the case (or the wait) begins. state: active | met | missed.

    resolution_left: minutes that were left of the resolution time when an agent began to wait for the customer; while
    it is set, `resolution_due` is None and no clock runs.
    """

    first_response_due: Optional[datetime] = None
    next_response_due: Optional[datetime] = None
    resolution_due: Optional[datetime] = None
    state: str = "active"
    resolution_left: Optional[int] = None


@dataclass(frozen=True)
class Case:
    """A complaint from its first word to its close.

    status: recovering | resolved_by_bot | escalated | in_progress | resolved | closed.
    desired_outcome: refund | partial_refund | replacement | voucher | redo | visit | callback | explain | unsure.
    order_checked: the order was found and is the customer's. order_given_up: it goes on without an order.
    order: what the order system said of it (amount, currency, items).
    merged_into: id of the case of the same customer that this one was a duplicate of.
    escalation_reason: no_remedy | declined | asked_for_person | critical | order_system_down | silent |
    remedy_failed | stopped | not_solved | changed_mind | unclear | needs_approval | erasure.
    """

    id: str
    conversation_id: str
    category: str
    severity: str
    status: str
    description: str
    team: str
    opened_at: datetime
    customer_id: Optional[str] = None
    response_id: Optional[str] = None
    touchpoint: Optional[str] = None
    order_id: Optional[str] = None
    order_checked: bool = False
    order_given_up: bool = False
    order: Mapping[str, Any] = field(default_factory=dict)
    desired_outcome: Optional[str] = None
    first_contact_resolved: Optional[bool] = None
    recovery_score: Optional[int] = None
    assignee: Optional[str] = None
    root_cause: Optional[str] = None
    reopened: bool = False
    escalation_reason: Optional[str] = None
    sla: Sla = Sla()
    resolved_at: Optional[datetime] = None
    version: int = 0
    merged_into: Optional[str] = None


@dataclass(frozen=True)
class CaseEvent:
    """A line of a case's history: `kind` such as opened, order_found, offered, accepted, remedy_done, escalated."""

    case_id: str
    kind: str
    at: datetime
    actor: str = "bot"
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Remedy:
    """What is offered or was carried out to put a case right.

    status: offered | accepted | executing | done | declined | failed. `accepted` waits for a lead's approval;
    `executing` is committed before the order system is called; `key` is the idempotency key of that call.
    look_again_at: when somebody should find out what became of an `executing` one. rule: key of the policy's rule;
    why: its own explanation. decided_by: the lead who approved or refused it.
    """

    id: str
    case_id: str
    kind: str
    status: str
    offered_at: datetime
    key: str
    amount: Optional[float] = None
    currency: Optional[str] = None
    why: str = ""
    attempts: int = 0
    look_again_at: Optional[datetime] = None
    done_at: Optional[datetime] = None
    error: Optional[str] = None
    decided_by: Optional[str] = None
    rule: Optional[str] = None


@dataclass(frozen=True)
class Picture:
    """A picture a customer sent, as it is kept: drawn anew, without what a camera writes into a file."""

    id: str
    conversation_id: str
    message_id: str
    media_type: str
    width: int
    height: int
    content: bytes
    at: datetime


@dataclass(frozen=True)
class PictureSummary:
    """What is to be known of a picture before its bytes are asked for; width and height in pixels."""

    id: str
    message_id: str
    media_type: str
    width: int
    height: int


@dataclass(frozen=True)
class AuditEntry:
    """Who did or saw what. subject: case, customer, user, outbox, definitions …; subject_id: its key.

    seq: order in the store, given by it.
    """

    at: datetime
    actor: str
    act: str
    subject: str
    subject_id: str
    details: Mapping[str, Any] = field(default_factory=dict)
    seq: Optional[int] = None


@dataclass(frozen=True)
class AuditFilter:
    """Which entries of the audit log are wanted; None wants all. since: not older."""

    actor: Optional[str] = None
    act: Optional[str] = None
    subject: Optional[str] = None
    subject_id: Optional[str] = None
    since: Optional[datetime] = None


@dataclass(frozen=True)
class OutboxItem:
    """Something to be sent that is not the reply to a message. kind: notice (to a team) …

    key: unique; a second put with the same key changes nothing. status: waiting | sent | dead.
    """

    id: str
    kind: str
    key: str
    payload: Dict[str, Any]
    due_at: datetime
    status: str = "waiting"
    attempts: int = 0
    last_error: Optional[str] = None
    sent_at: Optional[datetime] = None


@dataclass(frozen=True)
class User:
    """Someone who signs in at the console. role: agent | lead | manager | admin."""

    id: str
    name: str
    password_hash: str
    role: str
    team: Optional[str] = None
    failed_attempts: int = 0
    locked_until: Optional[datetime] = None


@dataclass(frozen=True)
class Order:
    """An order as the order system tells it. `amount` is in whole units of `currency` (ISO 4217)."""

    order_id: str
    customer_id: str
    amount: float
    currency: str
    items: Tuple[str, ...] = ()
    phone_last4: Optional[str] = None
