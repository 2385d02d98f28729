"""A complaint on what was solved: within seven days it is the same matter, later it is a new one."""

import pytest

from bot.core.services import agents
from tests.core.services.staff import hire, notices


@pytest.fixture
def solved(talk):
    talk.to_the_offer()
    talk.says("yes please", "affirm")
    assert talk.case.status == "resolved_by_bot" and talk.case.first_contact_resolved
    return talk


@pytest.mark.parametrize("wish", ["complain", "ask_human"])
def test_within_seven_days_it_is_opened_again_and_was_not_solved_in_the_first_contact(solved, clock, wish):
    solved.says("5", "rate", score=5)
    case_id = solved.case.id
    clock.forward(days=7)
    solved.complains(text="the new one is broken too") if wish == "complain" else solved.says("a person!", wish)
    case = solved.case
    assert (case.id, case.status, case.reopened, case.first_contact_resolved) == (case_id, "escalated", True, False)


@pytest.mark.parametrize("wish", ["complain", "ask_human"])
def test_after_that_it_is_a_new_case_and_the_first_one_stays_solved(solved, clock, wish):
    solved.says("5", "rate", score=5)
    before = solved.case
    clock.forward(days=7, seconds=1)
    solved.complains(text="the new one is broken too") if wish == "complain" else solved.says("a person!", wish)
    assert solved.case.id != before.id and not solved.case.reopened
    assert solved.read(lambda tx: tx.case(before.id)) == before
    assert "broken too" in solved.case.description or wish == "ask_human"


def test_what_a_person_solved_is_the_same_matter_for_seven_days_too(talk, clock):
    talk.says("hello", "greet")
    talk.says("let me talk to a person please", "ask_human")
    agents.claim(talk.ports, talk.case.id, "ann")
    agents.resolve(talk.ports, talk.case.id, "ann", "system", "x", "We sent a new one.")
    talk.says("5", "rate", score=5)
    solved = talk.case.id
    clock.forward(days=8)
    talk.complains(text="it broke")
    assert talk.case.id != solved


@pytest.mark.parametrize(("team", "leads"), [("same", True), (None, True), ("logistics of the moon", False)])
def test_a_low_score_opens_it_again_with_the_lead_who_is_told(talk, team, leads):
    talk.says("hello", "greet")
    talk.says("let me talk to a person please", "ask_human")
    hire(talk.ports, "lea", "lead", talk.case.team if team == "same" else team)
    agents.claim(talk.ports, talk.case.id, "ann")
    agents.resolve(talk.ports, talk.case.id, "ann", "system", "x", "y")
    talk.says("1", "rate", score=1)
    holder = "lea" if leads else "ann"
    assert (talk.case.status, talk.case.reopened, talk.case.assignee) == ("escalated", True, holder)
    assert [body for _, title, body in notices(talk.ports, "escalated") if body.startswith(f"请 {holder} 跟进\n")]


@pytest.mark.parametrize(
    ("text", "act"), [("it is not solved", "deny"), ("it is still broken", "complain"), ("two", "rate")]
)
def test_a_refusal_in_words_opens_it_again_with_the_lead_too(talk, text, act):
    talk.says("hello", "greet")
    talk.says("let me talk to a person please", "ask_human")
    hire(talk.ports, "lea", "lead")
    agents.claim(talk.ports, talk.case.id, "ann")
    agents.resolve(talk.ports, talk.case.id, "ann", "system", "x", "y")
    talk.says(text, act, sentiment="negative", score=2 if act == "rate" else None)
    assert (talk.case.status, talk.case.reopened, talk.case.assignee) == ("escalated", True, "lea")


def test_who_does_not_want_to_rate_reopens_nothing(solved):
    solved.says("no", "deny")
    solved.says("skip", "skip")
    assert solved.case.status == "resolved_by_bot" and solved.case.first_contact_resolved
