"""Whether something said at a place in a text is negated: 一点都不慢, "didn't have to wait", but not 没想到这么慢."""

import re
from typing import Sequence

from bot.language.words import Word, stems_of

# A negator, and between it and the thing only words that carry the negation on.
_CHINESE = re.compile(
    r"(?:不(?!但|仅|只|光|愧|料|得不|断|停|知|久|好意思|管|论|过|一会|敢相信)|没(?!想到|完没了|多久|几天|事)(?:有)?|毫无|无|(?<![特个分级区性类差告])别|并非|从未|未|唔|冇|零)"
    r"(?:是|怎么|太|很|特别|那么|多|觉得|会|用|需要|再|算|曾|让我|让人|任何|什么|出现|遇到|发生|有|感到|感觉|到|要|能|够|"
    r"花|见|存在|一点|半点|丝毫|必|见过|听说|说|的|过|"
    r"见到|造成|受|收到|被)*$"
)
_NOT_REALLY = re.compile(
    r"(?:要不是|不是不|不得不|没少|无一不|无不|没一次不|什么都不|怎么不|能不|好不|非常不|受不了)\S{0,2}$"
)
_STRESSED_AFTER = re.compile(r"(?:从来?没|从未|没)\S{0,4}(?:这么|那么|如此|这样)")
_NEGATORS = stems_of("not never no without hardly barely neither nor nothing nobody none zero")
_CARRIERS = stems_of(
    "be have do to a an the any very so too that really at all much will can i we you it even feel find seem get need "
    "ever anyone one single sign of long overly particularly just make us me my"
)
_GUARDS = {
    ("not", "only"),
    ("no", "wonder"),
    ("not", "just"),
    ("no", "idea"),
    ("not", "to"),
    ("never", "again"),
    ("no", "longer"),
}
_STRESS = stems_of("so such this that as")


def negated_chinese(text: str, start: int) -> bool:
    """Whether what begins at `start` of a plain Chinese text is negated in its own clause."""
    before = text[max(0, start - 12) : start]
    if not _CHINESE.search(before):
        return False
    return not (_NOT_REALLY.search(before) or _STRESSED_AFTER.search(text[max(0, start - 12) : start + 3]))


def negated_english(words: Sequence[Word], index: int) -> bool:
    """Whether words[index] is negated in its own clause."""
    at = index - 1
    while at >= 0 and index - at <= 6:
        one = words[at].stem
        if one in _NEGATORS:
            following = words[at + 1].stem
            stressed = one == "never" and any(word.stem in _STRESS for word in words[at + 1 : index + 3])
            return (one, following) not in _GUARDS and not stressed
        if one not in _CARRIERS:
            return False
        at -= 1
    return False
