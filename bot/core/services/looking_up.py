"""What came of looking an order up. An unknown and a foreign order answer alike, so that nobody can try numbers out."""

from datetime import timedelta
from typing import Optional

from bot.core import records as r
from bot.core.services import asking, recovering
from bot.core.services.errands import Errand, LookUp, Outcome
from bot.core.services.escalation import escalate
from bot.core.services.turn import Turn

PROOFS_MOST = 5
PROOFS_WITHIN = timedelta(days=1)


def conclude(turn: Turn, errand: LookUp, outcome: Outcome) -> Optional[Errand]:
    """Goes on with the case: the order is the customer's, or is asked again, or a person takes over."""
    case = turn.case
    if case is None or case.status != "recovering" or case.order_checked:
        return None
    if outcome.failure:
        turn.case_event("order_system_failed", reason=outcome.reason)
        return escalate(turn, "order_system_down")
    stranger = turn.conversation.customer_id is None
    if stranger and errand.phone_last4 is None:
        return _ask_phone(turn)
    if not _owned(turn, errand, outcome.order) or (stranger and _guessed_too_often(turn, errand)):
        return _not_found(turn, stranger)
    return _found(turn, outcome.order)


def _guessed_too_often(turn: Turn, errand: LookUp) -> bool:
    """Four digits are soon tried out from one new chat after the other; the right ones stop helping, unsaid."""
    return turn.tx.failed_proofs(errand.order_id, turn.now - PROOFS_WITHIN) >= PROOFS_MOST


def _owned(turn: Turn, errand: LookUp, order: Optional[r.Order]) -> bool:
    if order is None:
        return False
    if turn.conversation.customer_id is not None:
        return order.customer_id == turn.conversation.customer_id
    return order.phone_last4 is not None and order.phone_last4 == errand.phone_last4


def _ask_phone(turn: Turn) -> None:
    attempts = turn.open.attempts if turn.open else 0
    asking.put(turn, r.OpenQuestion("text", None, "phone_last4", attempts), "ask_phone_last4")


def _not_found(turn: Turn, stranger: bool) -> Optional[Errand]:
    case, asked = turn.case, turn.open
    assert case is not None
    turn.case_event(f"proof_failed:{case.order_id}" if stranger else "order_not_found", order_id=case.order_id)
    turn.change_case(order_id=None)
    if asked is None or not (asked.kind == "order" or asked.question == "phone_last4"):
        # The number came with the touchpoint, not from the customer, who must not be told to check it.
        return recovering.ask_order(turn)
    return recovering.wrong_order(
        turn, asked.attempts, "order_still_not_found" if asked.attempts else "order_not_found"
    )


def _found(turn: Turn, order: Optional[r.Order]) -> Optional[Errand]:
    assert order is not None
    if turn.conversation.customer_id is None:
        turn.tx.save_customer(r.Customer(order.customer_id))
        turn.update(customer_id=order.customer_id)
    if turn.response is not None and turn.response.customer_id is None:
        turn.change_response(customer_id=order.customer_id)
    facts = {"amount": order.amount, "currency": order.currency, "items": list(order.items)}
    turn.change_case(order_id=order.order_id, order_checked=True, order=facts, customer_id=order.customer_id)
    turn.case_event("order_found", order_id=order.order_id, **facts)
    turn.update(open_question=None)
    return recovering.advance(turn)
