"""The survey engine on every shipped survey: it never asks twice, it always ends, it keeps to its conditions."""

from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.definitions import Condition
from bot.core.records import Answer, StoredTag
from bot.core.survey import Known, all_hold, holds, needs_recovery, next_question, pick, wording
from bot.core.types import SCALES
from tests.core.services.quick import CALM

NOW = datetime(2026, 11, 20, tzinfo=timezone.utc)


def answered(draw, question):
    """Any answer that this question can get, a skip among them."""
    if draw(st.integers(0, 4)) == 0:
        return Answer("r", question.key, NOW, skipped=True)
    if question.type == "score":
        scale = SCALES[question.scale]
        return Answer("r", question.key, NOW, scale=scale.key, score=draw(st.integers(scale.low, scale.high)))
    if question.type in ("choice", "yesno"):
        keys = [choice.key for choice in question.choices] or ["yes", "no"]
        return Answer("r", question.key, NOW, choice=draw(st.sampled_from(keys)))
    return Answer("r", question.key, NOW, text="words")


@CALM
@given(data=st.data())
def test_any_answers_whatsoever_lead_to_the_end_and_nothing_is_asked_twice(definitions, data):
    survey = data.draw(st.sampled_from(definitions.surveys))
    brief = data.draw(st.booleans())
    answers, tags, facts = [], (), {"complained": data.draw(st.sampled_from(["yes", "no"]))}
    for _ in range(len(survey.questions) + 1):
        known = Known.of(answers, tags, facts)
        question = next_question(survey, known, brief)
        if question is None:
            break
        assert question.key not in known.answers
        assert all_hold(question.when, known)
        assert not brief or question.main or question.scale == "experience"
        answers.append(answered(data.draw, question))
        if data.draw(st.booleans()):
            tag = data.draw(st.sampled_from(definitions.tags.tags))
            tags += (StoredTag("v", tag.key, tag.category, data.draw(st.sampled_from(["positive", "negative"])), "…"),)
    else:
        raise AssertionError("it does not end")
    asked = [answer.question for answer in answers]
    groups = [survey.question(key).group for key in asked if survey.question(key).group]
    assert asked[0] == survey.main.key and len(groups) == len(set(groups))
    assert any(survey.question(key).scale == "experience" for key in asked)
    assert pick(survey.thanks, Known.of(answers, tags, facts)) is not None


@CALM
@given(data=st.data())
def test_the_next_question_depends_on_nothing_but_what_is_known(definitions, data):
    survey = data.draw(st.sampled_from(definitions.surveys))
    answers = [answered(data.draw, question) for question in survey.questions if data.draw(st.booleans())]
    known = Known.of(answers, (), {})
    turned = Known.of(answers[::-1], (), {})
    assert next_question(survey, known) == next_question(survey, turned)


def known(**score):
    return Known.of([Answer("r", key, NOW, score=value) for key, value in score.items()], (), {})


@pytest.mark.parametrize(
    "condition, score, expected",
    [
        ({"answer": "a", "at_most": 2}, 2, True), ({"answer": "a", "at_most": 2}, 3, False),
        ({"answer": "a", "at_least": 4}, 4, True), ({"answer": "a", "at_least": 4}, 3, False),
        ({"answer": "a", "at_least": 2, "at_most": 3}, 4, False), ({"answer": "a", "answered": True}, 0, True),
        ({"answer": "a", "answered": False}, 0, False), ({"answer": "b", "answered": False}, 0, True),
        ({"answer": "b", "at_most": 2}, 0, False), ({"answer": "b", "at_least": -5}, 0, False),
        ({"any": [{"answer": "b", "at_most": 2}, {"answer": "a", "at_most": 2}]}, 1, True),
        ({"any": []}, 1, False), ({"fact": "segment", "is_in": ["gold"]}, 1, False),
    ],
)  # fmt: skip
def test_a_condition_on_a_score(condition, score, expected):
    assert holds(Condition(**condition), known(a=score)) is expected


@pytest.mark.parametrize("polarity, expected", [(None, True), ("negative", True), ("positive", False)])
@pytest.mark.parametrize("subject", [{"tag": ["late"]}, {"category": ["delivery"]}])
def test_a_condition_on_what_was_mentioned(subject, polarity, expected):
    said = Known.of([], [StoredTag("v", "late", "delivery", "negative", "late")], {})
    assert holds(Condition(polarity=polarity, **subject), said) is expected


def test_a_skip_is_no_answer_to_a_condition():
    skipped = Known.of([Answer("r", "a", NOW, skipped=True)], (), {})
    assert not holds(Condition(answer="a", answered=True), skipped)
    assert not holds(Condition(answer="a", at_most=5), skipped)


def test_a_low_score_is_asked_about_in_other_words_than_a_high_one(definitions):
    survey = definitions.survey_for("store_visit")
    reason = survey.question("reason")
    texts = {wording(reason, known(satisfaction=score)).en for score in (1, 3, 5)}
    assert len(texts) == 3


@pytest.mark.parametrize("scale, low, fine", [("csat", 2, 3), ("nps", 6, 7), ("ces", 3, 4), ("experience", -2, -1)])
def test_from_which_score_on_something_has_to_be_put_right(scale, low, fine):
    assert needs_recovery(scale, low) and not needs_recovery(scale, fine)
