# ruff: noqa: E501 — the patterns are lists of words, one alternative after another
"""A wish said in a word or two and nothing else, as people answer "what would put it right?": 退, 换一块, "a new one".

Such words mean a wish only alone: 退 in a story is what happened. Ordered as in `remedy`: a part of the money first.
"""

import re
from typing import Optional, Tuple

_BEFORE = r"(?:(?:嗯+|那|就|那就|直接|我|我们|我就|要|想|想要|只要|只想|给|给我|畀我|帮我|帮手|请|麻烦|麻烦你们?|拜托|你们|可以|可唔可以|可不可以|能|能不能|能否|希望|最好|干脆|不要了|不想要了|唔要喇|算了|赶紧|快|马上|再|唔该)[\s,，]*){0,4}"
_AFTER = r"(?:[\s,，]*(?:给我|畀我|我|吧|好了|啦|呗|啊|呀|喽|咯|喇|就(?:好|行|可以|得|够|完事)(?:了|啦)?|可以吗|好吗|行吗|行不行|可以么|得唔得|好唔好|吗|谢谢|唔该|麻烦(?:你|了)?)){0,3}"
_PRE_EN = r"(?:(?:i(?:'d| would| just)?(?: really)? (?:like|want|prefer|need|expect)(?: you to| to have| to get)?|i'?ll (?:have|take)|i(?:'d| would) (?:like|love) to (?:get|have)|(?:can|could|may) (?:i|you|we)(?: (?:have|get))?|get me|give me|send me|just|please|maybe|how about|what about|well|ok|yes|and|to|get|give|have|you (?:can|could|should)|then|all|an?|the|some|my|one)[\s,]+){0,5}"
_POST_EN = r"(?:[\s,]*(?:please|pls|thanks|thank you|will do|would do|would be (?:good|fine|nice|great|ok|okay|lovely)|for me|and that'?s it|instead|now|then|thx|cheers|asap|is fine|is all i want|tomorrow|today|back)){0,3}"
_END = r"[\s,.!?~。！？…，、吧啊呀哦啦哈呢喔唷啰欸耶咧喇嘅咯]*$"

_UNIT = r"[个件台块张床扇根颗组支把双份只瓶套条盒部支杯碗副片面包对]"
_THING = r"\S{0,4}(?<![了过吗没])"
_BACK = r"(?:返|番|回|还|给|我|畀我|给我){0,2}"
_BETTER = r"(?:新|好|没坏|冇坏|对|完好|全新|正常|能用|不坏|一样)"

