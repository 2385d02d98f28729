"""One spelling for every way to write a number, so that the patterns of `score` meet only digits, numerals and words.

Digits in circles, keys and foreign scripts, fractions, banking numerals, number words drawn out or with letters
swapped, names for zero, signs drawn or spoken, quotes about a number. The result need not be as long as the text.
"""

import re
import unicodedata
from typing import Dict, Iterator

from bot.language.numerals import CHINESE, DIGITS, ENGLISH, WORDS
from bot.language.plain import plain
from bot.language.wordlist import listed

_KEYCAP = re.compile("[\ufe0e\ufe0f\u20e3]")
_DRAWN = {"🔟": "10", "➕": "+", "➖": "-", "✖": "x"}
_SMALL = listed("zero one two three four five six seven eight nine ten")
# Letters swapped or lost give these words too, and a customer who writes them means them.
_REAL_WORDS = frozenset(
    listed("there tree thee for fur our fou fie even seen sven see tow to wo net eon noe on oe nie si ix nin zer teen")
)
_ZERO = re.compile(
    r"\b(?:nought|naught|zilch|nada|nil|goose egg|nul points)\b"
    r"|零(?:光|鸡|鸭|大)?蛋|(?<=[给俾打得])(?:你们?|您|一?个|他们|大|光){0,4}鸭蛋|^大?鸭蛋"
)
_BANKING = str.maketrans("壹贰叁参肆伍陆柒捌玖拾", "一二三三四五六七八九十")
# These characters are surnames and parts of words as well: a number only as a whole clause or before points and stars.
_AS_NUMBER = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=[给打评选改负正]))[壹贰叁参肆伍陆柒捌玖拾](?=\s*(?:$|[,.!?。！，？…~\s吧啦喔哦呀啊囉分颗星]))"
    r"|[壹贰叁参肆伍陆柒捌玖拾](?=分|颗星|星)"
)
_COUPLE = re.compile(r"[俩仨](?=分|颗星|星)")
_HEARD = re.compile(r"\b(?:tree|tow)(?=\s(?:out of|/)\s?(?:five|ten|seven|\d)|\sstars?\b)|^\W*(?:tow|tree)\W*$")
_SPOKEN_SIGN = (
    (re.compile(r"\b(?:plus|positive)\s(?=\d|(?:" + "|".join(_SMALL) + r")\b)"), "+"),
    (re.compile(r"\b(?:minus|negative|neg)\s(?=\d|(?:" + "|".join(_SMALL) + r")\b)"), "-"),
)
_QUOTES = re.compile(r"[\"“”「」『』【】《》]|\*\*|^[*=:]+(?=\s?\d)|'(?=[+-]?\d{1,2}')|(?<='\d)'|(?<='\d\d)'")
# "1 1 1": said over and over it is still one rating. Twice may be two answers.
_REPEATED = re.compile(rf"(?<![\w.+-])({DIGITS}|{CHINESE}|{ENGLISH})(?:[\s,.!]{{1,3}}\1){{2,20}}(?![\w.])")
_DASHES = re.compile(r"\s?-{2,}\s?")


def _misspelt(word: str) -> Iterator[str]:
    """`word` with two neighbouring letters swapped, or, if it is long enough to be known still, one letter lost."""
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if len(word) > 3:
        for at in range(1, len(word)):
            yield word[:at] + word[at + 1 :]


_MEANT: Dict[str, str] = {
    wrong: word for word in _SMALL for wrong in _misspelt(word) if wrong not in WORDS and wrong not in _REAL_WORDS
}
_WRONG = re.compile(r"\b(?:" + "|".join(sorted(_MEANT, key=len, reverse=True)) + r")\b")
_DRAWN_OUT = tuple(
    (re.compile(r"\b" + "".join(f"{letter}{{1,12}}" for letter in re.sub(r"(.)\1", r"\1", word)) + r"\b"), word)
    for word in _SMALL
)


def spelled(text: str) -> str:
    """The plain form of `text` with its numbers spelled the usual way."""
    if not text.isascii():
        text = "".join(_DRAWN.get(one) or _digit(one) for one in _KEYCAP.sub("", text))
    form = plain(text).strip()
    form = _AS_NUMBER.sub(lambda match: match.group().translate(_BANKING), form)
    form = re.sub("(?<=[一二三四五六七八九])○", "〇", form)
    form = _COUPLE.sub(lambda match: "两" if match.group() == "俩" else "三", form)
    form = _ZERO.sub(lambda match: "zero" if match.group().isascii() else "零分", form)
    form = _HEARD.sub(lambda match: match.group().replace("tree", "three").replace("tow", "two"), form)
    form = _WRONG.sub(lambda match: _MEANT[match.group()], form)
    for pattern, word in _DRAWN_OUT:
        form = pattern.sub(lambda match, word=word: match.group() if match.group() in _REAL_WORDS else word, form)  # type: ignore[misc]
    for pattern, sign in _SPOKEN_SIGN:
        form = pattern.sub(sign, form)
    form = _DASHES.sub(", ", _QUOTES.sub(" ", form)).strip()
    return _REPEATED.sub(r"\1", form)


def _digit(character: str) -> str:
    """A digit of any script, circled or not, as an ASCII one; ½ as .5. Chinese numerals are words and stay."""
    if character.isascii() or unicodedata.category(character) == "Lo":
        return character
    value = unicodedata.numeric(character, None)
    if value is None:
        return character
    return str(int(value)) if value == int(value) else f"{value:.2f}".lstrip("0")
