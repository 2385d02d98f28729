"""The survey as a conversation: each answer kept at once, corrections kept beside, nothing asked twice."""

import pytest

from bot.core.services import opening
from bot.core.types import TagMention

LATE = TagMention("delivery_late", "delivery_and_logistics", "negative", "three hours late")
NICE = TagMention("crew_careful", "delivery_and_logistics", "positive", "very careful")


def test_a_happy_customer_goes_through_the_survey_and_each_answer_is_kept(talk):
    talk.says("hello", "greet")
    assert talk.asked.question == "satisfaction"
    talk.says("5", "rate", score=5)
    assert talk.asked.question == "reason"
    talk.says("they were very careful", "praise", sentiment="positive", tags=(NICE,))
    assert talk.asked.question == "praise_whom"
    talk.says("Tom", "other")
    assert talk.asked.question == "experience"
    talk.says("+4", "rate", score=4)
    assert talk.asked is None and talk.case is None
    found = {key: answer.text if answer.score is None else answer.score for key, answer in talk.answers.items()}
    assert found == {"satisfaction": 5, "reason": "they were very careful", "praise_whom": "Tom", "experience": 4}
    response = talk.response
    assert (response.status, response.segment, response.sentiment) == ("complete", "gold", "positive")
    assert response.completed_at == talk.ports.clock()


def test_the_first_word_greets_by_name_and_asks_at_once(talk):
    said = talk.says("hello", "greet")
    assert "Ann" in said[0] and len(said) == 2


def test_opening_the_page_greets_once_however_often_it_is_opened(talk):
    for _ in range(3):
        opening.open_conversation(talk.ports, talk.id)
    assert len(talk.heard) == 2


def test_a_score_with_its_reason_is_not_asked_for_the_reason_again(talk):
    talk.says("hello", "greet")
    talk.says("5, they were very careful", "rate", score=5, sentiment="positive", tags=(NICE,))
    assert talk.answers["reason"].text == "5, they were very careful"
    assert talk.asked.question == "praise_whom"


def test_a_question_that_is_skipped_has_no_score_and_is_not_asked_again(talk):
    talk.says("hello", "greet")
    said = talk.says("skip", "skip")
    assert said[0] == talk.line("skipped")
    assert talk.answers["satisfaction"].skipped and talk.answers["satisfaction"].score is None
    assert talk.asked.question == "reason"


def test_a_correction_counts_and_the_answer_before_it_is_kept_as_superseded(talk, ports):
    talk.says("hello", "greet")
    talk.says("5", "rate", score=5)
    said = talk.says("I meant 3", "correct", score=3)
    assert said[0] == talk.line("corrected", score=3)
    assert talk.answers["satisfaction"].score == 3
    with ports.store.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT score, superseded_at IS NULL FROM answers WHERE question = 'satisfaction' ORDER BY 1"
        ).all()
    assert [tuple(row) for row in rows] == [(3, 1), (5, 0)]


def test_a_correction_without_a_number_asks_for_it(talk):
    talk.says("hello", "greet")
    talk.says("5", "rate", score=5)
    said = talk.says("that was wrong", "correct")
    assert said[0] == talk.line("correct_to_what") and talk.asked.question == "satisfaction"
    talk.says("2", "rate", score=2)
    assert talk.answers["satisfaction"].score == 2 and talk.asked.question == "reason"


def test_a_score_off_the_scale_changes_nothing(talk):
    talk.says("hello", "greet")
    talk.says("5", "rate", score=5)
    talk.says("make it 9", "correct", score=9)
    assert talk.answers["satisfaction"].score == 5


def test_what_is_not_understood_is_asked_once_more_then_kept_as_text_and_passed_over(talk):
    talk.says("hello", "greet")
    assert talk.says("hm hm")[0] == talk.line("not_understood_score", low=1, high=5)
    assert talk.asked.question == "satisfaction"
    assert talk.says("no idea")[0] == talk.line("moving_on")
    assert talk.answers["satisfaction"].text == "no idea" and talk.answers["satisfaction"].score is None
    assert talk.asked.question == "reason"


def test_stop_ends_the_questions_and_keeps_what_was_answered(talk):
    talk.says("hello", "greet")
    talk.says("5", "rate", score=5)
    assert talk.says("stop", "stop") == [talk.line("stopped")]
    assert talk.asked is None and talk.response.status == "opted_out"
    assert talk.answers["satisfaction"].score == 5


