# ruff: noqa: E501 — the patterns are lists of words, one alternative after another
"""The patterns behind `score`: where a rating stands, what a number is when it is none, and how one is taken back.

Every pattern works on the plain form and takes linear time: no nested repetition, every repetition bounded.
"""

import re

from bot.core.types import Scale
from bot.language.numerals import CHINESE, DIGITS, ENGLISH, value_of

_SIGN = r"(?P<sign>(?<![\w)])[+-]\s?|负|minus |negative )?"
_N = rf"(?P<n>{DIGITS}|{CHINESE}|{ENGLISH})"
_NUM = rf"(?:{DIGITS}|{CHINESE}|{ENGLISH})"
_SIGNED = _SIGN + _N
# What may follow a bare number: the end, a pause, a closing particle, or a word that goes on about the reason.
_PARTICLE = "吧啊呀哦啦了哈嘛咯呗喔噢耶囉啰咧哟"
_REASON_ZH = "很太还挺服非因但不没都谢感满真虽环味质态有比"
_REASON_EN = (
    "because but for since as so cause cos it it's its very really great good excellent perfect nice love loved thanks "
    "thank overall everything awesome amazing fantastic not bad poor terrible awful horrible out from please due though "
    "although if i the was on this in to would could should please sorry ok okay all and my only"
).replace(" ", "|")
_STOP = rf"(?=\s*$|\s*[(\[,;:!?。，！？、…~)\]\n]|[\"'](?=\s|$)|\s*\.(?!\d)|\s+-+\s|-+(?=[^\d\s])|[{_PARTICLE}]|\s+[{_REASON_ZH}]|[^\w\s.,/%$¥€£:+~\"'-])"
_GO_ON = rf"(?:{_STOP}|(?=\s+(?:{_REASON_EN})\b)|(?=[{_REASON_ZH}]))"
_POINT_TAIL = r"(?!之|钱|货|糖|甜|熟|饱|裤|期|店|公司|类|成|手|开|辣|钟|半|贝|米|步|级|球|多钟|出一|割|支)"

_GIVE_ZH = r"(?:给|打|评|选|投|评分|分数|得分|打分|改成|改为|改到|换成|应该是|应该|其实是|而是|想说|是想打)"
_FILL_ZH = r"(?:(?:了|过|个|你们|您|你|店家|服务|一个|出|是|为|打|给|:|\s){0,4})"
_GIVE_EN = (
    r"(?:give|gave|giving|rate|rated|rating|score|scored|i'd say|i would say|i say|go with|going with|went with|"
    r"pick|choose|make it|make that|makes it|call it|deserves?|i meant|meant|i mean|change (?:it |that |my \w+ )?to|"
    r"change (?:it )?from \w+ to|should (?:be|have been)|it's|it is|it was|that's|put|put down|my answer is|answer)"
)
_FILL_EN = (
    r"(?:[\s:=]+(?:it|them|you|him|her|this|that|the|a|an|is|be|was|as|at|with|service|staff|experience|visit|overall|"
    r"solid|strong|full|big|me|just|only|probably|maybe|guys|of|would|to))"
)

