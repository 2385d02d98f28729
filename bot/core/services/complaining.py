"""A complaint in the first contact: acknowledge, ask only for what is not known yet, offer, or hand over.

`advance` looks at what the case still lacks and does the next thing; every step is in the case, none in the dialogue.
"""

import re
from typing import List, Optional

from bot.core import records as r
from bot.core.definitions import Tag
from bot.core.services import asking, offering
from bot.core.services.errands import Errand, LookUp
from bot.core.services.escalation import escalate
from bot.core.services.turn import Turn, new_id
from bot.core.types import SEVERITIES, Score, TagMention, worst

FALLBACK_CATEGORY = "aftersales_and_trust"
# A wrong order number is told and asked again this often, then it goes on without.
ORDER_ATTEMPTS = 2
# "I want to complain" and no more; in characters.
VAGUE = {"zh-Hans": 6, "zh-Hant": 6, "en": 24}
QUOTED = 60
OPEN_TO_A_PERSON = ("escalated", "in_progress")


def complain(turn: Turn) -> Optional[Errand]:
    """Opens a case, or adds to the one that is open."""
    case = turn.case
    if case is not None and case.status in OPEN_TO_A_PERSON:
        return add_for_person(turn)
    if case is not None and case.status == "recovering":
        return _more(turn)
    if case is not None and case.status == "resolved_by_bot":
        return _repeat(turn)
    _open(turn)
    if turn.understanding.severity == "critical":
        return escalate(turn, "critical")
    _acknowledge(turn)
    return advance(turn)


def _open(turn: Turn) -> None:
    pain = _main_pain(turn, turn.understanding.tags)
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


def _said_so_far(turn: Turn) -> str:
    """The complaint's own words, after those already given as a reason: nobody is asked what they have told."""
    told = [answer.text for answer in turn.answers if answer.text and answer.scale is None and not answer.choice]
    if turn.open and turn.open.question == "hand_over":
        # "Yes, please" says nothing; what it was about stands before.
        before = turn.tx.messages(turn.conversation.id)
        told += [message.text for message in before if message.sender == "customer"][-2:]
    return "\n".join(dict.fromkeys([*told, turn.text]))


def _main_pain(turn: Turn, tags) -> Optional[Tag]:  # type: ignore[no-untyped-def]
    """The gravest, then weightiest, of the negative tags."""
    taxonomy = turn.definitions.tags
    pains: List[Tag] = [taxonomy.tag(tag.tag) for tag in tags if tag.polarity == "negative"]
    return max(pains, key=lambda tag: (SEVERITIES.index(tag.severity), tag.weight), default=None)


def _team(turn: Turn, pain: Optional[Tag]) -> str:
    """The tag's team, unless it answers for another touchpoint: a wait for a delivery is no store's doing."""
    journey, touchpoint = turn.definitions.journey, turn.conversation.touchpoint
    owners = {point.owner_team for point in journey.touchpoints}
    if pain and (touchpoint is None or pain.team not in owners):
        return pain.team
    if touchpoint:
        return journey.touchpoint(touchpoint).owner_team
    return turn.definitions.service_levels.default_team


def _acknowledge(turn: Turn) -> None:
    """In the customer's own terms: the problem's name, or their words where it has none."""
    read = turn.understanding
    pain = _main_pain(turn, read.tags)
    mention: Optional[TagMention] = next((tag for tag in read.tags if pain and tag.tag == pain.key), None)
    if pain and mention:
        name = pain.name.get(turn.conversation.language)
        return turn.say("acknowledge_tag", name=name, evidence=_clause_of(turn.text, mention.evidence))
    turn.say("acknowledge")


def _clause_of(text: str, evidence: str) -> str:
    """The customer's own clause that holds the evidence; the evidence alone where the clause is too long to quote."""
    clause = next((part for part in re.split(r"[,，。.!！?？;；\n]+", text) if evidence in part), evidence).strip()
    return clause if len(clause) <= QUOTED else evidence


def _learn(turn: Turn) -> None:
    """Adds what this message says to a case in recovery."""
    case, read = turn.case, turn.understanding
    assert case is not None
    pain = _main_pain(turn, [*read.tags, *turn.tx.tags_of_case(case.id)])
    turn.change_case(
        description=f"{case.description}\n{turn.text}",
        category=pain.category if pain else case.category,
        severity=worst(case.severity, worst(read.severity, pain.severity if pain else "none")),
        team=_team(turn, pain) if pain else case.team,
        desired_outcome=read.entities.get("remedy") or case.desired_outcome,
        order_id=case.order_id or read.entities.get("order_id"),
    )
    turn.case_event("told_more", text=turn.text)


