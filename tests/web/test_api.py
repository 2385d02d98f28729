"""The API: what it takes, what it gives, who may ask."""

import json
import random
import time
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core import records as r
from bot.core.services.turn import new_id
from bot.web.api import outgoing
from bot.wiring import now

EVENT = {
    "event_id": "crm-889",
    "touchpoint": "delivery",
    "occurred_at": "2026-11-20T14:30:00+08:00",
    "customer": {"id": "C1001", "name": "王小明", "locale": "zh-CN", "segment": "gold"},
    "order_id": "HS100241",
    "attributes": {"courier": "SF", "late": True},
}
READS = ("responses", "cases", "metrics?metric=csat", "journey", "tags")


def with_(**changes):
    return {**EVENT, **changes}


def post(api, body):
    return api.post("/api/v1/touchpoints", json=body)


def answered(wiring, conversation_id, **scores):
    """A complete response with these scores (scale=score), and a case with a tag."""
    with wiring.store.begin() as tx:
        conversation = tx.conversation(conversation_id)
        response = r.Response(
            new_id(), conversation_id, "delivery", 1, now(), "complete", conversation.customer_id,
            touchpoint="delivery", segment="gold", channel="web", language="zh-Hans",
        )  # fmt: skip
        tx.save_response(response)
        for scale, score in scores.items():
            tx.put_answer(r.Answer(response.id, scale, now(), scale, score))
        message, _ = tx.add_message(
            r.Message(new_id(), conversation_id, "customer", "等了四十分钟，电话13800138000", now(), language="zh-Hans")
        )
        case = r.Case(
            new_id(), conversation_id, "waiting_and_speed", "high", "escalated", message.text, "logistics", now(),
            customer_id=conversation.customer_id, response_id=response.id, touchpoint="delivery",
            order={"amount": 10.0, "currency": "CNY", "items": ["沙发"]}, sla=r.Sla(first_response_due=now()),
        )  # fmt: skip
        tx.add_case(case)
        tx.add_case_event(r.CaseEvent(case.id, "opened", now(), details={"text": message.text}))
        tx.save_remedy(r.Remedy(new_id(), case.id, "voucher", "offered", now(), new_id(), 50.0, "CNY", "a rule"))
        verbatim = r.Verbatim(
            new_id(), conversation_id, message.id, message.text, "zh-Hans", "negative", now(), response.id, case.id
        )
        tag = r.StoredTag(verbatim.id, "queue_too_long", "waiting_and_speed", "negative", "等了四十分钟")
        tx.add_verbatim(verbatim, [tag])
    return case.id


def test_touchpoint_gives_a_link_that_opens(api, client):
    answer = post(api, EVENT)
    body = answer.json()
    assert answer.status_code == 202
    assert body["invitation"]["status"] == "sent"
    page = client.get(body["chat_url"].split("//")[1].partition("/")[1] + body["chat_url"].split("/", 3)[3])
    assert page.status_code == 200
    assert "王小明" in page.text


