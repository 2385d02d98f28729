"""`DELETE /customers/{id}` and `python -m bot erase`: a person is forgotten, in our files and in Rasa's."""

import sqlite3

import pytest
from playwright.sync_api import sync_playwright

from bot import cli
from bot.core import records as r
from bot.core.errors import ServiceUnavailable
from bot.core.services.turn import new_id
from bot.wiring import Wiring, now

PHONE, NAME, WORDS = "+8613800138000", "王小明", "沙发腿断了"


def event(id="crm-1", customer="C1001", name=NAME):
    return {
        "event_id": id,
        "touchpoint": "delivery",
        "occurred_at": "2026-11-20T14:30:00+08:00",
        "customer": {"id": customer, "name": name, "segment": "gold", "contact": {"channel": "web", "address": PHONE}},
        "order_id": "HS100241",
    }


@pytest.fixture
def person(api, wiring):
    """The conversation of somebody who scored and wrote; Rasa keeps a tracker of it."""
    found = api.post("/api/v1/touchpoints", json=event()).json()["conversation_id"]
    with wiring.store.begin() as tx:
        response = r.Response(
            new_id(), found, "delivery", 1, now(), "complete", "C1001", touchpoint="delivery", segment="gold"
        )
        tx.save_response(response)
        tx.put_answer(r.Answer(response.id, "csat", now(), "csat", 4, text=f"{WORDS} {PHONE}"))
        tx.add_message(r.Message(new_id(), found, "customer", f"{WORDS} {PHONE}", now()))
    tracker = sqlite3.connect(wiring.settings.var / "rasa-tracker.sqlite")
    tracker.execute("PRAGMA journal_mode=WAL")
    with tracker:
        tracker.execute("CREATE TABLE trackers (sender_id TEXT PRIMARY KEY, state TEXT NOT NULL)")
        tracker.executemany("INSERT INTO trackers VALUES (?, ?)", [(found, f"{WORDS} {PHONE}"), ("other", "kept")])
    yield found
    assert tracker.execute("SELECT sender_id FROM trackers").fetchall() == [("other",)]
    tracker.close()


def left(wiring):
    return [
        (file.name, secret)
        for file in wiring.settings.var.glob("*.sqlite*")
        for secret in (PHONE, NAME, WORDS)
        if secret.encode() in file.read_bytes()
    ]


def csat(api):
    return api.get("/api/v1/metrics", params={"metric": "csat", "group_by": "segment"}).json()


def test_a_customer_is_erased_and_the_scores_stay(api, wiring, person):
    before = csat(api)
    assert before["items"][0]["n"] == 1 and left(wiring)
    answer = api.delete("/api/v1/customers/C1001")
    assert (answer.status_code, answer.json()) == (200, {"erased": "C1001", "conversations": 1})
    assert left(wiring) == [] and csat(api) == before
    assert api.get("/api/v1/responses", params={"customer": "C1001"}).json()["items"] == []
    assert api.get(f"/api/v1/conversations/{person}").json()["messages"] == []
    again = api.delete("/api/v1/customers/C1001")
    assert again.status_code == 404 and again.json()["error"]["code"] == "not_found"


def test_the_event_sent_again_does_not_bring_the_person_back(api, wiring, person):
    api.delete("/api/v1/customers/C1001")
    assert api.post("/api/v1/touchpoints", json=event()).json()["conversation_id"] == person
    assert left(wiring) == []


def test_an_id_may_hold_a_slash(api):
    assert api.post("/api/v1/touchpoints", json=event("crm-2", "CN/7")).status_code == 202
    assert api.delete("/api/v1/customers/CN%2F7").json() == {"erased": "CN/7", "conversations": 1}


@pytest.mark.parametrize(("id", "status"), [("nobody", 404), ("x" * 129, 422), ("%00", 400), ("%ff", 404)])
def test_who_is_not_there(api, id, status):
    assert api.delete(f"/api/v1/customers/{id}").status_code == status


def test_only_with_the_key(client, api, wiring):
    api.post("/api/v1/touchpoints", json=event())
    assert client.delete("/api/v1/customers/C1001", headers={"Authorization": "Bearer no"}).status_code == 401
    with wiring.store.read() as tx:
        assert tx.customer("C1001").name == NAME


def test_at_the_terminal(wiring, person, monkeypatch, capsys):
    monkeypatch.setattr(Wiring, "from_environment", classmethod(lambda cls: wiring))
    assert cli.main(["erase", "C1001"]) == 0
    said = "erased: 1 conversation, 1 message; scores and tags stay, and belong to nobody\n"
    assert capsys.readouterr() == (said, "")
    assert left(wiring) == []
    assert cli.main(["erase", "C1001"]) == 1
    assert capsys.readouterr() == ("", "no customer C1001: nothing to erase\n")


def test_at_the_terminal_while_rasas_database_does_not_answer(wiring, person, monkeypatch, capsys):
    def down(*_):
        raise ServiceUnavailable("the trackers' database: OperationalError")

    monkeypatch.setattr(Wiring, "from_environment", classmethod(lambda cls: wiring))
    with monkeypatch.context() as patch:
        patch.setattr(wiring.trackers, "forget", down)
        assert cli.main(["erase", "C1001"]) == 3
    said = capsys.readouterr()
    assert said.out == "" and "nothing was erased, try again" in said.err and left(wiring)
    assert cli.main(["erase", "C1001"]) == 0


LINK_SAYS = {"en": "This conversation was deleted", "zh-CN": "这段对话已经删除", "zh-TW": "這段對話已經刪除"}


@pytest.mark.parametrize("language", LINK_SAYS)
def test_the_link_says_that_the_conversation_was_deleted(client, api, app, person, language):
    path = app.state.web.signing.chat_path(person)
    assert client.get(path).status_code == 200
    api.delete("/api/v1/customers/C1001")
    page = client.get(path, headers={"Accept-Language": language, "Accept": "text/html"})
    assert page.status_code == 410 and LINK_SAYS[language] in page.text and "composer" not in page.text
    assert client.get(path + "/messages").json()["error"]["code"] == "gone"
    assert client.get(path + "/events").status_code == 410


def test_a_late_message_does_not_bring_the_person_back(client, api, app, wiring, rasa, person):
    path = app.state.web.signing.chat_path(person)
    api.delete("/api/v1/customers/C1001")
    late = {"id": "late-message", "text": f"{WORDS} {PHONE}"}
    assert client.post(path, data=late, headers={"Accept": "text/html"}).status_code == 410
    assert client.post(path + "/messages", json=late).status_code == 410
    assert rasa.taken == []
    # One that was under way to Rasa already, and one that a program sends there by itself.
    rasa.take({"sender": person, "message": late["text"], "metadata": {"message_id": "late"}})
    assert left(wiring) == [] and api.get(f"/api/v1/conversations/{person}").json()["owner"] == "nobody"


def test_a_page_that_is_open_shows_it_at_once(server, app, wiring, person):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium")
        page = browser.new_page(locale="en-GB")
        page.goto(server + app.state.web.signing.chat_path(person))
        page.locator("#text").wait_for()
        wiring.erase("C1001", "api")
        page.get_by_text("This conversation was deleted").wait_for()
        assert WORDS not in page.content()
        browser.close()
