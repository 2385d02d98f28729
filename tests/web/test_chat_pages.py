"""The chat page in a real browser: pictures, what could not be sent, and a person who takes over."""

import json
import re
from dataclasses import replace

import pytest

from bot.core.services import agents
from tests.adapters import pictures as made
from tests.web.test_api import answered
from tests.web.test_pages import browser, pytestmark, say, visit  # noqa: F401  (fixtures and marks)


def photo(name="IMG_0001.jpg", content=None):
    return {"name": name, "mimeType": "image/jpeg", "buffer": content or made.photo(800, 600)}


def kept_unsent(page):
    return page.evaluate("JSON.stringify({...localStorage})")


def hurry(page):
    """Waits between two tries become short."""
    page.evaluate("() => { const plain = setTimeout; window.setTimeout = (run, ms) => plain(run, ms / 50) }")


def lose_posts(page):
    """From now on nothing that is sent arrives; gives what brings the connection back."""
    page.route(re.compile("/(messages|pictures)$"), lambda route: route.abort())
    return lambda: page.unroute(re.compile("/(messages|pictures)$"))


def said(wiring, conversation_id):
    with wiring.store.read() as tx:
        return [(m.kind, m.text) for m in tx.messages(conversation_id) if m.sender == "customer"]


def drop_or_paste(page, kind):
    page.evaluate(
        """([kind, bytes]) => {
            const files = new DataTransfer();
            files.items.add(new File([new Uint8Array(bytes)], "a.jpg", { type: "image/jpeg" }));
            const init = { bubbles: true, cancelable: true };
            const event = kind === "paste"
                ? new ClipboardEvent("paste", { ...init, clipboardData: files })
                : new DragEvent("drop", { ...init, dataTransfer: files });
            document.getElementById("text").dispatchEvent(event);
        }""",
        [kind, list(made.photo(80, 60))],
    )


def test_a_picture_is_seen_at_once_grey_until_stored_and_nothing_jumps(visit, chat, rasa, wiring):  # noqa: F811
    found, path = chat()
    rasa.script.append(("图片收到了", (), None))
    page, held = visit(path), []
    page.route(re.compile("/pictures$"), lambda route: held.append(route))
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="发图片").click()
    assert chooser.value.element.get_attribute("accept") == "image/*"
    chooser.value.set_files([photo()])
    grey = page.locator(".pending .picture img")
    grey.wait_for()
    before = grey.bounding_box()
    held[0].continue_()
    shown = page.locator(".customer[data-seq] .picture a img")
    shown.wait_for()
    after = shown.bounding_box()
    assert (before["width"], before["height"]) == (after["width"], after["height"]) and after["height"] > 100
    assert shown.get_attribute("alt") == "您发的图片" and page.locator(".pending").count() == 0
    page.get_by_text("图片收到了").wait_for()
    assert kept_unsent(page) == "{}"
    with page.context.expect_page() as opened:
        shown.click()
    opened.value.wait_for_load_state()
    assert opened.value.evaluate("document.images[0].naturalWidth") == 600
    page.reload()
    assert page.locator(".picture img").evaluate("async e => (await e.decode(), e.naturalHeight)") == 800
    assert said(wiring, found) == [("image", "")]


@pytest.mark.parametrize("kind", ["paste", "drop"])
def test_a_picture_is_pasted_or_dropped(visit, chat, rasa, wiring, kind):  # noqa: F811
    found, path = chat()
    page = visit(path)
    drop_or_paste(page, kind)
    page.locator(".customer[data-seq] .picture").wait_for()
    assert said(wiring, found) == [("image", "")]


