"""Handing over, saved replies, corrections and merging, as a browser without JavaScript does them."""

import re
from dataclasses import replace

import pytest

from bot.core import records as r
from bot.core.services.turn import new_id
from tests.web.test_console import token_of
from tests.web.test_console_acts import case, case_id, done, hire, lin

__all__ = ["case", "case_id", "hire", "lin"]  # fixtures


@pytest.fixture
def mine(lin, case_id):
    lin.do(case_id, "claim")
    return case_id


def tags(wiring, case_id):
    with wiring.store.read() as tx:
        return [(tag.tag, tag.evidence) for tag in tx.tags_of_case(case_id)]


def test_handed_over_by_name_the_other_one_answers(lin, hire, mine, case):
    mei = hire("Mei <b>")
    assert "<option>Mei &lt;b&gt;</option>" in lin.see(mine).text and "<option>Lin</option>" not in lin.see(mine).text
    done(lin.do(mine, "hand_over", to=mei.name, why="knows the courier"), mine)
    assert (case()[0].assignee, case()[1].owner) == (mei.name, "agent")
    assert "knows the courier" in mei.see(mine).text and "Handed over" in mei.see(mine).text
    late = lin.do(mine, "hand_over", to="admin", why="kept why")
    assert late.status_code == 409 and "kept why</textarea>" in late.text
    done(mei.do(mine, "reply", text="hello"), mine, "#talk")


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"to": "", "why": "kept"}, "who should have it"), ({"to": "ghost", "why": "kept"}, "who should have it"),
     ({"to": "admin", "why": " "}, "write something")],
)  # fmt: skip
def test_a_hand_over_that_cannot_be_keeps_what_was_typed(lin, mine, case, fields, words):
    page = lin.do(mine, "hand_over", **fields)
    assert page.status_code == 422 and words in page.text and 'id="hand_over" open' in page.text
    assert "kept</textarea>" in page.text or "<option selected>admin" in page.text
    assert case()[0].assignee == "Lin"


def test_only_a_lead_assigns_and_merges_whatever_form_is_sent(lin, hire, case_id, case):
    lea = hire("Lea", "lead")
    before = case()[0]
    for act, fields in (("assign", {"to": "Lea"}), ("merge", {"into": case_id})):
        refused = lin.do(case_id, act, **fields)
        assert refused.status_code == 403 and "not yours to do" in refused.text
    assert case()[0] == before
    done(lea.do(case_id, "assign", to="Lin"), case_id)
    assert case()[0].assignee == "Lin" and "assign" not in set(re.findall(r"/(\w+)\"", lea.see(case_id).text))


def test_a_saved_reply_stands_filled_in_the_box_and_can_be_changed(lin, mine, case):
    page = lin.see(mine).text
    assert page.count('data-fills="reply-text"') == 12 and page.count("fits this case") >= 2
    page = lin.browser.get(f"/console/cases/{mine}?reply=taking_over").text
    box = re.search(r'<textarea id="reply-text"[^>]*lang="zh-Hans"[^>]*>\n([^<]*)</textarea>', page).group(1)
    assert box.startswith("顾客，您好，我是Hearthside的Lin。") and "{" not in box
    empty = lin.browser.get(f"/console/cases/{mine}", params={"reply": "<script>"})
    assert empty.status_code == 200 and "<script>alert" not in empty.text
    failed = lin.do(mine, "reply", text=" ", waits="yes")
    assert failed.status_code == 422 and re.search(r'name="waits"[^>]* checked', failed.text)


def test_while_the_customer_is_waited_for_the_page_says_what_is_left(lin, mine, case, wiring):
    with wiring.store.begin() as tx:
        found = tx.case(mine)
        tx.save_case(replace(found, severity="critical", sla=r.Sla(resolution_due=found.opened_at.replace(year=2040))))
    done(lin.do(mine, "reply", text="Which leg?", waits="yes"), mine, "#talk")
    page = lin.see(mine).text
    assert case()[0].sla.resolution_left > 0 and "The clock of the resolution stands still" in page
    assert re.search(r'name="waits"[^>]* checked', page)


def test_a_tag_is_removed_and_another_added(lin, mine, case, wiring):
    (before,) = {tag for tag, _ in tags(wiring, mine)}
    done(lin.do(mine, "untag", tag=before, polarity="negative"), mine)
    message = next(message for message in case()[2] if message.sender == "customer")
    wrong = lin.do(mine, "tag", tag="damaged_on_arrival", polarity="negative", message=message.id, words="kept words")
    assert wrong.status_code == 422 and "not in the message" in wrong.text and 'value="kept words"' in wrong.text
    done(lin.do(mine, "tag", tag="damaged_on_arrival", polarity="negative", message=message.id, words="四十"), mine)
    assert tags(wiring, mine) == [("damaged_on_arrival", "四十")]
    page = lin.see(mine).text
    assert "Tags corrected" in page and "Added: " in page and "Removed: " in page


def test_category_and_severity(lin, mine, case):
    done(lin.do(mine, "correct", category="staff_and_service", severity="critical"), mine)
    assert (case()[0].category, case()[0].severity) == ("staff_and_service", "critical")
    assert "Severity before: High" in lin.see(mine).text
    assert lin.do(mine, "correct", category="moon", severity="critical").status_code == 422


def test_a_duplicate_is_merged_and_leads_to_the_case_that_stays(hire, case_id, case, wiring):
    lea = hire("Lea", "lead")
    stays = new_id()
    with wiring.store.begin() as tx:
        tx.add_case(replace(tx.case(case_id), id=stays, version=0))
    assert f'value="{stays}"' in lea.see(case_id).text
    none = lea.do(case_id, "merge", into="none")
    assert none.status_code == 422 and "cannot be merged" in none.text
    done(lea.do(case_id, "merge", into=stays), case_id)
    page = lea.see(case_id).text
    assert (case()[0].status, case()[0].merged_into) == ("closed", stays)
    assert f'href="/console/cases/{stays}"' in page and "/reopen" not in page
    assert "A duplicate was merged" in lea.see(stays).text
    assert token_of(lea.see(stays))
