"""Ideas, and praise for one of the staff, reach the team they are about. What is a complaint goes its own way."""

from typing import List, Optional

from bot.core.definitions import Tag, Team
from bot.core.services import notices
from bot.core.services.turn import Turn

WISHES = ("need", "expectation")
GRAVE = ("high", "critical")


def pass_on(turn: Turn) -> None:
    """Tells the team of what this message suggests or whom it praises; once for each message."""
    read = turn.understanding
    if turn.message is None or read.severity in GRAVE:
        return
    if read.act == "suggest":
        wishes = _wishes(turn)
        return notices.idea(turn, _team(turn, wishes), [tag.key for tag in wishes])
    staff = _praised(turn)
    if staff:
        notices.praise(turn, _team(turn), staff)


def _praised(turn: Turn) -> Optional[str]:
    """Whom the customer names kindly; who served them, where the praise names nobody."""
    read = turn.understanding
    if read.sentiment == "negative" or not (read.act == "praise" or read.sentiment == "positive"):
        return None
    event_id = turn.conversation.event_id if read.act == "praise" else None
    event = turn.tx.touchpoint_event(event_id) if event_id else None
    return read.entities.get("staff") or (event.staff_id if event else None)


def _wishes(turn: Turn) -> List[Tag]:
    """The tags of what customers need or expect, the weightiest first."""
    known = {tag.key: tag for tag in turn.definitions.tags.tags}
    found = [known[tag.tag] for tag in turn.understanding.tags if tag.tag in known]
    return sorted((tag for tag in found if tag.kind in WISHES), key=lambda tag: -tag.weight)


def _team(turn: Turn, wishes: "List[Tag] | None" = None) -> Team:
    levels = turn.definitions.service_levels
    if wishes:
        return levels.team_for(wishes[0].team)
    return levels.team_for(turn.touchpoint.owner_team if turn.touchpoint else levels.default_team)
