import logging
import sys
import time

import pytest

from bot.core.masking import MaskingFilter, mask, mask_deep


@pytest.mark.parametrize(
    "text, masked",
    [
        ("我的电话13800138000,谢谢", "我的电话*******8000,谢谢"),
        ("138 0013 8000", "*** **** 8000"),
        ("138-0013-8000", "***-****-8000"),
        ("138 00138000", "*** ****8000"),
        ("1 3 8 0 0 1 3 8 0 0 0", "* * * * * * * 8 0 0 0"),
        ("１３８００１３８０００", "*******8000"),
        ("+86 138-0013-8000", "+** ***-****-8000"),
        ("TEL13800138000", "TEL*******8000"),
        ("给5 13800138000", "给5 *******8000"),
        ("13800138000、13900139000", "*******8000、*******9000"),
        ("0912-345-678", "****-***-*78"),
        ("+886 912 345 678", "+*** *** **5 678"),
        ("+852 9123 4567", "+*** **** 4567"),
        ("9123 4567", "**** **67"),
        ("010-12345678", "***-****5678"),
        ("(02)2345-6789", "(**)****-**89"),
        ("+44 20 7946 0958", "+** ** **** 0958"),
        ("+1 (415) 555-0123", "+* (***) ***-0123"),
        ("a.b+c@example.com!", "a***@example.com!"),
        ("我li@ex.com.cn。", "我l***@ex.com.cn。"),
        ("13800138000@qq.com", "1***@qq.com"),
        ("4111 1111 1111 1111", "**** **** **** 1111"),
        ("4111111111111111", "************1111"),
        ("3782-822463-10005", "****-******-*0005"),
        ("11010519491231002X", "**************002X"),
        ("身份证110105 19491231 0021。", "身份证****** ******** 0021。"),
        ("A123456789", "********89"),
        ("A123456(7)", "******6(7)"),
    ],
)
def test_hidden(text, masked):
    assert mask(text) == masked
    assert mask(masked) == masked


@pytest.mark.parametrize(
    "text",
    [
        "order HS100241 and HS100242",
        "订单号202611211234567890123",
        "¥1,234.00, 3.50 12.80 1999",
        "1,380,013,800",
        "2026-11-21 18:00",
        "2026/11/21 2026.11.21 20261121",
        "20261121180000",
        "2025 2026",
        "2025-2026",
        "+5 2026-11-21",
        "-5..+5",
        "10",
        "3000 5000",
        "4111-1111-1111-1112",
        "3@5.00",
        "等了四十分钟",
        "",
    ],
)
def test_readable(text):
    assert mask(text) == text


def test_deep():
    assert mask_deep({"a": ["13800138000", 1], "b": {"c": None}}) == {"a": ["*******8000", 1], "b": {"c": None}}


@pytest.mark.parametrize(
    "piece", ["a", "1", "1 ", "1-", "a@", "a.", "a@b.", "+1", "4111 ", "(0", "1 3 ", "138 ", "9123 4567 ", "@", "é@"]
)
def test_time_grows_no_faster_than_the_text(piece):
    def seconds(length):
        text = (piece * length)[:length]
        begun = time.perf_counter()
        mask(text)
        return time.perf_counter() - begun

    assert seconds(100_000) < 1.0


def test_log_records_are_masked():
    try:
        raise ValueError("no such number 13800138000")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "call %s", ("13900139000",), sys.exc_info())
    assert MaskingFilter().filter(record)
    written = logging.Formatter().format(record)
    assert "call *******9000" in written and "*******8000" in written
    assert "13800138000" not in written
