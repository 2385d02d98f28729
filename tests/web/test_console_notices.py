"""Notices that did not arrive: who sees them, what they say, and that they are sent again once."""

import re
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from bot.core import records as r
from bot.core.services import outbox
from bot.core.types import LANGUAGES
from bot.web.console.first_admin import set_password
from bot.wiring import now
from tests.fakes import FakeNotifier
from tests.web.test_api import answered
from tests.web.test_console import enter, token_of


@pytest.fixture
def browse(app, wiring):
    """A browser in which somebody of a role has signed in."""
    with ExitStack() as stack:

        def sign_in(role):
            browser = stack.enter_context(TestClient(app, follow_redirects=False))
            enter(browser, set_password(wiring.store, f"the {role}", role), name=f"the {role}")
            return browser

        yield sign_in


@pytest.fixture
def lead(browse):
    return browse("lead")


@pytest.fixture
def put(wiring):
    def put_item(item_id, status="dead", **payload):
        given = {
            "team": "logistics",
            "title": f"title of {item_id}",
            "body": "words",
            "at": now().isoformat(),
            **payload,
        }
        error = "apprise target 2 of 3: it did not take the notice" if status == "dead" else None
        item = r.OutboxItem(item_id, "notice", f"key-{item_id}", given, now(), status, 8, error)
        with wiring.store.begin() as tx:
            tx.put_outbox(item)
        return item

    return put_item


def stored(wiring, item_id):
    with wiring.store.read() as tx:
        return tx.outbox_item(item_id)


def again(browser, item_id, **form):
    form = form or {"form_token": token_of(browser.get("/console/notices"))}
    return browser.post(f"/console/notices/{item_id}/again", data=form)


def test_where_all_has_arrived_all_is_well(lead, put):
    put("o1", "sent")
    page = lead.get("/console/notices")
    assert page.status_code == 200 and "All is well" in page.text and "title of o1" not in page.text
    assert "dead-count" not in page.text and ">Notices" in lead.get("/console").text


def test_what_did_not_arrive_says_what_whom_how_often_and_why(lead, put):
    put("o1", title="【高】<b>x</b>", body="call 13800138000")
    put("o2", "waiting")
    page = lead.get("/console/notices").text
    assert "【高】&lt;b&gt;x&lt;/b&gt;" in page and "13800138000" not in page and "*******8000" in page
    assert "Logistics" in page and "<dd>8</dd>" in page and "apprise target 2 of 3: it did not take the notice" in page
    assert page.index("Not delivered") < page.index("On their way") < page.index("title of o2")
    assert re.findall(r"/console/notices/(\w+)/again", page) == ["o1"], "what waits is tried by itself"


def test_the_number_stands_in_the_navigation_of_every_page(lead, put):
    for number in range(3):
        put(f"o{number}")
    put("o9", "waiting")
    for path in ("/console", "/console/notices"):
        assert "3 not delivered" in lead.get(path).text, path


def test_what_is_sent_again_arrives_once(lead, wiring, put):
    put("o1")
    for _ in range(2):
        answer = again(lead, "o1")
        assert (answer.status_code, answer.headers["location"]) == (303, "/console/notices")
    item = stored(wiring, "o1")
    assert (item.status, item.attempts, item.payload["sent_again"]["by"]) == ("waiting", 0, "the lead")
    assert "Sent again by the lead" in lead.get("/console/notices").text
    notifier = FakeNotifier()
    for _ in range(3):
        outbox.send(replace(wiring.ports, clock=lambda: now() + timedelta(minutes=1)), notifier)
    assert [title for _, title, _ in notifier.told] == ["title of o1"]
    again(lead, "o1")
    assert stored(wiring, "o1").status == "sent"


def test_it_stands_in_the_history_of_its_case_and_leads_there(lead, wiring, put, chat):
    case_id = answered(wiring, chat()[0], csat=1)
    put("o1", case_id=case_id)
    assert f'href="/console/cases/{case_id}"' in lead.get("/console/notices").text
    again(lead, "o1")
    page = lead.get(f"/console/cases/{case_id}").text
    assert "A notice was sent again" in page and "title of o1" in page


@pytest.mark.parametrize("role", ["manager", "admin"])
def test_managers_and_admins_see_them_too(browse, put, role):
    put("o1")
    assert "title of o1" in browse(role).get("/console/notices").text


def test_agents_neither_see_nor_send_them(browse, wiring, put):
    put("o1")
    agent = browse("agent")
    page = agent.get("/console")
    assert "/console/notices" not in page.text and "not delivered" not in page.text
    assert agent.get("/console/notices").status_code == 403
    assert again(agent, "o1", form_token=token_of(page)).status_code == 403
    assert stored(wiring, "o1").status == "dead"


def test_strangers_sign_in_first_and_forms_are_ours(client, lead, wiring, put):
    put("o1")
    assert client.get("/console/notices").headers["location"].startswith("/console/sign-in")
    assert client.post("/console/notices/o1/again").status_code in (303, 403)
    assert again(lead, "o1", form_token="x").status_code == 403
    assert stored(wiring, "o1").status == "dead"


@pytest.mark.parametrize("item_id", ["none", "x" * 500, "%F0%9F%98%80", "..%2F.."])
def test_one_that_is_not_there_is_a_friendly_page(lead, put, item_id):
    put("o1")
    answer = again(lead, item_id)
    assert answer.status_code == 404 and "<h1>" in answer.text


def test_an_item_that_says_little_is_shown_all_the_same(lead, wiring):
    with wiring.store.begin() as tx:
        tx.put_outbox(r.OutboxItem("o1", "digest", "k", {}, now(), "dead"))
    page = lead.get("/console/notices")
    assert page.status_code == 200 and "digest" in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_each_language(lead, put, language):
    put("o1")
    put("o2", "waiting")
    lead.get("/console/language", params={"to": language, "next": "/console/notices"})
    page = lead.get("/console/notices")
    title = {"zh-Hans": "未送达", "zh-Hant": "未送達", "en": "Not delivered"}[language]
    assert page.status_code == 200 and f'<html lang="{language}">' in page.text and title in page.text
