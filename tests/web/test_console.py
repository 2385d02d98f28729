"""The console: who comes in, what they see, what they do not."""

import re
from datetime import timedelta

import pytest

from bot.core import records as r
from bot.web.console import passwords, sign_in
from bot.web.console.first_admin import ensure_admin, set_password
from bot.web.console.session import safe_next
from bot.wiring import now
from tests.web.test_api import answered


def token_of(page):
    return re.search(r'name="form_token" value="([^"]+)"', page.text).group(1)


def enter(client, password, name="admin", next="/console", **more):
    token = token_of(client.get("/console/sign-in"))
    form = {"name": name, "password": password, "next": next, "form_token": token, **more}
    return client.post("/console/sign-in", data=form)


@pytest.fixture
def agent(client, wiring):
    assert enter(client, wiring.password).status_code == 303
    return client


def test_first_admin_is_made_once(wiring):
    assert re.fullmatch(r"(\w{5}-){2}\w{5}", wiring.password)
    assert ensure_admin(wiring.store) is None
    with wiring.store.read() as tx:
        assert [user.name for user in tx.users()] == ["admin"]
        assert wiring.password not in tx.users()[0].password_hash


def test_nobody_waits_for_the_database_while_a_password_is_hashed(wiring, monkeypatch):
    hashed, free = passwords.hashed, []

    def look_and_hash(password):
        with wiring.store.begin() as tx:  # would wait for itself, and fail
            free.append(tx.user("admin").name)
        return hashed(password)

    monkeypatch.setattr(passwords, "hashed", look_and_hash)
    set_password(wiring.store, "lee", "agent")
    assert free == ["admin"]


@pytest.mark.parametrize("path", ["/console", "/console/overview", "/console/cases/x"])
def test_strangers_are_sent_to_sign_in(client, path):
    answer = client.get(path)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/console/sign-in")


def test_signing_in_and_out(client, wiring):
    answer = enter(client, wiring.password, next="/console/overview")
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/overview")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie and "max-age=43200" in cookie
    page = client.get("/console")
    assert page.status_code == 200
    assert client.post("/console/sign-out", data={"form_token": token_of(page)}).status_code == 303
    assert client.get("/console").status_code == 303


def test_session_cookie_is_secure_behind_https(app, wiring):
    from fastapi.testclient import TestClient

    with TestClient(app, base_url="https://desk.example", follow_redirects=False) as client:
        assert "secure" in enter(client, wiring.password).headers["set-cookie"].lower()


def test_a_form_we_did_not_show_is_refused(client, wiring):
    form = {"name": "admin", "password": wiring.password}
    assert client.post("/console/sign-in", data=form).status_code == 403
    token = token_of(client.get("/console/sign-in"))
    client.cookies.clear()
    assert client.post("/console/sign-in", data={**form, "form_token": token}).status_code == 403
    assert client.post("/console/sign-out").status_code == 403
    assert client.post("/demo/invitation", data={"touchpoint": "delivery"}).status_code == 403


def test_forged_and_outdated_sessions_are_nobody(agent, wiring, app):
    signed = agent.cookies["afterword_session"]
    agent.cookies.clear()
    agent.cookies.set("afterword_session", signed[:9] + ("A" if signed[9] != "A" else "B") + signed[10:])
    assert agent.get("/console").status_code == 303
    agent.cookies.clear()
    agent.cookies.set("afterword_session", app.state.web.signing.form_token("admin"))
    assert agent.get("/console").status_code == 303


def test_a_new_password_ends_the_session(agent, wiring):
    with wiring.store.begin() as tx:
        user = tx.user("admin")
        tx.save_user(r.User(user.id, user.name, passwords.hashed("another"), user.role))
    assert agent.get("/console").status_code == 303


def test_wrong_unknown_and_locked_look_the_same(client, wiring):
    wrong, unknown = enter(client, "wrong"), enter(client, "wrong", name="nobody")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.text.count('role="alert"') == unknown.text.count('role="alert"') == 1


@pytest.mark.parametrize("form", [{"name": "x" * 5000}, {"name": "\x00"}, {"password": "\x00" * 300}, {"name": "é😀"}])
def test_odd_names_are_only_wrong(client, form):
    assert enter(client, **{"password": "p", **form}).status_code == 401


def test_five_wrong_tries_lock_for_a_quarter_of_an_hour(wiring):
    at, password = now(), wiring.password
    for _ in range(5):
        assert sign_in.sign_in(wiring.store, "admin", "wrong", at) is None
    assert sign_in.sign_in(wiring.store, "admin", password, at + timedelta(minutes=14)) is None
    assert sign_in.sign_in(wiring.store, "admin", password, at + timedelta(minutes=16)).name == "admin"


def test_four_wrong_tries_are_forgiven(wiring):
    for _ in range(3):
        for _ in range(4):
            sign_in.sign_in(wiring.store, "admin", "wrong", now())
        assert sign_in.sign_in(wiring.store, "admin", wiring.password, now())


