"""The encoder and what is made of it. Where a sentence is read here, it is one that two people would read alike."""

import json
import logging
from types import SimpleNamespace

import numpy as np
import pytest

from bot.core.types import ACTS, SEVERITIES
from bot.language.clauses import Clause
from bot.language.encoder import ABOUT, MOST_PASSES, MOST_PIECES, Encoder, Reading
from bot.language.grams import Grams
from bot.language.impression import CUED, DOUBTED, GRAVE, Impression, Impressions, Opinion
from bot.language.pipeline import ENCODER, Reader, load
from bot.language.plain import plain
from bot.language.sentiment import Sentiment
from bot.language.severity import severity_of
from bot.language.shares import blended
from bot.language.training import ensure_trained

from .conftest import ROOT

FOLDER = ROOT / "models" / ENCODER


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(FOLDER)


def test_the_note_beside_it_says_what_it_knows():
    labels = json.loads((FOLDER / ABOUT).read_text("utf-8"))["labels"]
    assert labels["act"] == list(ACTS)
    assert labels["severity"] == list(SEVERITIES)
    assert {name[-1] for name in (*labels["topic"], *labels["tag"])} <= set("+-0")


def test_a_clause_gets_what_its_own_words_gave(encoder):
    reading = encoder.read("等了四十分钟，不过师傅很热情")
    waited, kind = (encoder.labels["topic"].index(name) for name in ("waiting_and_speed-", "staff_and_service+"))
    shares = reading.shares
    assert len(reading.clauses) == 2
    assert shares[0, waited] > shares[1, waited] and shares[1, kind] > shares[0, kind]


def test_a_long_text_is_read_in_passes_cut_at_clauses(encoder):
    form = "the sofa is soft and the colour is right, " * 80
    reading = encoder.read(form)
    windows = encoder._windows(form, reading.clauses)
    assert len(windows) > MOST_PASSES and reading.end < len(form), "the rest is not read"
    assert all(len(pieces) <= MOST_PIECES for pieces, _ in windows)
    places = [span for _, spans in windows for span in spans]
    assert places == sorted(places)  # one after another, none twice


@pytest.mark.parametrize("form", ["a", "好", "𠮶㗎", "\ufffd", "♥", "x" * 4000, "好" * 4000, "，a" * 2000, "\n \n b"])
def test_whatever_is_typed_is_read(encoder, form):
    reading = encoder.read(form)
    assert all(len(scores) == len(encoder.labels[head]) for head, scores in reading.scores.items())


@pytest.mark.parametrize(
    ("text", "expecting"), [("5", "csat"), ("👍", "text"), ("好的", "yesno"), ("no thanks", "yesno"), ("", "text")]
)
def test_what_a_fixed_form_says_is_not_asked_of_it(reader, monkeypatch, text, expecting):
    monkeypatch.setattr(reader.nlp.get_pipe("impression").impressions, "of", None)  # would raise
    assert reader.understand(text, expecting).act in ACTS


def test_without_it_the_rules_and_ngrams_read_alone(taxonomy, caplog, tmp_path):
    artefact = ensure_trained(ROOT)
    alone = Reader(load(artefact, taxonomy, encoder=False))
    assert alone.understand("柜子送来就是坏的，太差了", "text").act == "complain"
    likely = alone.read("could I speak with somebody who can decide", "text")._.likely
    assert sum(likely.values()) == pytest.approx(1.0) and max(likely, key=likely.get) == "ask_human"
    (tmp_path / artefact.name).symlink_to(artefact)
    with caplog.at_level(logging.WARNING):
        beside_nothing = Reader(load(tmp_path / artefact.name, taxonomy))
    assert "no sentence encoder" in caplog.text
    assert beside_nothing.understand("谢谢", "text").act == "thank"


def test_tags_of_another_taxonomy_only(reader):
    """The small taxonomy of these tests has no tag for food: what is said of it is none."""
    found = reader.understand("the soup was cold and bland but the waitress was an absolute sweetheart", "text")
    assert {tag.category for tag in found.tags} <= {"staff_and_service", "waiting_and_speed"}


def test_evidence_is_the_customers_words(reader):
    text = "等了四十分鐘，不過師傅超親切的"
    for tag in reader.understand(text, "text").tags:
        assert tag.evidence in text


def impression(critical=0.0, **given) -> Impression:
    calm = {name: float(name == "none") for name in SEVERITIES}
    kept = {"acts": {}, "feeling": {}, "strength": 0.0, "severity": {**calm, "critical": critical}, "opinions": ()}
    return Impression(**{**kept, "critical": critical, **given})


@pytest.mark.parametrize(
    ("tags", "doubted"),
    [
        ({"queue_too_long-": DOUBTED / 2}, True),
        ({"queue_too_long-": DOUBTED * 2}, False),
        ({"queue_too_long+": DOUBTED / 2, "slow_service-": DOUBTED / 2}, False),
        ({}, False),
    ],
)
def test_what_a_rule_found_is_doubted_only_where_it_was_learnt(tags, doubted):
    assert impression(tags=tags).doubts("queue_too_long", "negative") is doubted


