"""Which language a text is written in: zh-Hans, zh-Hant, en or other.

Rules, in this order:
1. no letters (digits, emoji, punctuation): the hint; without one, zh-Hans if it is written with Chinese punctuation or
   full-width digits, else en;
2. letters of another script (kana, hangul, Cyrillic, Arabic, Thai …) that lead: other;
3. Chinese, also with some English in it: by the characters that only one of the two scripts has (OpenCC's tables).
   None or as many of each: the hint if it is Chinese, else zh-Hans;
4. Latin: other when signs of another language outweigh English; a lone international word ("ok") or an order number
   says nothing and gives the hint; else en.
"""

import re
from functools import lru_cache
from typing import Optional

from opencc import OpenCC
from spacy.language import Language
from spacy.tokens import Doc

from bot.core.types import LANGUAGES
from bot.language.foreign import is_foreign_latin
from bot.language.wordlist import listed

if not Doc.has_extension("language"):
    Doc.set_extension("language", default=None)

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0002ebef]")
LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+(?:['’][A-Za-z]+)*")
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]")
_ZHUYIN = re.compile(r"[\u3105-\u312f]")
_OTHER_SCRIPT = re.compile(
    r"[\u0370-\u03ff\u0400-\u052f\u0590-\u05ff\u0600-\u06ff\u0900-\u0dff\u0e00-\u0eff\u1000-\u10ff\u1100-\u11ff"
    r"\u1780-\u17ff\uac00-\ud7af]"
)
_CHINESE_SIGN = re.compile(r"[，。！？；：、￥０-９]")
_INTERNATIONAL = frozenset(
    listed("ok okay okey okk hi hey hello bye vip app wifi thx tks lol haha hmm em emm hs id qq nps pk")
)
# Simplified forms that a Traditional text may rightly contain, and the reverse: they show nothing.
_SHARED = frozenset(
    "于后里万干台游吃群占采斗云征异厂丰赶秘岩床峰庄挂伙岳尸杰涌咸凶荐厘咨郁夸仆唇雇晒佣霉蜡灶凄划丑朴熏洒"
    "乾吒夥徵拚捱摺著瞭藉余划痒"
)
_CANTONESE = frozenset("嘅冇咗啲喺哋嚟佢嗰咁唔嘢嗱")


@lru_cache(maxsize=1)
def _converters() -> "tuple[OpenCC, OpenCC]":
    return OpenCC("s2t"), OpenCC("t2s")


@lru_cache(maxsize=8192)
def script_of(character: str) -> int:
    """-1: a character of Simplified only, +1: of Traditional only, 0: of both."""
    if character in _SHARED:
        return 0
    if character in _CANTONESE or character == "妳":
        return 1
    to_traditional, to_simplified = _converters()
    if to_simplified.convert(character) != character:
        return 1
    return -1 if to_traditional.convert(character) != character else 0


def _chinese(han: str, zhuyin: bool, hint: Optional[str]) -> str:
    balance = sum(map(script_of, han)) + zhuyin
    if balance:
        return "zh-Hant" if balance > 0 else "zh-Hans"
    return hint if hint in ("zh-Hans", "zh-Hant") else "zh-Hans"


def language_of(text: str, hint: Optional[str] = None) -> str:
    """One of zh-Hans, zh-Hant, en, other. `hint` is the language of the conversation so far, if any."""
    hint = hint if hint in LANGUAGES else None
    han = "".join(HAN.findall(text))
    words = LATIN_WORD.findall(text)
    kana, others = len(_KANA.findall(text)), len(_OTHER_SCRIPT.findall(text))
    zhuyin = bool(_ZHUYIN.search(text))
    if kana > 1 + len(han) // 8 or (kana and not han and not words):
        return "other"
    if others > len(han) + sum(map(len, words)) / 2:
        return "other"
    if (han or zhuyin) and _chinese_leads(text, len(han) + zhuyin, len(words)):
        return _chinese(han, zhuyin, hint)
    if not words:
        return _without_letters(text, hint)
    return _latin(text, words, hint)


def _chinese_leads(text: str, han: int, words: int) -> bool:
    """About 1.6 Chinese characters say what one English word says."""
    first = LATIN_WORD.search(text)
    starts = HAN.search(text[: first.start()] if first else text)
    return han / 1.6 >= words * (0.3 if starts else 0.6)


def _without_letters(text: str, hint: Optional[str]) -> str:
    if hint:
        return hint
    return "zh-Hans" if _CHINESE_SIGN.search(text) else "en"


def _latin(text: str, words: "list[str]", hint: Optional[str]) -> str:
    lower = [word.lower().replace("’", "'") for word in words]
    if is_foreign_latin(text, lower):
        return "other"
    says_nothing = all(word in _INTERNATIONAL or len(word) == 1 for word in lower)
    return hint if says_nothing and hint else "en"


@Language.factory("script", assigns=["doc._.language"])
def script(nlp: Language, name: str) -> "Script":
    return Script()


class Script:
    """Sets `doc._.language`, with `doc._.hint` as the hint."""

    def __call__(self, doc: Doc) -> Doc:
        doc._.language = language_of(doc.text, doc._.hint)
        return doc
