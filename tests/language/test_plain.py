"""The plain form keeps its length, and the tokenizer the customer's own characters."""

import pytest
import spacy

from bot.language import tokenizer
from bot.language.plain import plain, printable
from bot.language.tokenizer import MixedTokenizer

ODD = [
    "這個服務員態度很差",
    "ＡＢＣ１２３，！",
    "①②③ ½ ﬁ İ ß",
    "😀👨‍👩‍👧 ok",
    "a\x00b這\x00",
    "乾隆後面的乾淨頭髮",
    "Café’s",
    "\ud800這",
    "",
]


@pytest.mark.parametrize("text", ODD)
def test_same_length(text):
    assert len(plain(text)) == len(text)


def test_simplified_half_width_lower_case():
    assert plain("ＨＳ１００２４１ 退費，態度") == "hs100241 退费,态度"
    assert printable("a\ud800") == "a\ufffd"


def tokens(text):
    return [token.text for token in MixedTokenizer(spacy.blank("zh").vocab)(text)]


def test_mixed_chinese_and_english():
    assert tokens("我给4分 the staff was great") == ["我", "给", "4", "分", "the", "staff", "was", "great"]


def test_a_chinese_character_is_a_token_and_kept_as_it_came():
    assert tokens("等了40分鐘") == ["等", "了", "40", "分", "鐘"]


@pytest.mark.parametrize("text", [*ODD[:5], "a  b", " 好 ", "\n\n给 3分\t", "🙂🙂"])
def test_the_text_is_kept(text):
    assert MixedTokenizer(spacy.blank("zh").vocab)(text).text == text


def test_the_vocabulary_does_not_grow_without_end(monkeypatch):
    monkeypatch.setattr(tokenizer, "MOST_STRINGS", 600)
    cut = MixedTokenizer(spacy.blank("zh").vocab)
    for number in range(2_000):
        cut(f"word{number}")
    assert len(cut.vocab.strings) < 1_500
