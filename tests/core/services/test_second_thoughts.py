"""What a customer says after the yes, beside the offer, and while a person is on the way."""

import pytest

from bot.core.types import TagMention
from tests.core.services.conftest import BROKEN

PRICE = TagMention("too_expensive", "price_value", "negative", "dearer than elsewhere")


def refunded(talk):
    talk.to_the_offer()
    talk.says("yes", "affirm")
    assert talk.case.status == "resolved_by_bot"


def explained(talk):
    talk.says("hello", "greet")
    talk.complains(PRICE, text="it is dearer than elsewhere")
    talk.says("just tell me why", entities={"remedy": "explain"})
    assert talk.remedy.kind == "explain" and talk.asked.kind == "remedy"


def handed_over(talk):
    talk.to_the_offer()
    talk.says("no", "deny")
    assert talk.case.status == "escalated"


@pytest.mark.parametrize("act", ["complain", "request_remedy", "other", "deny"])
def test_another_wish_after_the_yes_is_told_that_it_is_done_and_goes_to_a_person(talk, orders, act):
    refunded(talk)
    said = talk.says("wait, I'd rather have a new one", act, entities={"remedy": "replacement"})
    assert said[0] == talk.line("escalated_changed_mind")
    case = talk.case
    assert (case.status, case.escalation_reason, case.reopened) == ("escalated", "changed_mind", True)
    assert case.first_contact_resolved is False and len(orders.remedies) == 1 and talk.remedy.status == "done"


@pytest.mark.parametrize("text", ["no wait, I don't want that", "等一下，先别退", "算了，不退了", "先別退款"])
@pytest.mark.parametrize("act", ["other", "deny", "correct", "praise"])
def test_what_is_taken_back_after_the_yes_goes_to_a_person(talk, text, act):
    refunded(talk)
    assert talk.says(text, act)[0] == talk.line("escalated_changed_mind")


@pytest.mark.parametrize("text", ["the wait was fine", "hm", "等等"])
def test_no_second_thought_is_read_into_what_names_none(talk, text):
    refunded(talk)
    talk.says(text)
    assert talk.case.status == "resolved_by_bot" and talk.asked.kind == "recovery_score"


def test_a_new_problem_after_the_yes_is_no_second_thought(talk):
    refunded(talk)
    said = talk.complains(text="the new one is broken, too", entities={"remedy": "replacement"})
    assert said[0] == talk.line("escalated_not_solved") and talk.case.escalation_reason == "not_solved"


def test_another_wish_beside_the_offer_is_offered_and_a_yes_then_means_it(talk, orders):
    talk.to_the_offer()
    said = talk.says("hm, I'd rather have a new one", entities={"remedy": "replacement"})
    assert said[0] == talk.line("offer_as_wished") and talk.remedy.kind == "replacement"
    talk.says("yes", "affirm")
    assert [given[1] for given in orders.remedies] == ["replacement"]


@pytest.mark.parametrize("text, act", [("thanks", "thank"), ("that makes sense", "praise"), ("I see", "affirm")])
def test_any_friendly_word_is_enough_for_an_explanation(talk, text, act):
    explained(talk)
    talk.says(text, act)
    assert talk.case.status == "resolved_by_bot" and talk.asked.kind == "recovery_score"


@pytest.mark.parametrize("text, act", [("thanks", "thank"), ("very kind", "praise")])
def test_but_it_carries_nothing_out(talk, orders, text, act):
    talk.to_the_offer()
    talk.says(text, act)
    assert orders.remedies == [] and talk.asked.kind == "remedy"


def test_an_explanation_is_asked_about_and_answered_in_words_of_its_own(talk):
    explained(talk)
    titles = [button.title for button in talk.messages[-1].buttons]
    assert titles == [talk.line("button_explained_yes"), talk.line("button_explained_no")]
    assert talk.says("hm") == [talk.line("again_explanation")]
    talk.says(titles[1])
    assert talk.remedy.kind == "callback" and talk.asked.question is None
    assert [button.title for button in talk.messages[-1].buttons] == [talk.line("button_yes"), talk.line("button_no")]