def test_what_cannot_be_sent_is_said_in_the_language_of_the_page(visit, chat, rasa, wiring):  # noqa: F811
    found, path = chat(language="zh-Hant")
    page = visit(path)
    for file, words in (
        (photo("IMG_1.HEIC", made.heic()), "HEIC"),
        ({"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"}, "不是可以讀取的圖片"),
        (photo(content=b"\xff\xd8\xff broken"), "不是可以讀取的圖片"),
        (photo(content=made.claims(9000, 9000)), "4000 萬畫素"),
        (photo(content=made.plain() + b"\0" * 2**23), "8 MB"),
    ):
        page.set_input_files("#picture", [file])
        page.locator("#notice", has_text=words).wait_for()
        assert page.locator(".pending, .failed").count() == 0
    say(page, "好")
    page.locator(".customer[data-seq]").wait_for()
    assert page.locator("#notice").is_hidden() and said(wiring, found) == [("text", "好")]
    assert kept_unsent(page) == "{}"


def test_what_is_sent_offline_is_sent_once_when_the_connection_is_back(visit, chat, rasa, wiring):  # noqa: F811
    found, path = chat()
    page = visit(path)
    page.context.set_offline(True)
    say(page, "第一句")
    page.set_input_files("#picture", [photo()])
    say(page, "第二句")
    page.locator(".failed").nth(2).wait_for()
    assert page.get_by_role("button", name="重新发送").count() == 3 and rasa.taken == []
    page.context.set_offline(False)
    page.locator(".customer[data-seq]").nth(2).wait_for()
    page.wait_for_timeout(700)
    assert sorted(said(wiring, found)) == [("image", ""), ("text", "第一句"), ("text", "第二句")]
    assert page.locator(".customer").count() == 3 and page.locator(".pending, .failed").count() == 0
    assert kept_unsent(page) == "{}"


def test_what_was_not_sent_survives_a_reload_and_is_sent_once(visit, chat, rasa, wiring):  # noqa: F811
    found, path = chat()
    _, other = chat()
    page = visit(path)
    hurry(page)
    back = lose_posts(page)
    say(page, "晚了 <b>两天</b>")
    page.set_input_files("#picture", [photo("sofa.jpg")])
    page.locator(".failed").nth(1).wait_for()
    (kept,) = json.loads(kept_unsent(page)).values()
    assert [sorted(one) for one in json.loads(kept)] == [["id", "text"], ["id", "name"]], "no bytes of a picture"
    back()
    page.goto(page.url.split("/c/")[0] + other)
    assert page.locator(".customer").count() == 0, "of this conversation alone"
    page.go_back()
    page.locator(".customer[data-seq]").wait_for()
    assert page.locator(".customer[data-seq] .bubble").inner_text() == "晚了 <b>两天</b>"
    assert page.locator(".failed .state").inner_text().startswith("图片“sofa.jpg”没有发出")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="重新选图").click()
    chooser.value.set_files([photo("sofa.jpg")])
    page.locator(".customer[data-seq] .picture").wait_for()
    page.reload()
    page.wait_for_timeout(700)
    assert said(wiring, found) == [("text", "晚了 <b>两天</b>"), ("image", "")]
    assert page.locator(".customer").count() == 2 and kept_unsent(page) == "{}"


def test_an_answer_that_got_lost_is_no_second_message(visit, chat, rasa, wiring):  # noqa: F811
    found, path = chat()
    page = visit(path)
    hurry(page)
    lost = []

    def lose_the_answer(route):
        if len(lost) < 2:
            lost.append(route.fetch().status)
            return route.abort()
        route.continue_()

    page.route(re.compile("/events"), lambda route: route.abort())
    page.reload()
    page.route(re.compile("/messages$"), lose_the_answer)
    say(page, "一次")
    page.locator(".customer[data-seq]").wait_for()
    assert lost == [200, 200] and said(wiring, found) == [("text", "一次")]
    assert page.locator(".customer").count() == 1


