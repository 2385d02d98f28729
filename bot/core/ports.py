"""What core needs from the outside. An adapter implements one of these; a contract test holds each to its words."""

import abc
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Callable, List, Optional

from bot.core import records as r
from bot.core.definitions import Definitions
from bot.core.notice import Notice, Target
from bot.core.transaction import Transaction as Transaction
from bot.core.types import BRAND


class Store(abc.ABC):
    """Where everything is kept."""

    @abc.abstractmethod
    def begin(self) -> "AbstractContextManager[Transaction]":
        """A transaction that writes: committed when the block ends, rolled back when it raises."""

    @abc.abstractmethod
    def read(self) -> "AbstractContextManager[Transaction]":
        """A transaction that only reads and holds up no writer."""


class OrderSystem(abc.ABC):
    """The business's order system.

    Every call has a time limit and raises ServiceUnavailable (no answer, or a fault that may pass: trying again with
    the same key is safe) or ServiceRefused (it answered no).
    """

    @abc.abstractmethod
    def order(self, order_id: str) -> Optional[r.Order]:
        """The order, or None if there is none."""

    @abc.abstractmethod
    def carry_out(self, order_id: str, kind: str, amount: Optional[float], key: str) -> None:
        """Carries a remedy out, once for each idempotency key."""

    @abc.abstractmethod
    def was_carried_out(self, order_id: str, key: str) -> bool:
        """Whether a remedy with this key was carried out."""


class Notifier(abc.ABC):
    """Tells a team."""

    @abc.abstractmethod
    def notify(self, target: Target, notice: Notice) -> None:
        """Sends it to one target, within a time limit.

        Raises ServiceUnavailable (try again later; it may have arrived) or ServiceRefused (trying again will not help).
        The message of neither holds the target's address.
        """


class Trackers(abc.ABC):
    """What Rasa keeps of conversations, seen from outside Rasa. Both raise ServiceUnavailable."""

    @abc.abstractmethod
    def senders(self, after: str = "", limit: int = 50) -> List[str]:
        """The conversations beyond `after` that it keeps something of, in order."""

    @abc.abstractmethod
    def forget(self, *conversation_ids: str) -> None:
        """Deletes what it keeps of them, if anything."""


class Wordings(abc.ABC):
    """The bot's fixed lines."""

    @abc.abstractmethod
    def line(self, key: str, language: str, /, **values: Any) -> str:
        """The line `key` in `language`, its {placeholders} filled. Raises KeyError for an unknown line."""


class DefinitionsSource(abc.ABC):
    """The active definitions."""

    @abc.abstractmethod
    def current(self, tx: Transaction) -> Definitions:
        """The active version, read anew only when its number changed."""


@dataclass(frozen=True)
class Ports:
    """What the services work with.

    clock: gives the time, aware and in UTC. lease: longer than any turn can take with its calls to the order system;
    what is younger may still be under way in another process. public_url: how people reach our pages, without a last
    slash. brand: who asks. privacy_contact: where customers may object to the use of their data; None: in the chat
    itself.
    """

    store: Store
    definitions: DefinitionsSource
    wordings: Wordings
    orders: OrderSystem
    clock: Callable[[], datetime]
    lease: timedelta = timedelta(seconds=45)
    public_url: str = ""
    brand: str = BRAND
    privacy_contact: Optional[str] = None
