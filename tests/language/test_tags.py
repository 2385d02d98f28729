"""Tags: words, gaps, numbers, evidence, polarity."""

import time

import pytest

from bot.core.definitions import Taxonomy
from bot.language.plain import plain
from bot.language.tags import TagReader, TagRules, as_tags


@pytest.fixture(scope="module")
def rules(taxonomy):
    return TagRules(taxonomy)


def found(rules, text):
    return {tag.tag: (tag.polarity, tag.evidence) for tag in as_tags(text, rules.find(plain(text)))}


CASES = [
    ("等了四十分钟,给3分吧", {"queue_too_long": ("negative", "等了四十分钟")}),
    ("等了 40 分鐘", {"queue_too_long": ("negative", "等了 40 分鐘")}),
    ("排队排得实在太久", {"queue_too_long": ("negative", "排队排得实在太久")}),
    ("一点都不慢", {"queue_too_long": ("positive", "慢")}),
    ("没想到这么慢", {"queue_too_long": ("negative", "慢")}),
    ("送餐太慢了", {"delivery_slow": ("negative", "送餐太慢")}),
    ("店員好親切", {"staff_friendly": ("positive", "親切")}),
    ("店員不親切", {"staff_friendly": ("negative", "親切")}),
    ("菜不新鲜", {"not_fresh": ("negative", "不新鲜")}),
    ("Not fresh at all", {"not_fresh": ("negative", "Not fresh")}),
    ("I waited forty minutes", {"queue_too_long": ("negative", "waited forty minutes")}),
    ("We didn't have to wait", {"queue_too_long": ("positive", "have to wait")}),
    ("The waiters were really RUDE", {"staff_rude": ("negative", "waiters were really RUDE")}),
    ("会推荐给朋友,很好", {"would_recommend": ("positive", "推荐")}),
    ("不满意,绝对不会推荐这家垃圾店", {"would_recommend": ("negative", "推荐")}),
    ("希望有停車位", {"wants_parking": ("neutral", "停車位")}),
    ("排队。今天天气很好不久", {}),
    ("", {}),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_tags(rules, text, expected):
    assert found(rules, text) == expected


def test_one_mention_a_tag(rules):
    assert [tag.evidence for tag in as_tags("慢,很慢", rules.find("慢,很慢"))] == ["很慢"]


def test_the_words_can_be_changed(taxonomy):
    component = TagReader(TagRules(taxonomy))
    component.use(Taxonomy(categories=[], tags=[]))
    assert component.rules.find("很慢") == []


def test_fast(rules):
    text = plain("等了四十分钟,店员态度很好,但是菜不新鲜,送餐太慢,不会推荐" * 3)
    started = time.perf_counter()
    for _ in range(50):
        rules.find(text)
    assert (time.perf_counter() - started) / 50 < 0.005