def test_stored_before_the_reload_is_not_sent_again(visit, chat, rasa, wiring):  # noqa: F811
    found, path = chat()
    page = visit(path)
    page.route(re.compile("/messages$"), lambda route: (route.fetch(), route.abort()))
    page.route(re.compile("/events"), lambda route: route.abort())
    page.reload()
    say(page, "只一次")
    page.locator(".pending").wait_for()
    while not said(wiring, found):
        page.wait_for_timeout(50)
    page.unroute(re.compile("/messages$"))
    page.reload()
    assert page.locator(".customer").count() == 1 and kept_unsent(page) == "{}"
    assert len(rasa.taken) >= 1 and said(wiring, found) == [("text", "只一次")]


def test_another_device_sees_all_by_the_same_link(visit, chat, rasa):  # noqa: F811
    _, path = chat()
    rasa.script.append(("哪里没做好？", (), ("text", None, "reason")))
    phone = visit(path)
    phone.get_by_role("radio", name="2", exact=True).click()
    phone.get_by_text("哪里没做好？").wait_for()
    phone.set_input_files("#picture", [photo()])
    phone.locator(".customer[data-seq] .picture").wait_for()
    desk = visit(path, 1440, 900)
    assert desk.locator(".customer .picture img").evaluate("async e => (await e.decode(), e.naturalWidth)") == 600
    assert [b.inner_text() for b in desk.locator(".bubble").all()] == [
        b.inner_text() for b in phone.locator(".bubble").all()
    ]
    say(desk, "晚了两天")
    phone.get_by_text("晚了两天").wait_for()


def test_a_person_takes_over_and_gives_back(visit, chat, rasa, wiring):  # noqa: F811
    found, path = chat("delivery", "en")
    case_id = answered(wiring, found, csat=1)
    with wiring.store.begin() as tx:
        tx.save_conversation(replace(tx.conversation(found), case_id=case_id))
    page = visit(path)
    assert page.locator("#speaker").inner_text() == "Automatic assistant"
    agents.claim(wiring.ports, case_id, "Lin")
    page.locator("#speaker", has_text="Lin from our team is here").wait_for()
    assert "Lin has joined" in page.locator(".handover").inner_text()
    rasa.slow = 0.8
    say(page, "anybody there?")
    page.wait_for_timeout(500)
    assert page.locator(".typing").count() == 0, "only the bot types"
    agents.reply(wiring.ports, case_id, "Lin", "Yes, I am.")
    page.get_by_text("Yes, I am.").wait_for()
    assert page.locator(".agent .who").inner_text().startswith("Lin")
    agents.release(wiring.ports, case_id, "Lin")
    page.locator("#speaker", has_text="Automatic assistant").wait_for()
    assert page.locator(".handover").count() == 2
    rasa.say(found, "好的，我們用中文聊。", language="zh-Hant")
    page.locator("#speaker", has_text="自動助理為您服務").wait_for()


@pytest.mark.parametrize("width", [320, 1440])
def test_pictures_and_lines_fit_the_page(visit, chat, rasa, wiring, width):  # noqa: F811
    found, path = chat("delivery", "en")
    case_id = answered(wiring, found, csat=1)
    with wiring.store.begin() as tx:
        tx.save_conversation(replace(tx.conversation(found), case_id=case_id))
    agents.claim(wiring.ports, case_id, "W" * 60)
    page = visit(path, width)
    page.set_input_files("#picture", [photo(content=made.plain(3000, 60)), photo(content=made.plain(60, 3000))])
    page.locator(".customer[data-seq] .picture").nth(1).wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert all(image.bounding_box()["height"] <= 380 for image in page.locator(".picture img").all())


def test_without_javascript_a_picture_is_sent_by_a_form(visit, chat, rasa, wiring):  # noqa: F811
    found, path = chat()
    page = visit(path, java_script_enabled=False)
    page.set_input_files(".plain-picture input[type=file]", [photo()])
    page.click(".plain-picture button")
    page.locator(".customer .picture img").wait_for()
    assert said(wiring, found) == [("image", "")]
    page.set_input_files(".plain-picture input[type=file]", [photo(content=made.heic())])
    page.click(".plain-picture button")
    page.locator("#notice", has_text="HEIC").wait_for()
