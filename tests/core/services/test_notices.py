"""What a team is told: in its own language, enough to act on, nothing private."""

from datetime import timedelta

import opencc
import pytest

from bot.core import records as r
from bot.core.services import receiving, touchpoints, upkeep
from bot.core.services.turn import new_id
from bot.core.types import TagMention
from tests.core.services.conftest import Talk

PHONE = "13800138000"
IDEA = "It would be great if you offered evening delivery"
TITLES = {
    "zh-Hans": ("【高】送货与物流 · 送货：顾客要求人工服务", "首次回复期限：2026-11-20 11:00 (Asia/Shanghai)"),
    "zh-Hant": ("【高】送貨與物流 · 送貨：顧客要求真人服務", "首次回覆期限：2026-11-20 11:00 (Asia/Shanghai)"),
    "en": (
        "[High] Delivery and logistics · Delivery: the customer asks for a person",
        "First response due: 2026-11-20 11:00 (Asia/Shanghai)",
    ),
}


def speaks(ports, definitions, language):
    """Gives every team this language."""
    levels = definitions.service_levels
    teams = [team.copy(update={"language": language}) for team in levels.teams]
    changed = definitions.copy(update={"service_levels": levels.copy(update={"teams": teams})})
    ports.definitions._active = (1, changed)


def notices(talk, prefix=""):
    due = talk.read(lambda tx: tx.outbox_due(talk.ports.clock() + timedelta(days=9)))
    return [item for item in due if item.key.startswith(prefix)]


def escalate(talk):
    talk.says("hello", "greet")
    talk.complains(text=f"The table arrived broken, call me at {PHONE}", severity="high")
    talk.says("let me talk to a person please", "ask_human")
    (item,) = notices(talk)
    return item


@pytest.mark.parametrize("language", TITLES)
def test_a_case_is_announced_in_the_language_of_its_team(talk, definitions, language):
    speaks(talk.ports, definitions, language)
    payload = escalate(talk).payload
    assert (payload["title"], payload["body"].splitlines()[-1]) == TITLES[language]
    assert "arrived broken" in payload["body"] and PHONE not in payload["body"]


def test_a_program_is_told_by_keys(talk):
    payload, case = escalate(talk).payload, talk.case
    assert (payload["type"], payload["team"], payload["severity"]) == ("case.escalated", case.team, "high")
    due = case.sla.first_response_due.isoformat()
    of_case = {"severity": "high", "category": case.category, "status": "escalated", "due": due}
    assert payload["case"] == {"id": case.id, **of_case}


def test_nothing_tells_who_the_customer_is(talk):
    text = str(escalate(talk).payload)
    assert "Ann" not in text and "C1001" not in text


def unanswered(ports, clock):
    for _ in range(12):
        clock.forward(hours=1)
        upkeep.unanswered(ports)


def test_a_message_that_could_not_be_answered_is_told_with_its_masked_words(talk, clock):
    talk.hears(f"call {PHONE} about my table", "other")
    unanswered(talk.ports, clock)
    (item,) = notices(talk)
    assert item.payload["title"] == "有一条顾客消息，助理没能回复" and item.payload["type"] == "message.unanswered"
    assert "about my table" in item.payload["body"] and PHONE not in item.payload["body"]
    assert "对话编号：" in item.payload["body"]


def test_the_number_that_a_sender_goes_by_is_masked(ports, clock):
    receiving.receive(ports, f"+86{PHONE}", "whatsapp", "hello")
    unanswered(ports, clock)
    with ports.store.read() as tx:
        (item,) = tx.outbox_due(clock())
    assert PHONE not in item.payload["body"] and "8000" in item.payload["body"]


def idea(talk, text=IDEA, **read):
    talk.says("hello", "greet")
    return talk.says(text, "suggest", **read)


def test_an_idea_goes_to_whom_the_touchpoint_belongs(talk, definitions):
    assert idea(talk)[0] == talk.line("idea_noted")
    (item,) = notices(talk)
    assert item.payload["type"] == "idea.received" and item.payload["title"] == "顾客建议｜送货"
    assert item.payload["team"] == definitions.journey.touchpoint("delivery").owner_team
    assert item.payload["body"] == IDEA


def test_an_idea_about_a_need_goes_to_the_team_of_its_tag(talk, definitions):
    owner = definitions.journey.touchpoint("delivery").owner_team
    wish = next(tag for tag in definitions.tags.tags if tag.kind in ("need", "expectation") and tag.team != owner)
    idea(talk, tags=(TagMention(wish.key, wish.category, "neutral", "evening"),))
    (item,) = notices(talk)
    assert item.payload["team"] == wish.team and wish.name.zh_hans in item.payload["title"]


