"""The whole of it in a real browser: a customer complains in the chat, and an agent finds the case in the console."""

import os
import re
import uuid
from typing import Any, Iterator

import pytest

from bot.setup.keeper import Assistant
from tests.journeys.script import Journey
from tests.servers import player

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
pytestmark = [
    pytest.mark.servers,
    pytest.mark.browser,
    pytest.mark.skipif(not os.path.exists(CHROMIUM), reason=f"no Chromium at {CHROMIUM}"),
]


@pytest.fixture
def page(assistant: Assistant) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        opened = browser.new_page(viewport={"width": 390, "height": 844})
        opened.set_default_timeout(15_000)
        yield opened
        browser.close()


def test_a_chat_on_a_phone_and_the_case_in_the_console(assistant: Assistant, page: Any) -> None:
    talk = player(assistant)
    customer = f"B{uuid.uuid4().hex[:8]}"
    order = talk.order(customer, amount=2400, currency="CNY")
    journey = Journey(name="browser", touchpoint="delivery", locale="zh-CN", customer={"name": "李雷"}, turns=[])
    invited = talk.invitation(journey, customer, {"order": order})
    page.goto(invited["chat_url"])
    page.get_by_text("李雷，您好").wait_for()
    page.get_by_role("radio", name=re.compile("^1")).or_(page.get_by_role("button", name="1", exact=True)).first.click()
    page.get_by_text("出了什么问题").wait_for()
    write(page, "桌子送来的时候一条腿是断的")
    page.get_by_text("您希望怎么解决").wait_for()
    write(page, "退款")
    page.get_by_text("2,400 CNY").wait_for()
    page.reload()
    page.get_by_text("2,400 CNY").wait_for()
    write(page, "不用了，我要找真人")
    page.get_by_text("接下来由").wait_for()
    assert talk.carried_out(order) == []
    sees_the_case_in_the_console(
        assistant, page, talk.api("GET", f"/cases?conversation={invited['conversation_id']}")["items"][0]
    )


def write(page: Any, text: str) -> None:
    page.fill("#text", text)
    page.keyboard.press("Enter")


def sees_the_case_in_the_console(assistant: Assistant, page: Any, case: Any) -> None:
    from bot.web.console.first_admin import set_password
    from bot.wiring import Settings, Wiring

    wiring = Wiring(Settings.from_environment(assistant.environment))
    password = set_password(wiring.store, "lin", "agent")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(assistant.url("web") + "/console")
    page.locator("input[type=text], input[name=name]").first.fill("lin")
    page.locator("input[type=password]").fill(password)
    page.keyboard.press("Enter")
    page.locator(f"a[href*='{case['id']}']").first.click()
    page.get_by_text("桌子送来的时候一条腿是断的").first.wait_for()
    assert page.locator("mark").first.inner_text() in "桌子送来的时候一条腿是断的"
