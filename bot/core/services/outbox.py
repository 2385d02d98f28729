"""Sending what waits in the outbox: each target is a delivery of its own, and what fails for good can be sent again.

An item keeps in its payload which targets have it (`told`) and which will not take it (`refused`, with the reason), by
their digests: their addresses hold secrets.
"""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Dict, Optional

from bot.core import records as r
from bot.core.errors import NotFound, ServiceRefused, ServiceUnavailable
from bot.core.notice import Notice, Target, targets_of
from bot.core.ports import Notifier, Ports, Transaction
from bot.core.services import errands

log = logging.getLogger(__name__)

ATTEMPTS = 8
CLAIMED_FOR = timedelta(seconds=60)
# The worker has other duties: a round of slow targets must not hold them up for minutes.
AT_ONCE = 5


def send(ports: Ports, notifier: Notifier) -> int:
    """Sends what is due, with retries; gives how many items were tried."""
    for count in range(AT_ONCE):
        item = _claim(ports)
        if item is None:
            return count
        _deliver(ports, notifier, item)
    return AT_ONCE


def send_again(ports: Ports, item_id: str, by: str) -> r.OutboxItem:
    """Has a dead item tried anew, at the targets that do not have it; one that is not dead stays as it is.

    Raises NotFound.
    """
    with ports.store.begin() as tx:
        item = _locked(tx, item_id)
        if item.status != "dead":
            return item
        now = ports.clock()
        again = {**item.payload, "refused": {}, "sent_again": {"by": by, "at": now.isoformat()}}
        item = replace(item, status="waiting", attempts=0, due_at=now, payload=again)
        tx.save_outbox(item)
        if case_id := item.payload.get("case_id"):
            details = {"text": item.payload.get("title", "")}
            tx.add_case_event(r.CaseEvent(case_id, "notice_sent_again", now, actor=by, details=details))
        return item


def _locked(tx: Transaction, item_id: str) -> r.OutboxItem:
    """The item, its conversation locked before it as everywhere. Raises NotFound."""
    seen = tx.outbox_item(item_id, lock=False)
    conversation_id = tx.conversation_of_case(str(seen.payload.get("case_id"))) if seen else None
    if conversation_id is not None:
        tx.conversation(conversation_id)
    item = tx.outbox_item(item_id)
    if item is None:
        raise NotFound(f"no outbox item {item_id}")
    return item


def _claim(ports: Ports) -> Optional[r.OutboxItem]:
    """Counts the attempt and moves the due time before anything is sent: a second worker, or this one after a crash,
    waits for that long."""
    with ports.store.begin() as tx:
        for item in tx.outbox_due(ports.clock(), limit=1):
            item = _held(replace(item, attempts=item.attempts + 1), ports.clock())
            tx.save_outbox(item)
            return item
    return None


def _held(item: r.OutboxItem, now: datetime) -> r.OutboxItem:
    return replace(item, due_at=now + errands.back_off(item.attempts, CLAIMED_FOR))


def _deliver(ports: Ports, notifier: Notifier, item: r.OutboxItem) -> None:
    """Tries each target that is left; what one of them took is kept before the next is tried."""
    with ports.store.read() as tx:
        levels = ports.definitions.current(tx).service_levels
    targets = targets_of(levels, item.payload["team"], item.payload.get("severity"))
    notice, failed = _notice(ports, item), {}
    for number, target in enumerate(targets, 1):
        if target.digest in item.payload.get("told", ()) or target.digest in item.payload.get("refused", {}):
            continue
        name = f"{target.kind} target {number} of {len(targets)}"
        try:
            notifier.notify(target, notice)
            item = _with_told(item, target)
        except ServiceUnavailable as error:
            failed[target.digest] = f"{name}: {error}"
        except ServiceRefused as error:
            item = _with_refused(item, target, f"{name}: {error}")
        except Exception as error:
            # A fault of ours or of a library; it must not keep the item from its other targets, nor from its end.
            log.exception("%s of %s could not be told", name, item.key)
            failed[target.digest] = f"{name}: {type(error).__name__}"
        item = _held(item, ports.clock())
        if not _save(ports, item):
            return  # erased meanwhile, with the person whom it was about
    _save(ports, _ended(item, failed, ports.clock()))


def _ended(item: r.OutboxItem, failed: Dict[str, str], now: datetime) -> r.OutboxItem:
    refused = item.payload.get("refused", {})
    errors = "; ".join([*refused.values(), *failed.values()]) or None
    if failed and item.attempts < ATTEMPTS:
        return replace(item, last_error=errors)
    if errors:
        return replace(item, status="dead", last_error=errors)
    return replace(item, status="sent", sent_at=now, last_error=None)


def _with_told(item: r.OutboxItem, target: Target) -> r.OutboxItem:
    return _with(item, told=[*item.payload.get("told", ()), target.digest])


def _with_refused(item: r.OutboxItem, target: Target, reason: str) -> r.OutboxItem:
    return _with(item, refused={**item.payload.get("refused", {}), target.digest: reason})


def _with(item: r.OutboxItem, **changes: Any) -> r.OutboxItem:
    return replace(item, payload={**item.payload, **changes})


def _save(ports: Ports, item: r.OutboxItem) -> bool:
    with ports.store.begin() as tx:
        return tx.save_outbox(item)


def _notice(ports: Ports, item: r.OutboxItem) -> Notice:
    payload, case_id = item.payload, item.payload.get("case_id")
    at = payload.get("at")
    return Notice(
        key=item.key,
        type=payload.get("type", item.kind),
        at=datetime.fromisoformat(at) if at else ports.clock(),
        team=payload["team"],
        title=payload["title"],
        text=payload["body"],
        link=f"{ports.public_url}/console/cases/{case_id}" if case_id else None,
        case=payload.get("case"),
    )
