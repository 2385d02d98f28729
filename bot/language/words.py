"""English words with stems: contractions taken apart, common endings taken off, irregular forms brought home."""

import re
from functools import lru_cache
from typing import FrozenSet, List, NamedTuple

from bot.language.numerals import WORDS as NUMBER_WORDS
from bot.language.wordlist import listed

_WORD = re.compile(r"[a-z\u00e0-\u024f]+(?:'[a-z]{1,2}\b)?|\d+(?:\.\d+)?|[^\w\s]|[^\W\da-z\u00e0-\u024f]")
_IRREGULAR = {
    form: base
    for base, forms in {
        "be": "is are was were been being am s're", "do": "did does done doing", "have": "has had having",
        "take": "took taken taking", "break": "broke broken breaking", "come": "came coming", 
        "get": "got gotten getting",
        "give": "gave given giving", "go": "went gone going", "leave": "left leaving", "lose": "lost losing",
        "find": "found finding", "feel": "felt feeling", "tell": "told telling", "send": "sent sending",
        "pay": "paid paying", "buy": "bought buying", "bring": "brought bringing", "make": "made making",
        "say": "said saying", "see": "saw seen seeing", "eat": "ate eaten eating", "keep": "kept keeping",
        "forget": "forgot forgotten forgetting", "hold": "held holding", "steal": "stole stolen", "tear": "torn tore",
        "wear": "wore worn", "speak": "spoke spoken", "know": "knew known", "think": "thought", "sit": "sat sitting",
        "stand": "stood standing", "drive": "drove driven", "freeze": "froze frozen", "fall": "fell fallen",
        "choose": "chose chosen", "write": "wrote written", "hide": "hid hidden", "spill": "spilt spilled spilling",
        "child": "children", "person": "people persons", "man": "men", "woman": "women", "not": "n't cannot",
        "this": "these", "that": "those", "staff": "staffs", "i": "me", "lie": "lied lying", "cook": "cooked",
        "can": "could ca", "will": "would wo",
    }.items()
    for form in (base, *forms.split())
}  # fmt: skip
_KEEP = frozenset(
    listed(
        "nothing something anything everything thing during morning evening ceiling string king ring sing bring "
        "spring wedding parking building pricing rating packaging always us plus bus gas less business address "
        "access process class glass express press mess stress loss boss ups apps news this his hers its yes "
        "need feed speed indeed bed red seed exceed hundred shed led"
    )
)
_UNJOINED = re.compile(r"^(do|does|did|is|was|are|were|have|has|had|would|could|should|wo|ca|must)nt$")
_BREAKS = frozenset(".!?;\n")


class Word(NamedTuple):
    """One word at text[start:end]. `breaks`: it ends a sentence."""

    start: int
    end: int
    stem: str
    is_number: bool
    breaks: bool


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of a lower-case English word; the same for its common forms."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or word in _KEEP or not word.isascii():
        return word
    return _without_ending(word)


def _without_ending(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and re.search("[aeiouy]", word[: -len(ending)]):
            return _mend(word[: -len(ending)])
    if (word.endswith("es") and word[-3] in "sxz") or word.endswith(("ches", "shes")):
        return _mend(word[:-2])
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return _mend(word[:-1])
    return _mend(word)


def _mend(base: str) -> str:
    """Both "wait(t)ed"-like doubles and a mute e go, so that stop/stopped and late/lates meet."""
    if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lseo":
        return base[:-1]
    if base.endswith("y") and len(base) > 3 and base[-2] not in "aeiou":
        return base
    return base[:-1] if len(base) > 3 and base.endswith("e") and base[-2] not in "aeo" else base


def words_of(text: str) -> List[Word]:
    """The words of a plain text. Contractions come as two words that share the contraction's end."""
    found: List[Word] = []
    for match in _WORD.finditer(text):
        word, start, end = match.group(), match.start(), match.end()
        head, apostrophe, tail = word.partition("'") if len(word) > 1 else (word, "", "")
        joined = _UNJOINED.match(word)
        if joined:
            head, tail = joined.group(1), "t"
        elif apostrophe and tail == "t" and head.endswith("n"):
            head = {"wo": "will", "ca": "can"}.get(head[:-1], head[:-1])
        is_number = head[0].isdigit() or head in NUMBER_WORDS
        found.append(Word(start, end if not tail else start + len(head), stem(head), is_number, head in _BREAKS))
        if tail:
            extra = {"t": "not", "s": "be", "re": "be", "m": "be", "ll": "will", "ve": "have", "d": "will"}.get(
                tail, tail
            )
            found[-1] = found[-1]._replace(end=end)
            found.append(Word(start, end, extra, False, False))
    return found


def stems_of(words: str) -> FrozenSet[str]:
    """The stems of single words given with blanks between them."""
    return frozenset(map(stem, words.split()))
