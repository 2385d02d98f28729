"""What the console's pages hear of: events for those who are signed in, and who looks at a case."""

import re
import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
import requests

from bot.core import records as r
from bot.web.console import events
from bot.web.console.first_admin import set_password
from bot.web.console.presence import HERE_FOR
from bot.wiring import now
from tests.web.test_api import answered


def mark_of(page):
    return re.search(r'data-mark="([^"]+)"', page.text).group(1)


def signed_in(server, wiring, name):
    """Somebody's browser, signed in."""
    browser = requests.Session()
    form = re.search(r'name="form_token" value="([^"]+)"', browser.get(f"{server}/console/sign-in", timeout=9).text)
    fields = {"name": name, "password": set_password(wiring.store, name, "agent"), "form_token": form.group(1)}
    assert browser.post(f"{server}/console/sign-in", data=fields, timeout=9).status_code == 200
    return browser


@pytest.fixture
def hired(server, wiring):
    return lambda name: signed_in(server, wiring, name)


@pytest.fixture
def lin(hired):
    return hired("Lin")


@pytest.fixture
def case_id(wiring, chat):
    return answered(wiring, chat()[0], csat=1)


@contextmanager
def listening(browser, url, **options):
    """Gives a function that waits for the id of the next event, None where none comes within a second."""
    with browser.get(url, stream=True, timeout=20, **options) as stream:
        assert stream.status_code == 200 and stream.headers["content-type"].startswith("text/event-stream")
        found, came = [], threading.Condition()

        def read():
            try:
                for line in stream.iter_lines(decode_unicode=True):
                    if line.startswith("id: "):
                        with came:
                            found.append(line[4:])
                            came.notify()
            except Exception:  # the connection was closed, as it should be
                return

        threading.Thread(target=read, daemon=True).start()

        def following(seconds=1.0):
            with came:
                came.wait_for(lambda: found, seconds)
                return found.pop(0) if found else None

        yield following
        # to close it would wait for the thread that reads: as when a laptop is shut, the line is simply gone
        stream.raw._connection.sock.shutdown(socket.SHUT_RDWR)


def until(holds, seconds=8):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.05)


def change(wiring, case_id, **values):
    with wiring.store.begin() as tx:
        tx.save_case(replace(tx.case(case_id), **values))


@pytest.mark.parametrize("path", ["/console/events", "/console/cases/x/events"])
def test_strangers_hear_nothing(client, path):
    assert client.get(path).status_code == 303


def test_a_case_that_is_not_there_has_no_events(server, lin):
    assert lin.get(f"{server}/console/cases/none/events", timeout=9).status_code == 404


def test_a_page_that_is_up_to_date_hears_only_of_what_is_new(server, lin, wiring, app, rasa, case_id):
    page = f"{server}/console/cases/{case_id}"
    mark = mark_of(lin.get(page, timeout=9))
    with listening(lin, f"{page}/events?seen={mark}") as following:
        assert following() is None
        with wiring.store.read() as tx:
            conversation_id = tx.case(case_id).conversation_id
        for happens in (
            lambda: rasa.say(conversation_id, "还在吗", sender="customer"),
            lambda: change(wiring, case_id, assignee="Mei"),
            lambda: app.state.web.presence.see(case_id, "Mei"),
        ):
            happens()
            heard = following(8)
            assert heard not in (None, mark)
            mark = mark_of(lin.get(page, timeout=9))
            assert heard == mark
            assert following() is None


def test_a_page_that_was_away_hears_at_once(server, lin, wiring, case_id):
    page = f"{server}/console/cases/{case_id}"
    before = mark_of(lin.get(page, timeout=9))
    change(wiring, case_id, assignee="Mei")
    with listening(lin, f"{page}/events?seen=newer", headers={"Last-Event-ID": before}) as following:
        heard = following(8)
    assert heard == mark_of(lin.get(page, timeout=9)) != before


