# ruff: noqa: E501 — the patterns are lists of words, one alternative after another
"""Numbers that are no ratings: `mask` blanks those that count, date or name something, and those about another scale."""

import re
from typing import List, Optional

from bot.core.types import Scale
from bot.language.numerals import CHINESE, DIGITS, ENGLISH, value_of

_NUM = rf"(?:{DIGITS}|{CHINESE}|{ENGLISH})"
_N = rf"({_NUM})"
_SN = rf"([+负-]?\s?{_NUM})"

_UNIT_ZH = (
    r"分钟|秒|个?小时|个?钟头|个?钟|粒钟|刻钟|天(?!气)|日|周|星期|礼拜|个?月|年|元|块|蚊|毛|角|美元|人民币|万|点(?!餐|单|心|评)|号|折|倍|岁|楼|层|页|遍|回(?!来|复|去|答)|趟|"
    r"次|个(?!小?[星⭐★🌟])|件|位|人(?!员|工|很|太)|杯|份|瓶|包|盒|张|台|条|双|只(?!能|有|是|好|值)|斤|公斤|公里|克|米|厘米|毫米|英?寸|度|步(?!行)|家(?!具|居|电|里|人)|款|碗|道(?!歉)|箱|桶|颗(?!小?[星⭐★🌟]|半)|袋|盘|片|套|单(?!号|子)|"
    r"桌(?!子)|间|辆|盏|根|成(?!功)|名|种|项|句|通|封|路(?!上)|栋|级|期|代|升|毫升|口|桩|笔|晚|顿|"
    r"把|支(?!付)|枝|架|幅|扇|床|柜|枚|滴|粒(?!小?[星⭐★🌟])|棵|朵|匹|捆|串|股|排(?!队)|副|卷|部|艘|批|拨|波|帮|群|班|户|所(?!以)|座|站|场|轮|集|季|章|篇|幕|样|类|罐|碟|盆|锅|筐|车(?!位|子)|声|拳|针|刀|尺|吋|呎|平(?:米|方)|坪|吨|磅|门(?!口)|座位|人份|世纪|旬|只脚|面墙|隻|個"
)
# After a blank these make a word of the character before: "2 柜子" rates, "2 柜" counts.
_NOT_UNIT = (
    "[子门台垫板头装裹件式品面灯本地味感知过待降置量码椅体锁铃市店口气餐评行功具居电里员工很太来复去答歉上付队有是值以]"
)
_UNIT_EN = (
    r"minutes?|mins?|hours?|hrs?|seconds?|secs?|days?|weeks?|wks?|months?|years?|yrs?|nights?|mornings?|evenings?|times|people|persons?|men|man|women|kids?|children|adults?|items?|cups?|"
    r"bottles?|boxes|box|calls?|emails?|texts?|messages|staff members?|employees|orders?|tables?|chairs?|o'?clock|am|pm|a\.m|p\.m|kgs?|kilos?|km|miles?|cm|mm|inch(?:es)?|feet|foot|ft|met(?:re|er)s?|lit(?:re|er)s?|"
    r"guests?|of us|of the|of my|of your|of them|of these|of those|visits?|pieces?|dishes|bags?|rooms?|things?|attempts?|tries|seaters?|doors?|drawers?|part|packs?|sets?|pairs?|dozen|tiers?|shel(?:f|ves)|legs?|screws?|"
    r"bedrooms?|beds?|burners?|plates?|bowls?|floors?|flights|stor(?:e)?ys?|quid|grand|k|p|pence|dollars?|bucks?|yuan|pounds?|euros?|cents?|usd|rmb|percent|per cent|thumbs|reasons|issues|problems|mistakes|missing|"
    r"different|separate|phone calls|figures|digits|year old|years old|course|hundred|thousand|million|billion"
)
_THING_EN = (
    r"number|order|order no|ticket|case|ref|reference|invoice|table|room|gate|floor|level|version|window|line|counter|terminal|store|branch|item|option|size|unit|door|seat|row|bus|section|chapter|type|model|iphone|aisle|"
    r"lane|step|question|page|platform|apartment|apt|flat|house|suite|extension|ext|q|zone|block|day|week|year|episode|code|pin|postcode|phone|mobile|tel|till|bay|shelf|box|channel|route|exit|part|screen|age|aged|area|highway|class|grade|phase|route"
)
_THING_ZH = r"(?:订单|单|编|房|门牌|桌|手机|电话|尾|排队|取餐|排|座位?|工|卡|车牌|货|型|批|学)号码?|订单|单子|电话|手机|尾数|号码|楼层|验证码|密码|型号|尺码|尺寸|数量|邮编|桌号|房间|窗口|柜台|教室|卡号|版本|年龄|身高|体重|第|初|双|周|星期|礼拜|地铁|公交"
_MASKS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\S{1,64}@\S{1,64}|https?://\S+|www\.\S+",
        r"\b[a-z]{1,12}[\s-]?\d{3,}\w*",
        r"(?<![+-])\d{1,3}(?:,\d{3})+|\d{3,}(?:[\s.-]\d{2,})*",
        r"[a-z_]\([^()]{0,40}\)",
        r"\d\s?[- ]?in[- ]\s?(?:1|one)\b",
        rf"[+-]?\s?{_NUM}\s?(?:°|℃|degrees?\b|度)|{CHINESE}不{CHINESE}|{_NUM}(?:比|:){_NUM}|^~\s?{_NUM}|{_NUM}分{_NUM}(?!分)",
        r"\b24/7\b|\b9[\s-](?:to[\s-])?5 job\b|7-11|7-eleven",
        r"\d{1,2}(?:st|nd|rd|th)\b|\d+(?!stars?|points?|pts?|fen\b|out|/)[a-z]+\w*|(?<![a-z])[a-z]+[-_]?\d+\w*",
        rf"(?<!\d)(?<!\d[ ,])(?<!, )\bno(?:\.\s?|\s){_NUM}(?!\w)|#\s?\d+",
        rf"\b(?:{_THING_EN})(?:\s(?:is|was|no))?[\s#:.]+{_NUM}(?!\w)(?!\s?(?:/|out of|stars?|points?))",
        rf"(?:{_THING_ZH})[是为:：\s]{{0,3}}{_NUM}(?:[一二三四五六七八九十\d]|号)?",
        r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}:\d{2}(?::\d{2})?",
        rf"{_NUM}月(?:{_NUM}[日号]?)?",
        rf"(?:[¥$€£]|nt\$|hk\$|us\$|rmb|usd|hkd|twd)\s?{_NUM}(?:\.\d+)?",
        rf"{_NUM}\s?%|(?<![-=])[<>≥≤]\s?{_NUM}",
        # a time with its minutes, a decimal in words
        rf"{_NUM}\s?点(?:钟|整|半|{_NUM})?分?|(?:差|过)\s?{_NUM}分(?=\w)|\b(?:half|quarter|five|ten|twenty) (?:past|to) {_NUM}\b|{_NUM} point {_NUM}",
        rf"(?:{_NUM}\s?(?:-|~|到|至|或|、|or|to)\s?)?{_NUM}(?:多|几|来|半|[ -]?个半)?\s?(?:{_UNIT_ZH})(?!分)(?!(?<=\d\s[^个把张次岁元折]){_NOT_UNIT})",
        rf"{_NUM}(?:多|几|来|余)分?|{_NUM}分(?:钟|之{_NUM})|百分之{_NUM}|百分百|万分|{_NUM}心{_NUM}意|一分(?:价?钱|货)|{_NUM}分(?:钱|货)|七上八下|一[般直样定起些点边切旦向致时共流半下会]",
        r"千万|万一|万不得已|百般|百忙|三番[两五]次|乱七八糟|七嘴八舌|一五一十|一塌糊涂|一言难尽|二话|三不五时|三天两头|三长两短|隔三差五|[丢颠挑朝不]三[\u4e00-\u9fff]四|五花八门|十有八九|十全十美|七零八落|千篇一律|九牛一毛|一来二去|三观|二手|三明治|四川|五金|八卦|三文鱼|五星(?:级|酒店)",
        rf"(?:{_NUM}\s?(?:-|~|or|to)\s?)?{_NUM}(?:\.\d+)?[\s-]+(?:and a half )?(?:more |full |business |working |whole |different |other |long |extra |odd |big |heavy |missing |broken |dining |bloody )?"
        rf"(?:{_UNIT_EN})\b",
        rf"\b(?:at|by|until|till|before|after|around|since|past|from)\s{_NUM}(?=\s(?:like|as|when|on|in|instead|this|that|but|and|today|yesterday|tomorrow|sharp|at|with|because)\b)"
        rf"|\b(?:came|come|comes|coming|arrived?|arriving|opens?|closes?|delivered|turned up|showed up|here|there|appointment|slot|booked|due|waited|waiting|up|till|until) (?:at|by|for|until|till|after|before|around)?\s?{_NUM}(?!\w)(?!\s?(?:/|out of|stars?))",
        rf"\b(?:bought|buy|buying|ordered|need|needed|have|has|had|got|received|want|wanted|family of|party of|table for|group of|set of|pack of|box of|for (?:the|my|our)|aged?|turned|is only|son is|daughter is|we are|we're|all|both|these|those|other|another|last|first|next|past|every|top|the) {_NUM}(?!\w)(?!\s?(?:/|out of|stars?|points?|from me|for me|marks?))",
        rf"(?:买|订|下单|要|点|送|来|吃|住|租|收到|拿|取|缺|少发|漏发|等)了\s?{_NUM}(?!\w|分)",
        rf"{DIGITS}(?:\s?[x×*])\s?{DIGITS}",
        r"\bone (?:of|thing|more|day|who|that|guy|man|person|lady|time|another|by one)\b|\b(?:no|any|every|some|this|that|the|which|each|good|only|wrong|right|new|old|white|black|grey|blue) one\b(?!\s(?:stars?|points?|marks?))|\btwo thumbs\b",
        rf"\bfor the price of {_NUM}\b|\b{_NUM} for {_NUM}\b",
    )
)