def _more(turn: Turn) -> Optional[Errand]:
    """More anger, or another wish, in the middle of the recovery: taken in, and the open question keeps its place."""
    asked, case = turn.open, turn.case
    before = case.desired_outcome if case else None
    _learn(turn)
    wish = turn.case.desired_outcome if turn.case else None
    if asked and asked.kind == "desired_outcome" and wish is None:
        turn.change_case(desired_outcome="unsure")
    if asked is None or asked.kind not in ("remedy", "order") or turn.understanding.severity == "critical":
        return advance(turn)
    if asked.kind == "order":
        return (
            take_order(turn)
            if turn.understanding.entities.get("order_id")
            else ask_order(turn, attempts=asked.attempts)
        )
    return offering.offer_other(turn) if wish != before else offering.unclear(turn)


def _repeat(turn: Turn) -> Optional[Errand]:
    """A new complaint after the bot thought it solved: a person takes it; it was not solved in the first contact."""
    case = turn.case
    assert case is not None
    turn.change_case(
        description=f"{case.description}\n{turn.text}",
        status="recovering",
        reopened=True,
        first_contact_resolved=False,
        resolved_at=None,
        severity=worst(case.severity, turn.understanding.severity),
    )
    turn.case_event("reopened", text=turn.text)
    return escalate(turn, "critical" if turn.understanding.severity == "critical" else "not_solved")


def add_for_person(turn: Turn) -> None:
    """What is said while a person has the case, or soon will, is added to it."""
    case = turn.case
    assert case is not None
    severity = worst(case.severity, turn.understanding.severity)
    turn.change_case(description=f"{case.description}\n{turn.text}", severity=severity)
    turn.case_event("told_more", text=turn.text)
    if severity == "critical" != case.severity:
        return escalate(turn, "critical")
    turn.say("added_to_case")


def advance(turn: Turn) -> Optional[Errand]:
    """The next thing that the case lacks: what happened, which order, what would put it right; then the offer."""
    case = turn.case
    assert case is not None
    if case.severity == "critical":
        return escalate(turn, "critical")
    if offering.running(turn):
        return turn.say("remedy_unconfirmed")
    if _too_vague(turn):
        turn.ask(
            r.OpenQuestion("text", None, "what_happened"), turn.ports.wordings.line("ask_what_happened", _lang(turn))
        )
        return None
    if _wants_order(turn, case):
        if case.order_id:
            return LookUp(case.order_id)
        return ask_order(turn)
    if case.desired_outcome is None:
        turn.update(open_question=r.OpenQuestion("desired_outcome"))
        text = turn.ports.wordings.line("ask_desired_outcome", _lang(turn))
        turn.say_text(text, asking.buttons(asking.open_options(turn)))
        return None
    return offering.offer(turn)


def _lang(turn: Turn) -> str:
    return turn.conversation.language


def _too_vague(turn: Turn) -> bool:
    """No problem that has a name, hardly any words, and not asked yet in any form."""
    case = turn.case
    assert case is not None
    if _main_pain(turn, turn.understanding.tags) or len(case.description) > VAGUE[_lang(turn)]:
        return False
    asked = any(event.kind == "asked_what_happened" for event in turn.tx.case_events(case.id))
    told = any(answer.text and answer.scale is None for answer in turn.answers)
    if asked or told or any(tag.polarity == "negative" for tag in turn.tx.tags_of_case(case.id)):
        return False
    turn.case_event("asked_what_happened")
    return True


def _wants_order(turn: Turn, case: r.Case) -> bool:
    if case.order_checked or case.order_given_up:
        return False
    touchpoint = case.touchpoint
    return bool(case.order_id) or touchpoint is None or turn.definitions.journey.touchpoint(touchpoint).needs_order


def ask_order(turn: Turn, line: str = "ask_order", attempts: int = 0) -> None:
    """Asks for the order number; its only button says that there is none at hand."""
    turn.update(open_question=r.OpenQuestion("order", attempts=attempts))
    turn.say_text(turn.ports.wordings.line(line, _lang(turn)), asking.buttons(asking.open_options(turn)))