def test_a_question_back_is_answered_and_the_open_one_keeps_its_place(talk):
    talk.says("hello", "greet")
    said = talk.says("who are you?", "ask_back", entities={"topic": "privacy"})
    assert (
        said[0] == talk.line("about_privacy", objection=talk.line("objection_here"))
        and talk.asked.question == "satisfaction"
    )


@pytest.mark.parametrize("kind", ["image", "voice", "sticker", "file"])
def test_what_is_no_text_is_said_to_be_seen_and_the_question_keeps_its_place(talk, ports, kind):
    from bot.core.services import receiving
    from bot.core.types import Understanding

    talk.says("hello", "greet")
    talk.message_id = receiving.receive(ports, talk.id, "web", "", kind=kind).message.id
    said = talk.answer(Understanding("", "en", "other"))
    assert said[0] == talk.line(f"received_{kind}") and talk.asked.question == "satisfaction"
    assert "satisfaction" not in talk.answers


@pytest.mark.parametrize("typed, language", [("简体中文", "zh-Hans"), ("繁體中文", "zh-Hant"), ("English", "en")])
def test_another_language_is_chosen_by_its_own_name(talk, typed, language):
    talk.says("hello", "greet")
    said = talk.says(typed, language="other")
    assert said[0] == talk.ports.wordings.line("language_switched", language)
    assert talk.conversation.language == language and talk.asked.question == "satisfaction"


def test_a_language_that_is_not_ours_is_offered_the_three(talk):
    talk.says("hello", "greet")
    talk.says("the first", "rate", score=4)
    talk.says("stop", "stop")
    talk.says("Привет, как дела", language="other")
    assert [button.title for button in talk.messages[-1].buttons] == ["简体中文", "繁體中文", "English"]


@pytest.mark.parametrize("typed", ["{title}", "  {title}! ", "{upper}"])
def test_a_choice_typed_is_the_choice_tapped(talk, typed):
    talk.says("hello", "greet")
    talk.says("3", "rate", score=3)
    talk.says("it came late", tags=(LATE,))
    assert talk.asked.question == "lateness"
    title = talk.messages[-1].buttons[0].title
    talk.says(typed.format(title=title, upper=title.upper()))
    assert talk.answers["lateness"].choice and talk.asked.question == "experience"


def test_no_button_begins_with_a_slash_or_is_longer_than_64_bytes(talk):
    talk.to_the_offer()
    buttons = [button for message in talk.messages for button in message.buttons]
    assert len(buttons) > 8
    assert all(0 < len(button.payload.encode()) <= 64 and button.payload[0] != "/" for button in buttons)


def test_a_walk_in_says_first_what_it_is_about(walk_in):
    walk_in.says("hello", "greet")
    assert walk_in.asked.question == "touchpoint"
    title = walk_in.messages[-1].buttons[2].title
    walk_in.says(title.upper())
    assert walk_in.conversation.touchpoint == "delivery" and walk_in.asked.question == "satisfaction"


def test_the_same_message_again_gets_the_same_words_and_changes_nothing(talk):
    talk.says("hello", "greet")
    read = talk.hears("5", "rate", score=5)
    first = talk.answer(read)
    before = (talk.conversation, talk.messages, talk.answers)
    assert talk.answer(read) == first != []
    assert (talk.conversation, talk.messages, talk.answers) == before


def test_an_older_message_again_gets_its_own_words_not_the_latest(talk):
    read = talk.hears("hello", "greet")
    first_id = talk.message_id
    first = talk.answer(read)
    talk.says("5", "rate", score=5)
    assert talk.answer(read, first_id) == first


def test_while_another_attempt_is_at_work_on_a_message_nothing_is_said(talk, ports):
    read = talk.hears("hello", "greet")
    with ports.store.begin() as tx:
        tx.take_message(talk.message_id, ports.clock(), 45)
    assert talk.answer(read) == [] and talk.heard == []


def test_a_message_that_was_never_stored_is_not_found(talk):
    from bot.core.errors import NotFound

    with pytest.raises(NotFound):
        talk.answer(talk.hears("hi", "greet"), "no-such-id")
