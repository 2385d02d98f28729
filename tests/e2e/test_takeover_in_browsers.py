"""A customer's page and an agent's console at once, on the real servers: pictures, taking over, resolving."""

import os
import uuid
from typing import Any, Iterator

import pytest

from bot.setup.keeper import Assistant
from tests.adapters import pictures as made
from tests.e2e.complaint import eventually
from tests.journeys.script import Journey, Player
from tests.servers import player

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
pytestmark = [
    pytest.mark.servers,
    pytest.mark.browser,
    pytest.mark.skipif(not os.path.exists(CHROMIUM), reason=f"no Chromium at {CHROMIUM}"),
]


class Scene:
    """One customer on a phone, and agents at their desks; the first is Lin."""

    def __init__(self, assistant: Assistant, browser: Any):
        self.talk: Player = player(assistant)
        journey = Journey(name="takeover", touchpoint="delivery", locale="en-GB", customer={"name": "Ann"}, turns=[])
        invited = self.talk.invitation(journey, f"B{uuid.uuid4().hex[:8]}", {})
        self.id, self.link = invited["conversation_id"], invited["chat_url"]
        self.phone = self.open(browser, 390, 844, self.link)
        self.assistant, self.browser = assistant, browser
        self.desk = self.sign_in("Lin")

    @staticmethod
    def open(browser: Any, width: int, height: int, url: str) -> Any:
        page = browser.new_context(viewport={"width": width, "height": height}, locale="en-GB").new_page()
        page.set_default_timeout(15_000)
        page.goto(url)
        return page

    def sign_in(self, name: str) -> Any:
        from bot.web.console.first_admin import set_password
        from bot.wiring import Settings, Wiring

        password = set_password(Wiring(Settings.from_environment(self.assistant.environment)).store, name, "agent")
        desk = self.open(self.browser, 1440, 900, self.assistant.url("web") + "/console")
        desk.fill("[name=name]", name)
        desk.fill("[name=password]", password)
        desk.keyboard.press("Enter")
        desk.wait_for_url("**/console")
        return desk

    def write(self, text: str) -> None:
        self.phone.fill("#text", text)
        self.phone.keyboard.press("Enter")
        self.phone.locator(".customer[data-seq]", has_text=text).last.wait_for()

    def send_picture(self) -> None:
        before = self.phone.locator(".customer[data-seq] .picture").count()
        file = {"name": "sofa.jpg", "mimeType": "image/jpeg", "buffer": made.photo(1200, 900)}
        self.phone.set_input_files("#picture", [file])
        self.phone.locator(".customer[data-seq] .picture").nth(before).wait_for()

    def case(self) -> Any:
        """None while the message that opens it is still at work."""
        return next(iter(self.talk.api("GET", f"/cases?conversation={self.id}")["items"]), None)

    def act(self, form: str) -> None:
        self.desk.locator(f"form[action$='/{form}'] button").first.click()

    def bot_lines(self) -> int:
        messages = self.talk.api("GET", f"/conversations/{self.id}")["messages"]
        return sum(message["from"] == "bot" for message in messages)


@pytest.fixture
def scene(assistant: Assistant) -> Iterator[Scene]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield Scene(assistant, browser)
        browser.close()


def test_a_takeover_is_seen_on_both_sides_without_a_reload(scene: Scene) -> None:
    phone, desk = scene.phone, scene.desk
    phone.get_by_text("Ann").first.wait_for()
    scene.send_picture()
    phone.get_by_text("I've got your picture").wait_for()
    scene.write("The table arrived broken, I want to talk to a person")
    eventually(lambda: (scene.case() or {}).get("status") == "escalated")

    desk.goto(desk.url + f"/cases/{scene.case()['id']}")
    assert desk.locator(".picture-hidden").count() == 1 and desk.locator(".transcript img").count() == 0
    scene.act("claim")
    phone.locator("#speaker", has_text="Lin").wait_for()
    phone.locator(".handover", has_text="Lin has joined").wait_for()
    desk.locator(".transcript .picture img").wait_for()
    assert desk.locator(".transcript .picture img").evaluate("async e => (await e.decode(), e.naturalWidth)") == 900

    silent_since = scene.bot_lines()
    scene.write("is anybody there?")
    scene.send_picture()
    for button in phone.locator(".choices button").all()[:2]:
        button.click(force=True)  # old buttons are closed while a person is there
    desk.fill("form[action$='/reply'] textarea", "Yes. I am looking at your picture.")
    scene.act("reply")
    phone.locator(".agent", has_text="I am looking at your picture").wait_for()
    assert phone.locator(".agent .who").first.inner_text().startswith("Lin")
    assert phone.locator(".typing").count() == 0
    taps = scene.talk.say(scene.id, "5")  # a tap that was on its way when the person came
    assert taps == [] and scene.bot_lines() == silent_since, "the bot is silent"

    scene.act("release")
    phone.locator(".handover", has_text="Lin has left").wait_for()
    phone.locator("#speaker", has_text="Automatic assistant").wait_for()
    scene.act("claim")
    phone.locator("#speaker", has_text="Lin").wait_for()
    desk.locator("#resolve > summary").click()
    desk.check("[name=root_cause][value=system]")
    desk.fill("[name=done]", "sent a new one")
    desk.fill("[name=tell]", "A new table leaves today.")
    scene.act("resolve")
    phone.get_by_text("A new table leaves today.").wait_for()
    phone.locator(".handover", has_text="Lin has finished").wait_for()
    phone.locator(".choices:not(.answered)").get_by_role("radio", name="4").click()
    eventually(lambda: scene.case()["recovery_score"] == 4)
    said = phone.locator(".log").inner_text()
    phone.reload()
    assert phone.locator(".handover").count() == 4 and phone.locator(".picture").count() == 2
    assert "A new table leaves today." in said and "A new table leaves today." in phone.locator(".log").inner_text()


def test_two_agents_want_the_same_case_and_the_customer_has_one(scene: Scene) -> None:
    """Both press "take over" before either page can hear of the other: one has it, the other is told who."""
    desks = {"Lin": scene.desk, "Mei": scene.sign_in("Mei")}
    scene.phone.get_by_text("Ann").first.wait_for()
    scene.write("The table arrived broken, I want to talk to a person")
    eventually(lambda: (scene.case() or {}).get("status") == "escalated")
    for desk in desks.values():
        desk.goto(desk.url + f"/cases/{scene.case()['id']}")
    for desk in desks.values():
        desk.evaluate("setTimeout(() => document.querySelector(\"form[action$='/claim']\").submit(), 300)")
    eventually(lambda: scene.case()["assignee"] in desks)
    winner = scene.case()["assignee"]
    (loser,) = set(desks) - {winner}
    desks[loser].get_by_text(f"{winner} has").first.wait_for()
    assert desks[loser].locator("form[action$='/reply']").count() == 0
    scene.phone.locator("#speaker", has_text=winner).wait_for()

    desks[winner].locator("form[action$='/reply'] textarea").fill("I have your case, Ann.")
    desks[winner].locator("form[action$='/reply'] button").first.click()
    scene.phone.locator(".agent", has_text="I have your case").wait_for()
    desks[loser].locator(".transcript", has_text="I have your case").wait_for()
    scene.write("thank you, the left leg is off")
    for desk in desks.values():
        desk.locator(".transcript", has_text="the left leg is off").wait_for()
    assert scene.phone.locator(".handover").count() == 1, "one person joined"
