"""What a case in recovery still lacks, one thing at a time: what happened, which order, what would put it right.

`advance` looks at the case and does the next thing; every step is in the case, none in the dialogue.
"""

import re
from typing import Optional

from bot.core import records as r
from bot.core.services import asking, cases, offering
from bot.core.services.errands import Errand, LookUp
from bot.core.services.escalation import escalate
from bot.core.services.turn import Turn

# A wrong order number is told and asked again this often, then it goes on without.
ORDER_ATTEMPTS = 2
# Fewer characters than this, or nothing but "I want to complain", tell no problem.
VAGUE = {"zh-Hans": 4, "zh-Hant": 4, "en": 12}
ONLY_THE_WISH = re.compile(r".{0,6}(投诉|投訴|客訴|抱怨).{0,4}|.{0,20}\b(complain|complaint)\b.{0,12}", re.IGNORECASE)


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
            r.OpenQuestion("text", None, "what_happened"),
            turn.ports.wordings.line("ask_what_happened", turn.conversation.language),
        )
        return None
    if _wants_order(turn, case):
        if case.order_id:
            return LookUp(case.order_id)
        return ask_order(turn)
    if case.desired_outcome is None:
        asking.put(turn, r.OpenQuestion("desired_outcome"), "ask_desired_outcome")
        return None
    return offering.offer(turn)


def _too_vague(turn: Turn) -> bool:
    """No problem that has a name, hardly any words, and not asked yet in any form."""
    case = turn.case
    assert case is not None
    only_a_wish = ONLY_THE_WISH.fullmatch(case.description) or turn.understanding.act == "request_remedy"
    told_enough = len(case.description) > VAGUE[turn.conversation.language] and not only_a_wish
    if told_enough or cases.main_pain(turn, turn.understanding.tags):
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
    return bool(case.order_id) or turn.touchpoint is None or turn.touchpoint.needs_order


def ask_order(turn: Turn, line: str = "ask_order", attempts: int = 0) -> None:
    """Asks for the order number; its only button says that there is none at hand."""
    asking.put(turn, r.OpenQuestion("order", attempts=attempts), line)


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
    case, asked = turn.case, turn.open
    digits = "".join(sign for sign in turn.text if sign.isdigit())
    assert case is not None and case.order_id and asked is not None
    if len(digits) >= 4:
        return LookUp(case.order_id, phone_last4=digits[-4:])
    if asked.attempts >= ORDER_ATTEMPTS:
        return give_up_order(turn)
    turn.say("phone_not_read")
    asking.ask_again(turn, asked.attempts + 1)
    return None
