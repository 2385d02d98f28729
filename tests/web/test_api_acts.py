"""Assigning, handing over and waiting for the customer, as a program asks for it."""

import pytest

from bot.web.console.first_admin import set_password
from tests.web.test_api import answered


@pytest.fixture
def case_id(wiring, chat):
    for name, role in (("mei", "agent"), ("lea", "lead")):
        set_password(wiring.store, name, role)
    return answered(wiring, chat()[0], csat=1)


@pytest.fixture
def act(api, case_id):
    return lambda verb, agent="lin", **body: api.post(f"/api/v1/cases/{case_id}/{verb}", json={"agent": agent, **body})


def test_a_case_is_handed_over_to_a_user_by_name(act):
    assert act("claim").status_code == 200
    given = act("hand-over", to="mei", why="She knows the courier.")
    assert given.status_code == 200 and given.json()["assignee"] == "mei"
    assert given.json()["history"][-1]["details"]["to"] == "mei"
    late = act("hand-over", to="lea", why="again")
    assert late.status_code == 409 and "mei has this case" in late.json()["error"]["message"]
    assert act("hand-over", "lea", to="lea", why="I take it").json()["assignee"] == "lea"


def test_only_a_lead_assigns(act):
    refused = act("assign", to="mei")
    assert refused.status_code == 403 and refused.json()["error"]["code"] == "forbidden"
    assert act("assign", "mei", to="mei").status_code == 403
    assert act("assign", "lea", to="mei").json()["assignee"] == "mei"


@pytest.mark.parametrize(
    ("verb", "body", "field"),
    [
        ("assign", {"to": "ghost"}, "to"),
        ("assign", {}, "to"),
        ("hand-over", {"to": "ghost", "why": "x"}, "to"),
        ("hand-over", {"to": "mei"}, "why"),
        ("hand-over", {"to": "mei", "why": " "}, "why"),
        ("hand-over", {"to": "mei", "why": "x" * 4001}, "why"),
        ("hand-over", {"to": "m\x00", "why": "x"}, "to"),
        ("reply", {"text": "x", "waits": "perhaps"}, "waits"),
    ],
)
def test_bad_input_is_named_and_changes_nothing(act, api, case_id, verb, body, field):
    before = api.get(f"/api/v1/cases/{case_id}").json()
    answer = act(verb, "lea", **body)
    assert (answer.status_code, answer.json()["error"]["field"]) == (422, field)
    assert api.get(f"/api/v1/cases/{case_id}").json() == before


def test_waiting_for_the_customer_shows_in_the_service_level(act):
    act("claim")
    act("reopen", reason="x")
    shown = act("reply", text="Which leg?", waits=True).json()
    assert shown["sla"]["resolution_left"] is None, "this case was promised no time of resolution"
    assert shown["merged_into"] is None