RATINGS = tuple(
    re.compile(pattern)
    for pattern in (
        # 4分, 四颗星, 4 stars, 负3分
        rf"{_SIGNED}\s?(?:分(?:儿|数)?{_POINT_TAIL}|颗星|个星|星(?!期|级|座|巴|光|空|火)|(?:stars?|points?|pts?|marks?)\b)",
        # first: 4 · 5, it was great! · 嗯,4吧 · i think 4
        r"^(?:(?:嗯+|呃|额|那|我|就|哦|em+|um+|uh+|well|ok|okay|hmm+|so|i think|maybe|probably|just|definitely|a|an|about"
        r"|oops|sorry|wait|no,|fine|good|great|nice|not bad|not good|bad|meh|alright|average|awful|poor|perfect)[\s,.…]{0,3}){0,3}[\"'(#*\[]?"
        rf"{_SIGNED}{_GO_ON}",
        # last, after a pause: great service, 5 · 服务很好 5
        rf"(?:[,;:!。，\n]\s?|(?<=[a-z]{{3}})\.\s|\s-+\s|[\u4e00-\u9fff]\s){_SIGNED}[\s.!。~]*$",
        rf"{_GIVE_ZH}{_FILL_ZH}{_SIGNED}{_STOP}",
        rf"(?:就|还是|那就|只能|只有|也就|大概|算|我选|选择)\s?{_SIGNED}{_STOP}",
        rf"\b{_GIVE_EN}{_FILL_EN}{{0,4}}[\s:=]+{_SIGNED}{_GO_ON}",
        rf"\b(?:a|solid|strong)\s+{_SIGNED}\s*(?=$|[,.!;]|\s(?:from me|overall|out|because|but|for me)\b)",
        # after taking back: no wait, 4 · sorry 4 · 不对 4
        rf"(?:不对|错了|搞错|\b(?:sorry|wait|oops|actually|correction|no)\b)[\s,.!…:，。]{{1,4}}{_SIGNED}{_STOP}",
        rf"(?:不对|错了){_SIGNED}{_STOP}",
        rf"不是\s?{_NUM}(?:分|星)?[\s,]{{0,2}}(?:而)?是\s?{_SIGNED}{_STOP}",
        rf"\d\s+no\s+{_SIGNED}{_STOP}",
    )
)
FULL = re.compile(
    r"满分(?!是|为|多少|\d|[一二三四五六七八九十])|\b(?:full marks|full score|top marks|top score|perfect score)\b"
)

STARS = re.compile(r"(?:[⭐★☆🌟]\s?){1,12}")
ANY_DIGIT = re.compile(rf"\d|{CHINESE}|{ENGLISH}")
STATED_TOP = re.compile(rf"(?:满分|最高)(?:是|为|有)?({DIGITS}|{CHINESE})分?")
ABOUT_THE_SCALE = re.compile(
    r"(?:最高|最好|最低|最差|满分)(?:的)?(?:吗|还是|么|是多少|是几)|(?:代表|表示|是什么意思|什么意思|怎么打分)|"
    r"\b(?:is|means?|was|are)\b[^,.!]{0,12}\b(?:the )?(?:best|worst|highest|lowest|good or bad)\b|"
    r"\bwhat (?:does|is|do)\b|"
    r"分是(?:很|最|非常|不)?(?:好|差|高|低|满意)"
)
_CONNECT = r"\s?(?:-|~|到|至|或者|或|还是|、|,|/|&)\s?|\s+(?:or|to|and|maybe|through)\s+(?:an? )?"
UNSURE = re.compile(
    rf"(?<![\w.]){_NUM}(?:分|stars?|points?)?(?:{_CONNECT}){_NUM}(?!\w)(?!\s?[,.]\s?\d)"
    rf"|{_NUM}(?:-|~|到|至|或){_NUM}分|{_NUM}分(?:或者?|还是|到|至){_NUM}|^\s*1\s?[.、)]\s?\D[\s\S]*\b2\s?[.、)]"
)
CHANGED = re.compile(rf"(?:从|由|把|将|from|change|changed)\s?{_NUM}[^,.。]{{0,6}}?(?:改|换|变|to\b)|还是给")
TAKEN_BACK = re.compile(
    r"不对|不是|错了|打错|说错|按错|点错|更正|改成|改为|改到|换成|应该|还是|算了|其实|哦不|等等|等一下|而是|sorry|"
    r"\b(?:wait|no|actually|i mean|i meant|make|correction|rather|should|change|to|scratch|oops|typo|mistake|meant|not)\b|->"
)
CORRECTING = re.compile(
    r"改成|改为|改到|换成|改一下|改下|应该是|应该打|应该给|本来想打|想打的是|打错|说错|按错|点错|选错|评错|更正|修改|其实是|"
    r"不是\S{1,4}?,?\s?(?:而)?是|(?:刚才|刚刚|之前)\S{0,4}(?:不算|作废)|"
    r"\b(?:make it|make that|meant|i mean|change|correct|correction|should be|should have been|typo|mistake|mistyped|"
    r"wrong (?:number|button|score|one)|actually)\b"
)
_REFUSED_BEFORE = re.compile(
    r"(?:不是|不给|别给|不能给|给不了|不会给|没给|没有给|没打|不值得?|不配|配不上|不到|不止|没到|不够|达不到|到不了|绝不是|并非|"
    r"不打|不想给|不应该给|不至于|扣|减|少给|少|差|再给|加|上次|之前|以前|原来|本来|原本|本想|至少|起码|超过|低于|高于|接近|将近|每|"
    r"\b(?:not|isn't|wasn't|don't|won't|can't|cannot|couldn't|never|instead of|rather than|less than|more than|at least|"
    r"under|over|below|above|almost|nearly|close to|last time|previously|would have|would've|was going to|wanted to|"
    r"used to|originally|before|lost|deduct(?:ed|ing)?|take off|other)\b)[^,.;!?。，；！？\n]{0,14}$"
)
_RESET = re.compile(r"(?:但|而是|只能|只好|but|so|now|这次|now|makes? it)")
_REFUSED_AFTER = re.compile(
    r"(?:分|星|颗星)?(?:以上|以下|左右|都不|都嫌|都没|也不|不到|上下|之间|出头|多一点|的话)|"
    r"\s?(?:stars?|points?)?\s?(?:or (?:more|less|so|higher|lower)|max\b|tops\b|at best|\+)|[+](?=\s*$)|%"
)
WORDED = {
    "非常满意": 5, "十分满意": 5, "特别满意": 5, "超级满意": 5, "很满意": 5, "满意": 4, "比较满意": 4, "一般": 3, "一般般": 3,
    "不满意": 2, "不太满意": 2, "很不满意": 1, "非常不满意": 1, "极不满意": 1, "十分不满意": 1, "很差": 1, "非常差": 1, "极差": 1,
    "very satisfied": 5, "extremely satisfied": 5, "excellent": 5, "satisfied": 4, "quite satisfied": 4, "neutral": 3,
    "neither satisfied nor dissatisfied": 3, "dissatisfied": 2, "unsatisfied": 2, "not satisfied": 2,
    "very dissatisfied": 1, "very unsatisfied": 1, "very bad": 1, "terrible": 1, "very poor": 1, "我很满意": 5,
    "我非常满意": 5, "i'm very satisfied": 5, "i am very satisfied": 5,
}  # fmt: skip

