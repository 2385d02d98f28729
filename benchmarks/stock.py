"""The stock assistants as they are started and spoken to: `rasa run`, `rasa run actions`, rasa init's small talk."""

from __future__ import annotations

import uuid
from typing import List, Tuple

from benchmarks.drive import Conversation, Say
from benchmarks.stock_project import RASA, ensure_trained
from bot.setup.keeper import Assistant
from bot.setup.processes import Process
from bot.setup.settings import Settings

# One reply, so one action, to each: rasa init's sad path answers one message with two.
TURNS = tuple(Say(text) for text in ("hello", "I am feeling very good", "are you a bot?", "great", "bye"))


def rasa_alone(settings: Settings) -> Tuple[Process, ...]:
    command = (RASA, "run", "-i", settings.host, "-p", str(settings.ports["rasa"]))
    return (Process("rasa", "stock Rasa", command, (settings.url("rasa") + "/",)),)


def rasa_with_actions(settings: Settings) -> Tuple[Process, ...]:
    command = (RASA, "run", "actions", "-p", str(settings.ports["actions"]))
    actions = Process("actions", "stock action server", command, (settings.url("actions") + "/health",))
    return (actions, *rasa_alone(settings))


def plain(settings: Settings) -> Assistant:
    var = settings.var / "bench" / "plain"
    return Assistant(ensure_trained(settings) / "plain", var, processes=rasa_alone)


def custom(settings: Settings) -> Assistant:
    var = settings.var / "bench" / "custom"
    return Assistant(ensure_trained(settings) / "custom", var, processes=rasa_with_actions)


def conversations(_: Assistant, count: int) -> List[Conversation]:
    return [Conversation(uuid.uuid4().hex, TURNS) for _ in range(count)]


def long_conversation(_: Assistant, turns: int) -> Conversation:
    return Conversation(uuid.uuid4().hex, [TURNS[number % len(TURNS)] for number in range(turns)])
