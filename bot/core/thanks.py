"""Whether a message only thanks. It neither starts a clock nor ends a wait: there is nothing in it to answer.

While a person owns the conversation nobody has understood the message when it comes in, so the words themselves are
looked at; any word that is not one of thanks makes it a message like every other.
"""

import re

_THANKS = (
    r"谢谢|謝謝|谢了|謝了|多谢|多謝|感谢|感謝|谢|謝|辛苦|麻烦|麻煩|感恩|3q|"
    r"\b(?:thanks|thank you|thank u|thankyou|thx|ty|tks|cheers|much appreciated|appreciate it)\b|🙏|❤|🌹"
)
_FILLERS = (
    r"您们|你们|您們|你們|您|你|大家|啦|了|啊|哦|喔|呀|哈|咯|非常|太|真的|真|很|十分|先|"
    r"\b(?:so|very|a lot|lots|much|many|again|really|you|for your (?:help|time|reply)|everyone|all)\b"
)
_ASSENT = (
    r"好的|好滴|好呀|好|收到|知道|明白|嗯+|行|\b(?:ok|okay|k|got it|understood|great|perfect|alright|sure|i see)\b"
)
_NOISE = re.compile(r"[\s\W_]+")


def only_thanks(text: str, answers_a_question: bool = False) -> bool:
    """Whether the text says nothing but thanks, in any of the three languages.

    answers_a_question: somebody waits for an answer, so that "OK, thanks" is one; else it is thanks as well.
    """
    said = text.casefold()
    if re.search(_THANKS, said) is None:
        return False
    known = [_THANKS, _FILLERS] if answers_a_question else [_THANKS, _FILLERS, _ASSENT]
    return _NOISE.sub("", re.sub("|".join(known), " ", said)) == ""
