"""For each act one action, which only translates: from Rasa's tracker to core, and back."""

import asyncio
import threading
from pathlib import Path

import pytest
import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

from actions import acts
from actions.base import ActAction
from bot.core.services import receiving
from bot.core.types import ACTS, Understanding

ROOT = Path(__file__).resolve().parents[2]
CLASSES = {cls.act: cls for cls in vars(acts).values() if isinstance(cls, type) and cls is not ActAction}


def yml(name):
    return yaml.safe_load((ROOT / name).read_text("utf-8"))


def test_every_act_has_an_action_and_no_action_an_act_that_is_none():
    assert set(CLASSES) == set(ACTS)


def test_every_act_is_an_intent_with_an_action_and_a_rule_that_answers_it():
    domain = yml("domain.yml")
    assert domain["intents"] == list(ACTS)
    assert set(domain["actions"]) == {f"action_{act}" for act in ACTS}
    rules = [[next(iter(step.items())) for step in rule["steps"]] for rule in yml("data/rules.yml")["rules"]]
    assert sorted(rules) == sorted([("intent", act), ("action", f"action_{act}")] for act in ACTS)


def test_the_action_server_finds_them_all_by_the_names_of_the_domain():
    executor = ActionExecutor()
    executor.register_package("actions")
    assert {f"action_{act}" for act in ACTS} <= set(executor.actions)


@pytest.fixture
def run(ports, monkeypatch):
    """Runs the action of an act on a stored message; the dispatcher and the events."""
    monkeypatch.setattr(ActAction, "ports", staticmethod(lambda: ports))

    def act_on(act, text="hello", language="en", message_id=None):
        stored = message_id or receiving.receive(ports, "c1", "rest", text).message.id
        latest = {"metadata": {"message_id": stored}, "understanding": Understanding(text, language, act).as_json()}
        tracker = Tracker("c1", {}, latest, [], False, None, {}, "action_listen")
        dispatcher = CollectingDispatcher()
        events = asyncio.run(CLASSES[act]().run(dispatcher, tracker, {}))
        return dispatcher.messages, events

    return act_on


def test_what_core_says_is_dispatched_in_order_with_its_buttons(run, ports):
    messages, events = run("greet")
    with ports.store.read() as tx:
        stored = [message for message in tx.messages("c1") if message.sender == "bot"]
    assert [message["text"] for message in messages] == [message.text for message in stored] != []
    assert messages[-1]["buttons"] == [{"title": one.title, "payload": one.payload} for one in stored[-1].buttons] != []
    assert [(event["event"], event["name"]) for event in events] == [
        ("followup", "action_listen"),
        ("slot", "language"),
    ]
    assert events[-1]["value"] == "en"


def test_the_same_message_again_says_the_same(run, ports):
    stored = receiving.receive(ports, "c1", "rest", "hello").message.id
    assert run("greet", message_id=stored) == run("greet", message_id=stored)


def test_a_slow_turn_leaves_the_event_loop_to_others(ports, monkeypatch):
    """The action server has one event loop for everybody: core runs outside it."""
    monkeypatch.setattr(ActAction, "ports", staticmethod(lambda: ports))
    threads = []
    monkeypatch.setattr("actions.base.reply", lambda *_: threads.append(threading.current_thread()) or [])
    latest = {"metadata": {"message_id": "m1"}, "understanding": Understanding("x", "en", "other").as_json()}
    tracker = Tracker("c1", {}, latest, [], False, None, {}, "action_listen")
    asyncio.run(CLASSES["other"]().run(CollectingDispatcher(), tracker, {}))
    assert threads[0] is not threading.main_thread()


def test_each_action_uses_the_verb_of_its_act(monkeypatch):
    from bot.core.services.dialogue import VERBS

    used = []
    monkeypatch.setattr(ActAction, "ports", staticmethod(lambda: None))
    monkeypatch.setattr("actions.base.reply", lambda ports, message_id, read, verb: used.append(verb) or [])
    for act in ACTS:
        latest = {"metadata": {"message_id": "m1"}, "understanding": Understanding("x", "en", act).as_json()}
        tracker = Tracker("c1", {}, latest, [], False, None, {}, "action_listen")
        asyncio.run(CLASSES[act]().run(CollectingDispatcher(), tracker, {}))
    assert used == [VERBS[act] for act in ACTS]


def test_without_ports_the_way_to_start_is_named(monkeypatch):
    monkeypatch.setattr(ActAction, "ports", None)
    with pytest.raises(RuntimeError, match=r"bot\.rasa_runtime\.action_server"):
        ActAction._ports()
