"""Telling a team: Apprise for whatever service its targets name, the log where it has none."""

import logging
from typing import Sequence

from bot.core.errors import ServiceRefused, ServiceUnavailable
from bot.core.ports import Notifier

log = logging.getLogger(__name__)


class AppriseNotifier(Notifier):
    """Targets are Apprise URLs such as slack://…; they may hold secrets and are never logged."""

    def notify(self, targets: Sequence[str], title: str, body: str) -> None:
        if not targets:
            # Not the body: it quotes a customer, and nobody could erase them from a log.
            log.warning("notice: %s", title.replace("\n", " / "))
            return
        # Here and not above: importing Apprise takes a second that only those with targets need to spend.
        import apprise

        # It would log a target that it cannot read, with the secret in it.
        logging.getLogger("apprise").disabled = True
        sender = apprise.Apprise()
        for number, target in enumerate(targets, 1):
            if not sender.add(target):
                raise ServiceRefused(f"target {number} of the team is not an Apprise URL")
        if not sender.notify(title=title, body=body):
            raise ServiceUnavailable("at least one target did not take the notice")
