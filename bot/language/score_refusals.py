# ruff: noqa: E501 — the patterns are lists of words, one alternative after another
"""What makes of a number in a rating's place no rating: denied, wished, somebody else's, a bound, what was taken off."""

import re

from bot.language.score_patterns import SENTENCE_END

# What may stand between a denial and its number. A closed set: "not happy, so a 2" and "没打招呼 2分" deny nothing.
_EN = (
    r"(?:\s(?:giv\w+|go|going|as|far|high|low|a|an|the|be|been|being|call|say|saying|worth|deserv\w+|rate|rating|it|this|you|them|him|her|that|than|quite|really|even|exactly|put|me|us|down|at|to|"
    r"get\w*|score|more|less|of|for|earn\w*|merit|have|is|was|definitely|full|solid|perfect|my|in|anywhere|near|close|i|would|so|much|just|any|hand\w*|out|over|up|your|dare|to|could|can|we|or|service|place|mark|record|count|enough))"
)
_DENIED_EN = re.compile(
    rf"(?:\b(?:not|never|no (?:way|more|better|higher|chance)|by no means|cannot|cant|wont|dont|didnt|isnt|wouldnt|hardly|barely|without|neither|nor|refuse to|refusing to|stop|far from|anything but|nowhere near|instead of|rather than|other than|"
    rf"less than|more than|at least|under|over|below|above|almost|nearly|close to|higher than|lower than|better than|worse than|bigger than|greater than|up to|approaching|shy of|short of|beyond|beats?|"
    rf"last time|previously|would have|would've|wouldve|could have|could've|might have|might've|should have been|was going to|were going to|wanted to|used to|originally|before|at first|initially|usually|normally|"
    rf"was thinking|had planned|was about to|hoping to|hope to|aiming for|too (?:generous|kind) (?:for|to)|only one away from|why|who|how|(?:i |we )?wish(?:ed)?|love to|like to|might|may|could)|n't){_EN}{{0,8}}\s*$"
)
_FILL = r"(?:了|过|个|你们|您|你|他们|他|她|它|我|记|成|到|做|为|一个|出|满|佢|店家|\s){0,5}"
_DENIED_ZH = re.compile(
    rf"(?:[不没未别勿甭冇唔哪]|无法|没法|没办法|哪里|哪能|休想|难道|凭什么|凭啥|怎么|点会|点可能|边会|哪会|谁|何必)(?:能|会|想|该|敢|可能|应该|至于|愿意|愿|肯|好意思|舍得|要|再|得|是|可以|打算|准备){{0,3}}(?:给|打|评|选|投|记|写|算|配|值得?|俾|畀|当|是|系|有|得|拿|上|得到|配得上|说|讲|话){{1,2}}{_FILL}(?:(?:打|给|评|记|写|选){_FILL})?$|[没冇未]\s?$"
    r"|(?:哪有|哪来|哪里有|边有|边度有|边度值|何来|怎么可能|怎么会|配不上|达不到|到不了|够不上|够不着|给不了|给不到|打不了|不到|没到|不止|不只|不单止|不够|未到|唔止|唔够|不值|唔值|不至于|不等于|不代表|不像|绝非|并非|离|距离|不可能|别想|休想)[^\s,;!?。，！？…]{0,6}$"
    r"|(?:至少|起码|最少|超过|低于|高于|大于|小于|多于|少于|接近|将近|逼近|每|再给|比)\S{0,3}$|再\S{0,2}(?:改|打|评|俾)\S{0,3}$|(?:到账|修好|退款|退钱|道歉|解决|换好|补发|补偿|赔)\S{0,3}就(?:给|打|是)?$"
    r"|(?:上次|上回|之前|以前|原来|本来|原本|本想|原想|一开始|先想|刚开始|起初|当初|最初|平时|往常|差一?点|差__|差少少|差啲|险些|本身|本嚟|原先|曾经|头先|第一次)[^,;!?。，！？\n]{0,8}$"
)
# "不然不止7分": what it would exceed otherwise is what it is.
_ELSE = re.compile(r"(?:不然|否则|要不然|若不是|要不是|唔系)\S{0,4}(?:不止|不只|唔止)\S{0,3}$")
_DEDUCTED_BEFORE = re.compile(
    r"(?:扣|(?<!少)减|丢|失|没收|留|(?<!多)少(?:给|打)?|缺)[^\s,;!?。，分星\d一二两三四五六七八九十]{0,3}$|(?<![太很真])差(?:了|个)?$|[扣减丢失留少缺]\S{0,3}那$|加$"
    r"|\b(?:dock\w*|knock\w*|lost|lose|loses|losing|minus|less|took|taking|take|dropp\w+|deduct\w*|off|missing|subtract\w*|cost|costs|remov\w+|keeping|held|holding|withh\w+|added?|adding|extra|bonus|plus)(?:\s(?:off|back|just|only|a|an|you|them|it|the|another|further)){0,3}\s*$"
)
_DEDUCTED_AFTER = re.compile(
    r"(?:分|颗星|星)?(?:就|是|都|我|先)?(?:扣|留给|没给|不给|被扣|减|等下次|下次再给|减在)"
    r"|\s?(?:stars?|points?|marks?|pts?)?\s(?:off|deducted|lost|docked|knocked|taken|missing|gone|short|less|back|removed|held|withheld|away|on (?:google|trip ?advisor|trustpilot|yelp|amazon|maps|the (?:website|app|door|sign)|your (?:website|app|sign)|facebook|line))\b"
)
_BOUND_AFTER = re.compile(
    r"(?:分|星|颗星)?(?:以上|以下|以内|左右|都(?:不|嫌|没|唔|冇|算|高|多|难|觉得|懒)|的(?:都|人|那些|评价|店)|差评|不够|不可能|不敢|免谈|没门|没戏|想都别想|怕|[给打到值够]不(?:了|到|上|起)|也不|也没|不到|上下|之间|出头|多一点|多啲|的话|给高|给低|太高|太低|高了|低了|太多|太少|多了|少了|不配|打不到|是不可能)|"
    r"(?:分|星|颗星)?[?？!！,，…\s]{1,3}(?:做梦|发梦|想得美|想太多|下辈子|下世|不可能|没门|休想|怎么可能|点可能|冇可能|门都没有)|\s?(?:stars?|points?)?\s?\?\s?(?:no (?:way|chance)|in your dreams|as if|dream on|you wish|not a chance|never|forget it)\b|"
    r"\s?(?:stars?|points?)?\s?(?:-?ish\b|or (?:more|less|so|higher|lower|above|below|thereabouts|under|over)|max\b|tops\b|at best|at (?:the )?most|plus\b|minimum|(?:is|was|would be|seems|feels) (?:too|way too|a bit|a tad|not)|if (?!i'?m|you ask|that'?s|thats|allowed|possible|i must|i have to|anything|you insist))|[+](?=\s*$)|%"
)
_OTHERS = re.compile(
    r"(?<![给对替帮为跟俾和])(?:同事|朋友|闺蜜|老公|老婆|先生|姐姐?|哥哥?|弟弟?|妹妹?|阿姨|外婆|奶奶|爷爷|公公|婆婆|太太|妈妈?|爸爸?|儿子|女儿|孩子|家人|邻居|别人|人家|他们|她们|佢哋|佢|他|她|大家|网友|网上|评论|点评|美团|谷歌|google|室友|男友|女友|男朋友|女朋友|有人|其他人|隔壁|平台|客人|店员|客服|老板|经理|师傅|司机|小哥)(?!我)[^我,;。，]{0,6}(?:给|打|评|说|俾|畀|写)[^我,;。，]{0,5}$"
    r"|(?:点评|美团|谷歌|google|网上|平台|(?:网|店铺?|商家|你们家?)的?评分|app|门口|广告|招牌|小红书|淘宝|京东|携程)(?:上|里|写|显示|评分|有|才|的|是|都|只有|\s){0,4}$"
    r"|(?:让|叫|要|求|逼|喊|催|劝|请)(?:我|我们|人|客人|大家|顾客)(?:们)?(?:都|必须|一定)?(?:给|打|评|写|俾|选|点|按)\S{0,4}$"
    r"|\b(?:he|she|they|wife|husband|partner|mum|mom|mother|dad|father|friend|friends|mate|son|daughter|colleague|neighbou?r|everyone|everybody|others?|people|somebody|someone|google|reviews?|trustpilot|website|kids?|sister|brother|boss|driver|guy|girlfriend|boyfriend|flatmate|roommate|assistant)(?:\s\w+){0,1}\s(?:gave|gives?|rated|rates?|said|says|scored|scores|would|asked|wants?|wanted|begged|told|reckons?|thinks?|'d)\b[^,.!?;]{0,25}$|\b(?:she|he|they)'d\b[^,.!?;]{0,20}$"
    r"|\b(?:told|asked|asks|wants?|wanted|begged|expect\w*|forced|have|need|make|made) (?:me|us|people|customers) to\b[^,.!?;]{0,20}$"
)
# Said after the denial: what comes now is meant.
_RESET = re.compile(
    r"但|而是|只能|只好|不过|所以|结果|这次|今次|现在|目前|还是|\b(?:but|so|now|this time|makes? it|hence|therefore|still|yet|however)\b"
)
_IF_ZH = re.compile(
    r"如果|要是|假如|若是|倘若|除非|若果|只要|等你们?|等到|下次|以后|将来|早知|要不是|若不是|如若|否则|不然|的话[,，]?(?:我)?(?:可以|会|就|再|一定)"
)
_IF_EN = re.compile(
    r"\b(?:if|unless|once|until|when you|as soon as|next time|had (?:it|you|they|he|she|the)|were it)\b"
)
_IF_IDLE = re.compile(
    r"\bif (?:i'?m|i am|you ask|that'?s|thats|allowed|possible|i must|i have to|anything|you insist|you don'?t mind|you must|being|we'?re)"
)
_ASKED = re.compile(
    r"(?:几|多少|几多)分\S{0,4}[?？]\s?$|(?:要|是不是|难道|必须|非要|非得|可唔可以|系咪)[^,。，!?]{0,6}$|\b(?:do|must|should|have) (?:i|we|you)\b[^,.!]{0,20}$"
)
_QUESTION = re.compile(r"[^,.!。！]{0,6}[?？]|[^,.!。！]{0,3}[吗嘛么][?？\s]*$")