def test_the_queue_hears_of_new_and_changed_cases(server, lin, wiring, chat, case_id):
    page = f"{server}/console"
    mark = mark_of(lin.get(page, timeout=9))
    with listening(lin, f"{page}/events?seen={mark}") as following:
        assert following(2) is None
        answered(wiring, chat()[0], csat=2)
        heard = following(8)
        assert heard == mark_of(lin.get(page, timeout=9)) != mark
        change(wiring, case_id, status="resolved")
        assert following(8) == mark_of(lin.get(page, timeout=9)) != heard


def test_who_signs_out_hears_no_more(server, lin, wiring, case_id, app, monkeypatch):
    monkeypatch.setattr(events, "SIGN_OF_LIFE_SECONDS", 0)
    with lin.get(f"{server}/console/cases/{case_id}/events", stream=True, timeout=20) as stream:
        lines = stream.iter_lines(decode_unicode=True)
        assert next(lines).startswith("retry")
        set_password(wiring.store, "Lin", "agent")
        change(wiring, case_id, assignee="Mei")
        for _ in lines:  # it ends, or the test runs into its time limit
            pass
    until(lambda: app.state.web.case_stream.listening == 0)


def test_others_see_who_looks_at_a_case_until_they_leave(server, hired, lin, app, case_id):
    page, presence = f"{server}/console/cases/{case_id}", app.state.web.presence
    mei = hired("Mei")
    with listening(mei, f"{page}/events"):
        until(lambda: presence.viewers([case_id], "Lin") == {case_id: ["Mei"]})
        assert "Mei is also here" in lin.get(page, timeout=9).text
        assert "Mei has this open" in lin.get(f"{server}/console", timeout=9).text
        assert "Mei is also here" not in mei.get(page, timeout=9).text
    until(lambda: presence.viewers([case_id], "Lin") == {})
    assert "Mei is also here" not in lin.get(page, timeout=9).text


def test_the_second_page_of_somebody_keeps_them_there(server, hired, app, wiring, case_id):
    url, presence = f"{server}/console/cases/{case_id}/events", app.state.web.presence
    mei = hired("Mei")
    with listening(mei, url):
        with listening(mei, url):
            until(lambda: app.state.web.case_stream.listening == 2)
        until(lambda: app.state.web.case_stream.listening == 1)
        assert presence.viewers([case_id], "") == {case_id: ["Mei"]}
    until(lambda: presence.viewers([case_id], "") == {})


def test_a_visit_without_javascript_is_seen_for_a_while(server, hired, app, wiring, case_id):
    presence = app.state.web.presence
    hired("Mei").get(f"{server}/console/cases/{case_id}", timeout=9)
    assert presence.viewers([case_id], "Lin") == {case_id: ["Mei"]}
    assert presence.viewers([case_id], "Mei") == {}
    mark = presence.case_marks([case_id])
    with wiring.store.begin() as tx:
        tx.see_case(case_id, "Mei", now() - HERE_FOR - timedelta(seconds=1))
    assert presence.viewers([case_id], "Lin") == {}
    assert presence.case_marks([case_id]) != mark, "that somebody is gone is news"


def test_a_sign_of_life_is_no_news(app, wiring, case_id):
    presence = app.state.web.presence
    presence.see(case_id, "Mei")
    marks = presence.case_marks([case_id]), presence.queue_mark()
    presence.see(case_id, "Mei")
    presence.see("none", "Mei")
    assert (presence.case_marks([case_id]), presence.queue_mark()) == marks


def test_one_look_serves_all_pages_of_the_queue(server, hired, app, monkeypatch):
    looks, look = [], app.state.web.queue_stream._marks
    monkeypatch.setattr(app.state.web.queue_stream, "_marks", lambda keys: looks.append(keys) or look(keys))
    lin, url = hired("Lin"), f"{server}/console/events"
    with listening(lin, url), listening(lin, url), listening(lin, url):
        until(lambda: app.state.web.queue_stream.listening == 3)
        looks.clear()
        time.sleep(2.5)
        assert 1 <= len(looks) <= 3 and set(map(tuple, looks)) == {("queue",)}


