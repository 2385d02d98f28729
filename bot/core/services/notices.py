"""Telling a team of a case: enough to act on, nothing private."""

from bot.core import records as r
from bot.core.masking import mask
from bot.core.services.turn import Turn, new_id

NOTICE_TEXT = 280


def tell_team(turn: Turn, case: r.Case, team: str, occasion: str, title: str, text: str = "") -> None:
    """One notice for each occasion at each version of the case; `text` comes before what the customer said."""
    body = mask("\n".join(part for part in (text, case.description) if part))[:NOTICE_TEXT]
    payload = {
        "team": team,
        "case_id": case.id,
        "title": f"[{case.severity.upper()}] {case.category}: {title}",
        "body": body,
        "severity": case.severity,
    }
    key = f"case:{case.id}:{occasion}:{case.version}"
    turn.tx.put_outbox(r.OutboxItem(id=new_id(), kind="notice", key=key, payload=payload, due_at=turn.now))
