"""A purchase, visit or call has happened: the customer is invited to say how it was."""

from dataclasses import dataclass
from typing import Optional, Tuple

from bot.core import records as r
from bot.core.errors import Conflict, InvalidInput, NotFound
from bot.core.ports import Ports, Transaction
from bot.core.services import opening
from bot.core.services.turn import new_id

WEB = "web"
TRADITIONAL_REGIONS = ("TW", "HK", "MO")


@dataclass(frozen=True)
class Registered:
    conversation_id: str
    invitation: r.Invitation


def register(
    ports: Ports, event: r.TouchpointEvent, customer: r.Customer, contact: Optional[Tuple[str, str]] = None
) -> Registered:
    """Stores the event and opens a conversation for it; the same event again gives the same answer and nothing new.

    Args:
        contact: (channel, address) to reach the customer at; the web chat where none is given.

    Raises:
        InvalidInput: an unknown touchpoint.
    """
    try:
        return _register(ports, event, customer, contact)
    except Conflict:
        # The same event was sent twice at once; the second time its invitation is there.
        return _register(ports, event, customer, contact)


def _register(
    ports: Ports, event: r.TouchpointEvent, customer: r.Customer, contact: Optional[Tuple[str, str]]
) -> Registered:
    with ports.store.begin() as tx:
        _check_touchpoint(ports, tx, event.touchpoint)
        earlier = tx.invitation_for_event(event.id)
        if earlier is not None:
            return Registered(earlier.conversation_id, earlier)
        tx.save_customer(customer)
        if contact:
            tx.save_channel_account(customer.id, *contact)
        tx.add_touchpoint_event(event)
        return _invite(ports, tx, event, customer, contact[0] if contact else WEB)


def _check_touchpoint(ports: Ports, tx: Transaction, key: str) -> None:
    known = [touchpoint.key for touchpoint in ports.definitions.current(tx).journey.touchpoints]
    if key not in known:
        raise InvalidInput(f"unknown touchpoint {key!r}: one of {', '.join(known)}", field="touchpoint")


def _invite(ports: Ports, tx: Transaction, event: r.TouchpointEvent, customer: r.Customer, channel: str) -> Registered:
    """No messaging channel can send yet: elsewhere than on the web the link is given back, and nothing is sent."""
    conversation = r.Conversation(
        id=opening.new_conversation_id(),
        channel=channel,
        language=language_of(customer.locale),
        created_at=ports.clock(),
        customer_id=customer.id,
        event_id=event.id,
        touchpoint=event.touchpoint,
    )
    tx.add_conversation(conversation)
    sent = channel == WEB
    reason = None if sent else f"no messenger for channel {channel}; the link may be passed on"
    status = "sent" if sent else "suppressed"
    invitation = r.Invitation(new_id(), event.id, conversation.id, status, reason, created_at=ports.clock())
    tx.save_invitation(invitation)
    return Registered(conversation.id, invitation)


def language_of(locale: Optional[str]) -> str:
    """The language for a locale tag (BCP 47, also with underscores): zh-TW → zh-Hant, zh_CN → zh-Hans; else English."""
    parts = (locale or "").replace("_", "-").split("-")
    if parts[0].lower() != "zh":
        return "en"
    upper = {part.upper() for part in parts[1:]}
    if upper & {"HANS", "HANT"}:  # a script that is named wins over the region
        return "zh-Hant" if "HANT" in upper else "zh-Hans"
    return "zh-Hant" if upper & set(TRADITIONAL_REGIONS) else "zh-Hans"


def conversation_of(ports: Ports, conversation_id: str) -> r.Conversation:
    """Raises NotFound."""
    with ports.store.read() as tx:
        found = tx.conversation(conversation_id)
    if found is None:
        raise NotFound(f"no conversation {conversation_id}")
    return found
