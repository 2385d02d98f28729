"""A lead releases a remedy, or refuses it: by the forms of the console and through the API."""

from dataclasses import replace

import pytest

from bot.core import records as r
from tests.web.test_console_acts import case, case_id, done, hire, lin

__all__ = ["case", "case_id", "hire", "lin"]  # fixtures


@pytest.fixture
def waiting(wiring, case_id):
    """The customer has said yes to a refund of 4,200."""
    with wiring.store.begin() as tx:
        found = tx.case(case_id)
        tx.save_case(replace(found, status="escalated", order_id="HS100241", order_checked=True))
        tx.save_remedy(r.Remedy("y1", case_id, "refund", "accepted", found.opened_at, "key-y1", 4200.0, "CNY", "why"))
    return case_id


@pytest.fixture
def remedy(wiring, waiting):
    def read():
        with wiring.store.read() as tx:
            return tx.remedy_of_case(waiting)

    return read


def test_an_agent_sees_that_it_waits_and_a_lead_can_decide(lin, hire, waiting, remedy):
    page = lin.see(waiting).text
    assert "It waits for a lead" in page and f"/console/cases/{waiting}/approve" not in page
    lea = hire("Lea", "lead")
    assert f"/console/cases/{waiting}/approve" in lea.see(waiting).text
    done(lea.do(waiting, "approve"), waiting, "#tried")
    assert (remedy().status, remedy().decided_by) == ("executing", "Lea")
    page = lea.see(waiting).text
    assert "Decided by: Lea" in page and "It waits for a lead" not in page and "Approved" in page


def test_an_agent_who_sends_the_form_anyway_is_refused(lin, waiting, remedy):
    for act, fields in (("approve", {}), ("refuse", {"reason": "no"})):
        assert lin.do(waiting, act, **fields).status_code == 403
    assert remedy().status == "accepted"


def test_of_two_leads_the_second_is_told(hire, waiting, remedy):
    lea, max_ = hire("Lea", "lead"), hire("Max", "lead")
    done(lea.do(waiting, "refuse", reason="another table in the photo"), waiting, "#tried")
    late = max_.do(waiting, "approve")
    assert late.status_code == 422 and remedy().status == "failed" and remedy().decided_by == "Lea"
    assert "another table in the photo" in lea.see(waiting).text


def test_a_refusal_needs_a_reason(hire, waiting, remedy):
    page = hire("Lea", "lead").do(waiting, "refuse", reason=" ")
    assert page.status_code == 422 and 'id="refuse" open' in page.text and remedy().status == "accepted"


def test_by_a_program(api, hire, waiting, remedy):
    hire("Lea", "lead")
    path = f"/api/v1/cases/{waiting}"
    refused = api.post(f"{path}/approve", json={"agent": "lin"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "forbidden")
    assert api.post(f"{path}/refuse", json={"agent": "Lea"}).status_code == 422
    answer = api.post(f"{path}/approve", json={"agent": "Lea"})
    assert answer.status_code == 200 and answer.json()["history"][-1]["kind"] == "approved"
    again = api.post(f"{path}/refuse", json={"agent": "Lea", "reason": "late"})
    assert again.status_code == 422 and remedy().status == "executing"