def test_same_event_again_gives_the_same_and_nothing_new(api):
    assert post(api, EVENT).json() == post(api, EVENT).json()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"occurred_at": "2026-11-20T14:30:00"}, "occurred_at"),
        ({"occurred_at": 1763620200}, "occurred_at"),
        ({"occurred_at": "2026-11-20"}, "occurred_at"),
        ({"occurred_at": "9999-12-31T23:59:59-12:00"}, "occurred_at"),
        ({"occurred_at": "0001-01-01T00:00:00+14:00"}, "occurred_at"),
        ({"occurred_at": "2026-13-40T99:99:99Z"}, "occurred_at"),
        ({"touchpoint": "moon_landing"}, "touchpoint"),
        ({"touchpoint": "\ud800"}, "touchpoint"),
        ({"event_id": ""}, "event_id"),
        ({"event_id": "x" * 129}, "event_id"),
        ({"event_id": 7}, "event_id"),
        ({"event_id": "a\x00b"}, "event_id"),
        ({"customer": {}}, "customer.id"),
        ({"customer": "C1001"}, "customer"),
        ({"customer": {"id": "C1", "contact": {"channel": "WEB PAGE", "address": "x"}}}, "customer.contact.channel"),
        ({"customer": {"id": "C1", "locale": "'; drop table"}}, "customer.locale"),
        ({"attributes": {"n": 10**30}}, "attributes"),
        ({"attributes": {"t": "\ud83d"}}, "attributes"),
        ({"attributes": {"a": {"b": {"c": {"d": {"e": {"f": {"g": {"h": {"i": {"j": {"k": 1}}}}}}}}}}}}, "attributes"),
        ({"attributes": {"big": "x" * 17000}}, "attributes"),
        ({"attributes": []}, "attributes"),
        ({"unknown": 1}, "unknown"),
        ({"\ud800": 1}, "?"),
    ],
)
def test_bad_fields_are_named_and_change_nothing(api, wiring, changes, field):
    answer = api.post("/api/v1/touchpoints", content=json.dumps(with_(**changes)).encode())
    assert answer.status_code == 422, answer.text
    assert answer.json()["error"]["code"] == "invalid"
    assert answer.json()["error"]["field"] == field
    with wiring.store.read() as tx:
        assert tx.customer("C1001") is None


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"{", 400),
        (b"", 422),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        (b'{"a": ' + b"9" * 5000 + b"}", 400),
        (b"NaN", 422),
        (b'"text"', 422),
        (b" " * (256 * 1024 + 1), 413),
    ],
)
def test_bodies_that_cannot_be_read(api, content, status):
    answer = api.post("/api/v1/touchpoints", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == status or (status == 400 and answer.status_code == 422), answer.text
    assert set(answer.json()["error"]) >= {"code", "message"}


def test_a_body_without_length_is_limited_too(api):
    answer = api.post("/api/v1/touchpoints", content=(b" " * 65536 for _ in range(6)))
    assert answer.status_code == 413


@pytest.mark.parametrize("key", ["", "Bearer", "Bearer wrong", "Basic dGVzdA==", "Bearer t\xe9st", "test-key"])
def test_without_the_key_nothing_is_told(client, key):
    for path in READS:
        assert client.get(f"/api/v1/{path}", headers={"Authorization": key.encode("latin-1")}).status_code == 401
    answer = client.post("/api/v1/touchpoints", content=b"{", headers={"Authorization": key.encode("latin-1")})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json()["error"]["code"] == "unauthorized"


@pytest.mark.parametrize(
    ("path", "status", "field"),
    [
        ("responses?since=yesterday", 422, "since"),
        ("responses?since=2026-01-01T00:00:00", 422, "since"),
        ("responses?since=2026-02-01T00:00:00Z&until=2026-01-01T00:00:00Z", 422, "until"),
        ("responses?limit=0", 422, "limit"),
        ("responses?limit=99999999999999999999999", 422, "limit"),
        ("responses?limit=ten", 422, "limit"),
        ("responses?cursor=%F0%9F%98%80", 422, "cursor"),
        ("responses?cursor=bm9uc2Vuc2U", 422, "cursor"),
        ("cases?cursor=W10", 422, "cursor"),
        ("cases?status=lost", 422, "status"),
        ("cases?severity=awful", 422, "severity"),
        ("cases?language=tlh", 422, "language"),
        ("cases?channel=", 422, "channel"),
        ("cases?team=%00", 400, None),
        ("cases/none", 404, None),
        ("cases/%00", 400, None),
        ("conversations/none", 404, None),
        ("conversations/none?after=-1", 422, "after"),
        ("metrics", 422, "metric"),
        ("metrics?metric=happiness", 422, "metric"),
        ("metrics?metric=fcr&group_by=moon", 422, "group_by"),
        ("metrics?metric=csat&group_by=moon", 422, "group_by"),
        ("metrics?metric=csat&from=x", 422, "from"),
        ("tags?to=x", 422, "to"),
        ("journey?from=2026-01-01", 422, "from"),
        ("nowhere", 404, None),
    ],
)
def test_bad_questions(api, path, status, field):
    answer = api.get(f"/api/v1/{path}")
    assert answer.status_code == status, answer.text
    assert answer.json()["error"].get("field") == field


def test_an_unescaped_plus_in_a_time_is_understood(api):
    assert api.get("/api/v1/responses?since=2026-11-20T14:30:00+08:00").status_code == 200


def test_wrong_method_is_405_in_our_shape(api):
    answer = api.delete("/api/v1/tags")
    assert (answer.status_code, answer.json()["error"]["code"]) == (405, "method_not_allowed")


def test_everything_that_was_said_can_be_read(api, wiring):
    conversation = post(api, EVENT).json()["conversation_id"]
    case_id = answered(wiring, conversation, csat=2, experience=-4)
    response = api.get("/api/v1/responses", params={"conversation": conversation}).json()["items"][0]
    assert response["experience"] == -4
    assert [answer["score"] for answer in response["answers"]] == [2, -4]
    assert response["tags"][0]["evidence"] == "等了四十分钟"
    case = api.get(f"/api/v1/cases/{case_id}").json()
    assert case["remedy"] == {"kind": "voucher", "amount": 50.0, "currency": "CNY", "status": "offered"}
    assert "13800138000" not in json.dumps(case)
    assert case["history"][0]["kind"] == "opened"
    assert api.get("/api/v1/cases", params={"severity": "high"}).json()["items"][0]["id"] == case_id
    view = api.get(f"/api/v1/conversations/{conversation}").json()
    assert view["owner"] == "bot" and view["messages"][-1]["from"] == "customer"
    for shape, value in (
        (outgoing.ResponseOut, response),
        (outgoing.CaseStory, case),
        (outgoing.ConversationOut, view),
    ):
        assert not set(shape.schema()["required"]) - set(value)


def test_cases_by_whose_they_are_and_where_they_come_from(api, wiring):
    conversation = post(api, EVENT).json()["conversation_id"]
    case_id = answered(wiring, conversation, csat=2)
    with wiring.store.begin() as tx:
        case = tx.save_case(replace(tx.case(case_id), assignee="lin"))
        tx.save_customer(r.Customer(case.customer_id, segment="gold"))
        language = tx.conversation(conversation).language
    fits = {"assignee": "lin", "language": language, "channel": "web", "segment": "gold"}
    found = api.get("/api/v1/cases", params=fits).json()["items"]
    assert [(case["id"], case["language"], case["channel"]) for case in found] == [(case_id, language, "web")]
    for name, other in {"assignee": "mei", "language": "other", "channel": "mail", "segment": "new"}.items():
        assert api.get("/api/v1/cases", params={**fits, name: other}).json()["items"] == []


def test_figures_come_with_n_and_interval(api, wiring):
    conversation = post(api, EVENT).json()["conversation_id"]
    for _ in range(2):
        answered(wiring, conversation, csat=5, experience=3)
    answered(wiring, conversation, csat=1, experience=-3)
    item = api.get("/api/v1/metrics?metric=csat&group_by=touchpoint").json()["items"][0]
    assert (item["group"], item["n"], round(item["value"])) == ("delivery", 3, 67)
    assert 0 <= item["ci_low"] < item["value"] < item["ci_high"] <= 100
    assert api.get("/api/v1/metrics?metric=nps").json()["items"] == [
        {"group": "all", "value": None, "n": 0, "ci_low": None, "ci_high": None}
    ]
    for group in ("stage", "segment", "channel", "store", "staff", "day", "week", "month"):
        assert sum(i["n"] for i in api.get(f"/api/v1/metrics?metric=csat&group_by={group}").json()["items"]) == 3


def test_journey_has_every_touchpoint_and_each_segment(api, wiring, definitions):
    conversation = post(api, EVENT).json()["conversation_id"]
    answered(wiring, conversation, experience=-3)
    journey = api.get("/api/v1/journey?language=zh-Hans").json()
    assert [p["touchpoint"] for p in journey["touchpoints"]] == [p.key for p in definitions.journey.touchpoints]
    delivery = next(point for point in journey["touchpoints"] if point["touchpoint"] == "delivery")
    assert (delivery["mean"], delivery["n"], delivery["name"]) == (-3, 1, "送货")
    assert delivery["pain"][0]["tag"] == "queue_too_long"
    assert journey["peak"] == journey["end"] == {"touchpoint": "delivery", "mean": -3}
    assert [line["segment"] for line in journey["segments"]] == ["gold"]


def test_tags_are_ranked_with_change(api, wiring):
    conversation = post(api, EVENT).json()["conversation_id"]
    answered(wiring, conversation)
    tag = api.get("/api/v1/tags").json()["items"][0]
    assert (tag["tag"], tag["n"], tag["share"], tag["change"]) == ("queue_too_long", 1, 1.0, 1)


def test_probes(client, app):
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json()["status"] == "ready"
    figures = client.get("/prometheus").text
    assert "# TYPE afterword_open_cases gauge" in figures and "afterword_chat_pages 0" in figures
    assert "afterword_console_pages 0" in figures


def test_not_ready_without_definitions(client, wiring):
    with wiring.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM definition_versions")
    assert client.get("/readyz").status_code == 503


def test_openapi_is_complete(client):
    document = client.get("/openapi.json").json()
    assert client.get("/docs").status_code == 404
    for path, calls in document["paths"].items():
        for call in calls.values():
            good = call["responses"].get("202") or call["responses"]["200"]
            assert call.get("description"), path
            if path.startswith("/api/"):
                assert good["content"]["application/json"]["schema"], path
                assert "ErrorBody" in json.dumps(call["responses"]["422"])
                assert call["security"] == [{"HTTPBearer": []}]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(st.sampled_from([*EVENT, "staff_id", "x"]), anything, max_size=3))
