"""Golden conversations against real Rasa, action, order and web servers: what the customer saw, and what was stored."""

from pathlib import Path

import pytest

from bot.setup.keeper import Assistant
from tests.journeys.script import Journey, load
from tests.servers import player

JOURNEYS = load(Path(__file__).parent)

pytestmark = pytest.mark.servers


@pytest.mark.parametrize("journey", JOURNEYS, ids=[journey.name for journey in JOURNEYS])
def test_journey(assistant: Assistant, journey: Journey) -> None:
    player(assistant).play(journey)


def test_there_are_enough_and_names_are_unique() -> None:
    names = [journey.name for journey in JOURNEYS]
    assert len(names) >= 40
    assert len(set(names)) == len(names)
