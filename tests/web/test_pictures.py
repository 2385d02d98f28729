"""Pictures over HTTP: sent once, refused clearly, shown to those they are for and to nobody else."""

import re
from dataclasses import replace

import pytest

from bot.core import records as r
from bot.core.services import agents
from bot.web.guard import MAX_PICTURE_BODY
from bot.wiring import now
from tests.adapters import pictures as made
from tests.web.test_api import answered
from tests.web.test_console_acts import hire, lin  # noqa: F401  (fixtures)

PROGRAM = {"Accept": "application/json"}


def send(client, path, content=None, id="abcdef123456", headers=PROGRAM, **more):
    files = {"picture": ("IMG_0001.jpg", content if content is not None else made.photo(), "image/jpeg")}
    return client.post(f"{path}/pictures", data={"id": id, **more}, files=files, headers=headers)


def kept(wiring, conversation_id):
    with wiring.store.read() as tx:
        return tx.pictures(conversation_id)


def test_it_is_stored_shown_and_answered(client, chat, rasa, wiring):
    found, path = chat()
    rasa.script.append(("图片收到了", (), ("score", "csat", "satisfaction")))
    state = send(client, path, after=2).json()
    assert [message["from"] for message in state["messages"]] == ["customer", "bot"]
    (picture,) = kept(wiring, found)
    address = f"{path}/pictures/{picture.id}"
    html = state["messages"][0]["html"]
    assert f'src="{address}" width="300" height="400" alt="您发的图片"' in html and 'target="_blank"' in html
    assert state["messages"][0]["client_id"] == "abcdef123456"
    assert state["messages"][0]["picture"] == {"id": picture.id, "width": 300, "height": 400}
    assert f'src="{address}"' in client.get(path).text
    assert rasa.taken == [
        {"sender": found, "message": "image", "metadata": {"stored_id": picture.message_id}},
    ]


def test_the_same_picture_twice_is_one(client, chat, rasa, wiring):
    found, path = chat()
    rasa.script.append(("图片收到了", (), None))
    first, second = send(client, path, after=0).json(), send(client, path, after=0).json()
    assert first == second and [message["from"] for message in first["messages"]] == ["bot", "bot", "customer", "bot"]
    (picture,) = kept(wiring, found)
    assert {message["metadata"]["stored_id"] for message in rasa.taken} == {picture.message_id}


def test_stored_is_stored_while_rasa_is_down(client, chat, rasa, wiring):
    found, path = chat()
    rasa.down = True
    assert send(client, path).status_code == 200
    with wiring.store.read() as tx:
        (message,) = [one for one in tx.messages(found) if one.sender == "customer"]
    assert (message.kind, message.handled_at) == ("image", None), "the worker hands it over again"


def test_it_goes_out_as_a_picture_and_nothing_else(client, chat, rasa, wiring):
    found, path = chat()
    send(client, path)
    answer = client.get(f"{path}/pictures/{kept(wiring, found)[0].id}")
    assert answer.status_code == 200 and answer.content[:2] == b"\xff\xd8" and b"Secretphone" not in answer.content
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["content-disposition"] == 'inline; filename="picture.jpg"'
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["x-content-type-options"] == "nosniff" and answer.headers["cache-control"] == "no-store"


