"""What the core asks of a transaction of the store."""

import abc
from datetime import datetime
from typing import Any, Collection, List, Mapping, Optional, Sequence, Set, Tuple

from bot.core import records as r
from bot.core.review import ToReview


class Transaction(abc.ABC):
    """Reads and writes that take effect together, or not at all when the block is left by an exception.

    `find_*` and `get`-less names answer None where nothing is found. `save_*` writes the whole record over the one with
    the same id. Writers exclude each other from the first statement on (SQLite: BEGIN IMMEDIATE).
    """

    # conversations and messages
    @abc.abstractmethod
    def conversation(self, conversation_id: str) -> Optional[r.Conversation]:
        """The conversation, locked against other writers until the transaction ends."""

    @abc.abstractmethod
    def add_conversation(self, conversation: r.Conversation) -> None: ...

    @abc.abstractmethod
    def save_conversation(self, conversation: r.Conversation) -> r.Conversation:
        """Saves and gives it back with its new version. Raises Conflict if it changed since it was read."""

    @abc.abstractmethod
    def add_message(self, message: r.Message) -> Tuple[r.Message, bool]:
        """Adds it, once for each (conversation, channel_message_id): (the stored message, whether it is new)."""

    @abc.abstractmethod
    def take_message(self, message_id: str, now: datetime, lease_seconds: float) -> Optional[r.Message]:
        """Takes an unhandled message to work on it; None if it is handled, or taken less than `lease_seconds` ago."""

    @abc.abstractmethod
    def finish_message(self, message_id: str, now: datetime, language: Optional[str] = None) -> None:
        """Marks it handled: its effects are in this transaction."""

    @abc.abstractmethod
    def message(self, message_id: str) -> Optional[r.Message]: ...

    @abc.abstractmethod
    def messages(self, conversation_id: str, after: int = 0, limit: Optional[int] = None) -> List[r.Message]:
        """In order, those with seq > `after`."""

    @abc.abstractmethod
    def replies_to(self, message_id: str) -> List[r.Message]: ...

    @abc.abstractmethod
    def unhandled_messages(self, older_than: datetime, now: datetime, limit: int = 50) -> List[r.Message]:
        """Customers' messages not handled, stored before `older_than`, in conversations that the bot owns.

        Those whose `try_after` is still to come are left out; those tried least often come first.
        """

    @abc.abstractmethod
    def count_attempt(self, message_id: str, try_after: datetime) -> None:
        """Counts one more attempt to have a message answered."""

    # pictures
    @abc.abstractmethod
    def add_picture(self, picture: r.Picture) -> None:
        """Adds the picture of a message that is stored. Raises Conflict, at the latest at the end, if it is there."""

    @abc.abstractmethod
    def picture(self, picture_id: str) -> Optional[r.Picture]: ...

    @abc.abstractmethod
    def pictures(self, conversation_id: str) -> List[r.PictureSummary]:
        """Those of a conversation in the order in which they came, without their bytes."""

    # customers and touchpoints
    @abc.abstractmethod
    def customer(self, customer_id: str) -> Optional[r.Customer]: ...

    @abc.abstractmethod
    def save_customer(self, customer: r.Customer) -> None:
        """Adds or updates; a None in the new record keeps what was known."""

    @abc.abstractmethod
    def save_channel_account(self, customer_id: str, channel: str, address: str) -> None: ...

    @abc.abstractmethod
    def erase_customer(self, customer_id: str) -> Optional[r.Erased]:
        """Removes who they are and what was said in their conversations; None if there is no such customer (any more).

        Scores, choices, tags (without the words they rest on), the kinds of a case's events and staff stay, and nothing
        tells whose they were. A conversation whose id is the sender's own name on its channel gets another id. Cases
        in `recovering` are closed, notices about their cases are removed, remedies are looked at no more.
        Raises Conflict if they begin a conversation at that moment.
        """

    @abc.abstractmethod
    def touchpoint_event(self, event_id: str) -> Optional[r.TouchpointEvent]: ...

    @abc.abstractmethod
    def add_touchpoint_event(self, event: r.TouchpointEvent) -> None: ...

    @abc.abstractmethod
    def invitation_for_event(self, event_id: str) -> Optional[r.Invitation]: ...

    @abc.abstractmethod
    def save_invitation(self, invitation: r.Invitation) -> None:
        """Adds or updates."""

    # responses
    @abc.abstractmethod
    def response(self, response_id: str) -> Optional[r.Response]: ...

    @abc.abstractmethod
    def save_response(self, response: r.Response) -> None:
        """Adds or updates."""

    @abc.abstractmethod
    def put_answer(self, answer: r.Answer) -> None:
        """Adds an answer; an earlier one to the same question is kept and marked superseded."""

    @abc.abstractmethod
    def answers(self, response_id: str) -> List[r.Answer]:
        """The answers that count (not superseded), in the order they were given."""

    @abc.abstractmethod
    def add_verbatim(self, verbatim: r.Verbatim, tags: Sequence[r.StoredTag] = ()) -> None: ...

    @abc.abstractmethod
    def file_under_case(self, message_id: str, case_id: str) -> None:
        """Puts the verbatim of a message, stored before its case was opened, under that case."""

    @abc.abstractmethod
    def tags_of_response(self, response_id: str) -> List[r.StoredTag]: ...

    @abc.abstractmethod
    def tags_of_case(self, case_id: str) -> List[r.StoredTag]: ...

    @abc.abstractmethod
    def verbatim_of_message(self, message_id: str) -> Optional[r.Verbatim]:
        """The stored words of a message, if they were stored."""

    @abc.abstractmethod
    def add_tag(self, tag: r.StoredTag) -> None:
        """Adds a tag to a verbatim that is stored."""

    @abc.abstractmethod
    def remove_tag(self, tag: r.StoredTag) -> None:
        """Removes each tag that is the same in every field; none is no error."""

    @abc.abstractmethod
    def to_review(self, since: Optional[datetime], language: Optional[str], limit: int) -> List[ToReview]:
        """Words in one of our languages that nobody was sure of, or whose tags a person corrected; the newest first.

        What was reviewed is left out, unless it was corrected afterwards; so is whatever was erased or has had its
        time. `since`: not older. `language`: only in this one.
        """

    @abc.abstractmethod
    def mark_reviewed(self, verbatim_id: str, at: Optional[datetime]) -> bool:
        """Notes when it was reviewed (None: it was not), unless its words are gone; whether they are still there."""

    # cases
    @abc.abstractmethod
    def conversation_of_case(self, case_id: str) -> Optional[str]:
        """The id of a case's conversation; nothing is locked."""

    @abc.abstractmethod
    def case(self, case_id: str) -> Optional[r.Case]:
        """The case, locked against other writers until the transaction ends."""

    @abc.abstractmethod
    def add_case(self, case: r.Case) -> None: ...

    @abc.abstractmethod
    def save_case(self, case: r.Case) -> r.Case:
        """Saves and gives it back with its new version. Raises Conflict if it changed since it was read."""

    @abc.abstractmethod
    def add_case_event(self, event: r.CaseEvent) -> None: ...

    @abc.abstractmethod
    def case_events(self, case_id: str) -> List[r.CaseEvent]: ...

    @abc.abstractmethod
    def cases_of_customer(self, customer_id: str) -> List[r.Case]: ...

    @abc.abstractmethod
    def cases_due(self, before: datetime, limit: int = 50) -> List[r.Case]:
        """Escalated or in progress, with something owed to the customer by that time; the earliest owed first.

        A first response is owed until a person has replied. Those already `missed` come last.
        """

    @abc.abstractmethod
    def person_replied(self, case_id: str) -> bool:
        """Whether a person has written to the customer since the case was opened."""

    @abc.abstractmethod
    def remedy_of_case(self, case_id: str) -> Optional[r.Remedy]:
        """The latest."""

    @abc.abstractmethod
    def remedies_of_case(self, case_id: str) -> List[r.Remedy]:
        """All that was offered or given, in the order in which it was offered."""

    @abc.abstractmethod
    def remedies_of_order(self, order_id: str) -> List[r.Remedy]:
        """Remedies of any case on this order that were carried out, are being, or wait for approval."""

    @abc.abstractmethod
    def remedies_of_customer(self, customer_id: str, since: datetime) -> List[r.Remedy]:
        """The same of all cases of a customer, as far as they were offered since then."""

    @abc.abstractmethod
    def failed_proofs(self, order_id: str, since: datetime) -> int:
        """How often since then a customer we do not know failed to prove this order theirs."""

    @abc.abstractmethod
    def save_remedy(self, remedy: r.Remedy) -> None:
        """Adds or updates."""

    @abc.abstractmethod
    def remedies_executing(self, now: datetime, limit: int = 50) -> List[r.Remedy]:
        """Remedies in `executing` whose `look_again_at` has come."""

    @abc.abstractmethod
    def silent_recoveries(self, since_before: datetime, limit: int = 50) -> List[r.Conversation]:
        """Conversations whose case is `recovering`, that the bot owns, last heard of before that time."""

    # who looks at a case
    @abc.abstractmethod
    def see_case(self, case_id: str, name: str, now: datetime) -> None:
        """Notes that somebody looks at a case at this time."""

    @abc.abstractmethod
    def leave_case(self, case_id: str, name: str) -> None:
        """Forgets that somebody looked at a case."""

    @abc.abstractmethod
    def viewers(self, case_ids: Collection[str], since: datetime) -> Mapping[str, Sequence[str]]:
        """Who looked at each of these cases at that time or later, by name; a case that nobody looks at is left out."""

    # what has had its time (bot/core/retention.py)
    @abc.abstractmethod
    def quiet_conversations(self, before: datetime, after: str = "", limit: int = 50) -> List[str]:
        """Ids beyond `after`, in order, of conversations that still hold words and are quiet.

        Quiet: nothing was said in them, and nothing was done with their cases, since `before`; none is open.
        """

    @abc.abstractmethod
    def lively_conversations(self, ids: Sequence[str], before: datetime) -> Set[str]:
        """Those of the conversations that are not quiet."""

    @abc.abstractmethod
    def forget_words(self, conversation_id: str, before: datetime) -> bool:
        """Removes what was said in it and about its cases, if it is still quiet; whether it was.

        Scores, choices, tags, the kinds of events, orders and whose it was stay.
        """

    @abc.abstractmethod
    def bygone_customers(self, before: datetime, after: str = "", limit: int = 50) -> List[str]:
        """Ids beyond `after`, in order, of customers of whom nothing is younger and no case is open."""

    @abc.abstractmethod
    def drop_pictures(self, before: datetime, limit: int) -> int:
        """Removes the oldest of those before that time; of a conversation with an open case none. How many."""

    @abc.abstractmethod
    def drop_notices(self, status: str, before: datetime, limit: int) -> int:
        """Removes outbox items that were `sent` or given up (`dead`) before then; about an open case none. How many."""

    @abc.abstractmethod
    def drop_audit_entries(self, before: datetime, limit: int) -> int:
        """Removes the oldest entries before that time; how many."""

    # the rest
    @abc.abstractmethod
    def exclusive(self, key: str) -> None:
        """From here on until the end, no other transaction that asks for the same key goes on."""

    @abc.abstractmethod
    def put_outbox(self, item: r.OutboxItem) -> None:
        """Adds it unless one with its key is there."""

    @abc.abstractmethod
    def outbox_keys(self, keys: Collection[str]) -> Set[str]:
        """Those of the keys that an item was put with."""

    @abc.abstractmethod
    def outbox_due(self, now: datetime, limit: int = 50) -> List[r.OutboxItem]:
        """Waiting items whose time has come, oldest first; in a transaction that writes no other one gets the same."""

    @abc.abstractmethod
    def save_outbox(self, item: r.OutboxItem) -> bool:
        """Saves an item that is there; whether it was: one that was erased is not put back."""

    @abc.abstractmethod
    def outbox_item(self, item_id: str, lock: bool = True) -> Optional[r.OutboxItem]:
        """The item, locked against other writers until the transaction ends unless told otherwise."""

    @abc.abstractmethod
    def add_audit_entry(self, entry: r.AuditEntry) -> None:
        """Adds it for good: no other method changes one, and only retention and erasure touch them."""

    @abc.abstractmethod
    def audit_entries(self, wanted: r.AuditFilter, before: Optional[int] = None, limit: int = 50) -> List[r.AuditEntry]:
        """The newest first; with `before`, only those with a smaller seq."""

    @abc.abstractmethod
    def active_definitions(self) -> Optional[Tuple[int, str, Mapping[str, Any]]]:
        """(version, digest, content as JSON) of the active definitions."""

    @abc.abstractmethod
    def active_definitions_version(self) -> int:
        """Only the number, 0 if there is none; cheap enough to ask each turn."""

    @abc.abstractmethod
    def add_definitions(self, digest: str, content: Mapping[str, Any], now: datetime) -> int:
        """Makes it the active version and gives its number."""

    @abc.abstractmethod
    def user(self, name: str) -> Optional[r.User]: ...

    @abc.abstractmethod
    def users(self) -> List[r.User]:
        """Everybody, by name; in a transaction that writes, locked until it ends."""

    @abc.abstractmethod
    def save_user(self, user: r.User) -> None:
        """Adds or updates."""
