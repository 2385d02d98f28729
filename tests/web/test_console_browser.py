"""The forms on the page of a case in a real browser: by key, with a preview, and with what a role shows."""

import pytest

from bot.core.services import agents
from bot.web.console.first_admin import set_password
from tests.web.test_console_acts import case, case_id
from tests.web.test_pages import browser, pytestmark, visit

__all__ = ["browser", "case", "case_id", "pytestmark", "visit"]  # fixtures


@pytest.fixture
def desk(visit, wiring, case_id):
    """Signs somebody in and opens the case."""

    def sit_down(name, role="agent", **options):
        page = visit("/console/sign-in", locale="en", **options)
        page.fill("#name", name)
        page.fill("#password", set_password(wiring.store, name, role))
        page.keyboard.press("Enter")
        page.wait_for_url("**/console")
        page.goto(page.url + f"/cases/{case_id}")
        return page

    return sit_down


def test_a_saved_reply_by_the_mouse_and_a_hand_over_by_the_keyboard(desk, wiring, case_id, case):
    set_password(wiring.store, "Mei", "agent")
    page = desk("Lin")
    page.keyboard.press("c")
    page.locator("#reply-text").wait_for()
    page.fill("#reply-text", "先说一句。")
    page.locator("#saved summary").click()
    preview = page.locator("#saved li").first.locator(".said").inner_text()
    page.locator("#saved li").first.get_by_role("link").click()
    assert page.input_value("#reply-text") == f"先说一句。\n{preview}"
    assert page.evaluate("document.activeElement.id") == "reply-text"
    page.keyboard.press("Control+Enter")
    page.locator(".transcript .agent").wait_for()
    assert case()[2][-1].text.endswith(preview)
    page.locator("h1").click()
    page.keyboard.press("h")
    assert page.evaluate("document.activeElement.id") == "hand_over-to"
    page.select_option("#hand_over-to", "Mei")
    page.fill("#hand_over-why", "my shift ends")
    page.locator("#hand_over").get_by_role("button", name="Hand over").click()
    page.get_by_text("Mei has this case").wait_for()
    assert case()[0].assignee == "Mei" and case()[1].owner == "agent"
    page.keyboard.press("h")
    assert page.locator("#hand_over").count() == 0, "it is no longer theirs to give away"


def test_a_tag_is_put_right_on_a_phone(desk, wiring, case_id):
    page = desk("Lea", "lead", width=360)
    agents.claim(wiring.ports, case_id, "Lea")
    page.reload()
    page.locator("#correct > summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator("#correct").get_by_role("button", name="Remove").click()
    page.get_by_text("No tag was found").wait_for()
    page.locator("#correct > summary").click()
    page.select_option("#add-tag", "damaged_on_arrival")
    page.locator("#correct").get_by_role("button", name="Add a tag").click()
    page.locator(".tags li").wait_for()
    with wiring.store.read() as tx:
        assert [tag.tag for tag in tx.tags_of_case(case_id)] == ["damaged_on_arrival"]


def test_what_a_role_may_not_do_is_not_shown_and_refused(desk):
    page = desk("Lin")
    assert page.locator("#assign, #merge, #correct").count() == 0
    assert page.get_by_role("link", name="People").count() == 0
    page.goto(page.url.split("/cases/")[0] + "/users")
    page.get_by_text("This is not yours to do").wait_for()
