# ruff: noqa: E501 — ruff counts a Chinese character as two
"""Languages: zh-Hans, zh-Hant, en, other."""

import pytest

from bot.language.script import language_of

CASES = [
    ("我给4分 the staff was great", None, "zh-Hans"), ("等了四十分钟", None, "zh-Hans"), ("等了四十分鐘", "en", "zh-Hant"),
    ("好的", None, "zh-Hans"), ("好的", "zh-Hant", "zh-Hant"), ("很好", "en", "zh-Hans"), ("OK 好的", "zh-Hant", "zh-Hant"),
    ("ok", None, "en"), ("ok", "zh-Hans", "zh-Hans"), ("OK!", "zh-Hant", "zh-Hant"), ("5", None, "en"),
    ("5", "zh-Hant", "zh-Hant"), ("５", None, "zh-Hans"), ("👍", "zh-Hans", "zh-Hans"), ("👍", None, "en"), ("", None, "en"),
    ("4！", None, "zh-Hans"), ("HS100241", "zh-Hans", "zh-Hans"), ("Très bien, merci", None, "other"),
    ("Muy bien", "en", "other"), ("El servicio fue malo", None, "other"), ("Danke, sehr gut", "zh-Hans", "other"),
    ("the food was great, café nice", None, "en"), ("I had a latte at the café", None, "en"), ("ありがとう", None, "other"),
    ("とても良い", None, "other"), ("감사합니다", None, "other"), ("спасибо", None, "other"), ("ขอบคุณ", None, "other"),
    ("شكرا", None, "other"), ("台灣", None, "zh-Hant"), ("在台湾", None, "zh-Hans"), ("客服态度not good", None, "zh-Hans"),
    ("唔好食", None, "zh-Hant"), ("妳好", None, "zh-Hant"), ("Hola", None, "other"), ("no", "zh-Hans", "en"),
    ("I bought 豆浆 here and it was sour", None, "en"), ("谢谢 thank you", None, "zh-Hans"), ("terrible", None, "en"),
    ("Il personale era molto gentile", None, "other"), ("Saya tidak suka", None, "other"), ("APP一直閃退", None, "zh-Hant"),
    ("wifi很慢", "zh-Hant", "zh-Hant"), ("后来又修好了", None, "zh-Hans"), ("皇后店的店員", None, "zh-Hant"),
    ("<b>hello there</b>", None, "en"), ("the staff was kind", "zh-Hans", "en"), ("Die Lieferung kam nicht", "en", "other"),
    ("很好", "nonsense", "zh-Hans"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "hint", "language"), CASES)
def test_language(text, hint, language):
    assert language_of(text, hint) == language
