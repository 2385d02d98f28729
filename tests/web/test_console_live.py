"""Pages of the console that keep themselves up to date, in a real browser: two agents, one case."""

import json
import os
import re
from dataclasses import replace

import pytest

from bot.core import records as r
from bot.web.app import create_app
from bot.web.console.first_admin import set_password
from bot.wiring import now
from tests.web import test_pages
from tests.web.conftest import serving
from tests.web.test_api import answered

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not os.path.exists(test_pages.CHROMIUM), reason=f"no Chromium at {test_pages.CHROMIUM}"),
]
browser = test_pages.browser
HIDDEN = "Object.defineProperty(document, 'hidden', {get: () => %s, configurable: true});"
SHIFTED = "document.dispatchEvent(new Event('visibilitychange'))"


@pytest.fixture
def desk(browser, wiring):
    """Opens a page of the console as somebody; at the end no script may have failed."""
    contexts, complaints = [], []

    def sit_down(server, name, path, width=1440, height=900, language="en", **options):
        context = browser.new_context(viewport={"width": width, "height": height}, locale="en", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda m: complaints.append(m.text) if "Content Security" in m.text else None)
        page.goto(f"{server}/console/language?to={language}")
        page.fill("#name", name)
        page.fill("#password", set_password(wiring.store, name, "agent"))
        page.click("button.wide")
        page.wait_for_url(re.compile("/console$"))
        page.goto(server + path)
        return page

    yield sit_down
    for context in contexts:
        context.close()
    assert not complaints


@pytest.fixture
def case_id(wiring, chat):
    return waiting(wiring, chat)


def waiting(wiring, chat, **scores):
    """A case that waits for a person, with its conversation pointing to it."""
    conversation_id = chat()[0]
    made = answered(wiring, conversation_id, **(scores or {"csat": 1}))
    with wiring.store.begin() as tx:
        tx.save_conversation(replace(tx.conversation(conversation_id), case_id=made))
    return made


def conversation_of(wiring, case_id):
    with wiring.store.read() as tx:
        return tx.conversation_of_case(case_id)


def listens(app, stream="case_stream", number=1):
    return lambda: getattr(app.state.web, stream).listening == number


def settle(page, holds):
    for _ in range(200):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it did not come true")


def test_one_takes_over_and_the_other_sees_it_without_reload(desk, server, app, case_id):
    path = f"/console/cases/{case_id}"
    lin = desk(server, "Lin", path)
    mei = desk(server, "Mei", path)
    lin.get_by_text("Mei is also here").wait_for()
    lin.evaluate("window.same = true")
    mei.get_by_role("button", name="Take over").click()
    lin.get_by_text("Mei has this case").wait_for()
    assert lin.evaluate("window.same") and lin.get_by_role("button", name="Take over").count() == 0
    assert lin.locator(".history").inner_text().count("Taken over") == 1
    assert lin.get_by_role("status").inner_text().startswith("New message"), "the customer is told who is there"
    mei.get_by_text("Private note").first.click()
    mei.fill("#note-text", "called the courier")
    mei.keyboard.press("Control+Enter")
    lin.get_by_text("called the courier").wait_for()
    assert lin.get_by_role("status").inner_text() == "Something changed and is shown now"
    mei.close()
    lin.get_by_text("Mei is also here").wait_for(state="detached")


def test_a_reply_that_is_being_written_survives_what_comes(desk, server, wiring, rasa, case_id):
    page = desk(server, "Lin", f"/console/cases/{case_id}")
    page.get_by_role("button", name="Take over").click()
    page.get_by_label("Reply to the customer").fill("我马上为您")
    page.evaluate("document.getElementById('reply-text').setSelectionRange(2, 3)")
    page.locator("#note summary").click()
    page.locator("#note-text").fill("half a note")
    page.locator("#reply-text").focus()
    scroll = page.evaluate("scrollY")
    rasa.say(conversation_of(wiring, case_id), "你们还在吗？", sender="customer", owner="agent")
    page.locator(".transcript").get_by_text("你们还在吗？").wait_for()
    assert page.get_by_role("status").inner_text().startswith("New message")
    assert page.input_value("#reply-text") == "我马上为您" and page.input_value("#note-text") == "half a note"
    chosen = (
        "(e => [document.activeElement.id, e.selectionStart, e.selectionEnd])(document.getElementById('reply-text'))"
    )
    assert page.evaluate(chosen) == ["reply-text", 2, 3]
    assert page.locator("#note").get_attribute("open") is not None
    assert page.evaluate("scrollY") >= scroll
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile("#talk$"))
    page.locator(".transcript li.agent").get_by_text("我马上为您").wait_for()


