# ruff: noqa: E501 — the patterns are lists of words, one alternative after another
"""The short fixed forms: yes, no, skip, thanks, greetings, goodbye, a bare rating."""

import re
from typing import Optional

from bot.language import act_rules as rules
from bot.language import fixed_forms
from bot.language.bare_wishes import bare_wish
from bot.language.fixed_forms import whole

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


_YES_ONLY_HERE = re.compile(whole(fixed_forms.YES_HERE))
_NO_ONLY_HERE = re.compile(whole(fixed_forms.NO_HERE))
_CLAUSES = re.compile(r"[,，.。!！;；~\n]+")
# After a yes or a no: something grave or something more, which must not be lost with the plain answer.
_GRAVE = re.compile(
    r"而且|还把|又把|另外|还有个?|(?:摔|跌)(?:了|倒|伤|下|咗|断)|医院|急诊|受伤|流血|骨折|砸|划伤|刮(?:花|坏|破|伤)|烫|冒烟|漏电|骂|吓|报警|投诉|"
    r"\b(?:on top of (?:that|it)|besides|what'?s more|moreover|hospital|hurt|injur\w+|fell|bleed\w*|blood|burn\w*|scratch\w*|smash\w*|shock\w*|smoke|smoking|ruin\w*|flood\w*|rude|shout\w*|stole\w*|police)\b"
)
# A tail that belongs to the yes or no: courtesy, when and how to reach the customer, why not.
_BELONGS = re.compile(
    r"谢|麻烦|唔该|拜托|辛苦|请|明天|后天|今天|周[一二三四五六日末]|下午|上午|晚上|点(?:以?后|钟|前)|电话|打给|联系|地址|因为|太麻烦|没(?:时间|空)|唔得闲|自己|已经|下次|以后|考虑|不需要|够了|不想|用不(?:上|着)|"
    r"\b(?:thanks?|thank you|please|tomorrow|today|morning|afternoon|evening|monday|tuesday|wednesday|thursday|friday|weekend|after|before|call|ring|text|email|address|because|busy|travell?ing|time|myself|already|prefer|rather|another time|next time|need|bother\w*|trouble)\b"
)
_DEFECT = re.compile(
    r"坏|破|裂|漏|碎|脏|错|\b(?:broke\w*|leak\w*|crack\w*|damag\w*|dirty|wrong|missing|nobody|no one)\b"
)
# A no within a no, or a no that makes way: what is meant is yes or not said.
_NO_BUT_YES = re.compile(
    r"^\s*(?:不是|并非|没说|没有说|唔系)(?:不|唔)|^\s*(?:no|not an?) objection|不介意|不反对|唔介意|唔反对"
)
_NO_GO_AHEAD = re.compile(
    r"^\s*(?:no|not at all)[\s,]+(?:please )?(?:go (?:ahead|on|for it)|please do|do it|carry on)\b.{0,16}$"
)
_WORD = re.compile(r"[a-z0-9']+|[\u4e00-\u9fff]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_TAIL_HAN, _TAIL_WORDS = 14, 9  # characters, words: so much may follow any yes or no
_LONG_TAIL = 40  # so much may follow it if it belongs to it


def short_form(form: str, expecting: Optional[str]) -> Optional[str]:
    """The act of a plain text that is one of the fixed forms; to a yes/no question, also of a longer answer."""
    if expecting == "yesno":
        answer = _yes_or_no(form)
        if answer:
            return answer
        if rules.YES_FIRST.search(form) or rules.NO_FIRST.search(form):
            return None  # it begins with a yes or a no and goes on to something else
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
    if rules.CONTEMPT.search(form):
        return "complain"
    if bare_wish(form):
        return "request_remedy"
    return "rate" if rules.RATING.search(form) and not rules.ASK_BACK.search(form) else None


def _yes_or_no(form: str) -> Optional[str]:
    if _NO_GO_AHEAD.search(form):
        return "affirm"
    bare = form[:-_SHORT] + _POLITE.sub("", form[-_SHORT:])
    for text in (form, bare) if bare else (form,):
        if not _NO_BUT_YES.search(text) and (_is_no(text) or _begins(rules.NO_FIRST, text)):
            return "deny"
        if _is_yes(text) or _begins(rules.YES_FIRST, text):
            return "affirm"
    return _by_clauses(form)


def _is_no(text: str) -> bool:
    return any(pattern.match(text) for pattern in (rules.NO, _NO_HERE, _NO_ONLY_HERE))


def _is_yes(text: str) -> bool:
    return any(pattern.match(text) for pattern in (rules.YES, _YES_HERE, _YES_ONLY_HERE))


def _begins(first: "re.Pattern[str]", text: str) -> bool:
    """Whether it begins so, and what follows is little, or belongs to the answer, and is nothing grave."""
    found = first.search(text)
    if not found:
        return False
    tail = text[found.end() :]
    words = len(_WORD.findall(tail))
    if _GRAVE.search(tail):
        return False
    if words <= (_TAIL_HAN if _HAN.search(tail) else _TAIL_WORDS):
        return True
    return words <= _LONG_TAIL and bool(_BELONGS.search(tail)) and not _DEFECT.search(tail)


def _by_clauses(form: str) -> Optional[str]:
    """A yes or a no after a courtesy: "that's kind, yes please", "冇所谓，好". Both together are neither."""
    clauses = [clause for clause in _CLAUSES.split(form) if clause.strip()]
    if len(form) > _SHORT or not 1 < len(clauses) <= 4:
        return None
    said = {_clause(clause) for clause in clauses}
    if None in said or {"affirm", "deny"} <= said:
        return None
    return "affirm" if "affirm" in said else "deny" if "deny" in said else None


def _clause(clause: str) -> Optional[str]:
    if rules.EXACT["thank"].match(clause):
        return "courtesy"
    return "deny" if _is_no(clause) else "affirm" if _is_yes(clause) else None
