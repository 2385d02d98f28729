"""The chat without a browser: links, sending, the stream, escaping, the plain form."""

import contextlib
import json
import threading

import pytest
import requests

from bot.core.services import opening


def send(client, path, text="2", id="abcdef123456", **more):
    return client.post(f"{path}/messages", json={"id": id, "text": text, **more})


def test_opening_the_page_makes_the_bot_speak_once(client, chat):
    _, path = chat(opened=False)
    first, second = client.get(path), client.get(path)
    assert first.status_code == 200
    assert first.text.count('class="message bot"') == second.text.count('class="message bot"') == 2
    assert 'lang="zh-Hans"' in first.text
    assert first.text.count('role="radio"') == 5


@pytest.mark.parametrize("token", ["x", "a.b.c", "%00", "é", "x" * 3000, "..%2f..", "eyJhIjoxfQ.abc"])
def test_links_that_are_not_ours(client, token):
    for suffix in ("", "/messages", "/events"):
        assert client.get(f"/c/{token}{suffix}").status_code in (400, 404)


def test_a_changed_link_leads_nowhere(client, chat, app):
    found, path = chat()
    _, other = chat()
    # The last sign holds two bits that are not read: from A to B nothing would be changed.
    assert client.get(path[:-1] + ("A" if path[-1] != "A" else "E")).status_code == 404
    assert client.get(f"/c/{other[3:].split('.')[0]}.{path.split('.')[1]}").status_code == 404
    session = app.state.web.signing.session(found, "x")
    assert client.get(f"/c/{session}").status_code == 404


def test_link_of_a_conversation_that_is_gone(client, app):
    path = app.state.web.signing.chat_path("gone")
    assert client.get(path).status_code == 404
    assert send(client, path).json()["error"]["code"] == "not_found"


def test_a_message_goes_to_rasa_and_the_answer_comes_from_the_store(client, chat, rasa):
    found, path = chat()
    rasa.script.append(("哪里没做好？", (), ("text", None, "reason")))
    state = send(client, path, after=2).json()
    assert rasa.taken == [{"sender": found, "message": "2", "metadata": {"message_id": "abcdef123456"}}]
    assert [message["from"] for message in state["messages"]] == ["customer", "bot"]
    assert state["messages"][0]["client_id"] == "abcdef123456"
    assert state["choices"]["open"] is None and list(state["choices"]["chosen"].values()) == ["2"]
    assert state["language"] == "zh-Hans"


def test_the_same_message_twice_is_one(client, chat, rasa):
    _, path = chat()
    send(client, path)
    send(client, path)
    said = client.get(f"{path}/messages").json()["messages"]
    assert [message["text"] for message in said if message["from"] == "customer"] == ["2"]


def test_rasa_down_is_503_and_again_works(client, chat, rasa):
    _, path = chat()
    rasa.down = True
    answer = send(client, path)
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "service_unavailable")
    rasa.down = False
    assert send(client, path).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"id": "abcdef", "text": ""},
        {"id": "abcdef", "text": " \x00 \ud800 "},
        {"id": "abcdef", "text": "x" * 4001},
        {"id": "abcdef", "text": 5},
        {"id": "a b", "text": "x"},
        {"id": "abcdef", "text": "x", "after": 10**30},
        {"id": "abcdef", "text": "x", "extra": 1},
        [],
        None,
    ],
)
def test_messages_that_cannot_be_sent(client, chat, rasa, body):
    _, path = chat()
    answer = client.post(f"{path}/messages", content=json.dumps(body).encode())
    assert answer.status_code == 422
    assert "error" in answer.json()
    assert not rasa.taken


def test_control_characters_are_left_out(client, chat, rasa):
    _, path = chat()
    client.post(
        f"{path}/messages", content=json.dumps({"id": "abcdef", "text": "\x00晚了\ud83d两天\x07\n真的"}).encode()
    )
    assert rasa.taken[0]["message"] == "晚了两天\n真的"


@pytest.mark.parametrize("after", ["-1", "x", "9" * 40])
def test_bad_after(client, chat, after):
    _, path = chat()
    assert client.get(f"{path}/messages?after={after}").status_code == 422


def test_what_customers_write_is_only_text(client, chat, rasa):
    _, path = chat()
    nasty = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'{{7*7}}</textarea>"
    state = send(client, path, nasty).json()
    for text in (client.get(path).text, *(message["html"] for message in state["messages"])):
        assert "<script>alert" not in text and "<img" not in text and "49</" not in text


def test_headers_protect_the_page(client, chat):
    headers = client.get(chat()[1]).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe-inline" not in policy and "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"


def test_no_page_has_an_inline_script_or_style(client, chat):
    for path in ("/", "/console/sign-in", chat()[1]):
        text = client.get(path).text
        assert "<script>" not in text and "<style" not in text and ' style="' not in text and " onclick" not in text


