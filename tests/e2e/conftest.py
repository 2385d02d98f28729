"""A second assistant for the tests that break things; ours alone, so that breaking it disturbs nobody."""

from typing import Iterator

import pytest

from bot.setup.keeper import Assistant
from tests.journeys.script import Player
from tests.servers import player, started


@pytest.fixture(scope="module")
def breakable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    # Short times, so that what a person would wait for is seen in a test.
    yield from started(tmp_path_factory.mktemp("breakable"), BOT_ORDER_TIMEOUT="3.5")


@pytest.fixture
def talk(breakable: Assistant) -> Iterator[Player]:
    """Talks with it; whatever fault a test put into the order system ends with the test."""
    speaking = player(breakable)
    yield speaking
    speaking.fault("none")