def test_it_is_for_its_conversation_alone(client, chat, rasa, wiring):
    (found, path), (_, other) = chat(), chat()
    send(client, path)
    picture = kept(wiring, found)[0].id
    for address in (f"{other}/pictures/{picture}", f"/c/none/pictures/{picture}", f"{path}/pictures/none"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize(("content", "words"), [
    (made.heic(), "HEIC"), (b"<svg><script>alert(1)</script></svg>", "JPEG"), (b"", "JPEG"),
    (made.claims(9000, 9000), "4000 万像素"), (made.plain() + b"\0" * 2**23, "8 MB"),
])  # fmt: skip
def test_what_is_refused_is_refused_in_the_words_of_the_page(client, chat, rasa, wiring, content, words):
    found, path = chat()
    answer = send(client, path, content)
    error = answer.json()["error"]
    assert (answer.status_code, error["field"]) == (422, "picture") and words in error["message"]
    page = send(client, path, content, headers={"Accept": "text/html"})
    assert page.status_code == 422 and error["message"] in page.text and 'class="bubble"' in page.text
    assert not rasa.taken and kept(wiring, found) == []


def test_only_a_picture_may_be_larger_than_any_other_body(client, chat, rasa):
    _, path = chat()
    assert client.post(path, content=b"x" * 300 * 1024).status_code == 413
    assert client.post("/api/v1/touchpoints", content=b"x" * 300 * 1024).status_code == 413
    assert client.post(f"{path}/pictures/x", content=b"x" * 300 * 1024).status_code == 413
    assert client.post(f"{path}/pictures", content=b"x" * (MAX_PICTURE_BODY + 1)).status_code == 413
    large = made.plain() + b"\0" * 300 * 1024
    assert send(client, path, large).status_code == 200


@pytest.mark.parametrize("fields", [{"id": "a b"}, {"id": ""}, {"after": "-1"}, {"after": "x"}, {"id": "x" * 65}])
def test_fields_that_cannot_be_meant(client, chat, rasa, fields):
    assert send(client, chat()[1], **fields).status_code == 422
    assert not rasa.taken


def test_a_form_without_a_picture(client, chat, rasa):
    _, path = chat()
    for answer in (
        client.post(f"{path}/pictures", data={"id": "abcdef", "picture": "text"}, headers=PROGRAM),
        client.post(f"{path}/pictures", content=b"--x", headers={"Content-Type": "multipart/form-data; boundary=y"}),
        client.post(f"{path}/pictures", json={"id": "abcdef"}, headers=PROGRAM),
    ):
        assert answer.status_code in (400, 422)
    assert send(client, "/c/none").status_code == 404


def test_without_javascript_the_page_is_shown_anew(client, chat, rasa):
    _, path = chat()
    form = re.search(
        r'action="([^"]+/pictures)" enctype="multipart/form-data".*?value="([^"]+)"', client.get(path).text, re.S
    )
    assert form[1] == f"{path}/pictures"
    answer = send(client, path, id=form[2], headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["location"]) == (303, path)


def test_the_api_names_it_and_gives_no_bytes(client, api, chat, rasa, wiring):
    found, path = chat()
    send(client, path)
    messages = api.get(f"/api/v1/conversations/{found}").json()["messages"]
    (picture,) = kept(wiring, found)
    assert [message.get("picture") for message in messages if message["from"] == "customer"] == [
        {"id": picture.id, "media_type": "image/jpeg", "width": 300, "height": 400}
    ]
    assert all("picture" not in message for message in messages if message["from"] == "bot")


@pytest.fixture
def case_with_picture(client, chat, rasa, wiring):
    """(case id, the picture's address in the console)"""
    found, path = chat()
    send(client, path)
    case_id = answered(wiring, found, csat=1)
    with wiring.store.begin() as tx:
        tx.save_conversation(replace(tx.conversation(found), case_id=case_id))
    return case_id, f"/console/cases/{case_id}/pictures/{kept(wiring, found)[0].id}"


def test_in_the_console_it_is_open_to_the_one_whose_case_it_is(case_with_picture, lin, hire, client):  # noqa: F811
    case_id, address = case_with_picture
    mei = hire("Mei")
    for agent in (lin, mei):
        page = agent.see(case_id).text
        assert "hidden until you take the case" in page and address not in page
        assert agent.browser.get(address).status_code == 403
    lin.do(case_id, "claim")
    assert f'src="{address}" width="300" height="400" alt="Picture from the customer"' in lin.see(case_id).text
    shown = lin.browser.get(address)
    assert shown.status_code == 200 and shown.headers["content-type"] == "image/jpeg"
    assert shown.headers["content-security-policy"].startswith("default-src 'none'")
    assert "hidden until you take" in mei.see(case_id).text and mei.browser.get(address).status_code == 403
    assert client.get(address).headers["location"].startswith("/console/sign-in")


def test_the_history_names_what_came_in_the_reader_s_words(case_with_picture, lin, wiring):  # noqa: F811
    case_id, _ = case_with_picture
    with wiring.store.begin() as tx:
        tx.add_case_event(r.CaseEvent(case_id, "received", now(), details={"kind": "image"}))
    lin.browser.get("/console/language", params={"to": "zh-Hans"})
    page = lin.see(case_id).text
    assert "收到图片或文件" in page and "方式: [图片]" in page


def test_a_case_opens_only_its_own_pictures(case_with_picture, lin, chat, wiring, client, rasa):  # noqa: F811
    case_id, _ = case_with_picture
    lin.do(case_id, "claim")
    other, path = chat()
    send(client, path)
    foreign = kept(wiring, other)[0].id
    assert lin.browser.get(f"/console/cases/{case_id}/pictures/{foreign}").status_code == 404
    assert lin.browser.get(f"/console/cases/none/pictures/{foreign}").status_code == 404


def test_the_head_names_who_has_the_case_and_events_are_lines_of_their_own(client, chat, wiring):
    found, path = chat("delivery", "en")
    case_id = answered(wiring, found, csat=1)
    with wiring.store.begin() as tx:
        tx.save_conversation(replace(tx.conversation(found), case_id=case_id))
    agents.claim(wiring.ports, case_id, "Lin <b>")
    page = client.get(path).text
    assert 'id="speaker">Lin &lt;b&gt; from our team is here<' in page
    assert page.count('class="message handover"') == 1
    assert client.get(f"{path}/messages").json()["agent"] == "Lin <b>"
    agents.release(wiring.ports, case_id, "Lin <b>")
    page = client.get(path).text
    assert 'id="speaker">Automatic assistant<' in page and page.count('class="message handover"') == 2
