"""The encoder and what is made of it. Where a sentence is read here, it is one that two people would read alike."""

import json
import logging

import pytest

from bot.core.types import ACTS, SEVERITIES
from bot.language.encoder import ABOUT, MOST_PASSES, MOST_PIECES, Encoder
from bot.language.pipeline import ENCODER, Reader, load
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
    shares = reading.shares["topic"]
    assert len(reading.clauses) == 2
    assert shares[0, waited] > shares[1, waited] and shares[1, kind] > shares[0, kind]


def test_a_long_text_is_read_in_passes_cut_at_clauses(encoder):
    form = "the sofa is soft and the colour is right, " * 80
    reading = encoder.read(form)
    windows = encoder._windows(form, reading.clauses)
    assert 1 < len(windows) <= MOST_PASSES
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
