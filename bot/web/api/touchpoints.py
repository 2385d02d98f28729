"""`POST /touchpoints`: something has happened, ask the customer how it went."""

from fastapi import Depends

from bot.core.records import Customer, TouchpointEvent
from bot.core.services import touchpoints
from bot.web.api.auth import keyed_router
from bot.web.api.incoming import TouchpointIn
from bot.web.api.outgoing import InvitationOut, RegisteredOut
from bot.web.context import Web, web_of

router = keyed_router("touchpoints")


@router.post("/touchpoints", status_code=202, response_model=RegisteredOut)
def register(body: TouchpointIn, web: Web = Depends(web_of)) -> RegisteredOut:
    """Tells of a purchase, a visit or a call. The same `event_id` again gives the same answer and nothing new."""
    who = body.customer
    event = TouchpointEvent(
        id=body.event_id,
        touchpoint=body.touchpoint,
        occurred_at=body.occurred_at,
        customer_id=who.id,
        order_id=body.order_id,
        staff_id=body.staff_id,
        store_id=body.store_id,
        attributes=body.attributes,
    )
    customer = Customer(who.id, name=who.name, locale=who.locale, segment=who.segment)
    contact = (who.contact.channel, who.contact.address) if who.contact else None
    registered = touchpoints.register(web.wiring.ports, event, customer, contact)
    invitation = registered.invitation
    return RegisteredOut(
        conversation_id=registered.conversation_id,
        chat_url=web.signing.chat_url(registered.conversation_id),
        invitation=InvitationOut(id=invitation.id, status=invitation.status, reason=invitation.reason),
    )
