# ruff: noqa: E501 — the patterns are lists of words, one alternative after another
"""The remedy a customer wishes, by words in three languages; None where none or none clear is wished."""

import re
from typing import Optional, Tuple

from bot.language.bare_wishes import bare_wish

# The order decides where several fit: a part of the money before all of it, the thing before the talk.
_WISHES: Tuple[Tuple[str, "re.Pattern[str]"], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            "partial_refund",
            r"退(?:返|番|回|我|给我|还){0,2}(?:一半|部分|一部分|小部分|一点|点|一些|些)(?:钱|款|费用|金额)|退(?:返|番|回)?(?:运|邮|安装|配送|送货|上门|服务)费|(?:运|邮|安装|配送|送货|上门|服务)费退|退(?:我|给我|还)?(?:一半|部分|一部分|一点|点|一些|些)?(?:一半|部分|差价|差额)|退(?:我|给我)?(?:一半|部分|一些|点钱|一点钱|点儿)|补(?:点|些|一点)?差价|部分退款|退(?:回)?差额|补差价|只退|少收(?:我)?点|"
            r"\b(?:part(?:ial(?:ly)?)? refund|refund (?:me )?(?:the |my )?(?:delivery|shipping|postage|fitting|installation)|half (?:the )?price back|(?:knock|take) (?:\w+ ){1,3}off (?:the|my) (?:price|bill)|refund (?:me )?(?:half|part|some|the difference)|half (?:of )?(?:my|the|it)(?: money)?|some (?:of )?(?:my|the)?\s?money|a bit (?:of )?(?:my |the )?money|knock (?:something|some|a bit|\w+) off|"
            r"part of (?:my|the) money|price adjustment)",
        ),
        (
            "refund",
            r"退款|退钱|退(?:返|番)钱|退费|退货|退我钱|钱退我|钱还我|退了算了|退掉|退给我|全额退|把钱退|钱退(?:回|给|还)|还我钱|退单|给我退|能退吗|(?<!不)要退(?!款|货|费)|(?<!不)想退(?!款|货|费)|把\S{1,12}退(?:了|掉)|退了吧|退回来|"
            r"\b(?:refund|(?:money|cash) back|money returned|pay me back|give (?:me )?back (?:my|the) money|take it (?:back|away) and|reimburse|return (?:it|this|them) for (?:a )?(?:refund|cash)|charge ?back)",
        ),
        (
            "replacement",
            r"换货|换一[个件双台份只瓶套条张把盒部支杯碗]|换个新|换新|换成|(?:给我|帮我|能|想|要|可以)换|补发|重发|重新发|再发一|补寄|补送|换掉|调换|重新寄|补一[份个件]|补(?:给|发给)我|补(?:过来|来|上)|(?:再|重新)(?:给我)?(?:寄|发|送)(?:一|个|来|过来)|"
            r"\b(?:replace(?:ment|d)?|exchange|swap(?:ped)?|send (?:me |over |out )?(?:the |my )?(?:missing|right|correct)|new one|send (?:me )?(?:another|a new)|resend|reship|another one|different one)",
        ),
        (
            "voucher",
            r"(?:给|送|补|发|要|来|赔)\S{0,4}(?:优惠券|代金券|折扣|红包|抵用券|折价券|购物金|礼券|现金券|积分|券)|补偿(?:我)?(?:点|一)|"
            r"\b(?:voucher|coupon|store credit|discount (?:code|on|for)|gift card|some credit|credit on|goodwill gesture)",
        ),
        (
            "redo",
            r"重做|重新做|再做一|重新(?:来|上门|给我|帮我)?(?:装|安装|剪|修|洗|弄|打扫|清洁|办|处理)|返工|再修一|重修|重洗|"
            r"\b(?:redo|do it again|do it over|remake|make it again|re-?clean|(?:fix|fit|install|assemble|put|repair)(?: it| them)? (?:again|properly)|re-?(?:install|fit|do)|(?:installed|fitted|assembled|done) (?:it )?(?:again|properly)|recook|make (?:me )?(?:another|a fresh))",
        ),
        (
            "visit",
            r"上门(?!费)|派(?:个)?(?:人|师傅)|(?:约|叫|安排)(?:个|一个)?师傅|让(?:人|师傅)(?:过)?来|来(?:我)?家|到府|"
            r"\b(?:(?:send|get|have) (?:a |an |the |your )?(?:technician|engineer|someone|somebody|repairman|plumber|fitter|guy|man)|(?:someone|somebody|engineer|technician) (?:to )?(?:come )?(?:round|out|over)|come (?:over|out|round|back) (?:and|to)|home visit|on-?site)",
        ),
        (
            "callback",
            r"(?:给|跟)我(?:回)?(?:个)?(?:打|回)(?:个)?(?:电话|电)|回(?:我)?(?:个)?电话?|回电|打(?:个)?电话给我|打给我|来电(?:给我)?|致电|联系我|联络我|"
            r"\b(?:call me|callback|call back|phone me|ring me|give me a (?:call|ring)|contact me|get in touch with me)",
        ),
        (
            "explain",
            r"(?:给|要|需要|想要|欠)\S{0,4}(?:解释|说法|交代|交待|道歉|说明)|道个歉|解释(?:一下|清楚)|"
            r"\b(?:explain|explanation|an apology|apologi[sz]e|say sorry|answers? for|want (?:some )?answers|know (?:why|how|what happened))",
        ),
    )
)
_UNWISHED = re.compile(
    r"(?:不(?:用|要|想|需要|必|是要)|没(?:想|要)|无需|别|拒绝|不给|不肯|不能|不让|不予|不支持|已经|刚|没有|不会|"
    r"\b(?:not|don't|no need|won't|didn't|without|no|already|refused to|denied|never|easy|quick)) ?[^\s,.;!?。；]{0,8}\s?(?:\w+\s)?$"
)


# Said in the story, not wished now: 钱还没退, 才给我打电话, 说三天内回电.
_TOLD = re.compile(
    r"(?:没|才|都没|还没|也不|说好|答应|承诺|保证|说会|说要|说\S{1,4}内)$|(?:说|讲|约|答应|承诺)\S{0,4}(?:会|内|好)$|"
    r"\b(?:told|promised|said|assured)\b[^.!?]*$"
)


# A voucher or a code that the customer had and that failed is what the complaint is about.
_FAILED = re.compile(
    r"^[^.!?。！？]{0,16}?(?:用不了|没用|不能用|没法用|无法|失效|无效|过期|不行|不生效|唔用得|用唔到|不见|\b(?:didn'?t|doesn'?t|did not|does not|won'?t|wouldn'?t|isn'?t|wasn'?t|not|never|expired|invalid|fail\w*|reject\w*|refus\w*|declin\w*)\b)"
)


def remedy_of(form: str) -> Optional[str]:
    """One of REMEDY_KINDS or "explain", from a plain text; None if no wish is said or it is said not to be wished."""
    bare = bare_wish(form)
    if bare:
        return bare
    for kind, pattern in _WISHES:
        for match in pattern.finditer(form):
            before = form[max(0, match.start() - 24) : match.start()]
            if kind == "voucher" and _FAILED.search(form[match.end() :]):
                continue
            if not _UNWISHED.search(before[-14:]) and not _TOLD.search(before):
                return kind
    return None
