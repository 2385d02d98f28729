"""The page of the audit log, and what is put into it by the pages and the API."""

import re

import pytest

from bot.core import records as r
from bot.core.services import agents
from bot.web.console import sign_in
from bot.web.console.first_admin import set_password
from bot.wiring import now
from tests.store import samples as s
from tests.web.test_console import enter


def entries(wiring, **wanted):
    with wiring.store.read() as tx:
        return [(one.actor, one.act, one.subject_id) for one in tx.audit_entries(r.AuditFilter(**wanted))]


@pytest.fixture
def case_id(wiring):
    with wiring.store.begin() as tx:
        tx.save_customer(r.Customer("C7", "Ann"))
        tx.add_conversation(s.conversation(customer_id="C7", case_id="k1"))
        tx.add_message(s.message(text="call 13800138000"))
        tx.add_case(s.case(customer_id="C7", status="escalated"))
        tx.save_response(s.response(customer_id="C7"))
    return "k1"


@pytest.fixture
def admin(client, wiring):
    enter(client, wiring.password)
    return client


def rows(page):
    return [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in re.findall("<tr>(.*?)</tr>", page.text, re.S)][1:]


def test_opening_a_case_is_kept_once_masked_and_once_unmasked(admin, wiring, case_id):
    for _ in range(2):
        admin.get("/console/cases/k1")
    assert entries(wiring, subject="case") == [("admin", "seen_masked", "k1")]
    agents.claim(wiring.ports, "k1", "admin")
    admin.get("/console/cases/k1")
    assert entries(wiring, subject="case")[0] == ("admin", "seen", "k1")
    assert admin.get("/console/cases/none").status_code == 404 and entries(wiring, subject_id="none") == []


@pytest.mark.parametrize(
    ("path", "subject", "subject_id"),
    [
        ("cases/k1", "case", "k1"),
        ("conversations/c1", "conversation", "c1"),
        ("responses?customer=C7", "customer", "C7"),
        ("responses?conversation=c1", "conversation", "c1"),
        ("responses", "responses", "all"),
    ],
)
def test_what_a_program_reads_is_kept(api, wiring, case_id, path, subject, subject_id):
    for _ in range(2):
        assert api.get(f"/api/v1/{path}").status_code == 200
    assert entries(wiring, actor="api") == [("api", "seen_masked", subject_id)]
    assert entries(wiring, subject=subject) == [("api", "seen_masked", subject_id)]


def test_asking_for_whom_there_is_not_leaves_no_name(api, wiring):
    api.get("/api/v1/responses?customer=erased-yesterday")
    api.get("/api/v1/conversations/none")
    assert entries(wiring, actor="api") == []


def test_signing_in_failing_and_being_locked_out(client, wiring):
    enter(client, wiring.password)
    client.cookies.clear()
    for _ in range(sign_in.TRIES + 1):
        enter(client, "wrong")
    enter(client, wiring.password, name="my-password-by-mistake")
    acts = [act for _, act, _ in entries(wiring, subject="user", subject_id="admin")][::-1]
    assert acts == ["user_saved", "signed_in", *["sign_in_failed"] * sign_in.TRIES, "locked_out", "sign_in_failed"]
    assert entries(wiring)[0] == ("-", "sign_in_failed", "-")
    assert not any("mistake" in str(entry) for entry in entries(wiring))


def test_users_and_definitions(wiring):
    set_password(wiring.store, "lee", "lead")
    wiring.prepare()  # nothing new
    assert entries(wiring)[0] == ("terminal", "user_saved", "lee")
    assert entries(wiring, subject="definitions") == [("setup", "activated", "1")]


def test_the_newest_first_with_filters_in_the_address(admin, wiring, case_id):
    admin.get("/console/cases/k1")
    page = admin.get("/console/audit")
    assert page.status_code == 200
    assert "read with hidden numbers Case k1" in rows(page)[0] and "signed in User admin" in rows(page)[1]
    found = admin.get("/console/audit?subject=definitions&act=activated")
    assert len(rows(found)) == 1 and "the start of the assistant" in rows(found)[0]
    assert '<option value="activated" selected>' in found.text
    assert "No entry fits" in admin.get("/console/audit?actor=%3Cscript%3E").text


@pytest.mark.parametrize("query", ["before=x", "before=-1", "before=99999999999999999999", "act=dance", "subject=%ff"])
def test_an_address_that_cannot_be_meant_is_no_error(admin, query):
    assert admin.get(f"/console/audit?{query}").status_code == 200


def test_page_by_page(admin, wiring):
    with wiring.store.begin() as tx:
        for number in range(120):
            tx.add_audit_entry(r.AuditEntry(now(), "lin", "claimed", "case", f"k{number}"))
    seen, address = [], "/console/audit?actor=lin"
    while address:
        page = admin.get(address)
        seen += [row.rsplit(" ", 1)[1] for row in rows(page)]
        more = re.search(r'class="more"><a [^>]*href="([^"]+)"', page.text)
        address = more.group(1).replace("&amp;", "&") if more else None
    assert seen == [f"k{number}" for number in reversed(range(120))]


@pytest.mark.parametrize(("role", "status"), [("agent", 403), ("lead", 403), ("manager", 200), ("admin", 200)])
def test_only_managers_and_admins_read_it(client, wiring, role, status):
    enter(client, set_password(wiring.store, "kim", role), name="kim")
    page = client.get("/console/audit")
    assert page.status_code == status
    assert ('href="/console/audit"' in client.get("/console").text) == (status == 200)
    assert ("This page is for managers" in page.text) == (status == 403) and "definitions" not in rows(page)


def test_nobody_reads_it_without_signing_in(client):
    assert client.get("/console/audit").headers["location"].startswith("/console/sign-in")


def test_no_address_changes_or_removes_an_entry(app):
    methods = {route.path: route.methods for route in app.routes if "audit" in getattr(route, "path", "")}
    assert methods == {"/console/audit": {"GET"}}
