"""Wording, languages, colours, marks, bars: the small parts."""

import re
import string
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.core.metrics import csat, experience, nps
from bot.core.types import LANGUAGES, REMEDY_KINDS, SEVERITIES
from bot.web import i18n
from bot.web.api.filters import CASE_STATUSES
from bot.web.brand import DARK_GROUND, LIGHT_GROUND, Brand, contrast
from bot.web.console.bars import WIDTH, bar, written
from bot.web.console.marking import marked

TEXTS = i18n.load()
NOW = datetime(2026, 11, 21, 12, tzinfo=timezone.utc)


def flat(value, path=""):
    if not isinstance(value, dict):
        return {path: value}
    return {key: text for name, part in value.items() for key, text in flat(part, f"{path}.{name}").items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_the_same_keys_and_placeholders(language):
    words, english = flat(TEXTS[language]), flat(TEXTS["en"])
    assert set(words) == set(english)
    for key, text in words.items():
        assert isinstance(text, str) and text.strip(), key
        fields = [{part[1] for part in string.Formatter().parse(one) if part[1]} for one in (text, english[key])]
        assert fields[0] == fields[1], key


def test_every_status_has_a_word():
    console = TEXTS["en"]["console"]
    assert set(CASE_STATUSES) == set(console["status"])
    assert set(SEVERITIES) == set(console["severity"])
    assert set(REMEDY_KINDS) <= set(console["outcome"])


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_chinese_is_in_its_own_script(language):
    import opencc

    other = opencc.OpenCC("t2s" if language == "zh-Hans" else "s2t")
    for key, text in flat(TEXTS[language]).items():
        if language == "zh-Hans":
            assert other.convert(text) == text, key
        else:  # some characters are the same word in both scripts: only clearly Simplified ones count
            assert not set(text) & set("这们时为门开发没么会说话请对问题单达满"), key


@pytest.mark.parametrize(
    ("left", "state", "words"),
    [
        (timedelta(minutes=25), "soon", "due in 25 min"),
        (timedelta(hours=3, minutes=20), "later", "due in 3 h 20 min"),
        (timedelta(days=2, hours=5), "later", "due in 2 d"),
        (timedelta(seconds=-90), "late", "1 min overdue"),
        (timedelta(seconds=20), "soon", "due in less than a minute"),
    ],
)
def test_due_in_words(left, state, words):
    assert i18n.due_words(TEXTS["en"], NOW + left, NOW) == (state, words)


@pytest.mark.parametrize("accent", ["#0f766e", "#ffff00", "#000000", "#ffffff", "#b4532a", "red", "#12"])
def test_any_accent_can_be_read_on_light_and_dark(accent):
    css = Brand("X", accent).css()
    colours = [part.split(":")[-1][:7] for part in css.split(";") if "--accent" in part]
    assert contrast(colours[0], LIGHT_GROUND) >= 4.5
    assert contrast(colours[1], DARK_GROUND) >= 4.5
    assert all(len(colour) == 7 and colour[0] == "#" for colour in colours)


def test_marks_the_words_that_tags_rest_on():
    tags = [
        {"tag": "queue", "evidence": "等了…分钟"},
        {"tag": "late", "evidence": "分钟"},
        {"tag": "x", "evidence": "none"},
    ]
    assert marked("我等了四十分钟!", tags) == [
        ("我", ()), ("等了", ("queue",)), ("四十", ()), ("分钟", ("queue", "late")), ("!", ()),
    ]  # fmt: skip
    assert marked("", tags) == []
    assert "".join(words for words, _ in marked("İstanbul <b>", tags)) == "İstanbul <b>"


def test_bars_lie_on_their_scale():
    drawn = bar("csat", csat({5: 8, 1: 2}))
    assert 0 <= drawn.low < drawn.value < drawn.high <= WIDTH and drawn.zero is None
    assert bar("nps", nps({10: 1, 0: 1})).value == bar("nps", nps({10: 1, 0: 1})).zero == WIDTH / 2
    assert bar("csat", csat({})) is None
    assert bar("experience", experience({3: 1})).low is None


def test_figures_have_the_decimals_of_their_metric():
    assert written("csat", 66.7) == "67 %"
    assert written("experience", -1.26) == "−1.3"
    assert written("experience", -0.01) == "0.0"
    assert written("nps", None) == "–"


def test_every_reason_and_event_of_a_case_has_words():
    """What core writes into a case's history, the console can say in all three languages."""
    services = Path(__file__).parents[2] / "bot" / "core" / "services"
    code = "\n".join(path.read_text(encoding="utf-8") for path in services.glob("*.py"))
    reasons = set(re.findall(r'escalate\(turn, "(\w+)"\)', code)) | {"critical"}
    events = set(re.findall(r'case_event\(f?"(\w+)', code)) | set(re.findall(r'_event\(turn, "(\w+)"', code))
    events |= set(re.findall(r'CaseEvent\([\w.]+, "(\w+)"', code))
    assert len(reasons) >= 8 and len(events) >= 15
    for language in LANGUAGES:
        words = TEXTS[language]["console"]
        assert reasons <= set(words["reason"]), language
        assert events <= set(words["event"]), language
