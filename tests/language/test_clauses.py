"""Clauses: where a message is cut."""

import pytest

from bot.language.clauses import clauses_of


def parts(text):
    return [text[clause.start : clause.end] for clause in clauses_of(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("慢但是服务好", ["慢", "但是服务好"]),
        ("等了四十分钟,给3分吧", ["等了四十分钟,", "给3分吧"]),
        ("the room was nice but noisy. 4.5 stars", ["the room was nice ", "but noisy.", " 4.5 stars"]),
        ("it cost 1,200", ["it cost 1,200"]),
        ("好", ["好"]),
        ("快!!!", ["快!!!"]),
    ],
)
def test_cut_after_punctuation_and_before_contrast(text, expected):
    assert parts(text) == expected


@pytest.mark.parametrize("text", ["", "。", "。。。，", "a", "好，，，但是，但是", "no signs", "1.5,2.5;3", "\n\n"])
def test_together_they_are_the_whole_text(text):
    assert "".join(parts(text)) == text
