"""What is nothing but thanks."""

import pytest

from bot.core.thanks import only_thanks


@pytest.mark.parametrize(
    "text",
    ["谢谢", "谢谢您!", "非常感谢你们🙏", "辛苦了，谢谢啦", "謝謝您", "感謝～", "多謝大家", "Thanks!",
     "thank you so much", "Thx :)", "🙏🙏", "THANK YOU VERY MUCH"],
)  # fmt: skip
def test_thanks_are_thanks_whether_or_not_something_was_asked(text):
    assert only_thanks(text) and only_thanks(text, answers_a_question=True)


@pytest.mark.parametrize("text", ["好的谢谢", "收到，感謝", "ok thanks", "Got it, thank you!", "嗯嗯谢谢"])
def test_assent_with_thanks_is_an_answer_where_one_is_waited_for(text):
    assert only_thanks(text) and not only_thanks(text, answers_a_question=True)


@pytest.mark.parametrize(
    "text",
    ["", "好的", "ok", "谢谢，但是还没收到退款", "thanks but it is still broken", "no thanks", "不用谢，什么时候到？",
     "thanks, when?", "5", "不谢", "谢谢你个头"],
)  # fmt: skip
def test_everything_else_is_a_message_to_answer(text):
    assert not only_thanks(text)
