# ruff: noqa: E501 — the patterns are lists of words, one alternative after another
"""Words as they may be learnt from: what was said stays, who said it and about which order goes.

Digits become zeros: the classifier takes every number for the same sign, so nothing is lost to it. Zeroed are phone, card
and ID numbers (as `bot.core.masking` finds them), ids such as HS100241, numbers of three digits and more, of four
with gaps or in Chinese numerals. E-mail and postal addresses, accounts and given names become `XXX`. Scores, minutes and
small amounts stay.
"""

import re
from typing import Iterable, Match

from bot.core.masking import mask

GONE = "XXX"
_UNWRITABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_EMAIL = re.compile(r"[\w.+%*-]+[@＠][\w*-]+(?:\.[\w*-]+)*")
# What was masked, with the digits and gaps around its stars.
_MASKED = re.compile(r"[+\w(（]*\*[\w* ()（）.·\u00a0\u3000‐-―-]*\w")
_ACCOUNT = re.compile(
    r"(?i)((?:微信|wechat|weixin|qq|line|whatsapp|telegram|(?<![a-z])(?:wx|vx))(?:号|號| ?id)?(?:是|叫|[:：]| is)? ?)[a-z0-9][\w.-]{4,}"
)
_TOKEN = re.compile("[A-Za-z0-9]+")
_LONG = re.compile(r"\d(?:[ \u00a0\u3000.·‐-―-]?\d){3,}")
_CHINESE_LONG = re.compile("[零〇一二三四五六七八九幺两兩]{5,}")
_UNIT = r"(?:号楼|號樓|号院|号|號|弄|巷|栋|棟|幢|座|单元|單元|室|楼|樓|层|層|户|戶|段)"
_NUMBER = r"(?:[0-9０-９]+|[零〇一二三四五六七八九十百]+)[ -]?[A-Za-z]?"
# Of these a place's name has none; they come before it.
_PLACE = "(?:(?![送到住在去来來寄往是了的我于於从從])[\u4e00-\u9fff])"
_ADDRESSES = (
    re.compile(
        rf"(?:{_PLACE}{{2,3}}(?:省|市))?(?:{_PLACE}{{1,3}}(?:市|区|區|县|縣|镇|鎮|乡|鄉)){{0,4}}"
        rf"{_PLACE}{{1,5}}(?:路|街|大道|大街|胡同|村|里|苑|花园|花園|小区|社区){_PLACE}{{0,2}}{_NUMBER}{_UNIT}(?:[, 之-]?{_NUMBER}{_UNIT}?)*"
    ),
    re.compile(rf"{_NUMBER}(?:栋|棟|幢|座|号楼|號樓|单元|單元)(?:{_NUMBER}{_UNIT}?)+"),
    re.compile(
        r"(?i)\b(?:flat|apt\.?|apartment|unit|suite) ?#?\d+\w?\b|\b\d+[a-z]?,? (?:[\w'.]+ ){1,3}(?:street|st|road|rd|avenue|ave|lane|boulevard|blvd|terrace|crescent)\b\.?"
    ),
    # These words are others' as well: only as a name.
    re.compile(r"\b\d+[A-Za-z]?,? (?:[A-Z][\w'.]* ){1,3}(?:Drive|Dr|Court|Ct|Close|Way|Place|Pl|Square|Gardens|Grove)\b\.?"),
    re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"),
)  # fmt: skip


def printable(text: str) -> str:
    """`text` on one line, without what a terminal obeys or a YAML file cannot hold."""
    return " ".join(_UNWRITABLE.sub(" ", text).split())


def anonymous(text: str, names: Iterable[str] = ()) -> str:
    """`text` on one line without personal numbers, ids, addresses and the given names."""
    text = printable(text)
    for name in sorted({name.strip() for name in names}, key=len, reverse=True):
        if len(name) > 1:
            text = re.sub(_as_word(name), GONE, text, flags=re.IGNORECASE)
    text = _EMAIL.sub(GONE, text)
    text = _ACCOUNT.sub(rf"\1{GONE}", text)
    for address in _ADDRESSES:
        text = address.sub(GONE, text)
    # A star of the customer's own must not be taken for the mask's; both kinds read the same to the pipeline.
    text = _MASKED.sub(_zeroed, mask(text.replace("*", "＊")))
    text = _LONG.sub(_zeroed, _TOKEN.sub(_zeroed_id, text))
    return _CHINESE_LONG.sub(lambda found: "零" * len(found.group()), text)


def _zeroed(found: Match[str]) -> str:
    return re.sub(r"[\d*]", "0", found.group())


def _zeroed_id(found: Match[str]) -> str:
    """With three digits and more it is taken for somebody's; a model's name (XG55) has fewer."""
    return _zeroed(found) if sum(map(str.isdigit, found.group())) >= 3 else found.group()


def _as_word(name: str) -> str:
    """Ann is no part of Annoying; Chinese has no gaps between words."""
    return rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])" if name.isascii() else re.escape(name)
