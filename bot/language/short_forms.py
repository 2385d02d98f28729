# ruff: noqa: E501 — the patterns are lists of words, one alternative after another
"""The short fixed forms: yes, no, skip, thanks, greetings, goodbye, a bare rating."""

import re
from typing import Optional

from bot.language import act_rules as rules

_SHORT = 60  # characters; the fixed forms are short
_POLITE = re.compile(
    r"[\s,.!，。！]*(?:(?:那)?(?:谢谢|多谢|感谢|麻烦|拜托|辛苦|唔该|劳烦)(?:你们?|您|了|啦|喔|哦|晒|哈)*|thanks?(?: you| a lot| so much)?|thx|ta|cheers|please|pls)[\s,.!~，。！]*$"
)
# Only to a yes/no question: these mean something else elsewhere.
_YES_HERE = re.compile(
    r"^\s*(?:嗯|好|那)?[\s,]*(?:(?:那)?就?(?:按|照|听)(?:你|您)(?:们)?(?:说|讲)?的?(?:来|办|做|吧)*|(?:那)?就(?:这么|这样|换|退|重装|修|寄|约|补)(?:着|办|定|来)?(?:吧|了|啦)?|麻烦(?:你们?|您)?了?|拜托了?|安排(?:吧|上)?|来吧|搞起|走起|尽快吧?|越快越好|系[呀啊嘅]?|好[喔哦哒滴的呀啊]|得[,，]?(?:唔该)?|唔该(?:晒)?|冇问题)[\s,.!~。！吧啊呀哦喔啦]*$|"
    r"^\s*(?:oh |ok |okay |yeah |yes |well |alright )?(?:go on(?: then)?|do (?:it|that)(?: then)?|if you (?:could|can|would|don't mind)|(?:that|it)(?:'d| would| will|'ll) (?:be |do )?(?:\w+ )?(?:great|good|nice|fine|lovely|perfect|brilliant|help\w*|do|work|ok(?:ay)?|helpful|super|amazing)|sounds (?:\w+ )?(?:good|great|fine|ok(?:ay)?|fair|reasonable|perfect|lovely)(?: to me)?|(?:that )?works(?: for me)?|(?:alright|okay|ok|fine|yes|yeah) (?:then|that)|fine (?:do|by) \w+|ok fine.*|please|much appreciated|as you (?:say|like)|let's do (?:it|that)|i'?ll take (?:it|that)|go for it|happy with that)[\s,.!]*$"
)
_NO_HERE = re.compile(
    r"^\s*(?:嗯|呃|那|还是)?[\s,]*(?:再说吧?|改天再说|以后再说|我?再?(?:想想|考虑(?:一下|下)?|看看)|还是(?:别|不|算|免)了?(?:吧|要|用)?|别了|没(?:这个)?(?:必要|需要)|用不着|不用(?:麻烦|那么麻烦|管).{0,4}|没(?:那个)?兴趣|不感兴趣|不考虑|(?:先)?不(?:要|用|必|需要)(?:了|啦|喔|哦|了吧)?|唔(?:使|要|需要)(?:啦|喇|了)?|就算了)[\s,.!~。！吧啊呀哦喔啦]*(?:[,，。].{0,12})?$|"
    r"^\s*(?:thanks but |no |nah |um |well |hmm |actually )?(?:i'?d (?:really )?rather not|rather not|i'?ll pass|pass|leave it(?: then)?|not for me|i'?m (?:alright|all right|ok|okay|good|fine)|you'?re (?:alright|all right|ok|fine)|don'?t think so|i don'?t think so|don'?t (?:bother|want (?:it|that|to))|doesn'?t (?:help|work for me)|not (?:bothered|keen|fussed|worth it|interested)|i'?d prefer not(?: to)?|skip it|maybe another time|another time|let me think(?: about it)?)[\s,.!]*(?:thanks|thank you|cheers|mate)?[\s,.!]*$"
)


def short_form(form: str, expecting: Optional[str]) -> Optional[str]:
    """The act of a plain text that is one of the fixed forms; to a yes/no question, also of a longer answer."""
    if expecting == "yesno":
        answer = _yes_or_no(form)
        if answer:
            return answer
    if len(form) > _SHORT:
        return None
    if expecting == "text" and rules.NOTHING.match(form):
        return "skip"
    for act, pattern in rules.EXACT.items():
        if pattern.match(form):
            return act
    if rules.NO.match(form):
        return "deny"
    if rules.YES.match(form):
        return "affirm"
    return "rate" if rules.RATING.search(form) and not rules.ASK_BACK.search(form) else None


def _yes_or_no(form: str) -> Optional[str]:
    bare = _POLITE.sub("", form)
    for text in (form, bare) if bare else (form,):
        if rules.NO.match(text) or rules.NO_FIRST.search(text) or _NO_HERE.match(text):
            return "deny"
        if rules.YES.match(text) or rules.YES_FIRST.search(text) or _YES_HERE.match(text):
            return "affirm"
    return None
