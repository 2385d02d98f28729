"""What the shipped definitions promise: enough tags on both sides, sound surveys, each language its own script."""

from typing import Any, Iterator, Tuple

import opencc
import pytest

from bot.core.definitions import Condition, Definitions, Survey
from bot.core.types import LANGUAGES
from bot.definitions.loader import SHIPPED, as_json, load

DEFINITIONS = load(SHIPPED)
CATEGORIES = {
    "product_quality", "product_range", "price_value", "promotion_and_membership", "ordering_and_payment",
    "delivery_and_logistics", "waiting_and_speed", "staff_and_service", "environment_and_facilities",
    "location_and_access", "digital_and_information", "aftersales_and_trust",
}  # fmt: skip
TOUCHPOINTS = ["store_visit", "online_order", "delivery", "installation", "repair_visit", "support_call"]
# OpenCC's s2t prefers rarer forms; Taiwan and Hong Kong write these.
TAIWAN_AND_HONG_KONG = str.maketrans("喫傢俱黴纔麪瞭", "吃家具霉才面了")


def wordings(node: Any, path: str = "") -> Iterator[Tuple[str, str, str]]:
    """(path, language, text) of all that is written in a language."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in LANGUAGES:
                for text in [value] if isinstance(value, str) else value:
                    yield path, key, text
            else:
                yield from wordings(value, f"{path}.{key}")
    elif isinstance(node, list):
        for index, item in enumerate(node):
            name = item.get("key", index) if isinstance(item, dict) else index
            yield from wordings(item, f"{path}[{name}]")


ALL = list(wordings(as_json(DEFINITIONS)))


def test_simplified_wordings_are_simplified() -> None:
    to_simplified = opencc.OpenCC("t2s")
    assert [(path, text) for path, lang, text in ALL if lang == "zh-Hans" and to_simplified.convert(text) != text] == []


def test_traditional_wordings_are_traditional() -> None:
    to_traditional = opencc.OpenCC("s2t")

    def kept(text: str) -> bool:
        return to_traditional.convert(text).translate(TAIWAN_AND_HONG_KONG) == text.translate(TAIWAN_AND_HONG_KONG)

    assert [(path, text) for path, lang, text in ALL if lang == "zh-Hant" and not kept(text)] == []


def test_traditional_wordings_use_the_words_of_taiwan_and_hong_kong() -> None:
    mainland = ("質量", "信息", "網絡", "短信", "視頻", "激活", "門店", "軟件", "默認")
    assert [text for _, lang, text in ALL if lang == "zh-Hant" and any(word in text for word in mainland)] == []


def test_english_wordings_have_no_chinese() -> None:
    assert [text for _, lang, text in ALL if lang == "en" and any(char >= "\u3000" for char in text)] == []


def test_journey_and_surveys_cover_the_six_touchpoints() -> None:
    assert [touchpoint.key for touchpoint in DEFINITIONS.journey.touchpoints] == TOUCHPOINTS
    assert [survey.key for survey in DEFINITIONS.surveys] == TOUCHPOINTS
    assert {survey.main.scale for survey in DEFINITIONS.surveys} == {"csat", "nps", "ces"}


def test_the_taxonomy_has_its_categories_kinds_and_both_sides() -> None:
    tags = DEFINITIONS.tags.tags
    assert {category.key for category in DEFINITIONS.tags.categories} == CATEGORIES
    assert len(tags) >= 80
    assert {tag.kind for tag in tags} == {"pain", "itch", "delight", "need", "expectation", "word_of_mouth"}
    for category in CATEGORIES:
        kinds = [tag.kind for tag in tags if tag.category == category]
        assert kinds.count("delight") >= 2 and kinds.count("pain") + kinds.count("itch") >= 3, category
    assert all(len(tag.words[script]) >= 6 for tag in tags for script in LANGUAGES)
    assert DEFINITIONS.tags.tag("queue_too_long").category == "waiting_and_speed"


@pytest.mark.parametrize(
    "key",
    ["injury", "fire_or_smoke", "electric_shock", "food_poisoning", "legal_threat", "media_threat", "discrimination",
     "harassment", "privacy_leak"],
)  # fmt: skip
def test_danger_is_critical_and_has_its_team(key: str) -> None:
    tag = DEFINITIONS.tags.tag(key)
    assert (tag.severity, tag.team) == ("critical", "safety_and_legal")


def test_praise_is_never_grave() -> None:
    assert [tag.key for tag in DEFINITIONS.tags.tags if tag.kind == "delight" and tag.severity != "none"] == []


@pytest.mark.parametrize("survey", DEFINITIONS.surveys, ids=lambda survey: survey.key)
def test_a_survey_asks_score_reason_follow_up_experience(survey: Survey) -> None:
    first, reason, *follow_ups, last = survey.questions
    assert (reason.key, reason.type) == ("reason", "text")
    assert (last.key, last.scale) == ("experience", "experience")
    assert 2 <= len(follow_ups) <= 4
    assert all(question.group == "follow_up" and question.when for question in follow_ups)
    assert len(survey.thanks) == 5
    for language in LANGUAGES:
        ends = {"csat": ("1", "5"), "nps": ("0", "10"), "ces": ("1", "7")}[str(first.scale)]
        assert all(end in first.text.get(language) for end in ends)
        assert all(end in last.text.get(language) for end in ("−5", "+5"))


def test_buttons_fit_the_narrowest_channel() -> None:
    labels = [choice.label for survey in DEFINITIONS.surveys for q in survey.questions for choice in q.choices]
    assert [label for label in labels for language in LANGUAGES if len(label.get(language)) > 20] == []


def test_an_offer_can_be_answered_with_yes_or_no() -> None:
    for kind in DEFINITIONS.remedies.kinds:
        assert all(kind.offer.get(language)[-1] in "?？" for language in LANGUAGES), kind.kind


def test_no_rule_reaches_a_critical_case() -> None:
    assert [rule.key for rule in DEFINITIONS.remedies.rules if rule.severity_at_most == "critical"] == []


def test_every_pain_has_a_way_out_for_some_wish() -> None:
    def offered(definitions: Definitions, category: str) -> set[str]:
        return {r.offer for r in definitions.remedies.rules if not r.tag and (not r.category or category in r.category)}

    assert all(len(offered(DEFINITIONS, category)) >= 2 for category in CATEGORIES)


def test_conditions_name_scores_that_lie_on_their_scale() -> None:
    def conditions(survey: Survey) -> Iterator[Condition]:
        for item in [*survey.questions, *survey.thanks, *(v for q in survey.questions for v in q.variants)]:
            for condition in item.when:
                yield from [condition, *(condition.any or ())]

    ends = {"csat": (1, 5), "nps": (0, 10), "ces": (1, 7), "experience": (-5, 5)}
    for survey in DEFINITIONS.surveys:
        for condition in conditions(survey):
            for limit in (condition.at_most, condition.at_least):
                if limit is not None:
                    low, high = ends[str(survey.question(str(condition.answer)).scale)]
                    assert low <= limit <= high
