"""The list of the worst mistakes."""

from bot.core.definitions import Definitions
from evaluation.mistakes import listed
from evaluation.own_figures import Reading
from tests.evaluation.made import reading, sentence, understood


def group(told: str, name: str) -> list:
    return next(part for part in told.split("\n\n") if part.startswith(name)).splitlines()


def test_the_gravest_come_first_and_no_more_than_were_asked_for(definitions: Definitions) -> None:
    readings = [
        reading("none", "critical", field="severity", text="false alarm"),
        reading("critical", "none", field="severity", text="not heard"),
        reading("low", "high", field="severity", text="no matter here"),
    ]
    assert group(listed(readings, definitions.tags, 1), "critical or not") == [
        "critical or not: 2 wrong, the worst 1",
        "  critical → none  [text]  not heard",
    ]


def test_a_number_from_nowhere_is_worse_than_a_missed_one(definitions: Definitions) -> None:
    readings = [
        Reading(sentence(score=4, expecting="csat", text="missed"), understood()),
        Reading(sentence(score=None, expecting="csat", text="invented"), understood(score=5)),
    ]
    assert group(listed(readings, definitions.tags, 9), "score") == [
        "score: 2 wrong",
        "  null → 5  [csat]  invented",
        "  4 → null  [csat]  missed",
    ]


def test_languages_take_turns(definitions: Definitions) -> None:
    readings = [
        reading("thank", "other", text=text, language=language)
        for text, language in (("a", "en"), ("b", "en"), ("c", "zh-Hans"))
    ]
    told = group(listed(readings, definitions.tags, 9), "act")
    assert [line[-1] for line in told[1:]] == ["a", "c", "b"]


def test_tags_say_what_is_missed_and_what_is_wrong(definitions: Definitions) -> None:
    one = Reading(
        sentence(tags=[("delivery_fast", "positive")], kind="tags", text="x"),
        understood(tags=[("price_value", "negative")]),
    )
    told = group(listed([one], definitions.tags, 1), "tags")
    assert told[1] == "  missed delivery_and_logistics positive, wrong price_value negative  [text]  x"


def test_what_is_right_is_not_listed(definitions: Definitions) -> None:
    told = listed([Reading(sentence(), understood())], definitions.tags, 5)
    assert [line.split(": ")[1] for line in told.split("\n\n")] == ["0 wrong"] * 6
