"""Scores: exact, or none at all."""

from pathlib import Path

import pytest

from bot.language.score import score

CASES = [
    ("给3分", "csat", 3),
    ("5", "csat", 5),
    ("５", "csat", 5),
    ("①", "csat", 1),
    ("三分", "csat", 3),
    ("满分", "nps", 10),
    ("零分", "nps", 0),
    ("負三", "experience", -3),
    ("ten out of ten", "nps", 10),
    ("8/10", "nps", 8),
    ("8/10", "csat", None),
    ("4.5", "csat", 4.5),
    ("+4", "experience", 4),
    ("-3", "experience", -3),
    ("−3", "experience", -3),
    ("minus 3", "experience", -3),
    ("⭐⭐⭐⭐", "csat", 4),
    ("★★★☆☆", "csat", 3),
    ("给3分吧", "csat", 3),
    ("等了四十分钟,给3分吧", "csat", 3),
    ("等了40分钟", "csat", None),
    ("5, it was great!", "csat", 5),
    ("I'd say 4", "csat", 4),
    ("3分,不对,4分", "csat", 4),
    ("3, no wait, 4", "csat", 4),
    ("very satisfied", "csat", 5),
    ("很差", "csat", 1),
    ("55", "csat", None),
    ("5a", "csat", None),
    ("order 3", "csat", None),
    ("3 or 4", "csat", None),
    ("三四分", "csat", None),
    ("3-4", "csat", None),
    ("不是5分", "csat", None),
    ("不是5分,是4分", "csat", 4),
    ("3天", "csat", None),
    ("3个", "csat", None),
    ("¥50", "csat", None),
    ("给50元", "csat", None),
    ("十分满意", "nps", None),
    ("十分", "nps", 10),
    ("十分满意", "csat", 5),
    ("打十分", "nps", 10),
    ("给9分", "csat", None),
    ("5 stars", "csat", 5),
    ("五星好评", "csat", 5),
    ("4️⃣", "csat", 4),
    ("🔟", "nps", 10),
    ("-1", "csat", None),
    ("0", "csat", None),
    ("5 people waited", "csat", None),
    ("服务5分,环境3分", "csat", None),
    ("满分10分我给8分", "nps", 8),
    ("满分10分我给8分", "csat", None),
    ("满分五分,我给四分", "csat", 4),
    ("本来想给5分,但是只能给3分", "csat", 3),
    ("I would have given 5 but the wait makes it 3", "csat", 3),
    ("4, not 5", "csat", 4),
    ("not a 5, a 4", "csat", 4),
    ("is 5 the best?", "csat", None),
    ("1是最好还是5是最好", "csat", None),
    ("第3次了", "csat", None),
    ("3点到的", "csat", None),
    ("我给4分 the staff was great", "csat", 4),
    ("great service, 5", "csat", 5),
    ("服务很好 5", "csat", 5),
    ("Five.", "csat", 5),
    ("five stars!", "csat", 5),
    ("one of the best", "csat", None),
    ("no.1", "csat", None),
    ("you're no 1", "csat", None),
    ("change from 3 to 4", "csat", 4),
    ("应该是4分", "csat", 4),
    ("sorry I meant 4", "csat", 4),
    ("7, easy", "ces", 7),
    ("1. the staff was rude 2. cold food", "csat", None),
    ("3,4", "csat", None),
    ("5 minutes", "csat", None),
    ("5 很好", "csat", 5),
    ("5分钟", "csat", None),
    ("扣1分", "csat", None),
    ("4分左右", "csat", None),
    ("四分半", "csat", 4.5),
    ("10", "nps", 10),
    ("给10分", "nps", 10),
    ("9 because the staff is nice", "nps", 9),
    ("一分", "csat", 1),
    ("一分钱一分货", "csat", None),
    ("二", "csat", 2),
    ("两分", "csat", 2),
    ("HS100241", "csat", None),
    ("my order is 100241, 5", "csat", 5),
    ("4!", "csat", 4),
    ("I waited 5 minutes", "csat", None),
    ("3 star", "csat", 3),
    ("I'd give it a solid 4", "csat", 4),
    ("5/5", "csat", 5),
    ("4 out of 5", "csat", 4),
    ("4 of 5", "csat", None),
    ("-5 to +5: -2", "experience", -2),
    ("3 no 4", "csat", 4),
    ("3, no 4", "csat", 4),
    ("非常满意 5分", "csat", 5),
    ("负2分", "experience", -2),
    ("正3", "experience", 3),
    ("+3分", "experience", 3),
    ("(4)", "csat", 4),
    ("5555", "csat", None),
    ("5 - 非常满意", "csat", 5),
    ("10 (very likely)", "nps", 10),
    ("0 分", "nps", 0),
    ("上次5分这次3分", "csat", 3),
    ("3 points from me", "csat", 3),
    ("5 5 5", "csat", 5),
    ("4分,服务员很热情,等了3分钟", "csat", 4),
    ("it's a 2 for me", "csat", 2),
    ("Two", "csat", 2),
    ("my son is 5", "csat", None),
    ("zero", "nps", 0),
    ("满分!", "csat", 5),
    ("full marks", "csat", 5),
    ("一般", "csat", 3),
    ("给你们打个四分", "csat", 4),
    ("选3", "csat", 3),
    ("3.", "csat", 3),
    ("3。", "csat", 3),
    ("四顆星", "csat", 4),
    ("給個三分好了", "csat", 3),
    ("不給5分,給4分", "csat", 4),
    ("１０", "nps", 10),
    ("⓪", "nps", 0),
    ("打七分", "ces", 7),
    ("8", "ces", None),
    ("-6", "experience", None),
    ("負五", "experience", -5),
    ("3到4分", "csat", None),
    ("at least 4", "csat", None),
    ("nothing to rate", "csat", None),
    ("2 or so", "csat", None),
    ("room 4 was cold", "csat", None),
    ("第2次来", "csat", None),
    ("上午10点", "nps", None),
    ("2025-05-03", "csat", None),
    ("13812345678", "csat", None),
    ("5%", "csat", None),
    ("4th visit", "csat", None),
    ("三个人等了两小时", "csat", None),
    ("给我打3折", "csat", None),
]


def more_cases():
    """Those of `scores.tsv`: scale, score or nothing, text; every way of writing that a class of rules was made for."""
    lines = (Path(__file__).parent / "scores.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if not line.startswith("# "):
            scale, expected, text = line.split("\t")
            yield text, scale, float(expected) if expected else None


@pytest.mark.parametrize(("text", "scale", "expected"), [*CASES, *more_cases()])
def test_score(text, scale, expected):
    assert score(text, scale) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("改成4分", 4),
        ("应该是4分", 4),
        ("應該是2分才對", 2),
        ("make it 4", 4),
        ("I meant 3", 3),
        ("4分", None),
        ("5", None),
    ],
)
def test_later_only_a_correction_counts(text, expected):
    assert score(text, "csat", asked=False) == expected


def test_without_a_scale_there_is_no_score():
    assert score("5", None) is None
    assert score("5", "text") is None


@pytest.mark.timeout(30)  # what grows with the square of the length takes minutes
@pytest.mark.parametrize("unit", ["5", "给", "1 ", "3分", "a ", "<b>", "-", " ", "负", "not 5, ", "3-4 "])
def test_long_texts_take_linear_time(unit):
    assert score(unit * (200_000 // len(unit)), "csat") in (None, 1, 2, 3, 4, 5)
