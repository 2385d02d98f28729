"""What the API gives; the words of the contract."""

from datetime import datetime
from typing import Any, Dict, List, Optional, Union

from pydantic import BaseModel, Extra, Field, StrictFloat, StrictInt

Number = Union[StrictInt, StrictFloat]  # 4 stays 4 and does not become 4.0


class InvitationOut(BaseModel):
    id: str
    status: str = Field(..., description="scheduled | sent | suppressed")
    reason: Optional[str]


class RegisteredOut(BaseModel):
    conversation_id: str
    chat_url: str
    invitation: InvitationOut


class TagOut(BaseModel):
    """A tag with the customer's words that it rests on."""

    tag: str
    category: str
    polarity: str
    evidence: Optional[str]


class AnswerOut(BaseModel):
    question: str
    scale: Optional[str]
    score: Optional[Number]
    text: Optional[str]
    answered_at: datetime

    class Config:
        extra = Extra.allow


class ResponseOut(BaseModel):
    """One customer's answers to one survey."""

    id: str
    conversation_id: str
    customer_id: Optional[str]
    survey: str
    touchpoint: Optional[str]
    segment: Optional[str]
    channel: Optional[str]
    language: Optional[str]
    status: str = Field(..., description="complete | partial | declined | opted_out")
    experience: Optional[Number] = Field(None, description="The answer to the experience question, -5..+5")
    sentiment: Optional[str]
    answers: List[AnswerOut]
    tags: List[TagOut]
    started_at: datetime
    completed_at: Optional[datetime]

    class Config:
        extra = Extra.allow


class RemedyOut(BaseModel):
    kind: str
    amount: Optional[float]
    currency: Optional[str]
    status: str = Field(..., description="offered | accepted | declined | done | failed")


class SlaOut(BaseModel):
    first_response_due: Optional[datetime]
    next_response_due: Optional[datetime]
    resolution_due: Optional[datetime]
    state: str = Field(..., description="active | met | missed")
    resolution_left: Optional[int] = Field(None, description="Minutes left while the customer is waited for")
    paused: Optional[bool] = Field(None, description="The resolution clock waits for the customer")


class CaseOut(BaseModel):
    """A complaint from its first word to its close."""

    id: str
    conversation_id: str
    category: Optional[str]
    severity: str = Field(..., description="none | low | medium | high | critical")
    status: str = Field(..., description="recovering | resolved_by_bot | escalated | in_progress | resolved | closed")
    first_contact_resolved: Optional[bool] = Field(None, description="Provisional for 7 days")
    description: str
    order_id: Optional[str]
    remedy: Optional[RemedyOut]
    recovery_score: Optional[int]
    team: Optional[str]
    assignee: Optional[str]
    sla: SlaOut
    root_cause: Optional[str]
    reopened: bool
    merged_into: Optional[str] = Field(None, description="The case that this one was a duplicate of")
    tags: List[TagOut]

    class Config:
        extra = Extra.allow


class ResponsePage(BaseModel):
    items: List[ResponseOut]
    next_cursor: Optional[str]


class CaseEventOut(BaseModel):
    kind: str
    at: datetime
    actor: str
    details: Dict[str, Any]


class CasePage(BaseModel):
    items: List[CaseOut]
    next_cursor: Optional[str]


class OpenQuestionOut(BaseModel):
    kind: str
    scale: Optional[str]
    question: Optional[str]


class ButtonOut(BaseModel):
    title: str
    payload: str


class PictureOut(BaseModel):
    """A picture the customer sent; its bytes are for the console and the customer's own page."""

    id: str
    media_type: str
    width: int
    height: int


class MessageOut(BaseModel):
    id: str
    sender: str = Field(..., alias="from", description="customer | bot | agent | system")
    text: str
    buttons: Optional[List[ButtonOut]]
    picture: Optional[PictureOut]
    at: datetime

    class Config:
        extra = Extra.allow
        allow_population_by_field_name = True


class ConversationOut(BaseModel):
    """Where a conversation stands."""

    conversation_id: str
    owner: str = Field(..., description="bot | agent | nobody (the customer was erased)")
    language: str
    channel: str
    open_question: Optional[OpenQuestionOut]
    messages: List[MessageOut]
    response_id: Optional[str]
    case_id: Optional[str]

    class Config:
        extra = Extra.allow


class CaseStory(CaseOut):
    """A case with all that happened and all that was said."""

    history: List[CaseEventOut]
    transcript: List[MessageOut]


class ErrorDetail(BaseModel):
    code: str
    message: str
    field: Optional[str]


class ErrorBody(BaseModel):
    error: ErrorDetail