_UNIT_ZH = (
    r"分钟|秒|个?小时|钟头|刻钟|天|日|周|星期|礼拜|个?月|年|元|块|毛|角|蚊|美元|人民币|万|点|号|折|倍|岁|楼|层|页|遍|回|趟|"
    r"次|个(?!星)|件|位|人|杯|份|瓶|包|盒|张|台|条|双|只|斤|公斤|克|公里|米|厘米|度|步|家|款|碗|道|箱|桶|颗(?!星)|袋|盘|片|套|单|"
    r"桌|间|辆|盏|根|块钱|成|名|种|项|句|通|封|路|栋|级|期|代|寸|升|毫升|口|桩|笔|晚|顿"
)
_MASKS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\S{1,64}@\S{1,64}|https?://\S+|www\.\S+",
        r"\b[a-z]{1,12}[\s-]?\d{3,}\w*",
        r"\d{3,}(?:[\s.-]\d{2,})*",
        r"\d{1,2}(?:st|nd|rd|th)\b|\d+(?!stars?|points?|pts?|out|/)[a-z]+\w*|(?<![a-z])(?!负)[a-z]+[-_]?\d+\w*",
        rf"第\s?{_NUM}",
        rf"(?<!\d)(?<!\d[ ,])(?<!, )\bno(?:\.\s?|\s){_NUM}(?!\w)",
        rf"\b(?:number|order|table|room|gate|floor|level|version|window|line|counter|terminal|store|branch|item|"
        rf"option|size|unit|door|seat|row|bus|section|chapter|type|model|iphone|aisle|lane|step|question|page|platform|"
        rf"apartment|apt|suite|extension|ext|q|zone|block|day|week|year|episode)[\s#:]+{_NUM}(?!\w)",
        r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}:\d{2}(?::\d{2})?",
        rf"\d{{1,2}}月(?:\d{{1,2}}[日号]?)?|{CHINESE}月(?:{CHINESE}[日号]?)?|(?:星期|周|礼拜)[一二三四五六]",
        rf"(?:[¥$€£]|nt\$|hk\$|us\$|rmb|usd|hkd|twd)\s?{_NUM}",
        rf"{_NUM}\s?(?:%|dollars?|bucks?|yuan|pounds?|euros?|cents?|usd|rmb|percent)",
        rf"{_NUM}(?:多|几|来|半|[ -]?个半)?\s?(?:{_UNIT_ZH})(?!分)",
        rf"{_NUM}分(?:钟|之{_NUM})|百分之{_NUM}|百分百|万分|{_NUM}心{_NUM}意|一分(?:钱|货)|{_NUM}分(?:钱|货)|七上八下|一[般直样定起些点边切旦向致时共流家]",
        rf"(?:about|around|like|over|under|nearly|almost|after|for|in|within|took|last|past|only|every)?\s*{_NUM}(?:\.\d+)?"
        r"[\s-]+(?:more |full |business |working |whole |different |other |long |extra )?"
        r"(?:minutes?|mins?|hours?|hrs?|seconds?|secs?|days?|weeks?|months?|years?|times|people|persons?|items?|cups?|"
        r"bottles?|boxes|calls?|emails?|staff|employees|orders?|kids|tables?|o'?clock|am|pm|a\.m|p\.m|kg|km|miles?|"
        r"guests?|of us|of the|of my|of your|of them|visits?|pieces?|dishes|bags?|rooms?|nights?|things?|attempts?)\b",
        rf"{DIGITS}(?:\s?[x×*])\s?{DIGITS}",
        r"\bone (?:of|thing|more|day|who|that)\b|\b(?:no|any|every|some|this|that|the|which|each) ?one\b|\btwo thumbs\b",
    )
)
_OUT_OF = re.compile(rf"({_NUM})\s?(?:分)?\s?(?:/|\bout\s?of\b|\bover\b)\s?(?:a )?({_NUM})(?:\s?分)?(?![\w/])")
_TEN_VERY = re.compile(rf"十分(?!\s*$|\s*[,.!?;。，！？…~]|[{_PARTICLE}])")
_KEYCAP = re.compile("[\ufe0e\ufe0f\u20e3]")


