"""The measures of real text, on rows and readings made by hand."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Dict

import pytest

from bot.core.types import Understanding
from evaluation import shared_sets
from evaluation.measures import Figure
from evaluation.shared_sets import Row, SharedSet, aspect_pairs, not_measured
from tests.evaluation.made import understood


class Says:
    """A reader that says of each text what it was told."""

    def __init__(self, found: Dict[str, Any]) -> None:
        self.found = found

    def understand(self, text: str) -> Understanding:
        return understood(**self.found[text])

    def read(self, text: str) -> Any:
        return SimpleNamespace(_=SimpleNamespace(**self.found[text]))


def test_sentiment_gives_half_for_neutral() -> None:
    reader = Says({"a": {"sentiment": "positive"}, "b": {"sentiment": "neutral"}, "c": {"sentiment": "positive"}})
    rows = [Row(text="a", label="positive"), Row(text="b", label="negative"), Row(text="c", label="negative")]
    assert shared_sets.sentiment(reader, rows) == Figure(0.5, 3)


def test_stars_correlate_with_the_strength() -> None:
    reader = Says({"a": {"strength": -4.0}, "b": {"strength": 0.0}, "c": {"strength": 0.5}})
    rows = [Row(text="a", stars=1), Row(text="b", stars=4), Row(text="c", stars=5)]
    assert shared_sets.stars(reader, rows) == Figure(pytest.approx(1.0), 3)


def test_who_complains_or_wants_a_remedy_has_a_complaint() -> None:
    acts = {"a": "complain", "b": "request_remedy", "c": "other", "d": "complain", "e": "praise"}
    reader = Says({text: {"act": act} for text, act in acts.items()})
    labels = {"a": "complaint", "b": "complaint", "c": "complaint", "d": "not_complaint", "e": "not_complaint"}
    rows = [Row(text=text, label=label) for text, label in labels.items()]
    assert shared_sets.complaint(reader, rows) == Figure(0.6, 5)


def test_out_of_scope_counts_what_the_bot_would_act_upon() -> None:
    acts = ("rate", "complain", "request_remedy", "affirm", "deny", "stop", "other", "greet", "ask_back", "praise")
    reader = Says({act: {"act": act} for act in acts})
    assert shared_sets.taken(reader, [Row(text=act) for act in acts]) == Figure(0.6, 10)


def test_aspects_leave_out_what_is_neutral_or_mixed_on_either_side() -> None:
    categories = {"a": "positive", "b": "negative", "c": "neutral", "d": "mixed"}
    found = {
        ("a", "positive"),
        ("b", "positive"),
        ("b", "neutral"),
        ("c", "negative"),
        ("d", "positive"),
        ("e", "negative"),
    }
    assert aspect_pairs(categories, found) == (
        {("a", "positive"), ("b", "negative")},
        {("a", "positive"), ("b", "positive"), ("e", "negative")},
    )


def test_aspects_are_counted_over_all_texts() -> None:
    reader = Says({"x": {"tags": [("a", "positive"), ("c", "negative")]}, "y": {"tags": [("a", "negative")]}, "z": {}})
    rows = [
        Row(text="x", categories={"a": "positive", "b": "negative", "c": "mixed"}),
        Row(text="y", categories={"a": "positive"}),
        Row(text="z", categories={"a": "neutral"}),
    ]
    # found 1, missed 2, wrong 1
    assert shared_sets.aspects(reader, rows) == Figure(0.4, 3)


def test_a_part_of_a_file_is_chosen_by_its_origin_and_a_missing_file_has_no_figure(tmp_path: Path) -> None:
    rows = [{"text": "a", "text_origin": "real Traditional"}, {"text": "b", "text_origin": "opencc"}, {"text": "c"}]
    (tmp_path / "x.jsonl").write_text("\n".join(json.dumps({**row, "id": "1"}) for row in rows))
    reader = Says({"a": {"act": "stop"}, "b": {"act": "other"}, "c": {"act": "other"}})

    def chosen(file: str, origin: str = "") -> Any:
        return SharedSet("key", file, "en", shared_sets.taken, origin).figure(reader, tmp_path)

    assert chosen("x.jsonl") == Figure(pytest.approx(1 / 3), 3)
    assert chosen("x.jsonl", "real") == Figure(1.0, 1)
    assert chosen("y.jsonl") is None
    assert not_measured(tmp_path) == ["x.jsonl"]
