"""Telling a team: each kind of target by its own way."""

import logging
from typing import Mapping

from bot.core.errors import ServiceRefused, ServiceUnavailable
from bot.core.masking import mask
from bot.core.notice import Notice, Target
from bot.core.ports import Notifier

log = logging.getLogger(__name__)


class TeamNotifier(Notifier):
    """Hands a notice to the notifier for its target's kind."""

    def __init__(self, by_kind: Mapping[str, Notifier]):
        self._by_kind = by_kind

    def notify(self, target: Target, notice: Notice) -> None:
        if target.kind not in self._by_kind:
            raise ServiceRefused(f"there is no way to a target of kind {target.kind}")
        self._by_kind[target.kind].notify(target, notice)


class LogNotifier(Notifier):
    """Writes its title on one line of the log: for a team that has no target."""

    def notify(self, target: Target, notice: Notice) -> None:
        # Not the body: it quotes a customer, and nobody could erase them from a log.
        log.warning("notice: %s", mask(notice.title.replace("\n", " / ")))


class AppriseNotifier(Notifier):
    """Targets are Apprise URLs such as slack://…; they may hold secrets and are never logged."""

    def notify(self, target: Target, notice: Notice) -> None:
        # Here and not above: importing Apprise takes a second that only those with targets need to spend.
        import apprise

        # It would log a target that it cannot read, with the secret in it.
        logging.getLogger("apprise").disabled = True
        sender = apprise.Apprise()
        if not sender.add(target.address):
            raise ServiceRefused("it is not an Apprise URL")
        if not sender.notify(title=notice.title, body=body_of(notice)):
            raise ServiceUnavailable("it did not take the notice")


def body_of(notice: Notice) -> str:
    """What people read below the title."""
    return "\n".join(part for part in (notice.text, notice.link) if part)
