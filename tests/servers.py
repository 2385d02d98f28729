"""The real servers, started once for all tests that talk to them."""

from pathlib import Path
from typing import Iterator

import pytest

from bot.setup.keeper import Assistant
from bot.setup.models import ensure_models
from tests.journeys.script import Player

ROOT = Path(__file__).resolve().parents[1]
KEY = "test-key"


def started(var: Path, **env: str) -> Iterator[Assistant]:
    """A whole assistant of its own, prepared and ready; stopped afterwards."""
    assistant = Assistant(ROOT, var, env={"BOT_API_KEY": KEY, **env})
    ensure_models(assistant.settings)
    assistant.prepare()
    with assistant:
        assistant.wait_ready()
        yield assistant


def player(assistant: Assistant) -> Player:
    return Player(assistant.url("rasa"), assistant.url("web"), assistant.url("orders"), KEY)


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """One assistant for all tests that leave it as they found it."""
    yield from started(tmp_path_factory.mktemp("assistant"))