_DASH = re.compile(r"(?<=[^\W\d])\s-\s(?=\d)")
_RATIO = re.compile(
    rf"{_SN}\s?(?:分|stars?|points?|marks?)?\s?(?:/|\bout\s?(?:of\b(?: a possible)?|ta\b|a\b)|\bover\b)\s?(?:a )?{_N}(?:\s?(?:分|stars?|points?))?(?![a-z0-9_/])"
)
_DAY = re.compile(r"\d{1,2}/\d{1,2}\s?(?=[号日到订买送下收寄那前后早晚上中约]|才|的(?:单|货|订))")
_DATED = re.compile(
    r"\b(?:on|since|from|by|until|ordered|bought|delivered|came|arrived|booked|dated?|due|of)\s$|[于在自从到]\s?$"
)
# What the customer says the scale to be: "满分10分", "10分制", "out of 10", "on a scale of 1 to 10".
_STATED = re.compile(
    rf"(?:满分|最高)(?:是|为|有|就)?(?:是)?\s?(?P<a>{_NUM})分?(?:的话)?|(?P<b>{_NUM})分?(?:制|满分|为满分|是满分|里面?|之中|当中|中)(?:的话|来算|算|计|来说|来看)?"
    rf"|按(?:照)?\s?(?P<f>{_NUM})分?(?:制)?来?(?:算|计)|\b(?:out of|on a scale (?:of|to)|scale of) (?:a )?(?:[+-]?{_NUM} ?(?:to|-|through|and) ?)?\+?(?P<c>{_NUM})(?!\w)"
    rf"|\bif (?:the )?(?:max|maximum|top|highest|best|full marks)(?: score)? (?:is|was|=) (?P<d>{_NUM})(?!\w)"
    rf"|(?<![\d.])(?P<low>[+负-]?\s?{_NUM})\s?分?\s?(?:-|~|到|至|to)\s?\+?(?:正)?(?P<e>{_NUM})(?:分)?(?=\s?(?:里面?|之?中|的话|[,:，：我])|,? (?:i'd|i would|i|scale)\b)"
)
_ABOUT = re.compile(
    rf"(?:{_SN}|最高|最低|满分)\s?分?(?:的)?(?:到底|究竟)?(?:代表|表示|意味|是(?:给)?(?:谁|哪|怎么|为啥|为什么)|指的?是|什么意思|啥意思|(?:就?是|算)(?:很|最|非常|不|指|好还是|代表)?(?:好|差|高|低|满意|费|省|简单|难|轻松|容易|意思|什么|啥|多少))"
    rf"|{_SN}\s?分?(?:就?是|算)?(?:满分|最[高低好差])(?:的)?(?:(?:了|是|对)?[吗么嘛吧](?=\W|$)|\s?[?？])"
    rf"|\b(?:is|are|was|means?|does) (?:a )?{_SN}\b[^,.!]{{0,12}}\b(?:best|worst|highest|lowest|good|bad|top|mean)\b|(?<!\w){_SN}\s?(?:is|was|being|means?|=)(?: the)? (?:best|worst|highest|lowest|top|max|good or bad|easiest|hardest|very|most|least)\b"
    rf"|(?:\bwhat (?:does|is|do)|^is|[,.!?]\s?is)\b (?:a |the )?{_SN}"
)
_VERY = re.compile(r"十分(?!\s*$|\s*[,.!?;。，！？…~(\[]|[吧啊呀哦啦了哈嘛咯呗喔噢耶囉啰]|好[了啦喇])")