def test_words_of_one_who_lost_the_case_stay_on_the_page(desk, server, wiring, case_id):
    page = desk(server, "Lin", f"/console/cases/{case_id}")
    page.get_by_role("button", name="Take over").click()
    page.get_by_label("Reply to the customer").fill("a long answer")
    with wiring.store.begin() as tx:
        tx.save_case(replace(tx.case(case_id), assignee="Mei"))
    page.get_by_text("Mei has this case").wait_for()
    assert page.input_value("#reply-text") == "a long answer"
    assert "was kept" in page.get_by_role("status").inner_text()
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Mei has taken this case").wait_for()
    assert page.locator("textarea.unsent").input_value() == "a long answer"
    with wiring.store.begin() as tx:
        tx.add_case_event(r.CaseEvent(case_id, "note", now(), "Mei", {"text": "seen it"}))
    page.get_by_text("seen it").wait_for()
    assert page.locator("textarea.unsent").input_value() == "a long answer"


@pytest.mark.parametrize("path", ["/console", "/console/cases/{case_id}"])
def test_a_cut_connection_is_told_and_caught_up(desk, server, wiring, rasa, case_id, path):
    page = desk(server, "Lin", path.format(case_id=case_id))
    page.wait_for_timeout(300)
    page.context.set_offline(True)
    page.evaluate("window.same = true")
    with wiring.store.begin() as tx:
        tx.save_case(replace(tx.case(case_id), assignee="Mei", status="in_progress"))
    page.wait_for_timeout(1500)
    page.context.set_offline(False)
    page.locator("[data-live]").get_by_text("In progress").first.wait_for(timeout=20_000)
    assert page.evaluate("window.same")


def test_a_server_that_comes_back_is_found_again(desk, wiring, web_port, rasa, case_id):
    with serving(create_app(wiring), web_port) as url:
        page = desk(url, "Lin", f"/console/cases/{case_id}")
        page.wait_for_timeout(300)
    page.get_by_text("The connection is interrupted").wait_for()
    rasa.say(conversation_of(wiring, case_id), "你们还在吗？", sender="customer")
    with serving(create_app(wiring), web_port):
        page.locator(".transcript").get_by_text("你们还在吗？").wait_for(timeout=20_000)
        page.get_by_text("The connection is interrupted").wait_for(state="detached")


def test_who_is_signed_out_is_told_and_keeps_what_was_written(desk, server, wiring, case_id, monkeypatch):
    monkeypatch.setattr("bot.web.console.events.SIGN_OF_LIFE_SECONDS", 0)
    page = desk(server, "Lin", f"/console/cases/{case_id}")
    page.locator("#note summary").click()
    page.locator("#note-text").fill("half a note")
    set_password(wiring.store, "Lin", "agent")
    with wiring.store.begin() as tx:
        tx.add_case_event(r.CaseEvent(case_id, "note", now(), "Mei", {"text": "for the team"}))
    page.get_by_text("You are no longer signed in").wait_for(timeout=20_000)
    assert page.input_value("#note-text") == "half a note"
    assert page.get_by_text("for the team").count() == 0


def test_new_cases_come_into_the_queue_and_keys_move_through_it(desk, server, wiring, chat, case_id):
    page = desk(server, "Lin", "/console")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('tr').dataset.item") == f"case-{case_id}"
    second = waiting(wiring, chat, csat=2)
    with wiring.store.begin() as tx:
        tx.save_case(replace(tx.case(second), severity="critical"))
    page.locator(f"[data-item=case-{second}]").wait_for()
    page.locator(".count").get_by_text("2 cases").wait_for()
    assert page.locator("tbody tr").first.get_attribute("data-item") == f"case-{second}"
    assert page.evaluate("document.activeElement.closest('tr').dataset.item") == f"case-{case_id}", "focus stays"
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.closest('tr').dataset.item") == f"case-{second}"
    page.keyboard.press("j")
    with wiring.store.begin() as tx:
        tx.save_case(replace(tx.case(case_id), status="resolved"))
    page.locator(f"[data-item=case-{case_id}]").wait_for(state="detached")
    assert page.evaluate("document.activeElement.closest('tr').dataset.item") == f"case-{second}", "to the neighbour"
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"/console/cases/{second}$"))


def test_queue_shows_who_looks_at_a_case(desk, server, case_id):
    lin = desk(server, "Lin", "/console")
    mei = desk(server, "Mei", f"/console/cases/{case_id}")
    lin.get_by_text("Mei has this open").wait_for()
    mei.close()
    lin.get_by_text("Mei has this open").wait_for(state="detached")


