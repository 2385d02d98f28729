# ruff: noqa: E501 — the patterns are lists of words, one alternative after another
"""The remedy a customer wishes, by words in three languages; None where none or none clear is wished."""

import re
from typing import Optional, Tuple

# The order decides where several fit: a part of the money before all of it, the thing before the talk.
_WISHES: Tuple[Tuple[str, "re.Pattern[str]"], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            "partial_refund",
            r"退(?:我)?(?:一半|部分|一部分|差价)|部分退款|退(?:回)?差额|补差价|只退|少收(?:我)?点|"
            r"\b(?:partial(?:ly)? refund|refund (?:me )?(?:half|part|some|the difference)|half (?:of )?(?:my|the) money|"
            r"part of (?:my|the) money|price adjustment)",
        ),
        (
            "refund",
            r"退款|退钱|退费|退货|退我钱|退给我|全额退|把钱退|钱退(?:回|给|还)|还我钱|退单|给我退|能退吗|(?<!不)要退(?!款|货|费)|(?<!不)想退(?!款|货|费)|把\S{1,12}退(?:了|掉)|退了吧|退回来|"
            r"\b(?:refund|money back|pay me back|reimburse|return (?:it|this|them) for (?:a )?(?:refund|cash)|charge ?back)",
        ),
        (
            "replacement",
            r"换货|换一[个件双台份只瓶套条张把盒部支杯碗]|换个新|换新|换成|(?:给我|帮我|能|想|要|可以)换|补发|重发|重新发|再发一|补寄|补送|换掉|调换|重新寄|补一[份个件]|"
            r"\b(?:replace(?:ment|d)?|exchange|swap|new one|send (?:me )?(?:another|a new)|resend|reship|another one|different one)",
        ),
        (
            "voucher",
            r"(?:给|送|补|发|要|来|赔)\S{0,4}(?:优惠券|代金券|折扣|红包|抵用券|折价券|购物金|礼券|现金券|积分|券)|补偿(?:我)?(?:点|一)|"
            r"\b(?:voucher|coupon|store credit|discount (?:code|on|for)|gift card|some credit|credit on)",
        ),
        (
            "redo",
            r"重做|重新做|再做一|重新(?:装|安装|剪|修|洗|弄|打扫|清洁|办|处理)|返工|再修一|重修|重洗|"
            r"\b(?:redo|do it again|do it over|remake|make it again|re-?clean|fix it again|recook|make (?:me )?(?:another|a fresh))",
        ),
        (
            "visit",
            r"上门|派(?:个)?(?:人|师傅)|让(?:人|师傅)(?:过)?来|来(?:我)?家|到府|"
            r"\b(?:send (?:a |the |your )?(?:technician|engineer|someone|somebody|repairman|plumber)|come (?:over|out|round|back) (?:and|to)|home visit|on-?site)",
        ),
        (
            "callback",
            r"(?:给|跟)我(?:回)?(?:个)?(?:打|回)(?:个)?(?:电话|电)|回(?:我)?(?:个)?电话?|回电|打(?:个)?电话给我|打给我|来电(?:给我)?|致电|联系我|联络我|"
            r"\b(?:call me|callback|call back|phone me|ring me|give me a (?:call|ring)|contact me|get in touch with me)",
        ),
        (
            "explain",
            r"(?:给|要|需要|想要|欠)\S{0,4}(?:解释|说法|交代|交待|道歉|说明)|道个歉|解释(?:一下|清楚)|"
            r"\b(?:explain|explanation|an apology|apologi[sz]e|say sorry|answers? for|want (?:some )?answers|know (?:why|what happened))",
        ),
    )
)
_UNWISHED = re.compile(
    r"(?:不(?:用|要|想|需要|必|是要)|没(?:想|要)|无需|别|拒绝|不给|不肯|不能|不让|不予|不支持|已经|刚|没有|不会|"
    r"\b(?:not|don't|no need|won't|didn't|without|no|already|refused to|denied|never|easy|quick)) ?[^\s,.;!?。；]{0,8}\s?(?:\w+\s)?$"
)


def remedy_of(form: str) -> Optional[str]:
    """One of REMEDY_KINDS or "explain", from a plain text; None if no wish is said or it is said not to be wished."""
    for kind, pattern in _WISHES:
        for match in pattern.finditer(form):
            if not _UNWISHED.search(form[max(0, match.start() - 14) : match.start()]):
                return kind
    return None