def mask(form: str, scale: Scale) -> Optional[str]:
    """`form` without the numbers that are something else than a rating; None if it speaks of another scale only."""
    # On a scale with both signs a dash before a number may be either, and is no rating; elsewhere it is a pause.
    form = _DASH.sub(", " if scale.low >= 0 else " _", form)
    form = _DAY.sub(_blank, form)
    form = _RATIO.sub(lambda match: _over_top(form, match, scale), form)
    stated = _without_stated(_ABOUT.sub(_blank, form), scale)
    if stated is None:
        return None
    form = stated
    if not re.search(r"(?:给|打|评)\S{0,2}十分", form):
        form = _VERY.sub("__", form)
    for pattern in _MASKS:
        form = pattern.sub(_blank, form)
    return form


def _blank(match: "re.Match[str]") -> str:
    return "_" * len(match.group())


def _over_top(form: str, match: "re.Match[str]", scale: Scale) -> str:
    """`8/10` is the rating 8 where 10 is the scale's top, and no rating of ours otherwise."""
    if value_of(match.group(2)) == scale.high and not _DATED.search(form, 0, match.start()):
        return match.group(1) + " 分 "
    return _blank(match)


def _without_stated(form: str, scale: Scale) -> Optional[str]:
    """The form without statements of the scale, and without what is said about a scale that is not ours."""
    stated = list(_STATED.finditer(form))
    if not stated:
        return form
    ours = [_top(match) == scale.high and _low_fits(match, scale) for match in stated]
    if not any(ours):
        return None
    ends: List[int] = [match.start() for match in stated[1:]] + [len(form)]
    # From the last backwards, so that the places of those before stay.
    for match, mine, end in reversed(list(zip(stated, ours, ends, strict=True))):
        until = match.end() if mine else end
        # A statement alone is the rating: "满分10分".
        whole = mine and len(stated) == 1 and not re.search(rf"{_NUM}", form[: match.start()] + form[match.end() :])
        if whole and "满分" in match.group() and len(form) <= len(match.group()) + 4:
            return f"{scale.high}分"
        form = form[: match.start()] + "," + "_" * (until - match.start() - 1) + "," + form[until:]
    return form


def _top(match: "re.Match[str]") -> Optional[float]:
    return value_of(next(match.group(name) for name in "abcdef" if match.group(name)))


def _low_fits(match: "re.Match[str]", scale: Scale) -> bool:
    """Whether a stated lower end is one: "1到10" states a scale, "7到10" does not."""
    low = match.group("low")
    if low is None:
        return True
    value = value_of(low.lstrip("+-负 "))
    return value in (0, 1, abs(scale.low))
