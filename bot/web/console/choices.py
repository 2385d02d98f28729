"""What the forms on the page of a case let choose from; only what the reader's acts need is looked up."""

from dataclasses import dataclass
from typing import Any, Dict, List, Sequence, Tuple

from bot.core.definitions import Definitions
from bot.core.records import User
from bot.core.saved_replies import filled, fitting_first
from bot.core.services.agents import POLARITIES
from bot.core.types import SEVERITIES
from bot.web.api.metrics import active
from bot.web.console.story import Story
from bot.web.context import Web

SHOWN = 80  # letters of a message in a list
# How a customer is greeted whose name nobody knows.
UNNAMED = {"zh-Hans": "顾客", "zh-Hant": "顧客", "en": "there"}


@dataclass(frozen=True)
class Suggestion:
    """A saved reply filled in for this case; `title` in the reader's language, `text` in the customer's."""

    key: str
    title: str
    text: str
    suits: bool


def of(web: Web, told: Story, user: User, acts: Sequence[str], chosen: str, reader: str) -> Dict[str, Any]:
    """The values of the page's forms. chosen: the key of the saved reply that is to stand in the box."""
    definitions = active(web)
    saved = suggestions(web, definitions, told, user, reader) if "reply" in acts else []
    return {
        "saved_replies": saved,
        "drafted": next((one.text for one in saved if one.key == chosen), ""),
        "colleagues": _colleagues(web, told) if {"hand_over", "assign"} & set(acts) else [],
        "tag_groups": _tag_groups(definitions, reader),
        "tags_now": list(dict.fromkeys((tag["tag"], tag["polarity"]) for tag in told.shown["tags"])),
        "polarities": POLARITIES,
        "severities": tuple(reversed(SEVERITIES)),
        "customer_messages": _customer_messages(told),
    }


def suggestions(web: Web, definitions: Definitions, told: Story, user: User, reader: str) -> List[Suggestion]:
    """Those that suit the case first, in the language of the conversation."""
    case, language = told.case, told.conversation.language
    name = told.customer.name if told.customer else None
    values = {
        "customer": name or UNNAMED.get(language, UNNAMED["en"]),
        "agent": user.name,
        "brand": web.brand.name,
        "order_id": case.order_id,
        "team": definitions.service_levels.team_for(case.team).name.get(language),
    }
    return [
        Suggestion(
            reply.key,
            reply.title.get(reader),
            filled(reply, language, values),
            reply.suits(case.category, case.severity),
        )
        for reply in fitting_first(definitions.saved_replies, case.category, case.severity)
    ]


def _colleagues(web: Web, told: Story) -> List[str]:
    with web.wiring.store.read() as tx:
        return [user.name for user in tx.users() if user.name != told.case.assignee]


def _tag_groups(definitions: Definitions, reader: str) -> List[Tuple[str, List[Tuple[str, str]]]]:
    """(category, [(key, name) of its tags])."""
    return [
        (
            category.name.get(reader),
            [(tag.key, tag.name.get(reader)) for tag in definitions.tags.tags if tag.category == category.key],
        )
        for category in definitions.tags.categories
    ]


def _customer_messages(told: Story) -> List[Tuple[str, str]]:
    """(id, first words) of what the customer wrote, the latest first; masked as the transcript is."""
    said = [one for one in reversed(told.transcript) if one.message.sender == "customer"]
    texts = [(one.message.id, " ".join("".join(words for words, _ in one.pieces).split())) for one in said]
    return [(key, text if len(text) <= SHOWN else text[:SHOWN].rstrip() + "…") for key, text in texts if text]
