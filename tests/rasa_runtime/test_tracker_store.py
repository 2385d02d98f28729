"""Rasa's tracker, kept small: what rules see of a turn is the same as with Rasa's own store."""

import asyncio
import json
import os
import sqlite3
import uuid
from pathlib import Path

import pytest
import sqlalchemy as sa
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.rasa_runtime.tracker_store import RECENT_EVENTS, RecentEventsTrackerStore, recent

ROOT = Path(__file__).resolve().parents[2]
POSTGRES = os.environ.get("BOT_TEST_POSTGRES", "postgresql+psycopg2://postgres@127.0.0.1:5432/test")


@pytest.fixture(scope="module")
def domain():
    return Domain.load(str(ROOT / "domain.yml"))


@pytest.fixture(scope="module")
def postgres():
    engine = sa.create_engine(POSTGRES, future=True)
    try:
        engine.connect().close()
    except sa.exc.OperationalError as error:
        if os.environ.get("CI_REQUIRE_SERVICES") == "1":
            pytest.fail(f"PostgreSQL is required and does not answer at {POSTGRES}: {error}")
        pytest.skip(f"PostgreSQL does not answer at {POSTGRES} (set BOT_TEST_POSTGRES)")
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def opened(request, tmp_path, domain):
    """Opens the store, each time as a new process would."""
    if request.param == "sqlite":
        yield lambda **more: RecentEventsTrackerStore(domain, host=f"sqlite:///{tmp_path / 'rasa.sqlite'}", **more)
        return
    server, schema = request.getfixturevalue("postgres"), f"rasa_{uuid.uuid4().hex}"
    yield lambda **more: RecentEventsTrackerStore(domain, host=POSTGRES, schema=schema, **more)
    with server.begin() as connection:
        connection.exec_driver_sql(f'DROP SCHEMA "{schema}" CASCADE')


def turn(number, intent="greet", slot="en"):
    """What one turn of ours leaves in a tracker."""
    return [
        UserUttered(f"message {number}", intent={"name": intent, "confidence": 1.0}, parse_data=None),
        ActionExecuted(f"action_{intent}", policy="RulePolicy", confidence=1.0),
        BotUttered(f"answer {number}", {"buttons": [{"title": "5", "payload": "5"}]}),
        SlotSet("language", slot),
        ActionExecuted("action_listen"),
    ]


def talk(store, turns, sender="c1"):
    """Takes turns as Rasa does: the tracker is read, grows, and is written."""

    async def run():
        for events in turns:
            tracker = await store.get_or_create_tracker(sender)
            for event in events:
                tracker.update(event)
            await store.save(tracker)
        return await store.retrieve(sender)

    return asyncio.run(run())


def told(tracker):
    return [
        (type(event).__name__, getattr(event, "text", None) or getattr(event, "action_name", None))
        for event in tracker.events
    ]


def test_a_turn_comes_back_as_it_was_in_another_process_too(opened):
    found = talk(opened(), [turn(1)])
    again = asyncio.run(opened().retrieve("c1"))
    assert told(again) == told(found)
    assert [event.as_dict() for event in again.events][-4:] == [event.as_dict() for event in found.events][-4:]
    assert again.latest_message.text == "message 1" and again.get_slot("language") == "en"
    assert again.latest_message.intent["name"] == "greet"


def test_nobody_is_there_at_first(opened):
    assert asyncio.run(opened().retrieve("c1")) is None
    assert list(asyncio.run(opened().keys())) == []


def test_two_conversations_are_two(opened):
    store = opened()
    talk(store, [turn(1, slot="en")], "c1")
    talk(store, [turn(2, slot="zh-Hans")], "c2")
    first, second = (asyncio.run(store.retrieve(sender)) for sender in ("c1", "c2"))
    assert (first.get_slot("language"), second.get_slot("language")) == ("en", "zh-Hans")
    assert first.latest_message.text == "message 1"
    assert sorted(asyncio.run(store.keys())) == ["c1", "c2"]


def test_only_the_last_events_are_kept_and_they_begin_at_a_turn(opened):
    found = talk(opened(), [turn(number) for number in range(50)])
    kept = list(found.events)
    assert len(kept) <= RECENT_EVENTS + 1
    assert (kept[0].action_name, type(kept[1])) == ("action_listen", UserUttered)
    assert found.latest_message.text == "message 49"


def test_a_slot_is_kept_though_the_event_that_set_it_is_gone(opened):
    quiet = [event for event in turn(0) if not isinstance(event, SlotSet)]
    found = talk(opened(), [turn(0, slot="zh-Hant"), *([quiet] * 30)])
    assert not any(isinstance(event, SlotSet) for event in found.events)
    assert found.get_slot("language") == "zh-Hant"
    assert told(talk(opened(), [])) == told(found), "reading writes nothing"


