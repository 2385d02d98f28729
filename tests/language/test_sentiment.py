# ruff: noqa: E501 — ruff counts a Chinese character as two
"""Sentiment: words, negation, contrast, emoji, tags, a bare score."""

import pytest

from bot.language.plain import plain
from bot.language.sentiment import sentiment_of

CASES = [
    ("服务很好", "positive"), ("態度惡劣", "negative"), ("一般般", "neutral"), ("不满意", "negative"), ("没有任何问题", "positive"),
    ("味道不错,但是等了太久", "negative"), ("雖然有點貴,但品質真的很棒", "positive"), ("太好了吧", "positive"), ("你好", "neutral"),
    ("不好意思问一下", "neutral"), ("好慢", "negative"), ("今天星期三", "neutral"), ("😡", "negative"), ("👍👍", "positive"),
    ("The service was not great", "negative"), ("not bad", "positive"), ("can't complain", "positive"),
    ("Great food but the waiter was awful", "negative"), ("It was slow, but they were wonderful", "positive"),
    ("where is the store", "neutral"), ("never again", "negative"), ("I didn't have to wait", "neutral"),
    ("absolutely terrible", "negative"), ("no problems at all", "positive"), ("差不多就这样", "neutral"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "label"), CASES)
def test_sentiment(text, label):
    assert sentiment_of(plain(text)).label == label


def test_strength_stays_on_its_scale():
    assert sentiment_of(plain("垃圾 恶心 骗子 太烂 气死 " * 20)).strength == -5
    assert sentiment_of("amazing perfect excellent love best " * 20).strength == 5


def test_a_bare_score_speaks_for_itself():
    assert sentiment_of("5", score=5, scale="csat").label == "positive"
    assert sentiment_of("3", score=3, scale="csat").label == "neutral"
    assert sentiment_of("1", score=1, scale="csat").label == "negative"
