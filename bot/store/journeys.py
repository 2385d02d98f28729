"""Customers, what they went through, and the invitations that followed."""

from typing import Optional

from sqlalchemy import bindparam, select

from bot.core import records as r
from bot.store.statements import insert, row, upsert
from bot.store.tables import channel_accounts, customers, invitations, touchpoint_events
from bot.store.transaction_base import TransactionBase

_CUSTOMER = select(customers).where(customers.c.id == bindparam("key"))
_SAVE_CUSTOMER = upsert(customers, ["id"], keep_known=True)
_SAVE_ACCOUNT = upsert(channel_accounts, ["channel", "address"])
_EVENT = select(touchpoint_events).where(touchpoint_events.c.id == bindparam("key"))
_ADD_EVENT = insert(touchpoint_events)
_INVITATION = select(invitations).where(invitations.c.event_id == bindparam("key"))
_SAVE_INVITATION = upsert(invitations, ["id"])


class JourneysPart(TransactionBase):
    """Implements the customers and touchpoints of `Transaction`."""

    def customer(self, customer_id: str) -> Optional[r.Customer]:
        found = self._one(_CUSTOMER, {"key": customer_id})
        return r.Customer(**found._mapping) if found else None

    def save_customer(self, customer: r.Customer) -> None:
        self._do(_SAVE_CUSTOMER, row(customer))

    def save_channel_account(self, customer_id: str, channel: str, address: str) -> None:
        self._do(_SAVE_ACCOUNT, {"customer_id": customer_id, "channel": channel, "address": address})

    def touchpoint_event(self, event_id: str) -> Optional[r.TouchpointEvent]:
        found = self._one(_EVENT, {"key": event_id})
        return r.TouchpointEvent(**found._mapping) if found else None

    def add_touchpoint_event(self, event: r.TouchpointEvent) -> None:
        self._do(_ADD_EVENT, {**row(event), "attributes": dict(event.attributes)})

    def invitation_for_event(self, event_id: str) -> Optional[r.Invitation]:
        found = self._one(_INVITATION, {"key": event_id})
        return r.Invitation(**found._mapping) if found else None

    def save_invitation(self, invitation: r.Invitation) -> None:
        self._do(_SAVE_INVITATION, row(invitation))
