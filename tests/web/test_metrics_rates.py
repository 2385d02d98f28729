"""`GET /metrics`: rates."""

from datetime import timedelta

import pytest

from bot.core import records as r
from bot.core.services import touchpoints
from bot.core.services.turn import new_id
from bot.wiring import now

RATES = ("fcr", "recovery_rate", "response_rate", "completion_rate")
NOTHING = {"group": "all", "value": None, "n": 0, "ci_low": None, "ci_high": None}


def read(api, metric, **options):
    answer = api.get("/api/v1/metrics", params={"metric": metric, **options})
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def add_case(wiring, days_ago, solved, score=None, before=None):
    """An invited customer's case on a delivery, with its response."""
    begun = now() - timedelta(days=days_ago)
    customer = r.Customer(new_id(), segment="gold")
    event = r.TouchpointEvent(new_id(), "delivery", begun, customer.id)
    conversation = touchpoints.register(wiring.ports, event, customer).conversation_id
    with wiring.store.begin() as tx:
        survey = wiring.definitions.current(tx).survey_for("delivery")
        response = r.Response(
            new_id(), conversation, survey.key, 1, begun, "complete" if solved else "partial", customer.id, event.id,
            touchpoint="delivery", segment="gold", channel="web",
        )  # fmt: skip
        tx.save_response(response)
        if before is not None:
            tx.put_answer(r.Answer(response.id, survey.main.key, begun, survey.main.scale, before))
        case = r.Case(
            new_id(), conversation, "waiting_and_speed", "high", "resolved" if solved else "escalated", "…", "care",
            begun, customer.id, response.id, "delivery", first_contact_resolved=solved, recovery_score=score,
            resolved_at=begun if solved else None,
        )  # fmt: skip
        tx.add_case(case)
        if score is not None:
            tx.add_case_event(r.CaseEvent(case.id, "recovery_score", begun + timedelta(hours=1)))


@pytest.mark.parametrize("metric", RATES)
def test_nothing_yet(api, metric):
    assert read(api, metric) == [{**NOTHING, **({"pending": 0} if metric == "fcr" else {})}]
    assert read(api, metric, group_by="touchpoint") == []


def test_rates(api, wiring, definitions):
    add_case(wiring, 9, True, 5, before=1)
    add_case(wiring, 8, True, 4, before=2)
    add_case(wiring, 8, False, 2)
    add_case(wiring, 6, True)
    fcr = read(api, "fcr", group_by="touchpoint")[0]
    assert (fcr["group"], fcr["value"], fcr["n"], fcr["pending"]) == ("delivery", pytest.approx(200 / 3), 3, 1)
    assert 0 < fcr["ci_low"] < fcr["value"] < fcr["ci_high"] < 100
    recovery = read(api, "recovery_rate")[0]
    assert (recovery["value"], recovery["n"]) == (pytest.approx(200 / 3), 3)
    assert definitions.survey_for("delivery").main.scale == "csat"
    assert (recovery["paired"], recovery["paired_difference"]) == (2, 3)
    assert "pending" not in recovery
    response, completion = read(api, "response_rate")[0], read(api, "completion_rate")[0]
    assert (response["value"], response["n"]) == (50, 4)
    assert (completion["value"], completion["n"]) == (75, 4)
    for metric in RATES:
        for group in ("stage", "segment", "channel", "store", "staff", "day", "week", "month"):
            whole = 3 if metric in ("fcr", "recovery_rate") else 4
            assert sum(item["n"] for item in read(api, metric, group_by=group)) == whole
    since = (now() - timedelta(days=7)).isoformat()
    assert read(api, "fcr", **{"from": since}) == [{**NOTHING, "pending": 1}]


def test_each_shows_its_method(api):
    for metric in RATES:
        assert "Agresti-Coull" in api.get("/api/v1/metrics", params={"metric": metric}).json()["method"]
