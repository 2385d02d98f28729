"""What is known beside the case: the touchpoint as the business told it, and what the customer said before."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Callable, List, Mapping, Optional, Tuple

from bot.core.definitions import Definitions
from bot.core.masking import mask
from bot.core.records import TouchpointEvent
from bot.core.types import SCALES
from bot.web.api.metrics import active
from bot.web.console.story import Story, wordings, written_score
from bot.web.context import Web

EARLIER = 5


@dataclass(frozen=True)
class EarlierResponse:
    """Scores that the same customer gave before, each with its question."""

    touchpoint: Optional[str]
    at: datetime
    scores: List[Tuple[str, str]]


@dataclass(frozen=True)
class Background:
    """event: what happened, None where nobody told us. attributes: of it, in words."""

    event: Optional[TouchpointEvent]
    attributes: List[Tuple[str, str]]
    responses: List[EarlierResponse]


def of(web: Web, story: Story, language: str) -> Background:
    """The background of a case, masked as its story is."""
    hide: Callable[[str], str] = mask if story.masked else lambda text: text
    with web.wiring.store.read() as tx:
        event = tx.touchpoint_event(story.conversation.event_id) if story.conversation.event_id else None
    attributes = (
        [(key.replace("_", " "), hide(_plain(value))) for key, value in event.attributes.items()] if event else []
    )
    return Background(event, attributes, _earlier(web, story, language))


def _earlier(web: Web, story: Story, language: str) -> List[EarlierResponse]:
    """The last ones before the one of this case; those without a score tell nothing here."""
    customer = story.case.customer_id
    if customer is None:
        return []
    own = story.case.response_id or story.conversation.response_id
    found = web.wiring.queries.responses(customer=customer, limit=EARLIER + 1)["items"]
    definitions = active(web)
    shown = [_response(definitions, response, language) for response in found if response["id"] != own]
    return [response for response in shown if response.scores][:EARLIER]


def _response(definitions: Definitions, response: Mapping[str, Any], language: str) -> EarlierResponse:
    questions = wordings(definitions, response["survey"], language)
    scores = [
        (
            questions.get(answer["question"], (answer["question"].replace("_", " "), {}))[0],
            written_score(answer["score"], answer["scale"]),
        )
        for answer in response["answers"]
        if answer["score"] is not None and answer["scale"] in SCALES
    ]
    return EarlierResponse(response["touchpoint"], datetime.fromisoformat(response["started_at"]), scores)


def _plain(value: Any) -> str:
    """A value of any shape in one line."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key.replace('_', ' ')}: {_plain(part)}" for key, part in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(_plain(part) for part in value)
    if value is None or isinstance(value, bool):
        return {None: "–", True: "✓", False: "✗"}[value]
    return str(value)