def test_plain_form_posts_and_shows_the_page_anew(client, chat, rasa):
    _, path = chat()
    answer = client.post(path, data={"id": "abcdef", "text": "3"})
    assert (answer.status_code, answer.headers["location"]) == (303, path)
    assert 'aria-checked="true"' in client.get(path).text
    assert client.post(path, data={"id": "", "text": ""}).status_code == 303


def test_plain_form_keeps_what_was_not_sent(client, chat, rasa):
    _, path = chat()
    rasa.down = True
    answer = client.post(path, data={"id": "abcdef", "text": "晚了 <两> 天"})
    assert answer.status_code == 503
    assert "晚了 &lt;两&gt; 天</textarea>" in answer.text
    assert 'value="abcdef"' in answer.text


@pytest.mark.parametrize(
    ("query", "header", "language"),
    [
        ("?lang=zh-TW", "en", "zh-Hant"),
        ("?lang=zh", "en", "zh-Hans"),
        ("?lang=xx", "zh-HK,zh;q=0.9", "zh-Hant"),
        ("", "fr;q=1, zh-CN;q=0.8, en;q=0.5", "zh-Hans"),
        ("", "de", "en"),
        ("", ";;;q=x,,", "en"),
    ],
)
def test_walk_in_begins_in_the_language_asked_for(client, query, header, language):
    answer = client.get(f"/chat{query}", headers={"Accept-Language": header})
    assert answer.status_code == 303
    assert f'<html lang="{language}">' in client.get(answer.headers["location"]).text


def test_typed_answer_closes_the_choices_when_words_are_awaited(client, chat, rasa):
    _, path = chat()
    rasa.script.append(("哪里没做好？", (), ("text", None, "reason")))
    assert send(client, path, "给个两分吧").json()["choices"] == {"open": None, "chosen": {}}


def test_asking_back_leaves_the_choices_open(client, chat, rasa):
    _, path = chat()
    rasa.script.append(("只要两分钟。", (), ("score", "csat", "satisfaction")))
    assert send(client, path, "要多久？").json()["choices"]["open"]


def test_nothing_is_open_while_a_person_is_there(client, chat, rasa):
    found, path = chat()
    rasa.say(found, "我是小林", sender="agent", author="小林", owner="agent", asked=("score", "csat", "satisfaction"))
    state = client.get(f"{path}/messages").json()
    assert (state["owner"], state["agent"], state["choices"]["open"]) == ("agent", "小林", None)


def test_notes_of_the_system_are_not_for_customers(client, chat, rasa):
    found, path = chat()
    rasa.say(found, "internal note", sender="system")
    assert "internal note" not in client.get(path).text


def events_of(url, seconds=8, headers=None, until=1):
    found = []
    with requests.get(url, stream=True, timeout=seconds, headers=headers) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        event = {}
        for line in stream.iter_lines(decode_unicode=True):
            if line:
                name, _, value = line.partition(": ")
                event[name] = value
            elif "data" in event:
                found.append({"id": int(event["id"]), **json.loads(event["data"])})
                event = {}
                if len(found) >= until:
                    break
    return found


def test_stream_tells_what_comes_by_itself(server, chat, rasa):
    found, path = chat(language="zh-Hant")
    threading.Timer(0.8, rasa.say, (found, "您還在嗎？")).start()
    first, second = events_of(f"{server}{path}/events", until=2)
    assert [len(first["messages"]), len(second["messages"])] == [2, 1]
    assert second["messages"][0]["text"] == "您還在嗎？"
    assert second["language"] == "zh-Hant"
    assert second["id"] == second["seq"] > first["id"]


def test_stream_goes_on_after_the_last_event(server, chat, rasa):
    found, path = chat()
    last = events_of(f"{server}{path}/events")[0]["id"]
    rasa.say(found, "还在吗？")
    (again,) = events_of(f"{server}{path}/events", headers={"Last-Event-ID": str(last)})
    assert [message["text"] for message in again["messages"]] == ["还在吗？"]
    assert len(events_of(f"{server}{path}/events", headers={"Last-Event-ID": "nonsense"})[0]["messages"]) == 3


def test_one_look_serves_all_listeners(server, app, chat):
    looks, look = [], app.state.web.glances.marks
    object.__setattr__(app.state.web.glances, "marks", lambda ids: looks.append(len(ids)) or look(ids))
    chats = [chat()[1] for _ in range(5)]
    listeners = [threading.Thread(target=_listen, args=(f"{server}{path}/events",)) for path in chats]
    for listener in listeners:
        listener.start()
    for listener in listeners:
        listener.join()
    assert max(looks) == 5
    assert len(looks) < 12


def _listen(url):
    with contextlib.suppress(requests.RequestException):
        events_of(url, seconds=2, until=99)


def test_opening_is_for_existing_conversations(wiring):
    with pytest.raises(Exception, match="no conversation"):
        opening.open_conversation(wiring.ports, "none")