def take_words(turn: Turn) -> Optional[Errand]:
    """Free words while the recovery asks something."""
    asked, case = turn.open, turn.case
    if asked is None or case is None:
        return None
    read = turn.understanding
    if asked.kind == "order":
        return take_order(turn)
    if asked.question == "phone_last4":
        return take_phone(turn)
    if asked.question == "what_happened":
        _learn(turn)
        return advance(turn)
    if asked.kind == "desired_outcome":
        turn.change_case(desired_outcome=read.entities.get("remedy") or "unsure")
        turn.case_event("wish", text=turn.text, outcome=turn.case.desired_outcome if turn.case else None)
        return advance(turn)
    if asked.kind == "remedy":
        return offering.unclear(turn)
    if asked.kind == "recovery_score":
        return rate_recovery(turn, read.score)
    return None


def take_order(turn: Turn) -> Optional[Errand]:
    """An order number, or words without one."""
    asked, order_id = turn.open, turn.understanding.entities.get("order_id")
    attempts = asked.attempts if asked else 0
    if order_id:
        turn.change_case(order_id=order_id)
        return LookUp(order_id)
    return wrong_order(turn, attempts, "order_not_read")


def wrong_order(turn: Turn, attempts: int, line: str) -> Optional[Errand]:
    """Told and asked again, twice at most; then it goes on without an order."""
    if attempts < ORDER_ATTEMPTS:
        ask_order(turn, line, attempts + 1)
        return None
    return give_up_order(turn)


def give_up_order(turn: Turn) -> Optional[Errand]:
    turn.change_case(order_given_up=True, order_id=None)
    turn.case_event("order_given_up")
    turn.say("without_order")
    return advance(turn)


def take_phone(turn: Turn) -> Optional[Errand]:
    """The last digits of the phone on the order: proof for a customer whom we do not know."""
    case = turn.case
    digits = "".join(sign for sign in turn.text if sign.isdigit())
    assert case is not None and case.order_id
    return LookUp(case.order_id, phone_last4=digits[-4:] or "-")


def choose(turn: Turn, key: str) -> Optional[Errand]:
    """One of the recovery's buttons."""
    asked = turn.open
    if asked is None:
        return None
    if asked.kind == "remedy":
        return offering.accept(turn) if key == "yes" else offering.decline(turn)
    if asked.kind == "desired_outcome":
        turn.change_case(desired_outcome=key)
        turn.case_event("wish", text=turn.text, outcome=key)
        return advance(turn)
    if asked.kind == "order":
        return give_up_order(turn)
    if asked.kind == "recovery_score":
        return rate_recovery(turn, int(key))
    if asked.question == "hand_over":
        return ask_human(turn) if key == "yes" else asking.go_on(turn)
    if asked.question == "may_begin":
        return asking.go_on(turn) if key == "yes" else None
    return None


def skip(turn: Turn) -> Optional[Errand]:
    """A question of the recovery is passed over."""
    asked = turn.open
    kind = asked.kind if asked else None
    if kind == "order" or (asked and asked.question == "phone_last4"):
        return give_up_order(turn)
    if kind == "desired_outcome":
        turn.change_case(desired_outcome="unsure")
        return advance(turn)
    if kind == "remedy":
        return offering.decline(turn)
    if kind == "recovery_score":
        turn.update(open_question=None)
        return asking.go_on(turn)
    return advance(turn) if turn.recovering else None


def ask_human(turn: Turn) -> Optional[Errand]:
    """The customer wants a person; nothing is asked before that."""
    case = turn.case
    if case is not None and case.status in OPEN_TO_A_PERSON:
        return add_for_person(turn)
    if case is None:
        _open(turn)
    elif case.status != "recovering":
        turn.change_case(status="recovering", first_contact_resolved=False, resolved_at=None, reopened=True)
    return escalate(turn, "asked_for_person")


def rate_recovery(turn: Turn, score: Optional[Score]) -> Optional[Errand]:
    """How it feels now, 1 to 5; a low one goes to a person, because the bot has nothing better to give."""
    if score is None or not 1 <= score <= 5:
        return _recovery_score_unclear(turn)
    turn.change_case(recovery_score=int(score))
    turn.case_event("recovery_score", score=int(score))
    turn.update(open_question=None)
    if score <= 2 and turn.case and turn.case.status == "resolved_by_bot":
        turn.change_case(status="recovering", reopened=True, first_contact_resolved=False, resolved_at=None)
        return escalate(turn, "not_solved")
    turn.say("recovery_score_thanks")
    asking.go_on(turn)
    return None


def _recovery_score_unclear(turn: Turn) -> None:
    asked = turn.open
    if asked and asked.attempts < 1:
        turn.say("not_understood_score")
        return asking.ask_again(turn, asked.attempts + 1)
    turn.update(open_question=None)
    asking.go_on(turn)