def test_what_is_due_counts_down_in_words_colour_and_picture(desk, server, wiring, case_id):
    with wiring.store.begin() as tx:
        due = now().replace(microsecond=0)
        tx.save_case(replace(tx.case(case_id), sla=r.Sla(first_response_due=due.replace(year=due.year + 1))))
    page = desk(server, "Lin", "/console")
    page.clock.install(time=due)
    page.reload()
    shown = page.locator(".due")
    assert re.fullmatch(r"due in 36\d d", shown.inner_text()) and "later" in shown.get_attribute("class")
    page.clock.set_fixed_time(due.replace(year=due.year + 1).timestamp() - 20 * 60)
    page.clock.run_for(31_000)
    assert shown.inner_text() == "due in 20 min" and "soon" in shown.get_attribute("class")
    assert shown.locator(".is-running").is_visible() and not shown.locator(".is-late").is_visible()
    page.clock.set_fixed_time(due.replace(year=due.year + 1).timestamp() + 3 * 3600 + 60)
    page.clock.run_for(31_000)
    assert shown.inner_text() == "3 h 1 min overdue" and "late" in shown.get_attribute("class")
    assert shown.locator(".is-late").is_visible() and not shown.locator(".is-running").is_visible()


def test_the_title_counts_what_came_while_nobody_looked(desk, server, app, wiring, rasa, case_id):
    page = desk(server, "Lin", f"/console/cases/{case_id}")
    title = page.title()
    settle(page, listens(app))
    page.evaluate(HIDDEN % "true" + SHIFTED)
    for text in ("喂？", "有人吗？"):
        rasa.say(conversation_of(wiring, case_id), text, sender="customer")
        page.locator(".transcript").get_by_text(text).wait_for()
    assert page.title() == f"(2) {title}"
    page.evaluate(HIDDEN % "false" + SHIFTED)
    assert page.title() == title


def test_a_page_nobody_sees_gives_its_connection_back_and_catches_up(desk, server, app, wiring, rasa, case_id):
    page = desk(server, "Lin", "/console")
    page.clock.install()
    page.goto(f"{server}/console/cases/{case_id}")
    settle(page, listens(app))
    page.evaluate(HIDDEN % "true" + SHIFTED)
    page.clock.run_for(21_000)
    settle(page, listens(app, number=0))
    rasa.say(conversation_of(wiring, case_id), "喂？", sender="customer")
    page.clock.run_for(31_000)
    page.locator(".transcript").get_by_text("喂？").wait_for()
    assert page.title().startswith("(1) ")
    rasa.say(conversation_of(wiring, case_id), "有人吗？", sender="customer")
    page.evaluate(HIDDEN % "false" + SHIFTED)
    page.clock.run_for(5_000)
    page.locator(".transcript").get_by_text("有人吗？").wait_for()
    assert not page.title().startswith("(")


@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_is_wider_than_the_page_with_everything_on_it(desk, server, app, wiring, chat, width):
    case_id = crowded(wiring, chat)
    app.state.web.presence.see(case_id, "W" * 60)
    page = desk(server, "Lin", f"/console/cases/{case_id}", width=width)
    for path in (f"/console/cases/{case_id}", "/console", "/console?whose=mine", "/console?status=all&segment=gold"):
        page.goto(server + path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def crowded(wiring, chat):
    """A case with all that its page can show."""
    case_id = waiting(wiring, chat, csat=1, experience=-4)
    with wiring.store.begin() as tx:
        case = tx.case(case_id)
        tx.save_customer(r.Customer(case.customer_id, "李雷", segment="gold"))
        attributes = json.loads(
            '{"van": "A-17", "slot": "上午 9–12 点", "floor": 6, "lift": false, "note": "%s"}' % ("长" * 80)
        )
        event = r.TouchpointEvent(
            "e-c", "delivery", now(), case.customer_id, "HS100241", "courier-7", "store-3", attributes
        )
        tx.add_touchpoint_event(event)
        tx.save_conversation(replace(tx.conversation(case.conversation_id), event_id=event.id))
        tx.add_conversation(r.Conversation("c-before", "web", "zh-Hans", now(), customer_id=case.customer_id))
        tx.save_response(
            r.Response("r-b", "c-before", "delivery", 1, now(), "complete", case.customer_id, None, "delivery")
        )
        tx.put_answer(r.Answer("r-b", "csat", now(), "csat", 4))
        tx.put_answer(r.Answer("r-b", "experience", now(), "experience", 3))
        earlier = replace(case, id="k-before", status="closed", version=0, sla=r.Sla())
        tx.add_case(replace(earlier, conversation_id="c-before"))
        tx.save_case(replace(case, sla=r.Sla(next_response_due=now(), resolution_left=200)))
    return case_id