def test_after_200_turns_the_row_is_as_small_as_after_20(tmp_path, domain):
    path = tmp_path / "rasa.sqlite"
    store = RecentEventsTrackerStore(domain, host=f"sqlite:///{path}")

    def size():
        with sqlite3.connect(path) as connection:
            ((state,),) = connection.execute("SELECT state FROM trackers").fetchall()
        return len(state), len(json.loads(state)["events"])

    talk(store, [turn(number % 10) for number in range(20)])
    early = size()
    talk(store, [turn(number % 10) for number in range(180)])
    assert size()[1] == early[1] <= RECENT_EVENTS + 1
    assert size()[0] < early[0] * 1.1


@pytest.mark.parametrize("turns", [1, 2, 7, 8, 9, 40])
def test_rules_see_the_same_of_the_last_turn_as_with_rasas_own_store(domain, tmp_path, turns):
    intents = ["greet", "rate", "complain", "affirm", "other"]
    conversation = [turn(number, intents[number % 5]) for number in range(turns)]
    asking = [UserUttered("now", intent={"name": "rate", "confidence": 1.0})]
    ours = talk(RecentEventsTrackerStore(domain, host=f"sqlite:///{tmp_path / 'a.sqlite'}"), [*conversation, asking])
    rasas = talk(InMemoryTrackerStore(domain), [*conversation, asking])
    assert ours.past_states(domain)[-2:] == rasas.past_states(domain)[-2:]
    assert ours.latest_action_name == rasas.latest_action_name
    assert ours.current_slot_values() == rasas.current_slot_values()
    assert [event.as_dict()["event"] for event in ours.applied_events()][-5:] == [
        event.as_dict()["event"] for event in rasas.applied_events()
    ][-5:]


def test_the_rule_that_answers_is_the_same_as_with_rasas_own_store(domain, tmp_path):
    """One prediction of RulePolicy itself, on the trackers of both stores."""
    from rasa.core.policies.rule_policy import RulePolicy
    from rasa.core.training import load_data
    from rasa.engine.graph import ExecutionContext, GraphSchema
    from rasa.engine.storage.local_model_storage import LocalModelStorage
    from rasa.engine.storage.resource import Resource

    rules = load_data(str(ROOT / "data" / "rules.yml"), domain)
    storage = LocalModelStorage.create(tmp_path)
    config = {**RulePolicy.get_default_config(), "enable_fallback_prediction": False}
    policy = RulePolicy.create(config, storage, Resource("rule"), ExecutionContext(GraphSchema({})))
    policy.train(rules, domain)
    conversation = [turn(number, ("rate", "complain", "greet")[number % 3]) for number in range(20)]
    for intent in ("rate", "complain", "greet"):
        asking = [UserUttered("now", intent={"name": intent, "confidence": 1.0})]
        ours = RecentEventsTrackerStore(domain, host=f"sqlite:///{tmp_path / intent}.sqlite")
        predictions = [
            policy.predict_action_probabilities(talk(store, [*conversation, asking]), domain).probabilities
            for store in (ours, InMemoryTrackerStore(domain))
        ]
        assert predictions[0] == predictions[1]
        assert domain.action_names_or_texts[predictions[0].index(1.0)] == f"action_{intent}"


def test_the_file_deleted_before_a_start_is_an_empty_store(tmp_path, domain):
    path = tmp_path / "rasa.sqlite"
    talk(RecentEventsTrackerStore(domain, host=f"sqlite:///{path}"), [turn(1)])
    for file in tmp_path.glob("rasa.sqlite*"):
        file.unlink()
    store = RecentEventsTrackerStore(domain, host=f"sqlite:///{path}")
    assert asyncio.run(store.retrieve("c1")) is None
    assert talk(store, [turn(2)]).latest_message.text == "message 2"


def test_the_file_deleted_while_it_runs_loses_the_cache_and_nothing_else(tmp_path, domain):
    """Deleting Rasa's tracker in mid-survey changes nothing."""
    path = tmp_path / "rasa.sqlite"
    store = RecentEventsTrackerStore(domain, host=f"sqlite:///{path}")
    talk(store, [turn(1)])
    for file in tmp_path.glob("rasa.sqlite*"):
        file.unlink()
    assert talk(store, [turn(2)]).latest_message.text == "message 2"


def test_a_few_events_are_kept_as_they_are():
    events = turn(1)
    assert recent(events, 5) == events


def test_one_turn_longer_than_the_limit_is_not_cut_to_nothing():
    events = [*turn(1), *([BotUttered("…")] * 50)]
    assert len(recent(events, 36)) == 36


def test_a_tracker_of_rasas_own_making_is_taken(opened, domain):
    tracker = DialogueStateTracker.from_events("c9", turn(1), domain.slots)
    store = opened()
    asyncio.run(store.save(tracker))
    assert told(asyncio.run(store.retrieve("c9"))) == told(tracker)