_ZH: Tuple[Tuple[str, str], ...] = (
    (
        "partial_refund",
        rf"退{_BACK}(?:一|个)?(?:半|部分|小部分|点|点儿|些|少少|啲)(?:钱|款项?|费用?|金额)?|退{_BACK}(?:\d{{1,3}}%|百分之\S{{1,4}}|[一二两三四五六七八九\d]成|半价)|退{_BACK}(?:个)?(?:差价|差额)|(?:差价|差额)退{_BACK}|退{_BACK}(?:运|邮|安装|配送|服务|手续|上门|维修|送货|搬运)费|(?:把)?(?:运|邮|安装|配送|服务|手续|上门|维修|送货|搬运)费退{_BACK}了?|返(?:点|啲|些)(?:钱|现)?|减免?(?:点|啲|些|一点)?(?:钱)?|(?:少收|便宜|计平|算便宜|平)(?:返)?(?:一)?(?:点|啲|些|点儿)(?:钱)?|打(?:个|点)?折(?:扣)?|折让|折价",
    ),
    (
        "refund",
        rf"退+|(?:全款退|退全(?:款|额))|(?:全部?|全数|全额|原路|刷)?退(?:返|番|回|咗佢|掉|一退|钱|款|费|货|单)?(?:退款|款|钱)?|退(?:返|番)钱|(?:钱|把钱)?还{_BACK}(?:钱)?|钱(?:退|还)(?:回来|返)?|还返?钱|回水|退(?:返|番|回)来|(?:把钱)退",
    ),
    (
        "replacement",
        rf"换(?:了它|掉|过|返)?|换(?:过|返)?(?:一)?{_UNIT}(?:{_BETTER}的?|{_BETTER}嘅)?(?:[屏门灯腿脚板锁盖]|门板|桌子|椅子|枱|床垫|沙发|玻璃|零件|配件|电池|遥控器|抽屉|滤芯)?(?:的)?(?:来)?|换{_BETTER}(?:的|嘅|品)?来?|换(?:零件|配件|门板|玻璃|屏幕?|电池)|换过第二{_UNIT}|补(?:配件|零件|螺丝|货)|补|补(?:一|返)?(?:{_UNIT})(?:螺丝|配件|零件|脚垫|遥控器)?|补(?:寄|发|送|上|货|件|返)(?:一{_UNIT}|嗰{_UNIT}|少的|缺的)?|(?:把)?(?:少|缺|漏)的(?:\S{{0,3}})?(?:补|发|寄|送)(?:上|来|过来|给)?|重(?:寄|发|送)(?:一?{_UNIT})?|(?:再|重新)(?:寄|发|送)(?:过)?(?:一?{_UNIT})?|(?:发|寄|送|来)(?:过|一)?{_UNIT}(?:{_BETTER}(?:的|嘅))?(?:来|过来)?(?<![个件])|(?:发|寄|送|来)?(?:一)?{_UNIT}{_BETTER}(?:的|嘅)(?:来|过来)?|(?:寄|送|发)?(?:一个)?新(?:的|嘅)(?:来|过来)?|(?:寄|送)过{_UNIT}",
    ),
    (
        "voucher",
        r"(?:来|送|补|一|几|赔|张|返|啲|点|些|畀){0,3}(?:优惠券|代金券|抵用券|折价券|购物金|礼券|现金券|折扣码|购物券|券)|(?:送|补|来|给|赔)(?:点|个|些|我|一点)*(?:积分|点数|红包|礼物|小礼物|东西|优惠|心意)|(?:发|来)个红包|送份小?礼物|(?:补偿|赔偿|赔)(?:返)?(?:一下|一点|点|些|啲)?|(?:返)?(?:畀|俾|个)?(?:一)?(?:点|些|啲)?(?:补偿|赔偿|优惠)(?:金)?|下次(?:打折|便宜一?点)|赔钱|(?:返)?(?:一)?(?:点|些|啲)(?:补偿|赔偿|优惠|折扣券)",
    ),
    (
        "redo",
        r"重(?:做|装|弄|修|洗|剪|煮)(?:一下|一遍|一次|过|一份)?|重新(?:做|装|安装|弄|修|洗|剪|来|煮)(?:一下|一遍|一次|过|一份|好)?|返工|(?:再|从头)(?:装|弄|修|做|来|洗|整)(?:过|一)(?:次|遍|下)?|(?:修|装|弄|整|搞)(?:返)?好(?:它|佢|就行|就好)?(?<!了)|整(?:好)?佢|(?:装|做|整)过佢?",
    ),
    (
        "visit",
        r"(?:派|叫|让|请|找|揾|搵|来)?(?:个|一个)?(?:人|师傅|技师|工程师)(?:上门)?(?:过)?(?:来|嚟)?(?:一趟|我?家?)?(?:看看|看一下|看|修一下|修|检查|整|睇下?|装|弄|处理)(?<!^看)|(?:派|叫|让|请|找|揾|搵)(?:个|一个)?(?:人|师傅|技师)(?:过)?(?:来|嚟)(?:一趟|我家)?|(?:师傅)来一趟|来个师傅|安排(?:个)?(?:师傅|人|上门)(?:来|上门)?|派人处理|(?:过)?来修一下|(?:上门|到府)(?:来)?(?:看看|看|修|维修|检查|服务|睇下?|整|处理)?|(?:过)?(?:来|嚟)(?:我?家里?)?(?:看看|看一下|修|睇下?|整返好|整|检查)",
    ),
    (
        "callback",
        r"(?:回|覆|复|来|打|call)(?:返|个|通)?(?:我|给我|畀我|俾我)?(?:个|通)?(?:电话|电)(?:我|给我|畀我|俾我)?|(?:打|call)(?:返)?(?:给我|畀我|俾我|我)|回电(?:话)?|打我电话|电话(?:聊|联系|联络|说|里说|讲|沟通)(?:我)?|电话|来电|(?:让(?:人|他|师傅|客服))?(?:联系|联络|打给)我",
    ),
)
_EN: Tuple[Tuple[str, str], ...] = (
    (
        "partial_refund",
        r"part(?:ial)?(?: of (?:my|the) money| refund)|(?:refund )?(?:half|part|some|a bit|a little)(?: of)?(?: it| my money| the money| the price| money| my cash)?(?: back)?(?<!some)(?<!a little)(?<!a bit)(?<!part)|(?:knock|take) (?:something|some|a bit|a little|money|\W?\d+\W?|\w+ percent)(?: money)? off(?: (?:the )?(?:price|bill|total|it))?|(?:a )?(?:discount|money off|reduction|something back)(?: (?:on|off) (?:what i paid|the price|the bill|it))|(?:a )?price (?:reduction|adjustment|cut)|refund (?:the |my )?(?:delivery|shipping|postage|fitting|installation|service|call-?out)(?: (?:fee|charge|cost)s?)?|(?:the )?difference",
    ),
    (
        "refund",
        r"(?:full |complete )?refund(?: it| me)?|(?:money|cash)(?: back| returned(?: to my card)?)?|(?:return|refund)(?: (?:it|them|this))?|(?:come and )?take (?:it|them|this) (?:back|away)|reverse the charge|cancel and refund|reimburse(?:ment| me)",
    ),
    (
        "replacement",
        r"(?:brand )?new one|another(?: one)?|replacement|replace(?: it| them)|(?:swap|exchange|change)(?: it| them)?(?: over)?(?: for (?:a )?(?:new|another|different|working) one)?|(?:send|bring) (?:me )?(?:another|a new|the right|a fresh)(?: one| \w+)?|(?:the )?missing (?:bits?|parts?|pieces?|items?|ones?|screws)|(?:a )?(?:working|fresh|proper|different|decent|correct) one|one that (?:works|fits|isn'?t broken|is not broken|isn'?t damaged|actually works)|same (?:one|thing) but (?:not broken|working)",
    ),
    (
        "voucher",
        r"(?:discount |gift |money.off )?(?:vouchers?|coupons?)|discount code|store credit|gift card|credit note|goodwill gesture|(?:a )?discount next time|(?:money|\d+ ?%|something) off next time|(?:some )?compensation|compensate me",
    ),
    (
        "redo",
        r"(?:do|fit|install|fix|make|clean|repair|wash|cut|assemble|paint)(?: it| them| this)?(?: over)?(?: again| properly| right)(?: again| properly| this time)*|re-?(?:do|install|fit|make|clean|assemble)(?: it)?|start over|put it right|(?:have it )?(?:done|fitted|installed|fixed|repaired|cleaned)(?: again| properly)+",
    ),
    (
        "callback",
        r"(?:phone )?call(?:[ -]?back)?|(?:call|ring|phone)(?: me| my (?:mobile|phone|cell))(?: back)?|(?:ring|bell|call|buzz)|(?:have |get )?(?:someone|somebody) (?:to )?(?:call|ring|phone) me(?: back)?",
    ),
    (
        "visit",
        r"(?:home )?visit|(?:technician|engineer|repairman|plumber|fitter)(?: visit)?|(?:send|get) (?:a |an |your )?(?:man|guy|someone|somebody|technician|engineer|fitter)(?: (?:round|out|over|out here|here))?|(?:someone|somebody) (?:to )?come(?: round| over| out)?(?: and (?:look|fix it|check it|see))?|come (?:and|back and|over and)? ?(?:fix|look at|check|finish|have a look at|see)(?: (?:it|at it|this))?|come and have a look|(?:another|repair) visit|book an? (?:engineer|technician|visit)|(?:someone|somebody) should come(?: and (?:look|fix it|see))?",
    ),
)
_BARE: Tuple[Tuple[str, "re.Pattern[str]"], ...] = tuple(
    (kind, re.compile(rf"^\s*{before}(?:{words}){after}{_END}"))
    for lists, before, after in ((_ZH, _BEFORE, _AFTER), (_EN, _PRE_EN, _POST_EN))
    for kind, words in lists
)
# Short words that are a wish only with something before them, or nothing at all.
_NOT_A_WISH = re.compile(
    r"^\s*(?:call|ring|bell|buzz|money|cash|return|change|swap|difference|the difference|half|another|a change|my money|the (?:new|other|wrong) one|the (?:bell|ring)|(?:installed|fitted|fixed|repaired|cleaned|done)(?: again| properly)+|missing \w+|电话|来电|来人|看看|新的|修好|装好|弄好|整好|给我|还|还我|还给|还给我|减)[\s.!?。！？]*$"
)
_LONGEST = 48


def bare_wish(form: str) -> Optional[str]:
    """The kind of remedy that a plain text wishes which says nothing else, or None."""
    if len(form) > _LONGEST or _NOT_A_WISH.match(form):
        return None
    return next((kind for kind, pattern in _BARE if pattern.match(form)), None)
