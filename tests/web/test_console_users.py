"""The page of those who sign in here."""

import re

import pytest
from fastapi.testclient import TestClient

from bot.web.console.first_admin import set_password
from tests.web.test_console import enter, token_of

PATH = "/console/users"


@pytest.fixture
def admin(client, wiring):
    assert enter(client, wiring.password).status_code == 303
    return client


def post(browser, path=PATH, **fields):
    return browser.post(path, data={"form_token": token_of(browser.get(PATH)), **fields})


def user(wiring, name):
    with wiring.store.read() as tx:
        return tx.user(name)


def test_somebody_is_added_and_signs_in_with_the_password_that_is_shown_once(admin, app, wiring):
    page = post(admin, name="小林 <b>", role="agent", team="logistics")
    password = re.search(r'<code class="password">([\w-]+)</code>', page.text).group(1)
    assert "小林 &lt;b&gt;" in page.text and user(wiring, "小林 <b>").team == "logistics"
    assert password not in admin.get(PATH).text
    with TestClient(app, follow_redirects=False) as other:
        assert enter(other, password, name="小林 <b>").status_code == 303


def test_a_new_password_ends_the_sessions_and_a_new_role_counts_at_once(admin, app, wiring):
    old = set_password(wiring.store, "lin", "agent")
    with TestClient(app, follow_redirects=False) as lin:
        enter(lin, old, name="lin")
        refused = lin.get("/console/overview")
        assert refused.status_code == 403 and "not yours to do" in refused.text
        assert "/console/overview" not in lin.get("/console").text and PATH not in lin.get("/console").text
        key = user(wiring, "lin").id
        assert post(admin, f"{PATH}/{key}/change", role="manager", team="").status_code == 200
        assert lin.get("/console/overview").status_code == 200
        assert post(admin, f"{PATH}/{key}/password").status_code == 200
        assert lin.get("/console").status_code == 303


@pytest.mark.parametrize("role", ["agent", "lead", "manager"])
def test_everybody_else_is_refused(app, wiring, role):
    password = set_password(wiring.store, "lin", role)
    with TestClient(app, follow_redirects=False) as lin:
        enter(lin, password, name="lin")
        token = token_of(lin.get("/console"))
        assert lin.get(PATH).status_code == 403
        key = user(wiring, "lin").id
        for path in (PATH, f"{PATH}/{key}/change", f"{PATH}/{key}/password"):
            answer = lin.post(path, data={"form_token": token, "name": "x", "role": "admin"})
            assert answer.status_code == 403 and "not yours to do" in answer.text
        assert user(wiring, "lin").role == role and user(wiring, "x") is None


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": " ", "role": "agent"}, "1 to 64"),
        ({"name": "admin", "role": "agent"}, "has this name already"),
        ({"name": "kept", "role": "king"}, "choose a role"),
        ({"name": "kept", "role": "agent", "team": "moon"}, "choose a team"),
    ],
)
def test_what_was_typed_is_kept_when_it_cannot_be(admin, wiring, fields, words):
    page = post(admin, **fields)
    assert page.status_code == 422 and words in page.text
    assert f'value="{fields["name"]}"' in page.text and user(wiring, "kept") is None


def test_the_last_administrator_and_forms_of_others(admin, wiring):
    key = user(wiring, "admin").id
    page = post(admin, f"{PATH}/{key}/change", role="agent", team="")
    assert page.status_code == 422 and "last administrator" in page.text and user(wiring, "admin").role == "admin"
    assert post(admin, f"{PATH}/none/password").status_code == 409
    assert admin.post(PATH, data={"name": "x", "role": "agent"}).status_code == 403
    assert user(wiring, "x") is None