def test_a_doubted_mention_is_no_tag(reader):
    rules, text = reader.nlp.get_pipe("tags").rules, "我们上周末在你们店里等了四十分钟"
    found = rules.find(text)
    assert [one.tag.key for one in found] == ["queue_too_long"]
    sure, unsure = (impression(tags={"queue_too_long-": probability}) for probability in (0.9, DOUBTED / 2))
    assert rules.with_impression(found, sure, text) == found
    assert rules.with_impression(found, unsure, text) == []
    assert rules.with_impression(found, unsure._replace(read_to=3), text) == found, "it stands behind what was read"
    assert rules.with_impression(found, unsure, text[-8:]) == found, "nearly nothing else is said"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("your delivery was fucking useless", False),
        ("the service is a joke!", False),
        ("你们物流太垃圾了", False),
        ("your delivery was useless, three days late", True),
        ("等了三天物流还没到，太垃圾了", True),
    ],
)
def test_a_verdict_without_an_event_gets_no_guessed_tag(reader, text, told):
    rules = reader.nlp.get_pipe("tags").rules
    guess = Opinion("waiting_and_speed", "negative", ["queue_too_long"], 0.99, 0, 5)
    found = rules.with_impression([], impression(opinions=(guess,)), plain(text))
    assert bool(found) is told


def test_with_a_word_for_danger_less_doubt_is_enough():
    calm = Sentiment("neutral", 0.0)
    cued, uncued = "there was smoke everywhere", "it does something odd"
    assert severity_of(cued, calm, impression=impression(critical=CUED + 0.01)) == "critical"
    assert severity_of(cued, calm, impression=impression(critical=CUED / 2)) != "critical"
    assert severity_of(uncued, calm, impression=impression(critical=CUED + 0.01)) != "critical"
    assert severity_of(uncued, calm, impression=impression(critical=GRAVE + 0.01)) == "critical"
    assert severity_of(cued, calm) == "critical", "without an encoder the words alone decide"


def test_danger_far_back_in_a_long_text_is_found(reader):
    """Behind what the models read the words alone decide."""
    story = {
        "我们周末去逛了逛，颜色也挑了很久。": "台灯着火了，孩子的手烫伤送医院了。",
        "we looked around for a while and took the blue one. ": "then the lamp caught fire and my son was burned.",
    }
    for calm, danger in story.items():
        for length in (450, 1500, 3800):
            text = (calm * (length // len(calm) + 1))[:length] + danger
            assert reader.understand(text, "text").severity == "critical", length


class FakeEncoder:
    """Knows three tags of two topics, and says what it is told to of every text."""

    labels = {
        "act": ["complain", "praise"], "feeling": ["negative", "neutral", "positive"], "strength": ["strength"],
        "severity": list(SEVERITIES), "critical": ["critical"], "topic": ["delivery-", "product+"],
        "tag": ["late-", "soft+", "warm+"],
    }  # fmt: skip
    categories = {"late": "delivery", "soft": "product", "warm": "product"}

    def __init__(self, **told) -> None:
        self.told = told

    def read(self, form):
        scores = {head: np.zeros(len(names), np.float32) for head, names in self.labels.items()}
        scores |= {head: np.array(values, np.float32) for head, values in self.told.items()}
        shares = np.zeros((1, 2), np.float32)
        return Reading(scores, shares, [Clause(0, len(form))], len(form))


def impressions(labels, **told) -> Impressions:
    width = sum(len(names) for names in labels.values())
    return Impressions(FakeEncoder(**told), Grams(labels, {}, np.zeros(0), np.zeros((0, width)), np.zeros(width)))


def test_both_models_vote_whatever_the_order_of_their_labels():
    made = impressions({"topic": ["elsewhere-", "product+", "delivery-"], "critical": ["critical"]})
    alone = made.of("x")
    voted = made.of("x", {"topic": np.array([9.0, 2.0, -2.0]), "critical": np.array([1.0])})
    assert alone.tags == {"late-": 0.5, "soft+": 0.5, "warm+": 0.5} and alone.critical == 0.5
    assert voted.tags["soft+"] == voted.tags["warm+"] > 0.9 and voted.tags["late-"] < 0.1
    assert voted.critical > 0.9
    assert [one.category for one in voted.opinions] == ["product"]


def test_a_head_that_had_nothing_to_learn_does_not_vote():
    made = impressions({"act": ["complain", "praise"]})
    assert made.of("x", {"act": np.array([1.0, -1.0])}) == made.of("x") == made.of("x", None)


def test_the_likeliest_tags_of_a_topic_are_named_and_none_that_is_most_unlikely():
    labels = {"topic": ["delivery-", "product+"]}
    topic = [-9, 3]
    keys = [
        [list(one.keys) for one in impressions(labels, topic=topic, tag=tag).of("x").opinions]
        for tag in ([9, 1, 2], [9, -0.7, -1.2], [9, -5, -6])
    ]
    assert keys == [[["warm", "soft"]], [["soft"]], []]


def test_a_tag_that_an_operator_dropped_or_moved_is_left_to_its_words():
    def taxonomy(**categories):
        return SimpleNamespace(tags=[SimpleNamespace(key=key, category=one) for key, one in categories.items()])

    made = impressions({"topic": ["delivery-", "product+"]}, topic=[-9, 3], tag=[-9, 1, 2])
    made.use(taxonomy(late="service", soft="product"))
    said = made.of("x")
    assert [list(one.keys) for one in said.opinions] == [["soft"]]
    assert set(said.tags) == {"soft+"} and not said.doubts("late", "negative")


def test_probabilities_are_blended():
    assert blended({}, {}) == {}
    assert blended({"a": 0.7, "b": 0.3}, {}) == pytest.approx({"a": 0.7, "b": 0.3}, abs=0.01)
    both = blended({"a": 0.9, "b": 0.1}, {"b": 0.9, "a": 0.1})
    assert both["a"] == pytest.approx(both["b"]) == pytest.approx(0.5)
    assert blended({"a": 1.0, "b": 0.0}, {"a": 0.6, "b": 0.4})["b"] > 0.01, "one alone cannot rule it out"
