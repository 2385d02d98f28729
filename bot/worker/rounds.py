"""One round of the worker: each duty by itself, so that one that fails holds up no other."""

import logging
from typing import Callable, Mapping, Optional

from bot.core import records as r
from bot.core.errors import ServiceUnavailable
from bot.core.ports import Notifier, Ports
from bot.core.services import outbox, upkeep, watching

log = logging.getLogger(__name__)

Duty = Callable[[], object]


Deliver = Callable[[r.Message], None]


def rounds(
    ports: Ports, notifier: Notifier, deliver_again: Deliver, retain: Optional[Duty] = None
) -> Mapping[str, Duty]:
    """The duties by name. `deliver_again` hands a stored message to Rasa; it raises ServiceUnavailable.

    `retain` takes one step in removing what has had its time; without it nothing is removed.
    """
    retention = {"keep nothing too long": retain} if retain else {}
    return {
        "reconcile remedies": lambda: upkeep.reconcile_remedies(ports),
        "look after the silent": lambda: upkeep.look_after_the_silent(ports),
        "answer what nobody answered": lambda: answer_left_messages(ports, deliver_again),
        "watch the dues": lambda: watching.watch_dues(ports),
        "send the outbox": lambda: outbox.send(ports, notifier),
        **retention,
    }


def run_round(duties: Mapping[str, Duty]) -> None:
    """Does each; what fails is logged with its reason and tried again in the next round."""
    for name, duty in duties.items():
        try:
            duty()
        except Exception:
            log.exception("could not %s", name)


def answer_left_messages(ports: Ports, deliver_again: Deliver) -> int:
    """Hands messages that no action handled to Rasa again; its answer goes into the store, where chats read it."""
    left = upkeep.unanswered(ports)
    for message in left:
        try:
            deliver_again(message)
        except ServiceUnavailable as error:
            log.warning("message %s is still unanswered: %s", message.id, error)
            break
    return len(left)
