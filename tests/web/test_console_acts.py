"""What agents do in the console: each act by its form, as a browser without JavaScript sends it."""

import re
from contextlib import ExitStack
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from bot.core.types import LANGUAGES
from bot.web.console.first_admin import set_password
from tests.web.test_api import answered
from tests.web.test_console import enter, token_of


class Agent:
    """Somebody at the console, with a browser of their own."""

    def __init__(self, browser, wiring, name, role="agent"):
        self.browser, self.name = browser, name
        assert enter(browser, set_password(wiring.store, name, role), name=name).status_code == 303

    def see(self, case_id):
        return self.browser.get(f"/console/cases/{case_id}")

    def do(self, case_id, act, **fields):
        form = {"form_token": token_of(self.see(case_id)), **fields}
        return self.browser.post(f"/console/cases/{case_id}/{act}", data=form)


@pytest.fixture
def hire(app, wiring):
    with ExitStack() as stack:
        yield lambda name, role="agent": Agent(
            stack.enter_context(TestClient(app, follow_redirects=False)), wiring, name, role
        )


@pytest.fixture
def lin(hire):
    return hire("Lin")


@pytest.fixture
def case_id(wiring, chat):
    conversation_id = chat()[0]
    made = answered(wiring, conversation_id, csat=1)
    with wiring.store.begin() as tx:
        tx.save_conversation(replace(tx.conversation(conversation_id), case_id=made))
    return made


@pytest.fixture
def case(wiring, case_id):
    """Gives (case, conversation, messages, events) as stored."""

    def read():
        with wiring.store.read() as tx:
            found = tx.case(case_id)
            key = found.conversation_id
            return found, tx.conversation(key), tx.messages(key), tx.case_events(case_id)

    return read


def done(answer, case_id, place=""):
    assert (answer.status_code, answer.headers.get("location")) == (303, f"/console/cases/{case_id}{place}"), (
        answer.text
    )


def forms_of(page):
    return set(re.findall(r'action="/console/cases/[^/"]+/(\w+)"', page.text))


def test_second_of_two_who_take_over_is_told_who_has_it(lin, hire, case_id, case):
    mei = hire("Mei")
    tokens = {agent: token_of(agent.see(case_id)) for agent in (lin, mei)}
    path = f"/console/cases/{case_id}/claim"
    done(lin.browser.post(path, data={"form_token": tokens[lin]}), case_id)
    late = mei.browser.post(path, data={"form_token": tokens[mei]})
    assert late.status_code == 409 and "Lin has taken this case" in late.text
    assert f"%2F{case_id}" in late.text and "%2Fclaim" not in late.text  # the switch of languages leads to the page
    found, conversation, _, _ = case()
    assert (found.assignee, found.status, conversation.owner) == ("Lin", "in_progress", "agent")


def test_each_sees_what_they_can_do(lin, hire, case_id):
    mei = hire("Mei")
    assert forms_of(lin.see(case_id)) == {"claim", "note"}
    lin.do(case_id, "claim")
    own = {"hand_over", "correct", "tag", "untag"}
    assert forms_of(lin.see(case_id)) == {"reply", "note", "release", "resolve"} | own
    page = mei.see(case_id)
    assert forms_of(page) == {"note"} and "Lin has this case" in page.text
    lin.do(case_id, "release")
    assert forms_of(lin.see(case_id)) == {"claim", "note", "resolve"} | own
    lin.do(case_id, "resolve", root_cause="system", done="x", tell="y")
    assert forms_of(lin.see(case_id)) == {"reopen", "note"} | own - {"hand_over"}
    assert forms_of(mei.see(case_id)) == {"reopen", "note"}
    lea = hire("Lea", "lead")
    assert forms_of(lea.see(case_id)) == {"reopen", "note", "correct", "tag", "untag"}
    lea.do(case_id, "reopen", reason="x")
    assert forms_of(lea.see(case_id)) == {"hand_over", "note", "correct", "tag", "untag"}


def test_reply_arrives_with_its_author(lin, case_id, case):
    lin.do(case_id, "claim")
    done(lin.do(case_id, "reply", text="马上为您处理。\r\n请稍等 <b>", reply_id="a1"), case_id, "#talk")
    last = case()[2][-1]
    assert (last.sender, last.author, last.text) == ("agent", "Lin", "马上为您处理。\n请稍等 <b>")
    assert "请稍等 &lt;b&gt;" in lin.see(case_id).text


def test_a_double_click_sends_once_and_other_words_are_sent_too(lin, case_id, case):
    lin.do(case_id, "claim")
    before = len(case()[2])
    for _ in range(2):
        done(lin.do(case_id, "reply", text="sent once", reply_id="a1"), case_id, "#talk")
    assert len(case()[2]) == before + 1
    done(lin.do(case_id, "reply", text="gone back and changed", reply_id="a1"), case_id, "#talk")
    assert len(case()[2]) == before + 2