@pytest.mark.parametrize(
    ("address", "result"),
    [
        ("/console/overview", "/console/overview"),
        ("/console?status=all", "/console?status=all"),
        ("/", "/"),
        ("https://evil.example", "/console"),
        ("//evil.example", "/console"),
        ("/console//evil.example", "/console"),
        ("/console/\r\nSet-Cookie: a=b", "/console"),
        ("/consoleevil", "/console"),
    ],
)
def test_only_our_own_pages_come_next(address, result):
    assert safe_next(address) == result


def test_empty_queue_says_what_to_do(agent):
    assert "No open case" in agent.get("/console").text
    assert "No case fits" in agent.get("/console?severity=high").text


def test_queue_shows_cases_and_filters_by_address(agent, wiring, chat):
    case_id = answered(wiring, chat()[0], csat=1)
    page = agent.get("/console")
    assert case_id in page.text and "High" in page.text and "overdue" in page.text
    assert "13800138000" not in page.text and "*******8000" in page.text
    assert case_id in agent.get("/console?status=escalated&severity=high&team=logistics").text
    assert case_id not in agent.get("/console?severity=low").text
    for odd in ("status=x", "severity=%27", "cursor=zzz", "team=" + "x" * 500, "cursor=%F0%9F%98%80"):
        assert agent.get(f"/console?{odd}").status_code == 200


def test_case_tells_the_whole_story(agent, wiring, chat):
    case_id = answered(wiring, chat()[0], csat=1, experience=-4)
    page = agent.get(f"/console/cases/{case_id}").text
    for words in ("a rule", "50.00 CNY", "First response by a person", "Complaint opened", "沙发", "−4 (−5…5)"):
        assert words in page, words
    assert ">等了四十分钟</mark>" in page
    assert "13800138000" not in page


def test_only_the_assignee_reads_it_unmasked(agent, wiring, chat):
    from dataclasses import replace

    case_id = answered(wiring, chat()[0])
    with wiring.store.begin() as tx:
        tx.save_case(replace(tx.case(case_id), assignee="admin"))
    assert "13800138000" in agent.get(f"/console/cases/{case_id}").text
    with wiring.store.begin() as tx:
        tx.save_case(replace(tx.case(case_id), assignee="somebody"))
    assert "13800138000" not in agent.get(f"/console/cases/{case_id}").text


def test_what_customers_wrote_is_only_text(agent, wiring, chat, rasa):
    found, _ = chat()
    rasa.say(found, "<script>alert(1)</script>", sender="customer")
    case_id = answered(wiring, found)
    page = agent.get(f"/console/cases/{case_id}").text
    assert "<script>alert" not in page and "&lt;script&gt;" in page


def test_unknown_case_is_a_friendly_page(agent):
    page = agent.get("/console/cases/none")
    assert page.status_code == 404 and "<h1>" in page.text


def test_overview_has_figures_bars_and_methods(agent, wiring, chat):
    assert "No answers yet" in agent.get("/console/overview").text
    for score in (5, 4, 2):
        answered(wiring, chat()[0], csat=score, experience=2)
    page = agent.get("/console/overview").text
    assert "67 %" in page and "<svg" in page and "Agresti" in page and "+2.0" in page


@pytest.mark.parametrize(("language", "title"), [("zh-Hans", "工单"), ("zh-Hant", "案件"), ("en", "Cases")])
def test_every_page_in_each_language(agent, wiring, chat, language, title):
    case_id = answered(wiring, chat()[0], csat=2)
    answer = agent.get("/console/language", params={"to": language, "next": "/console"})
    assert answer.headers["location"] == "/console"
    for path in ("/console", "/console?status=all&severity=none", f"/console/cases/{case_id}", "/console/overview"):
        page = agent.get(path)
        assert page.status_code == 200 and f'<html lang="{language}">' in page.text and title in page.text


def test_start_page_leads_into_an_invited_chat(client):
    token = token_of(client.get("/"))
    form = {"form_token": token, "touchpoint": "store_visit", "language": "zh-Hant"}
    answer = client.post("/demo/invitation", data=form)
    assert answer.status_code == 303
    assert '<html lang="zh-Hant">' in client.get(answer.headers["location"]).text
    assert client.post("/demo/invitation", data={**form, "touchpoint": "moon"}).status_code == 422


def test_start_page_offers_orders_when_the_order_system_answers(client, monkeypatch):
    from bot.web import demo

    found = [demo.DemoOrder("HS100241", "C1001", "沙发")]
    monkeypatch.setattr(demo, "orders", lambda url: found)
    page = client.get("/")
    assert "HS100241 · 沙发" in page.text
    form = {"form_token": token_of(page), "touchpoint": "delivery", "order": "HS100241", "language": "en"}
    assert client.post("/demo/invitation", data=form).status_code == 303
