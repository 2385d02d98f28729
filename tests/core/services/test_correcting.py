"""Whoever knows the case puts right what was read from the customer's words."""

import pytest

from bot.core.errors import Held, InvalidInput
from bot.core.services import agents
from tests.core.services.conftest import BROKEN
from tests.core.services.staff import hire, notices

WRONG = (BROKEN.tag, BROKEN.polarity)


@pytest.fixture
def taken(talk):
    """A complaint with one tag, in ann's hands; later words were read by nobody."""
    talk.says("hello", "greet")
    talk.complains()
    hire(talk.ports, "lea", "lead")
    agents.claim(talk.ports, talk.case.id, "ann")
    talk.hears("and the driver was rude to me")
    return talk


def tags(talk):
    return [(tag.tag, tag.polarity, tag.evidence) for tag in talk.read(lambda tx: tx.tags_of_case(talk.case.id))]


def last_event(talk):
    return talk.read(lambda tx: tx.case_events(talk.case.id))[-1]


def added(talk, tag="rude_staff", words="", polarity="negative"):
    return agents.Addition(tag, polarity, talk.message_id, words)


@pytest.fixture
def key(definitions):
    """A tag about staff."""
    return next(tag.key for tag in definitions.tags.tags if tag.category == "staff_and_service" and tag.kind == "pain")


def test_a_wrong_tag_goes_a_missed_one_comes_and_the_history_knows_both(taken, key):
    version = taken.case.version
    agents.correct_tags(taken.ports, taken.case.id, "ann", [WRONG], [added(taken, key, "rude to me")])
    assert tags(taken) == [(key, "negative", "rude to me")]
    event = last_event(taken)
    assert (event.kind, event.actor) == ("tags_corrected", "ann")
    assert [tag["tag"] for tag in event.details["added"]] == [key]
    assert [(tag["tag"], tag["evidence"]) for tag in event.details["removed"]] == [(BROKEN.tag, BROKEN.evidence)]
    assert taken.case.version == version + 1


def test_the_same_correction_twice_is_one(taken, key):
    for _ in range(2):
        agents.correct_tags(taken.ports, taken.case.id, "ann", [WRONG], [added(taken, key)])
    assert tags(taken) == [(key, "negative", "and the driver was rude to me")]
    assert taken.events.count("tags_corrected") == 1


def test_only_whoever_has_it_or_a_lead(taken, key):
    before = tags(taken)
    with pytest.raises(Held, match="ann"):
        agents.correct_tags(taken.ports, taken.case.id, "bob", [WRONG])
    with pytest.raises(Held, match="ann"):
        agents.correct_case(taken.ports, taken.case.id, "bob", severity="low")
    assert tags(taken) == before
    agents.correct_tags(taken.ports, taken.case.id, "lea", [WRONG])
    assert tags(taken) == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"tag": "no such tag"}, "tag"),
        ({"polarity": "angry"}, "tag"),
        ({"message_id": "none"}, "tag"),
        ({"words": "words never said"}, "words"),
    ],
)
def test_what_rests_on_nothing_is_refused_and_nothing_is_removed_either(taken, key, change, field):
    before = tags(taken)
    wanted = {"tag": key, "polarity": "negative", "message_id": taken.message_id, "words": "", **change}
    with pytest.raises(InvalidInput) as refused:
        agents.correct_tags(taken.ports, taken.case.id, "ann", [WRONG], [agents.Addition(**wanted)])
    assert refused.value.field == field and tags(taken) == before


def test_a_line_of_the_assistant_is_no_message_of_the_customer(taken, key):
    said = next(message for message in taken.messages if message.sender == "bot")
    with pytest.raises(InvalidInput):
        agents.correct_tags(taken.ports, taken.case.id, "ann", add=[agents.Addition(key, "negative", said.id)])


def test_graver_than_thought_the_deadlines_come_forward_and_the_team_is_told(taken, clock):
    agents.resolve(taken.ports, taken.case.id, "ann", "system", "x", "y")
    agents.reopen(taken.ports, taken.case.id, "ann", "not done")
    before = taken.case
    clock.forward(minutes=20)
    case = agents.correct_case(taken.ports, before.id, "ann", "staff_and_service", "critical")
    assert (case.category, case.severity) == ("staff_and_service", "critical")
    assert (case.sla.resolution_due - clock()).total_seconds() == 120 * 60
    event = last_event(taken)
    assert event.kind == "case_corrected"
    assert (event.details["severity_before"], event.details["severity"]) == (before.severity, "critical")
    assert event.details["category_before"] == before.category
    assert len(notices(taken.ports, "graver")) == 1
    milder = agents.correct_case(taken.ports, before.id, "ann", severity="low")
    assert milder.sla == case.sla, "no promise is moved back"
    assert len(notices(taken.ports, "graver")) == 1


def test_what_is_so_already_changes_nothing(taken):
    before = taken.case
    assert agents.correct_case(taken.ports, before.id, "ann", before.category, before.severity) == before
    with pytest.raises(InvalidInput):
        agents.correct_case(taken.ports, before.id, "ann", severity="terrible")
    with pytest.raises(InvalidInput):
        agents.correct_case(taken.ports, before.id, "ann", category="weather")
