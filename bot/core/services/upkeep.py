"""What falls due without anybody writing: unconfirmed remedies, silent customers, messages nobody answered."""

import logging
from datetime import datetime, timedelta
from typing import Callable, List, Sequence, TypeVar

from bot.core import records as r
from bot.core.ports import Ports
from bot.core.services import asking, errands, giving, notices, offering
from bot.core.services.escalation import escalate
from bot.core.services.turn import Turn

log = logging.getLogger(__name__)

Item = TypeVar("Item", r.Remedy, r.Conversation, r.Message, r.Case)

# About a quarter of a minute of trying; it goes on being tried after that.
RECONCILE_BEFORE_A_PERSON = 4
SILENT_AFTER = timedelta(minutes=30)
ANSWER_ATTEMPTS = 5


def reconcile_remedies(ports: Ports) -> int:
    """Finds out what became of remedies left in `executing`, and tells the customer; gives how many were looked at."""
    with ports.store.read() as tx:
        due = tx.remedies_executing(ports.clock())
    return each(due, lambda remedy: _reconcile(ports, remedy))


def _reconcile(ports: Ports, seen: r.Remedy) -> None:
    with ports.store.begin() as tx:
        case = tx.case(seen.case_id)
        remedy = tx.remedy_of_case(seen.case_id)
        if case is None or remedy is None or remedy.status != "executing":
            return  # its end was seen meanwhile
        if remedy.id != seen.id or remedy.look_again_at != seen.look_again_at:
            return  # another worker has it
        remedy = errands.begin(remedy, ports.clock() + ports.lease)
        tx.save_remedy(remedy)
    outcome = errands.reconcile(errands.carry_out(case, remedy), ports.orders)
    with ports.store.begin() as tx:
        turn = Turn.load(ports, tx, case.conversation_id)
        giving.conclude(turn, outcome)
        stuck = outcome.failure == "unavailable" and remedy.attempts >= RECONCILE_BEFORE_A_PERSON
        if stuck and turn.recovering:
            escalate(turn, "order_system_down")
        turn.save()


def look_after_the_silent(ports: Ports) -> int:
    """Reminds once a customer who fell silent in a recovery, then hands the case over; gives how many were touched."""
    before = ports.clock() - SILENT_AFTER
    with ports.store.read() as tx:
        silent = tx.silent_recoveries(before, limit=500)
    return each(silent, lambda conversation: _remind_or_escalate(ports, conversation.id, before))


def each(items: Sequence[Item], look_after: Callable[[Item], None]) -> int:
    """Each by itself: one that cannot be looked after is logged, and holds up no other. Gives how many there were."""
    for item in items:
        try:
            look_after(item)
        except Exception:
            log.exception("%s %s could not be looked after", type(item).__name__, item.id)
    return len(items)


def _remind_or_escalate(ports: Ports, conversation_id: str, before: datetime) -> None:
    with ports.store.begin() as tx:
        turn = Turn.load(ports, tx, conversation_id)
        conversation = turn.conversation
        heard = conversation.last_customer_at
        if not turn.recovering or offering.running(turn) or conversation.owner != "bot" or (heard and heard > before):
            return
        if conversation.reminded_at is None:
            turn.update(reminded_at=turn.now)
            turn.case_event("reminded")
            turn.say("reminder")
            asking.ask_again(turn)
        elif conversation.reminded_at <= before:
            escalate(turn, "silent")
        else:
            return
        turn.save()


def unanswered(ports: Ports) -> List[r.Message]:
    """Messages that no action has handled, and that none can still be working on; each counts as tried from here on.

    One that has failed too often is closed: the customer is told, and the team gets a notice.
    """
    with ports.store.begin() as tx:
        found = tx.unhandled_messages(ports.clock() - ports.lease, ports.clock())
        for message in found:
            tried = message.attempts + 1
            tx.count_attempt(message.id, ports.clock() + errands.back_off(tried, ports.lease))
    each([message for message in found if message.attempts >= ANSWER_ATTEMPTS], lambda one: _give_up(ports, one))
    return [message for message in found if message.attempts < ANSWER_ATTEMPTS]


def _give_up(ports: Ports, message: r.Message) -> None:
    with ports.store.begin() as tx:
        turn = Turn.load(ports, tx, message.conversation_id, message)
        turn.say("could_not_answer")
        notices.unanswered(turn, message)
        turn.save()