def taken_off(form: str, start: int) -> bool:
    """Whether the number that begins here is what was taken off the rating: "扣一分", "docked 2"."""
    return bool(_DEDUCTED_BEFORE.search(form[max(0, start - 24) : start]))


def refused(form: str, start: int, end: int, unit_end: int) -> bool:
    """Whether what stands about the number at start:end, its unit at end:unit_end, says that it is not the rating."""
    if any(after.match(form, at) for after in (_BOUND_AFTER, _DEDUCTED_AFTER) for at in (end, unit_end)):
        return True
    before = form[max(0, start - 60) : start]
    if _ELSE.search(before):
        return False
    if taken_off(form, start):
        return True
    for pattern in (_DENIED_EN, _DENIED_ZH, _OTHERS):
        found = pattern.search(before)
        if found and not _RESET.search(before, found.start()):
            return True
    return _supposed(before) or bool(_ASKED.search(before) and _QUESTION.match(form, end))


def _supposed(before: str) -> bool:
    """Whether the number stands in a sentence that supposes something: "if you had come on time, 5"."""
    sentence = SENTENCE_END.split(_IF_IDLE.sub("", before))[-1]
    found = _IF_ZH.search(sentence) or _IF_EN.search(sentence)
    return bool(found and not _RESET.search(sentence, found.end()))