def test_an_explanation_that_does_not_satisfy_is_not_repeated(talk):
    explained(talk)
    talk.complains(PRICE, text="it is still far too dear")
    assert talk.remedy.kind == "callback" and talk.asked.kind == "remedy"


@pytest.mark.parametrize(
    "text, act, topic",
    [("how long will that take?", "ask_back", "duration"), ("when will they call?", "order_status", None),
     ("call me, but when?", "request_remedy", None)],
)  # fmt: skip
def test_who_waits_for_a_person_and_asks_when_is_told_the_promise_again(talk, text, act, topic):
    handed_over(talk)
    promised = talk.heard[-1]
    assert talk.says(text, act, entities={"topic": topic} if topic else {}) == [promised]
    assert talk.events[-1] == "told_more" and talk.asked is None


@pytest.mark.parametrize(
    "text, act, topic",
    [("how long will that take?", "ask_back", "duration"), ("when will I get it?", "order_status", None)],
)
def test_who_asks_when_after_the_yes_is_told_again_what_was_done(talk, text, act, topic):
    refunded(talk)
    done = talk.heard[-2]
    said = talk.says(text, act, entities={"topic": topic} if topic else {})
    assert said == [done, talk.line("again_recovery_score")] and talk.asked.kind == "recovery_score"


def test_a_question_about_the_survey_is_not_answered_with_the_refund(talk):
    refunded(talk)
    talk.says("5", "rate", score=5)
    said = talk.says("how long will this take?", "ask_back", entities={"topic": "duration"})
    assert said[0] == talk.line("about_duration") and talk.asked.question == "satisfaction"


def test_a_promise_that_was_not_kept_is_not_told_again(talk, clock):
    handed_over(talk)
    clock.forward(days=30)
    assert talk.says("when?", "ask_back", entities={"topic": "duration"}) == [talk.line("added_to_case")]


def test_how_long_beside_an_offer_is_not_about_the_survey(talk):
    talk.to_the_offer()
    said = talk.says("how long does that take?", "ask_back", entities={"topic": "duration"})
    assert said[0] == talk.line("about_unknown") and talk.asked.kind == "remedy"


def test_who_is_there_is_still_answered_while_a_person_is_on_the_way(talk):
    handed_over(talk)
    said = talk.says("are you a person?", "ask_back", entities={"topic": "identity"})
    assert said == [talk.line("about_identity")]


@pytest.mark.parametrize(
    "text, line",
    [("ok", "noted"), ("好的！", "noted"), ("ok, I'll take it", "added_to_case"), ("我要了", "added_to_case")],
)
def test_a_mere_ok_is_nothing_new_for_the_case(talk, text, line):
    handed_over(talk)
    assert talk.says(text, "affirm") == [talk.line(line)]


@pytest.mark.parametrize(
    "text, evidence, quoted",
    [("我要的是黑色，来的是白色！", "我要的是黑色，来的是", "我要的是黑色，来的是白色"),
     ("师傅态度特别差，冲我吼", "师傅态度特别差，冲", "师傅态度特别差，冲我吼"),
     ("Hi. The leg is broken, sadly", "leg is broken", "The leg is broken"),
     ("a" * 70 + " broken", "broken", "broken")],
)  # fmt: skip
def test_the_customer_is_quoted_in_whole_clauses(talk, text, evidence, quoted):
    talk.says("hello", "greet")
    tag = TagMention(BROKEN.tag, BROKEN.category, "negative", evidence)
    assert f'"{quoted}"' in talk.complains(tag, text=text)[0]


def test_a_price_is_regretted_but_admitted_as_no_fault(talk):
    talk.says("hello", "greet")
    said = talk.complains(PRICE, text="it is dearer than elsewhere")
    assert said[0] == talk.line("acknowledge_mild", name="the price", evidence="it is dearer than elsewhere")