def test_no_body_makes_it_fall_over(api, changes):
    answer = api.post("/api/v1/touchpoints", content=json.dumps(with_(**changes)).encode())
    assert answer.status_code in (202, 400, 422), answer.text


def test_no_question_makes_it_fall_over(app):
    """Every read with random values for its parameters, for a few seconds."""
    chance, end = random.Random(7), time.monotonic() + 6
    values = [
        "",
        "0",
        "-1",
        "9" * 30,
        "1e999",
        "nan",
        "é漢😀",
        "' OR 1=1--",
        "../../etc",
        "%",
        "a" * 600,
        "2026-01-01T00:00:00Z",
    ]
    values += [
        "9999-12-31T23:59:59-23:59",
        "eyJ9",
        "W10",
        "WzEsMiwzLDRd",
        "\ud7ff",
        "\u202e",
        "null",
        "true",
        "csat",
        "day",
    ]
    with TestClient(app, headers={"Authorization": "Bearer test-key"}, raise_server_exceptions=False) as api:
        paths = {path: calls["get"] for path, calls in app.openapi()["paths"].items() if "get" in calls}
        while time.monotonic() < end:
            path, call = chance.choice(list(paths.items()))
            given_ = {p["name"]: chance.choice(values) for p in call.get("parameters", []) if chance.random() < 0.6}
            answer = api.get(path.replace("{id}", chance.choice(values[5:])), params=given_)
            assert answer.status_code < 500, (path, given_, answer.text)
            if answer.status_code >= 400 and path.startswith("/api"):
                assert "error" in answer.json() or answer.status_code == 404
