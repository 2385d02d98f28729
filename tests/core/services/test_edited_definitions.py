"""A CX manager edits while customers are in the middle of it: nobody's conversation may end in an error."""

import pytest

from bot.core.types import TagMention
from bot.definitions.checks import CHECKS
from bot.definitions.loader import as_json, from_json

NICE = TagMention("crew_careful", "delivery_and_logistics", "positive", "very careful")


@pytest.fixture
def edit(ports, definitions):
    """Activates the shipped definitions changed by a function on their JSON."""

    def edited(change):
        content = as_json(definitions)
        change(content)
        checked = from_json(content)
        assert [str(problem) for check in CHECKS for problem in check(checked)] == [], "a valid edit"
        with ports.store.begin() as tx:
            tx.add_definitions("edited", content, ports.clock())

    return edited


def delivery(content):
    return next(survey for survey in content["surveys"] if survey["touchpoint"] == "delivery")


def without_question(key):
    def change(content):
        survey = delivery(content)
        survey["questions"] = [question for question in survey["questions"] if question["key"] != key]

    return change


def drop(content, key):
    """Takes a key out of every list that names it, in place, and whatever is defined under it."""
    for value in content.values() if isinstance(content, dict) else content:
        if isinstance(value, list):
            value[:] = [one for one in value if one != key and not (isinstance(one, dict) and one.get("key") == key)]
        if isinstance(value, (dict, list)):
            drop(value, key)


def test_new_wording_reaches_a_survey_that_is_open(talk, edit):
    talk.says("hello", "greet")

    def reword(content):
        reason = next(question for question in delivery(content)["questions"] if question["key"] == "reason")
        reason["text"]["en"], reason["variants"] = "So, why?", []

    edit(reword)
    assert talk.says("4", "rate", score=4)[-1] == "So, why?"


@pytest.mark.parametrize(
    "text, act", [("they were careful", "praise"), ("who are you?", "ask_back"), ("skip", "skip"), ("yes", "affirm")]
)
@pytest.mark.parametrize("gone", ["reason", "praise_whom"])
def test_an_open_question_that_is_no_more_is_passed_over(talk, edit, gone, text, act):
    talk.says("hello", "greet")
    talk.says("5", "rate", score=5)
    if gone == "praise_whom":
        talk.says("very careful", "praise", tags=(NICE,))
    assert talk.asked.question == gone
    edit(without_question(gone))
    talk.says(text, act)
    assert talk.asked is None or talk.asked.question != gone


def test_an_open_choice_that_is_no_more_is_passed_over(talk, edit):
    talk.says("hello", "greet")
    talk.says("3", "rate", score=3)
    talk.says("so so")
    assert talk.asked.question == "mend_first"
    edit(without_question("mend_first"))
    talk.says("the crew")
    assert talk.asked is None or talk.asked.question != "mend_first"


def test_a_complaint_goes_on_though_its_tag_is_no_more(talk, edit):
    talk.says("hello", "greet")
    talk.complains()

    edit(lambda content: drop(content, "damaged_on_arrival"))
    talk.says("and it was late", "complain", sentiment="negative")
    assert talk.case.description.endswith("and it was late")


def test_a_case_is_handed_over_though_its_team_is_no_more(talk, edit):
    talk.says("hello", "greet")
    talk.complains()

    def merge_the_teams(content):
        drop(content["service_levels"], "logistics")
        for one in [*content["journey"]["touchpoints"], *content["tags"]["tags"]]:
            for name in ("owner_team", "team"):
                if one.get(name) == "logistics":
                    one[name] = "customer_care"

    edit(merge_the_teams)
    talk.says("a person please", "ask_human")
    assert (talk.case.status, talk.case.team) == ("escalated", "customer_care")


def test_an_offer_that_is_open_is_carried_out_though_its_kind_is_no_more(talk, edit, orders):
    talk.to_the_offer()

    def drop_the_kind(content):
        policy = content["remedies"]
        policy["kinds"] = [kind for kind in policy["kinds"] if kind["kind"] != "refund"]
        policy["rules"] = [rule for rule in policy["rules"] if rule["offer"] != "refund"]

    edit(drop_the_kind)
    talk.says("yes", "affirm")
    assert len(orders.remedies) == 1 and talk.remedy.status == "done"


def test_a_rule_for_critical_cases_does_not_buy_off_a_critical_case(talk, edit, orders):
    def allow(content):
        for rule in content["remedies"]["rules"]:
            rule["severity_at_most"] = "critical"

    edit(allow)
    talk.says("hello", "greet")
    talk.complains(severity="critical", entities={"remedy": "refund"})
    assert talk.case.escalation_reason == "critical" and talk.remedy is None
