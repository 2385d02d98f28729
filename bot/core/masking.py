"""Hides what would tell strangers who somebody is: phone numbers, e-mail addresses, payment cards, ID numbers.

Order ids, amounts, dates and scores stay readable. Each pattern is of bounded length or begins only where a word
begins, so the time grows with the length of the text and no faster.
"""

import logging
import re
from typing import Any, Callable, Match, Pattern, Sequence, Tuple

# Not within a longer number or an id such as HS100241; Chinese may stand close to a number.
_FROM = r"(?<![A-Za-z0-9])(?<![0-9][-.])"
_TO = r"(?![A-Za-z0-9])"
_GAP = "[ \u00a0\u3000.·\\-\u2010-\u2015]"
# Words that people write close to a phone number.
_NAMED = r"(?:(?<=tel)|(?<=phone)|(?<=mobile)|(?<=call)|(?<=wechat)|(?<=wx)|(?<=vx)|(?<![A-Za-z0-9]))"

# The last label begins with a letter: "3@5.00" is a price.
_EMAIL = re.compile(r"(?<![A-Za-z0-9_.+%-])[A-Za-z0-9_.+%-]+[@＠][\w-]+(?:\.[\w-]+)*\.[^\W\d][\w-]*")
_ID_NUMBERS = re.compile(
    "|".join(
        (
            # Mainland: region, date of birth, serial, check digit.
            rf"{_FROM}[1-8]\d{{5}}{_GAP}?(?:18|19|20)\d\d{_GAP}?(?:0[1-9]|1[0-2]){_GAP}?(?:0[1-9]|[12]\d|3[01])"
            rf"{_GAP}?\d{{3}}[\dXx]{_TO}",
            rf"{_FROM}[A-Za-z][1289]\d{{8}}{_TO}",  # Taiwan
            rf"{_FROM}[A-Za-z]{{1,2}}\d{{6}} ?[(（][0-9Aa][)）]",  # Hong Kong
        )
    )
)
# A 2 begins cards from 22… to 27… only, and every date of this century.
_ISSUER = r"(?:[3-6]\d|2[2-7])\d\d"
_CARD = re.compile(
    "|".join(
        (
            rf"{_FROM}{_ISSUER}\d{{9,15}}{_TO}",
            rf"{_FROM}{_ISSUER}(?:{_GAP}\d{{4}}){{2,3}}{_GAP}\d{{1,4}}{_TO}",
            rf"{_FROM}3[47]\d\d{_GAP}\d{{6}}{_GAP}\d{{5}}{_TO}",
            rf"{_FROM}62\d{{4}}{_GAP}\d{{10,13}}{_TO}",
        )
    )
)
_PHONES = re.compile(
    "|".join(
        (
            # Mainland mobile: 138 0013 8000, 1380-0138-000, 1 3 8 0 …, each with or without +86.
            rf"{_NAMED}(?:(?:\+|00)?86{_GAP}?)?(?:1[3-9]\d{{9}}|1[3-9]\d{_GAP}\d{{4}}{_GAP}?\d{{4}}"
            rf"|1[3-9]\d{_GAP}\d{{3}}{_GAP}\d{{5}}|1[3-9]\d\d{_GAP}\d{{3,4}}{_GAP}\d{{3,4}}|1[3-9]\d{{3}}{_GAP}\d{{6}}"
            rf"|1{_GAP}[3-9](?:{_GAP}\d){{9}}){_TO}",
            # Taiwan: 0912-345-678 and its form with +886.
            rf"{_NAMED}09\d\d{_GAP}?\d{{3}}{_GAP}?\d{{3}}{_TO}",
            # Hong Kong and Macau with their code; eight digits alone only with a gap, and not two years.
            rf"{_NAMED}(?:\+|00)?85[23]{_GAP}?\d{{4}}{_GAP}?\d{{4}}{_TO}",
            rf"(?<!\d ){_FROM}(?!(?:19|20)\d\d|\d\d00.\d\d00)[235-9]\d{{3}}[ \u00a0]\d{{4}}{_TO}(?! ?\d)",
            # Landlines with their area code.
            rf"{_FROM}(?:[(（]0\d{{1,3}}[)）] ?|(?:010|0[2-9]\d{{0,2}}){_GAP})\d{{3,4}}{_GAP}?\d{{4}}{_TO}",
            # North America.
            rf"(?:\+1{_GAP}?|{_FROM})(?:\([2-9]\d\d\) ?|[2-9]\d\d{_GAP})[2-9]\d\d{_GAP}\d{{4}}{_TO}",
            r"\+1[2-9]\d{9}(?!\d)",
            # Everywhere else, with + or 00 and the code of the country.
            rf"(?:(?<![\d+])\+|{_FROM}00)(?:7|[2-689]\d\d?)(?:[ ()\u00a0.\-]{{0,2}}\d){{6,12}}{_TO}",
        )
    ),
    re.IGNORECASE,
)

_PLAIN_DIGITS = str.maketrans("０１２３４５６７８９＋", "0123456789+")


def mask(text: str) -> str:
    """`text` with all but the last few characters of each personal number, and most of each address, made `*`."""
    if "@" in text or "＠" in text:
        text = _EMAIL.sub(_mask_email, text)
    if sum(map(str.isdigit, text)) >= 7:
        text = text.translate(_PLAIN_DIGITS)
        for pattern, replacement in _NUMBERS:
            text = pattern.sub(replacement, text)
    return text


def mask_deep(value: Any) -> Any:
    """`value` with every text within its lists and mappings masked; keys and all else stay."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, dict):
        return {key: mask_deep(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [mask_deep(item) for item in value]
    return value


class MaskingFilter(logging.Filter):
    """Masks a log record: its message and the text of its exception. Hang it on handlers."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = mask(record.getMessage()), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = mask(record.exc_text)
        return True


def _mask_email(match: Match[str]) -> str:
    name, at, domain = re.split("([@＠])", match.group())
    return f"{name[0]}***{at}{domain}"


def _mask_number(match: Match[str]) -> str:
    """Keeps the last four of eleven characters and more, otherwise the last two."""
    found = match.group()
    signs = sum(map(str.isalnum, found))
    left = signs - (4 if signs >= 11 else 2)
    out = []
    for sign in found:
        hide = sign.isalnum() and left > 0
        left -= sign.isalnum()
        out.append("*" if hide else sign)
    return "".join(out)


def _mask_card(match: Match[str]) -> str:
    digits = [int(sign) for sign in match.group() if sign.isdigit()]
    return _mask_number(match) if 13 <= len(digits) <= 19 and _luhn(digits) else match.group()


def _luhn(digits: Sequence[int]) -> bool:
    """The check that the last digit of a payment card's number makes come out even."""
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[-2::-2])
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


_NUMBERS: Tuple[Tuple[Pattern[str], Callable[[Match[str]], str]], ...] = (
    (_ID_NUMBERS, _mask_number),
    (_CARD, _mask_card),
    (_PHONES, _mask_number),
)
