"""What is counted on our own sentences, and over which of them."""

import pytest

from bot.core.definitions import Definitions
from evaluation.measures import Figure
from evaluation.own_figures import Reading, figures, labelled_pairs, shows_language
from tests.evaluation.made import reading, sentence, understood


def scored(label: float | None, found: float | None, kind: str = "score", expecting: str | None = "csat") -> Reading:
    return Reading(sentence(score=label, kind=kind, expecting=expecting), understood(score=found))


def test_a_score_is_right_with_its_value_and_null_with_null(definitions: Definitions) -> None:
    readings = [scored(3, 3.0), scored(None, None), scored(None, 5), scored(5, None), scored(0, None, expecting="nps")]
    assert figures(readings, definitions.tags)["score"] == Figure(0.4, 5)


def test_scores_are_judged_where_they_were_written_for_or_asked(definitions: Definitions) -> None:
    readings = [
        scored(None, 5, kind="act", expecting="text"),
        scored(None, 5, kind="lookalike", expecting=None),
        scored(None, 5, kind="score", expecting="yesno"),
        scored(None, None, kind="critical", expecting="experience"),
    ]
    assert figures(readings, definitions.tags)["score"] == Figure(0.5, 2)


def test_acts_have_an_accuracy_an_f1_each_and_a_worst_one(definitions: Definitions) -> None:
    pairs = [("rate", "rate"), ("rate", "rate"), ("rate", "complain"), ("stop", "stop"), ("skip", "stop")]
    found = figures([reading(*pair) for pair in pairs], definitions.tags)
    assert found["act"] == Figure(0.6, 5)
    assert found["act_f1.rate"] == Figure(pytest.approx(0.8), 3)
    assert found["act_f1.stop"] == Figure(pytest.approx(2 / 3), 1)
    assert found["act_f1.complain"] == Figure(0.0, 0)
    assert found["act_worst"].value == 0.0
    assert "act_f1.praise" not in found


def test_critical_is_found_and_precise_over_all_sentences(definitions: Definitions) -> None:
    pairs = [("critical", "critical"), ("critical", "high"), ("none", "critical"), ("none", "none")]
    pairs += [("critical", "critical"), ("low", "critical"), ("high", "critical")]
    found = figures([reading(*pair, field="severity") for pair in pairs], definitions.tags)
    assert found["critical_recall"] == Figure(pytest.approx(2 / 3), 3)
    assert found["critical_precision"] == Figure(0.4, 5)
    assert found["severity"] == Figure(pytest.approx(3 / 7), 7)


def test_tags_count_as_category_and_polarity_once_in_a_text(definitions: Definitions) -> None:
    def tagged(tags: list, found: list, kind: str = "tags") -> Reading:
        return Reading(sentence(tags=tags, kind=kind), understood(tags=found))

    slow = "waiting_and_speed"
    readings = [
        # two tags of one category, and the same pair found twice: one right
        tagged([("queue_too_long", "negative"), ("slow_service", "negative")], [(slow, "negative")] * 2),
        # the category with another polarity is both missed and wrong
        tagged([("queue_too_long", "negative")], [(slow, "positive")]),
        tagged([], [("price_value", "neutral")]),
        tagged([("queue_too_long", "negative")], [], kind="act"),
    ]
    assert figures(readings, definitions.tags)["tags"] == Figure(pytest.approx(2 / 5), 2)


def test_labelled_tags_become_pairs(definitions: Definitions) -> None:
    one = sentence(tags=[("queue_too_long", "negative"), ("delivery_fast", "positive")])
    pairs = {("waiting_and_speed", "negative"), ("delivery_and_logistics", "positive")}
    assert labelled_pairs(one, definitions.tags) == pairs


@pytest.mark.parametrize(
    ("text", "language", "shows"),
    [
        ("早安你好", "zh-Hant", False),  # written alike in both scripts
        ("早安您們好", "zh-Hant", True),
        ("还不错啊", "zh-Hans", True),
        ("很好", "zh-Hans", False),
        ("5/5 ok", "en", False),
        ("fine", "en", True),
    ],
)
def test_language_is_judged_where_a_text_shows_it(text: str, language: str, shows: bool) -> None:
    assert shows_language(sentence(text=text, language=language)) is shows


def test_the_language_of_a_text_that_does_not_show_it_does_not_count(definitions: Definitions) -> None:
    wrong = reading("zh-Hant", "zh-Hans", field="language", text="早安你好")
    right = reading("en", "en", field="language")
    assert figures([wrong, right], definitions.tags)["language"] == Figure(1.0, 1)