def tidy(text: str) -> str:
    """`text` without the marks that make a key or a coloured star of a character."""
    return _KEYCAP.sub("", text).replace("🔟", "10").replace("⑩", "10")


def mask(form: str, scale: Scale) -> str:
    """`form` with numbers that are something else than a rating blanked by `_`, same length where it matters."""
    form = re.sub(rf"(?:,|，)?\s?(?:满分|最高)(?:是|为|有)?{_NUM}分?", ",", form)
    form = _OUT_OF.sub(lambda match: _over_top(match, scale), form)
    if not re.search(r"(?:给|打|评)\S{0,2}十分", form):
        form = _TEN_VERY.sub("__", form)
    for pattern in _MASKS:
        form = pattern.sub(lambda match: "_" * len(match.group(0)), form)
    return re.sub(rf"({_NUM})分制", "___", form)


def _over_top(match: "re.Match[str]", scale: Scale) -> str:
    """`8/10` is the rating 8 where 10 is the scale's top, and no rating of ours otherwise."""
    if value_of(match.group(2)) == scale.high:
        return match.group(1) + " 分"
    return "_" * len(match.group(0))


def rejected(form: str, begins: int, start: int, end: int) -> bool:
    """Whether what stands around the number at start:end takes it back: negated, hypothetical, a bound, a comparison."""
    if _REFUSED_AFTER.match(form, end):
        return True
    before = form[max(0, start - 30) : start]
    refused = _REFUSED_BEFORE.search(before)
    return bool(refused and not _RESET.search(before, refused.start()))
