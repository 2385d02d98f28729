"""What customers say to ours: surveys of five turns, in three languages, taps and free text half and half."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Tuple

from benchmarks.drive import Say


@dataclass(frozen=True)
class Script:
    """touchpoint: what the conversation was opened for through the API; None for somebody who just says hello."""

    locale: str
    touchpoint: Optional[str]
    turns: Tuple[Say, ...]


def tap(number: int, otherwise: str) -> Say:
    """A button of the last reply, counted as in a Python list; `otherwise` is sent where it has none."""
    return Say(otherwise, tap=number)


SCRIPTS = (
    # Content: score, reason, a name, experience.
    Script(
        "zh-CN",
        "store_visit",
        (Say("你好"), tap(4, "5"), Say("店员很热情，样板间布置得也漂亮"), Say("收银的小王"), tap(-1, "+5")),
    ),
    Script(
        "zh-TW",
        "store_visit",
        (Say("您好"), tap(3, "4"), Say("咖啡很好喝，不過停車場太小"), Say("沒有"), tap(-3, "+3")),
    ),
    Script(
        "en-GB",
        "store_visit",
        (Say("hi there"), tap(4, "5"), Say("Lovely showroom and the staff were so helpful"), Say("no"), tap(-2, "+4")),
    ),
    # In between: score, reason, a choice, experience.
    Script(
        "zh-CN",
        "online_order",
        (Say("在吗"), tap(4, "5"), Say("下单挺方便的，就是优惠券不知道怎么用"), tap(6, "+1"), Say("谢谢")),
    ),
    Script(
        "zh-TW",
        "support_call",
        (Say("哈囉"), tap(3, "4"), Say("等了二十分鐘才接通，但是服務人員很專業"), tap(1, "5"), tap(6, "1")),
    ),
    Script(
        "en-US",
        "support_call",
        (
            Say("hello"),
            tap(3, "4"),
            Say("Had to explain everything twice, but it got sorted"),
            tap(1, "5"),
            tap(5, "0"),
        ),
    ),
    # Without an invitation: the touchpoint, a score with or without its reason.
    Script("zh-CN", None, (Say("你好"), tap(2, "送货"), Say("4分，师傅很准时"), Say("没有"), tap(8, "+3"))),
    Script("zh-TW", None, (Say("你好，想留個意見"), tap(2, "送貨"), tap(3, "4"), Say("送貨人員很有禮貌"), Say("沒有"))),
    Script(
        "en-US", None, (Say("hello"), tap(2, "Delivery"), tap(4, "5"), Say("right on time, very careful"), Say("no"))
    ),
    # A complaint, put right in the same conversation: score, problem, what would help, yes to the offer.
    Script(
        "zh-CN",
        "delivery",
        (Say("你好"), tap(1, "2"), Say("沙发腿断了，客服一直没人理，我要投诉"), tap(0, "退款"), tap(0, "好的")),
    ),
    Script(
        "en-GB",
        "delivery",
        (
            Say("hello"),
            tap(0, "1"),
            Say("The table arrived scratched and nobody called me back"),
            tap(0, "refund"),
            Say("yes"),
        ),
    ),
)
# What keeps one conversation alive as long as one likes: small talk, questions, corrections, and a question still open.
ENDLESS = (Say("谢谢"), Say("改成3分"), Say("你是机器人吗？"), Say("改成4分"), Say("这个要多久？"))
BEFORE_ENDLESS = (Say("你好"), Say("4"))
