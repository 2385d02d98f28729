"""The language pipeline in Rasa's graph: run once a message, its result handed on whole."""

from types import SimpleNamespace

import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.core.types import TagMention, Understanding
from bot.nlu.component import UNDERSTANDING, UnderstandingComponent

READ = Understanding(
    "等了四十分钟,给3分吧", "zh-Hans", "rate", 3, "negative",
    (TagMention("queue_too_long", "waiting_and_speed", "negative", "等了四十分钟"),), "low", {"order_id": "HS100241"},
    certainty=0.31,
)  # fmt: skip


class CountingReader:
    def __init__(self):
        self.asked = []

    def understand(self, text, **options):
        self.asked.append((text, options))
        return READ


@pytest.fixture
def reader(monkeypatch):
    made = CountingReader()
    monkeypatch.setattr(UnderstandingComponent, "reader", staticmethod(lambda: made))
    return made


@pytest.fixture
def component():
    return UnderstandingComponent.create(UnderstandingComponent.get_default_config(), None, None, SimpleNamespace())


def message(text, metadata=None):
    return Message({TEXT: text, "metadata": metadata})


def test_each_message_is_read_once_with_what_the_door_knows_of_it(component, reader):
    asked = {"expecting": "csat", "hint": "zh-Hans", "scale": "nps", "message_id": "m1", "kind": "text"}
    component.process([message("3", asked), message("hi")])
    assert reader.asked == [
        ("3", {"expecting": "csat", "hint": "zh-Hans", "scale": "nps"}),
        ("hi", {"expecting": None, "hint": None, "scale": None}),
    ]


def test_the_act_is_the_intent_and_everything_reaches_the_actions(component, reader):
    (processed,) = component.process([message(READ.text)])
    handed_on = processed.as_dict(only_output_properties=True)
    assert handed_on["intent"] == {"name": "rate", "confidence": 1.0}
    assert handed_on["entities"] == [{"entity": "order_id", "value": "HS100241"}]
    assert Understanding.from_json(handed_on[UNDERSTANDING]) == READ


def test_a_message_without_words_is_read_as_such(component, reader):
    component.process([message(None)])
    assert reader.asked[0][0] == ""


def test_training_leaves_the_examples_alone(component):
    data = TrainingData()
    assert component.process_training_data(data) is data


def test_without_a_pipeline_the_way_to_start_is_named(component, monkeypatch):
    monkeypatch.setattr(UnderstandingComponent, "reader", None)
    with pytest.raises(RuntimeError, match=r"bot\.rasa_runtime\.server"):
        component.process([message("hi")])