def test_an_idea_of_somebody_whom_nobody_invited_goes_to_the_default_team(walk_in, definitions):
    walk_in.says("A playground for children would be lovely", "suggest")
    (item,) = notices(walk_in)
    assert item.payload["team"] == definitions.service_levels.default_team


def test_an_idea_where_words_were_asked_for_is_an_answer_and_is_passed_on(talk):
    talk.says("hello", "greet")
    talk.says("4", "rate", score=4)
    assert talk.asked.kind == "text"
    talk.says(IDEA, "suggest")
    assert [item.payload["type"] for item in notices(talk)] == ["idea.received"]
    assert any(answer.text == IDEA for answer in talk.answers.values())


def test_the_same_message_again_is_one_notice(talk):
    talk.says("hello", "greet")
    read = talk.hears(IDEA, "suggest")
    for _ in range(3):
        talk.answer(read)
    assert len(notices(talk)) == 1
    talk.says("And a smaller box", "suggest")
    assert len(notices(talk)) == 2


@pytest.mark.parametrize("severity", ["high", "critical"])
def test_what_is_grave_is_no_idea(talk, severity):
    idea(talk, "You should stop selling glass that cuts children", severity=severity)
    assert notices(talk, "idea:") == []


def test_what_went_into_a_case_is_no_idea(talk):
    talk.says("hello", "greet")
    talk.says("1", "rate", score=1)
    off = TagMention("damaged_on_arrival", "delivery_and_logistics", "negative", "legs")
    talk.says("Deliver tables with all their legs", "suggest", sentiment="negative", tags=(off,))
    assert talk.case is not None and notices(talk, "idea:") == []


def test_an_idea_beside_a_case_that_waits_for_a_person_is_passed_on(talk):
    escalate(talk)
    talk.says(IDEA, "suggest")
    assert len(notices(talk, "idea:")) == 1


def test_praise_names_whom_the_customer_names(talk):
    talk.says("hello", "greet")
    text = f"The driver Anna was wonderful, call me: {PHONE}"
    talk.says(text, "praise", sentiment="positive", entities={"staff": "Anna"})
    (item,) = notices(talk)
    assert item.payload["type"] == "praise.received" and item.payload["title"] == "顾客表扬了 Anna｜送货"
    assert "wonderful" in item.payload["body"] and PHONE not in item.payload["body"]


@pytest.mark.parametrize("greeted", [True, False])
def test_a_score_with_praise_for_somebody_is_passed_on_too(talk, greeted):
    if greeted:
        talk.says("hello", "greet")
    talk.says("5, thanks to Anna at the desk", "rate", score=5, sentiment="positive", entities={"staff": "Anna"})
    assert [item.payload["title"] for item in notices(talk)] == ["顾客表扬了 Anna｜送货"]


@pytest.fixture
def served(ports):
    """With somebody whom S-17 has served."""
    event = r.TouchpointEvent(new_id(), "delivery", ports.clock(), "C1001", staff_id="S-17")
    customer = r.Customer("C1001", locale="en-GB")
    talk = Talk(ports, touchpoints.register(ports, event, customer).conversation_id)
    talk.says("hello", "greet")
    return talk


def test_praise_that_names_nobody_is_for_who_served_them(served):
    served.says("You were wonderful", "praise", sentiment="positive")
    assert [item.payload["title"] for item in notices(served)] == ["顾客表扬了 S-17｜送货"]


def test_a_tap_on_a_choice_praises_nobody(served):
    served.says("5", "praise", score=5, sentiment="positive")
    assert notices(served) == [] and served.answers


def test_praise_for_nobody_stays_with_us(talk):
    talk.says("hello", "greet")
    talk.says("You were wonderful", "praise", sentiment="positive")
    assert notices(talk) == []


@pytest.mark.parametrize("act, sentiment", [("complain", "negative"), ("rate", "negative"), ("other", "neutral")])
def test_a_name_alone_is_no_praise(talk, act, sentiment):
    talk.says("hello", "greet")
    talk.says("Anna at the desk", act, sentiment=sentiment, entities={"staff": "Anna"})
    assert notices(talk, "praise:") == []


def test_notices_are_in_the_script_of_their_language(ports):
    to_simplified, texts = opencc.OpenCC("t2s"), ports.wordings.keys()
    found = {key: line for key, line in texts.items() if key.startswith("notice_")}
    assert len(found) > 20
    assert {key for key, line in found.items() if to_simplified.convert(line["zh-Hans"]) != line["zh-Hans"]} == set()
