"""Entities and the remedy wished."""

import pytest

from bot.language.entities import entities_of

CASES = [
    ("hs 100241还没到", None, {"order_id": "HS100241"}),
    ("#HS100241", None, {"order_id": "HS100241"}),
    ("ＨＳ１００２４１", None, {"order_id": "HS100241"}),
    ("100241", "order", {"order_id": "HS100241"}),
    ("100241", None, {}),
    ("HS1002411", None, {}),
    ("订单HS-100300多收了我50元", None, {"order_id": "HS100300", "amount": 50}),
    ("打我电话13812345678", None, {"phone": "13812345678"}),
    ("my email is Anna.Lee@example.com.", None, {"email": "anna.lee@example.com"}),
    ("Anna at the desk was rude", None, {"staff": "Anna"}),
    ("服务员小李态度差", None, {"staff": "小李"}),
    ("李師傅來裝的冷氣", None, {"staff": "李師傅"}),
    ("服务员小心点", None, {}),
    ("昨天在南京西路店买的", None, {"date": "昨天", "store": "南京西路店"}),
    ("I was charged $1,250.50 on May 3", None, {"date": "May 3", "amount": 1250.5}),
    ("退我三百块", None, {"amount": 300}),
    ("等了40分钟", None, {}),
    ("I want half of my money back", None, {"remedy": "partial_refund"}),
    ("我不要退款,给我换一个新的就行", None, {"remedy": "replacement"}),
    ("call me back at +852 2345 6789", None, {"phone": "+85223456789", "remedy": "callback"}),
    ("請派人到府處理", None, {"remedy": "visit"}),
    ("我要退費", None, {"remedy": "refund"}),
    ("給我一張折價券", None, {"remedy": "voucher"}),
    ("可以重做一杯吗", None, {"remedy": "redo"}),
    ("想要个解释", None, {"remedy": "explain"}),
    ("I don't want a refund", None, {}),
    ("served by Tom at the Oxford Street store last Monday", None,
     {"date": "last Monday", "staff": "Tom", "store": "Oxford Street store"}),
    ("", None, {}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expecting", "expected"), CASES)
def test_entities(text, expecting, expected):
    assert entities_of(text, expecting) == expected