def test_an_erased_customers_case_is_news(app, wiring, case_id):
    presence = app.state.web.presence
    before = presence.case_marks([case_id]), presence.queue_mark()
    with wiring.store.begin() as tx:
        tx.erase_customer(tx.case(case_id).customer_id)
    assert presence.case_marks([case_id]) != before[0] and presence.queue_mark() != before[1]


def test_background_tells_what_the_business_and_the_customer_said_before(lin, server, wiring, chat):
    conversation_id, _ = chat()
    case_id = answered(wiring, conversation_id, csat=1)
    with wiring.store.begin() as tx:
        case = tx.case(case_id)
        tx.save_customer(r.Customer(case.customer_id, name="李雷"))
        event = r.TouchpointEvent(
            "e-facts", "delivery", now(), case.customer_id, "HS100241", "courier-7", "store-3",
            {"van": "A<b>1", "phone": "13800138000", "late": True, "slots": ["am", None]},
        )  # fmt: skip
        tx.add_touchpoint_event(event)
        tx.save_conversation(replace(tx.conversation(conversation_id), event_id=event.id))
        tx.add_conversation(r.Conversation("before", "web", "zh-Hans", now(), customer_id=case.customer_id))
        tx.save_response(r.Response("r0", "before", "delivery", 1, now(), "complete", case.customer_id, None, "pickup"))
        tx.put_answer(r.Answer("r0", "csat", now(), "csat", 4))
        tx.put_answer(r.Answer("r0", "experience", now(), "experience", -3))
    page = lin.get(f"{server}/console/cases/{case_id}", timeout=9).text
    aside = page[page.index("<aside") :]
    for words in ("courier-7", "store-3", "HS100241", "A&lt;b&gt;1", "✓", "am, –", "4 (1…5)", "−3 (−5…5)", "pickup"):
        assert words in aside, words
    assert "13800138000" not in page and "*******8000" in aside


def test_a_paused_clock_says_what_it_waits_for(lin, server, wiring, case_id):
    change(wiring, case_id, sla=r.Sla(resolution_left=200), status="in_progress", assignee="Mei")
    page = lin.get(f"{server}/console/cases/{case_id}", timeout=9).text
    assert "paused, waiting for the customer" in page and "3 h 20 min left" in page
    assert "paused, waiting for the customer" in lin.get(f"{server}/console", timeout=9).text
    change(wiring, case_id, status="resolved")
    assert "paused" not in lin.get(f"{server}/console/cases/{case_id}", timeout=9).text


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("whose=mine", True),
        ("whose=unassigned", False),
        ("whose=nonsense", True),
        ("language=zh-Hans", True),
        ("language=en", False),
        ("language=xx", True),
        ("channel=web", True),
        ("channel=mail", False),
        ("segment=gold", True),
        ("segment=%27", False),
        ("whose=mine&language=zh-Hans&channel=web&segment=gold&status=escalated&severity=high&team=logistics", True),
    ],
)
def test_filters_in_the_address(lin, server, wiring, case_id, query, fits):
    with wiring.store.begin() as tx:
        case = tx.save_case(replace(tx.case(case_id), assignee="Lin"))
        tx.save_customer(r.Customer(case.customer_id, segment="gold"))
    page = lin.get(f"{server}/console?{query}", timeout=9).text
    assert (case_id in page) is fits
    assert ("1 case" in page) is fits and ("No case fits" in page) is not fits


def test_count_is_of_all_pages(lin, server, wiring, chat, monkeypatch):
    monkeypatch.setattr("bot.web.console.queue.PAGE", 2)
    for _ in range(3):
        answered(wiring, chat()[0], csat=1)
    first = lin.get(f"{server}/console?language=zh-Hans", timeout=9).text
    assert "3 cases" in first
    following = re.search(r'href="(/console\?[^"]+cursor=[^"]+)"', first).group(1).replace("&amp;", "&")
    assert "language=zh-Hans" in following
    second = lin.get(server + following, timeout=9).text
    assert "3 cases" in second and second.count('data-item="case-') == 1
