"""What may be learnt from holds nobody's number, address or name."""

import pytest

from bot.language.plain import plain
from bot.review.anonymous import anonymous, printable


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("打13812345678找我,订单HS100241", "打00000000000找我,订单HS000000"),
        ("my order is hs 100241, call +44 20 7946 0958", "my order is hs 000000, call +00 00 0000 0000"),
        ("(02) 2345-6789", "(00) 0000-0000"),
        ("５５５５６６６６", "00000000"),
        ("1 3 8 1 2 3 4 5 6 7 8", "0 0 0 0 0 0 0 0 0 0 0"),
        ("尾号5678", "尾号0000"),
        ("一三八零零一三八零零零打给我", "零零零零零零零零零零零打给我"),
        ("SF1234567890123还没到", "SF0000000000000还没到"),
        ("A123456(7)", "0000000(0)"),
        ("mail wang.min@qq.com please", "mail XXX please"),
        ("加我微信wangmin_88", "加我微信XXX"),
        ("桌子送到上海市长宁区仙霞路88弄3号502室坏了", "桌子送到XXX坏了"),
        ("我住在臺北市大安區和平東路二段106號11樓", "我住在XXX"),
        ("12栋3单元502的桌子", "XXX的桌子"),
        ("I live at 12 Baker Street, NW1 6XE", "I live at XXX, XXX"),
        ("flat 3b, 7 Elm Court", "XXX, XXX"),
    ],
)
def test_numbers_ids_and_addresses_go(text, kept):
    assert anonymous(text) == kept


@pytest.mark.parametrize(
    "text",
    ["等了四十分钟,给3分吧", "10/10 and 2 hours on the way to the store", "买了一千二百三十四块",
     "the XG55 model broke",     "他说路上3小时", "12 orders in a row arrived", "我站在前台20分钟", "5"],
)  # fmt: skip
def test_scores_minutes_and_models_stay(text):
    assert anonymous(text) == text


def test_names_go_and_words_that_hold_them_stay():
    assert anonymous("Ann is annoying, ANN!", ["Ann"]) == "XXX is annoying, XXX!"
    assert anonymous("王敏说桌子坏了", ["王敏", "敏"]) == "XXX说桌子坏了"


def test_stars_of_the_customers_own_read_the_same_and_are_no_mask():
    kept = anonymous("5** or 5555")
    assert plain(kept) == "5** or 0000"


def test_it_is_one_line_that_neither_a_terminal_nor_a_file_obeys():
    assert printable("a\tb\r\nc\u2028d\x85e\x1b[2J\0\x07f\ufeff") == "a b c d e [2J f"
    assert printable("好👨‍👩‍👧") == "好👨‍👩‍👧"
