"""What was read from a customer's words, put right by the one who knows the case.

What stood there before stays in the case's history: the training reads it later.
"""

from dataclasses import dataclass
from typing import Dict, List, Optional, Sequence, Tuple

from bot.core import records as r
from bot.core.errors import InvalidInput
from bot.core.ports import Ports
from bot.core.services import holding, notices
from bot.core.services.holding import agent_event
from bot.core.services.turn import Turn, new_id
from bot.core.sla import regraded
from bot.core.types import SEVERITIES, WITH_PEOPLE, worst

POLARITIES = ("negative", "neutral", "positive")


@dataclass(frozen=True)
class Addition:
    """A tag that was missed, and the customer's message it rests on: `words` of it, or the whole of it."""

    tag: str
    polarity: str
    message_id: str
    words: str = ""


def correct_tags(
    ports: Ports,
    case_id: str,
    agent: str,
    remove: Sequence[Tuple[str, str]] = (),
    add: Sequence[Addition] = (),
) -> r.Case:
    """Removes each (tag, polarity) from the case, and adds others. What is so already changes nothing.

    Raises NotFound; Held, unless the agent is responsible for the case, or a lead; InvalidInput.
    """
    with ports.store.begin() as tx:
        turn = holding.turn_of(ports, tx, case_id)
        holding.held_or_led(turn, agent, "correct_any")
        removed = [tag for tag in tx.tags_of_case(case_id) if (tag.tag, tag.polarity) in set(remove)]
        for tag in set(removed):
            tx.remove_tag(tag)
        added = [tag for tag in (_added(turn, addition) for addition in add) if tag is not None]
        if removed or added:
            agent_event(turn, "tags_corrected", agent, added=_told(added), removed=_told(removed))
            turn.change_case()  # its version goes up: who looks at it sees that something is new
        return holding.case_of(turn)


def correct_case(
    ports: Ports, case_id: str, agent: str, category: Optional[str] = None, severity: Optional[str] = None
) -> r.Case:
    """Puts the category or the severity right. What is still owed is due by the new level, and never later than it was.

    Raises NotFound; Held, unless the agent is responsible for the case, or a lead; InvalidInput.
    """
    with ports.store.begin() as tx:
        turn = holding.turn_of(ports, tx, case_id)
        before = holding.held_or_led(turn, agent, "correct_any")
        changes = _changes(turn, before, category, severity)
        if not changes:
            return before
        turn.change_case(**changes)
        if "severity" in changes and before.status in holding.OPEN:
            levels = turn.definitions.service_levels
            team = levels.team_for(before.team)
            turn.change_case(sla=regraded(before.sla, levels, changes["severity"], team, turn.now))
        was = {f"{field}_before": getattr(before, field) for field in changes}
        agent_event(turn, "case_corrected", agent, **changes, **was)
        _tell_of_graver(turn, before)
        return holding.case_of(turn)


def _changes(turn: Turn, case: r.Case, category: Optional[str], severity: Optional[str]) -> Dict[str, str]:
    known = {"category": [one.key for one in turn.definitions.tags.categories], "severity": list(SEVERITIES)}
    wanted = {"category": category, "severity": severity}
    for field, value in wanted.items():
        if value is not None and value not in known[field]:
            raise InvalidInput(f"{value!r} is no {field}", field)
    return {field: value for field, value in wanted.items() if value is not None and value != getattr(case, field)}


def _tell_of_graver(turn: Turn, before: r.Case) -> None:
    case = holding.case_of(turn)
    graver = case.severity != before.severity and worst(case.severity, before.severity) == case.severity
    if graver and case.status in WITH_PEOPLE:
        notices.graver(turn, before.severity)


def _added(turn: Turn, wanted: Addition) -> Optional[r.StoredTag]:
    """The new tag; None if it is there. Raises InvalidInput."""
    known = {tag.key: tag for tag in turn.definitions.tags.tags}
    if wanted.tag not in known or wanted.polarity not in POLARITIES:
        raise InvalidInput("a tag of the definitions and how it is meant are needed", "tag")
    verbatim = _verbatim(turn, wanted)
    evidence = wanted.words.strip() or verbatim.text
    if evidence not in verbatim.text:
        raise InvalidInput("these words are not in the message", "words")
    tag = r.StoredTag(verbatim.id, wanted.tag, known[wanted.tag].category, wanted.polarity, evidence)
    if tag in turn.tx.tags_of_case(holding.case_of(turn).id):
        return None
    turn.tx.add_tag(tag)
    return tag


def _verbatim(turn: Turn, wanted: Addition) -> r.Verbatim:
    """The stored words of a message; what was written to a person was not read by anybody, and is stored now."""
    case, message = holding.case_of(turn), turn.tx.message(wanted.message_id)
    if message is None or message.sender != "customer" or message.conversation_id != turn.conversation.id:
        raise InvalidInput("this is no message of the customer", "tag")
    found = turn.tx.verbatim_of_message(message.id)
    if found is not None and found.case_id is None:
        turn.tx.file_under_case(message.id, case.id)
    if found is not None and found.case_id in (None, case.id):
        return found
    if found is not None:
        raise InvalidInput("these words belong to another case", "tag")
    language = message.language or turn.conversation.language
    verbatim = r.Verbatim(
        id=new_id(),
        conversation_id=message.conversation_id,
        message_id=message.id,
        text=message.text,
        language=language,
        sentiment=wanted.polarity,
        at=message.at,
        response_id=case.response_id,
        case_id=case.id,
    )
    turn.tx.add_verbatim(verbatim)
    return verbatim


def _told(tags: Sequence[r.StoredTag]) -> List[Dict[str, str]]:
    return [dict(vars(tag)) for tag in tags]