def test_every_form_to_reply_has_an_id_of_its_own(lin, case_id):
    lin.do(case_id, "claim")
    ids = {re.search(r'name="reply_id" value="(\w{32})"', lin.see(case_id).text).group(1) for _ in range(2)}
    assert len(ids) == 2


def test_note_is_private(lin, hire, case_id, case):
    before = case()[2]
    done(lin.do(case_id, "note", text="called the courier"), case_id)
    assert case()[2] == before
    assert (case()[3][-1].kind, case()[3][-1].actor) == ("note", "Lin")
    page = hire("Mei").see(case_id).text
    assert "called the courier" in page and "Words: called" not in page


def test_giving_back(lin, case_id, case):
    lin.do(case_id, "claim")
    done(lin.do(case_id, "release"), case_id)
    found, conversation, _, _ = case()
    assert (found.assignee, conversation.owner) == ("Lin", "bot")
    refused = lin.do(case_id, "reply", text="one more word")
    assert refused.status_code == 422 and "Take over first" in refused.text and "one more word" in refused.text
    assert "one more word" not in [message.text for message in case()[2]]


def test_resolving_and_reopening(lin, case_id, case):
    lin.do(case_id, "claim")
    done(lin.do(case_id, "resolve", root_cause="person", done="refunded by hand", tell="已为您退款。"), case_id)
    found, conversation, messages, _ = case()
    assert (found.status, found.root_cause, conversation.owner) == ("resolved", "person", "bot")
    said = [message.text for message in messages]
    assert "已为您退款。" in said and "refunded by hand" not in said
    page = lin.see(case_id).text
    assert "Cause: How somebody acted" in page and "refunded by hand" in page
    assert lin.do(case_id, "reopen", reason=" ").status_code == 422
    done(lin.do(case_id, "reopen", reason="refund never came"), case_id)
    assert (case()[0].status, case()[0].reopened) == ("escalated", True)
    again = lin.do(case_id, "reopen", reason="twice")
    assert again.status_code == 422 and "changed in the meantime" in again.text and "twice" in again.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"done": "kept done", "tell": "kept tell"}, "choose what the cause"),
        ({"root_cause": "moon", "done": "kept done", "tell": "kept tell"}, "choose what the cause"),
        ({"root_cause": "value", "done": "kept done", "tell": " "}, "write something"),
        ({"root_cause": "value", "done": "kept done", "tell": "x" * 4001}, "Up to 4000"),
    ],
)
def test_what_was_typed_is_kept_when_something_is_missing(lin, case_id, case, fields, words):
    lin.do(case_id, "claim")
    page = lin.do(case_id, "resolve", **fields)
    assert page.status_code == 422 and words in page.text and "kept done" in page.text
    assert 'id="resolve" open' in page.text and page.text.count('role="alert"') == 1
    assert ('value="value" required checked' in page.text) == (fields.get("root_cause") == "value")
    assert case()[0].status == "in_progress"


def test_reply_of_one_who_lost_the_case_is_not_lost(lin, hire, case_id, case):
    hire("Mei").do(case_id, "claim")
    page = lin.do(case_id, "reply", text="my long answer")
    assert page.status_code == 409 and "Mei has taken" in page.text and "my long answer</textarea>" in page.text


ACTS = [
    "claim",
    "release",
    "reply",
    "note",
    "resolve",
    "reopen",
    "hand_over",
    "tag",
    "untag",
    "correct",
    "assign",
    "merge",
]


@pytest.mark.parametrize("act", ACTS)
def test_only_our_own_forms_of_the_signed_in(lin, client, case_id, case, act):
    before = case()
    fields = {"text": "x", "root_cause": "value", "done": "x", "tell": "x", "reason": "x"}
    path = f"/console/cases/{case_id}/{act}"
    assert lin.browser.post(path, data=fields).status_code == 403
    stranger = client.post(path, data={**fields, "form_token": token_of(client.get("/console/sign-in"))})
    assert stranger.status_code == 303 and stranger.headers["location"] == "/console/sign-in"
    assert case() == before
    token = token_of(lin.see(case_id))
    role_first = act in ("merge",)  # who may not merge is told so, whatever the case
    missing = lin.browser.post(f"/console/cases/none/{act}", data={**fields, "form_token": token, "why": "x"})
    assert missing.status_code == (403 if role_first else 404)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_standing_in_each_language(lin, hire, case_id, language):
    mei = hire("Mei")
    for agent in (lin, mei):
        agent.browser.get("/console/language", params={"to": language})
    steps = [
        ("claim", {}),
        ("reply", {"text": " "}),
        ("release", {}),
        ("resolve", {"root_cause": "system", "done": "x", "tell": "y"}),
        ("reopen", {"reason": "z"}),
    ]
    for act, fields in steps:
        answer = lin.do(case_id, act, **fields)
        assert answer.status_code in (303, 422)
        for page in (lin.see(case_id), mei.see(case_id)):
            assert page.status_code == 200 and f'<html lang="{language}">' in page.text
