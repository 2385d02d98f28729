"""A case: how it is opened, what is learnt of it, and how it is acknowledged in the customer's own terms."""

import re
from datetime import datetime, timedelta
from typing import Iterable, List, Optional, Union

from bot.core import records as r
from bot.core.definitions import Tag
from bot.core.services.turn import Turn, new_id
from bot.core.types import SEVERITIES, TagMention, worst

FALLBACK_CATEGORY = "aftersales_and_trust"
QUOTED = 60
SAME_MATTER_FOR = timedelta(days=7)  # as long as a first contact's success is provisional
STOPS = re.compile(r"[,，。.!！?？;；\n]+")
DESCRIPTION_CHARACTERS = 4000


def is_same_matter(case: r.Case, now: datetime) -> bool:
    """Whether a new complaint of the customer is still about a case: it is open, or ended not long ago."""
    ended = case.resolved_at
    return ended is None or now - ended <= SAME_MATTER_FOR


def open_case(turn: Turn) -> None:
    pain = main_pain(turn, turn.understanding.tags)
    event = turn.tx.touchpoint_event(turn.conversation.event_id) if turn.conversation.event_id else None
    response, read = turn.need_response(), turn.understanding
    case = r.Case(
        id=new_id(),
        conversation_id=turn.conversation.id,
        category=pain.category if pain else FALLBACK_CATEGORY,
        severity=worst(read.severity, worst(pain.severity if pain else "low", "low")),
        status="recovering",
        description=_said_so_far(turn),
        team=_team(turn, pain),
        opened_at=turn.now,
        customer_id=turn.conversation.customer_id,
        response_id=response.id if response else None,
        touchpoint=turn.conversation.touchpoint,
        order_id=read.entities.get("order_id") or (event.order_id if event else None),
        desired_outcome=read.entities.get("remedy"),
    )
    turn.open_case(case)
    turn.case_event("opened", text=turn.text, category=case.category, severity=case.severity)


def _team(turn: Turn, pain: Optional[Tag]) -> str:
    """The tag's team, unless it answers for another touchpoint: a wait for a delivery is no store's doing."""
    owners = {point.owner_team for point in turn.definitions.journey.touchpoints}
    if pain and (turn.touchpoint is None or pain.team not in owners):
        return pain.team
    if turn.touchpoint:
        return turn.touchpoint.owner_team
    return turn.definitions.service_levels.default_team


def _said_so_far(turn: Turn) -> str:
    """The complaint's own words, after those already given as a reason: nobody is asked what they have told."""
    told = [answer.text for answer in turn.answers if answer.text and answer.scale is None and not answer.choice]
    if turn.open and turn.open.question == "hand_over":
        # "Yes, please" says nothing; what it was about stands before.
        before = turn.tx.messages(turn.conversation.id)
        told += [message.text for message in before if message.sender == "customer"][-2:]
    return "\n".join(dict.fromkeys([*told, turn.text]))


def added(case: r.Case, text: str) -> str:
    """The description with one more sentence, as long as a person would read it; the rest is in the transcript."""
    return f"{case.description}\n{text}"[:DESCRIPTION_CHARACTERS]


def main_pain(turn: Turn, tags: Iterable[Union[TagMention, r.StoredTag]]) -> Optional[Tag]:
    """The gravest, then weightiest, of the negative tags."""
    taxonomy = turn.definitions.tags
    known = {tag.key: tag for tag in taxonomy.tags}
    # A tag of an earlier version of the definitions may be gone.
    pains: List[Tag] = [known[tag.tag] for tag in tags if tag.polarity == "negative" and tag.tag in known]
    return max(pains, key=lambda tag: (SEVERITIES.index(tag.severity), tag.weight), default=None)


def learn(turn: Turn) -> None:
    """Adds what this message says to a case in recovery."""
    case, read = turn.case, turn.understanding
    assert case is not None
    pain = main_pain(turn, [*read.tags, *turn.tx.tags_of_case(case.id)])
    turn.change_case(
        description=added(case, turn.text),
        category=pain.category if pain else case.category,
        severity=worst(case.severity, worst(read.severity, pain.severity if pain else "none")),
        team=_team(turn, pain) if pain else case.team,
        desired_outcome=read.entities.get("remedy") or case.desired_outcome,
        order_id=case.order_id or read.entities.get("order_id"),
    )
    turn.case_event("told_more", text=turn.text)


def acknowledge(turn: Turn) -> None:
    """In the customer's own terms: the problem's name, or their words where it has none."""
    read = turn.understanding
    pain = main_pain(turn, read.tags)
    mention: Optional[TagMention] = next((tag for tag in read.tags if pain and tag.tag == pain.key), None)
    if pain is None or mention is None:
        return turn.say("acknowledge")
    language, evidence = turn.conversation.language, _clause_of(turn.text, mention.evidence)
    # The same words often carry two tags; only a second problem is named as one.
    other = main_pain(turn, [tag for tag in read.tags if not _overlap(turn.text, tag.evidence, mention.evidence)])
    if other is None:
        # What is a matter of taste, such as a price, is no fault that the business would admit.
        mild = pain.severity == "low"
        return turn.say(
            "acknowledge_mild" if mild else "acknowledge_tag", name=pain.name.get(language), evidence=evidence
        )
    turn.say("acknowledge_two", name=pain.name.get(language), other=other.name.get(language))


def _overlap(text: str, one: str, other: str) -> bool:
    """Whether two pieces of a text share some of it."""
    first, second = text.find(one), text.find(other)
    return first < second + len(other) and second < first + len(one)


def _clause_of(text: str, evidence: str) -> str:
    """The customer's own clauses that hold the evidence; the evidence alone where they are too long to quote."""
    start = text.find(evidence)
    if start < 0:
        return evidence
    begins = max((stop.end() for stop in STOPS.finditer(text, 0, start)), default=0)
    ends = next((stop.start() for stop in STOPS.finditer(text, start + len(evidence))), len(text))
    clauses = text[begins:ends].strip()
    return clauses if len(clauses) <= QUOTED else evidence
