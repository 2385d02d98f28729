"""Numbers as people write them: digits, Chinese numerals, English number words. Works on the plain form."""

import re
from typing import Optional

from bot.language.wordlist import listed

_DIGIT = {character: value for value, character in enumerate("零一二三四五六七八九")}
_DIGIT.update({"〇": 0, "两": 2})
_UNIT = {"十": 10, "百": 100, "千": 1000, "万": 10000}
WORDS = {
    word: value
    for value, word in enumerate(
        listed(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen twenty"
        )
    )
}
WORDS.update({"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90})

CHINESE = r"[零〇一二两三四五六七八九十百千万]{1,9}"
ENGLISH = r"\b(?:" + "|".join(sorted(WORDS, key=len, reverse=True)) + r")\b"
DIGITS = r"\d{1,9}(?:\.\d{1,4})?"
ANY = rf"(?:{DIGITS}|{CHINESE}|{ENGLISH})"
NUMBER = re.compile(ANY)


def chinese_value(text: str) -> Optional[int]:
    """The value of a Chinese numeral up to 万; None where it is approximate ("三四") or malformed."""
    total = section = 0
    digit: Optional[int] = None
    for character in text:
        if character in _DIGIT:
            if digit:
                return None
            digit = _DIGIT[character]
        else:
            unit = _UNIT[character]
            if unit == 10000:
                total, section = (total + section + (digit or 0)) * unit, 0
            else:
                section += (1 if digit is None else digit) * unit
            digit = None
    return total + section + (digit or 0)


def value_of(text: str) -> Optional[float]:
    """The value of one match of `NUMBER`; None if it has no exact one. Whole numbers come as int."""
    if text in WORDS:
        return WORDS[text]
    if text[0].isdigit() and text.isascii():
        number = float(text)
        return int(number) if number.is_integer() and "." not in text else number
    return chinese_value(text) if all(c in _DIGIT or c in _UNIT for c in text) else None
