"""The pages in a real browser, as a customer and an agent use them."""

import os
import re

import pytest

from tests.web.test_api import answered

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not os.path.exists(CHROMIUM), reason=f"no Chromium at {CHROMIUM}"),
]
EXPERIENCE = [str(n) if n == 0 else f"{'−' if n < 0 else '+'}{abs(n)}" for n in range(-5, 6)]


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield made
        made.close()


@pytest.fixture
def visit(browser, server):
    """Opens a page; at the end no script may have failed and nothing may have been refused by the policy."""
    contexts, complaints = [], []

    def open_page(path, width=360, height=740, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(8000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda m: complaints.append(m.text) if "Content Security" in m.text else None)
        page.goto(server + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints


def say(page, text):
    page.fill("#text", text)
    page.keyboard.press("Enter")


def is_in_view(locator):
    return locator.evaluate(
        "e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight }"
    )


def test_a_tap_answers_and_stays_readable(visit, chat, rasa):
    _, path = chat()
    rasa.script.append(("哪里没做好？", (), ("text", None, "reason")))
    page = visit(path)
    two = page.get_by_role("radio", name="2", exact=True)
    two.click()
    page.get_by_text("哪里没做好？").wait_for()
    assert two.get_attribute("aria-checked") == "true"
    assert two.get_attribute("aria-disabled") == "true"
    assert page.locator(".customer .bubble").inner_text() == "2"
    two.click(force=True)
    page.wait_for_timeout(200)
    assert len(rasa.taken) == 1


def test_scales_are_labelled_and_large_enough(visit, chat, rasa):
    found, path = chat()
    rasa.say(found, "感受如何？", EXPERIENCE, ("score", "experience", "experience"))
    page = visit(path)
    buttons = page.locator(".choices:not(.answered) button")
    assert buttons.count() == 11
    boxes = [buttons.nth(n).bounding_box() for n in range(11)]
    assert all(box["width"] >= 44 and box["height"] >= 44 for box in boxes)
    assert [(round(b["y"]), round(b["x"])) for b in boxes] == sorted((round(b["y"]), round(b["x"])) for b in boxes)
    assert page.locator(".choices:not(.answered) .ends").inner_text().startswith("−5")
    assert is_in_view(buttons.last)


def test_arrow_keys_move_and_space_chooses(visit, chat, rasa):
    _, path = chat()
    page = visit(path)
    page.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert not rasa.taken
    page.keyboard.press("Space")
    page.locator(".customer[data-seq]").wait_for()
    assert rasa.taken[0]["message"] == "3"
    assert page.evaluate("document.activeElement.value") == "3"


def test_own_words_are_grey_until_stored_and_the_bot_types(visit, chat, rasa):
    _, path = chat()
    rasa.slow = 1.2
    rasa.script.append(("谢谢", (), None))
    page = visit(path)
    rasa_takes = page.locator(".message.pending")
    say(page, "晚了两天")
    rasa_takes.wait_for()
    assert page.locator(".typing").count() == 0
    page.locator(".typing").wait_for()
    page.get_by_text("谢谢", exact=True).wait_for()
    assert page.locator(".typing").count() == page.locator(".pending").count() == 0
    assert page.evaluate("document.activeElement.id") == "text"


def test_not_sent_is_tried_again_by_itself_then_by_hand(visit, chat, rasa):
    _, path = chat()
    page = visit(path)
    rasa.down = True
    say(page, "有人吗")
    page.locator(".pending").wait_for()
    page.wait_for_timeout(400)
    rasa.down = False
    page.locator(".customer[data-seq]").wait_for()
    page.evaluate("() => { const plain = setTimeout; window.setTimeout = (run, ms) => plain(run, ms / 50) }")
    rasa.down = True
    say(page, "还在吗")
    again = page.get_by_role("button", name="重新发送")
    again.wait_for()
    rasa.down = False
    again.click()
    page.locator(".customer[data-seq]").nth(1).wait_for()
    assert page.locator(".failed").count() == 0
    assert [message["message"] for message in rasa.taken] == ["有人吗", "还在吗"]


def test_enter_that_ends_a_chinese_word_does_not_send(visit, chat, rasa):
    page = visit(chat()[1])
    page.fill("#text", "晚了")
    page.evaluate(
        "document.getElementById('text').dispatchEvent("
        "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"
    )
    page.wait_for_timeout(200)
    assert not rasa.taken and page.input_value("#text") == "晚了"


def test_messages_come_by_themselves_and_focus_stays(visit, chat, rasa):
    found, path = chat()
    page = visit(path)
    page.focus("#text")
    rasa.say(found, "我是物流部的小林。", sender="agent", author="小林", owner="agent")
    page.get_by_text("我是物流部的小林。").wait_for()
    assert page.locator(".agent .who").inner_text().startswith("小林")
    assert page.locator("#speaker").inner_text() == "我们的同事 小林 正在与您对话"
    assert page.locator(".choices:not(.answered)").count() == 0
    assert page.evaluate("document.activeElement.id") == "text"
    assert page.locator("#log").get_attribute("aria-live") == "polite"


def test_page_follows_the_language_of_the_conversation(visit, chat, rasa):
    found, path = chat(language="en")
    page = visit(path)
    rasa.say(found, "好的，我們用中文聊。", language="zh-Hant")
    page.get_by_text("好的，我們用中文聊。").wait_for()
    assert page.locator("html").get_attribute("lang") == "zh-Hant"
    assert page.locator("#text").get_attribute("placeholder") == "想說什麼都可以寫在這裡"
    assert page.locator(".bubble").first.get_attribute("lang") == "en"
    assert page.locator(".bubble").last.get_attribute("lang") == "zh-Hant"


def test_newest_is_in_view_and_history_survives_a_reload(visit, chat, rasa):
    found, path = chat()
    for n in range(25):
        rasa.say(found, f"第 {n} 条")
    page = visit(path)
    assert is_in_view(page.get_by_text("第 24 条", exact=True))
    page.evaluate("document.getElementById('scroller').scrollTop = -900")
    page.wait_for_timeout(100)
    rasa.say(found, "第 25 条")
    page.locator("#newest").wait_for()
    page.locator("#newest").click()
    page.wait_for_timeout(150)
    assert is_in_view(page.get_by_text("第 25 条", exact=True))
    page.reload()
    assert page.locator(".bot").count() == 28
    assert is_in_view(page.get_by_text("第 25 条", exact=True))


def test_stop_and_privacy_are_always_in_reach(visit, chat, rasa):
    found, path = chat()
    for n in range(20):
        rasa.say(found, f"第 {n} 条")
    page = visit(path)
    assert is_in_view(page.locator("#stop")) and is_in_view(page.locator(".privacy").first)
    page.click("#stop")
    page.locator(".customer[data-seq]").wait_for()
    assert rasa.taken[0]["message"] == "停止"


def test_what_is_written_is_never_run(visit, chat, rasa):
    page = visit(chat()[1])
    say(page, "<img src=x onerror=\"document.title='run'\"><b>x</b>")
    page.locator(".customer[data-seq]").wait_for()
    page.reload()
    assert page.locator(".customer .bubble img, .customer .bubble b").count() == 0
    assert page.title() != "run"


def test_without_javascript_it_is_a_plain_form(visit, chat, rasa):
    _, path = chat()
    rasa.script.append(("哪里没做好？", (), ("text", None, "reason")))
    page = visit(path, java_script_enabled=False)
    page.get_by_role("radio", name="2", exact=True).click()
    page.get_by_text("哪里没做好？").wait_for()
    page.fill("#text", "晚了两天")
    page.click(".send")
    page.get_by_text("晚了两天").wait_for()
    assert [message["message"] for message in rasa.taken] == ["2", "晚了两天"]


@pytest.mark.parametrize("width", [320, 360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_page(visit, chat, rasa, wiring, width, scheme):
    found, path = chat("online_order", "en")
    rasa.say(found, "A" * 300, sender="agent", author="W" * 60, owner="bot")
    case_id = answered(wiring, chat()[0], csat=2, experience=-3)
    page = visit(path, width, color_scheme=scheme)
    pages = [path, "/", "/c/none", "/console/sign-in"]
    base = page.url.split("/c/")[0]
    for one in pages:
        page.goto(base + one)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), one
    page.fill("#name", "admin")
    page.fill("#password", wiring.password)
    page.click("button.wide")
    page.wait_for_url(re.compile("/console$"))
    for one in ("/console", f"/console/cases/{case_id}", "/console/overview", "/console?team=logistics&severity=low"):
        page.goto(base + one)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), one
    page.goto(f"{base}/console")
    page.select_option("[name=severity]", "low")
    page.wait_for_url(re.compile("severity=low"))
    assert page.locator(".empty").is_visible()
