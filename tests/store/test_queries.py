from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from bot.core import records as r
from bot.core.errors import InvalidInput
from bot.store.queries import Queries
from tests.store import samples as s

NO_KINDS = {"channel": [], "segment": []}


@pytest.fixture
def queries(engine):
    return Queries(engine)


@pytest.fixture
def told(store):
    """A customer who rated, complained and was offered something, beside another one who only came by."""
    with store.begin() as tx:
        tx.save_customer(r.Customer("p1", "李雷", segment="vip"))
        tx.add_conversation(
            s.conversation(
                customer_id="p1",
                touchpoint="delivery",
                open_question=r.OpenQuestion("score", "experience", "experience"),
                response_id="r1",
                case_id="k1",
            )
        )
        tx.add_conversation(s.conversation("c2"))
        tx.add_message(s.message(text="打我电话13800138000"))
        tx.add_message(s.message("m2", sender="bot", text="好", at=s.at(1), buttons=(r.Button("是", "yes"),)))
        tx.add_message(s.message("m3", sender="system", text="noted", at=s.at(2)))
        tx.save_response(
            s.response(customer_id="p1", touchpoint="delivery", segment="vip", channel="web", sentiment="negative")
        )
        for answer in (
            r.Answer("r1", "overall", s.at(1), scale="csat", score=2),
            r.Answer("r1", "overall", s.at(2), scale="csat", score=1),
            r.Answer("r1", "why", s.at(3), text="打我电话13800138000"),
            r.Answer("r1", "again", s.at(4), choice="maybe"),
            r.Answer("r1", "effort", s.at(5), scale="ces", skipped=True),
            r.Answer("r1", "experience", s.at(6), scale="experience", score=-4),
        ):
            tx.put_answer(answer)
        tx.add_case(
            s.case(
                customer_id="p1",
                response_id="r1",
                description="打我电话13800138000",
                order_id="HS100241",
                sla=r.Sla(resolution_due=s.at(60)),
            )
        )
        tx.add_verbatim(
            s.verbatim(response_id="r1", case_id="k1"), [s.tag(), s.tag(), s.tag(tag="rude", evidence="13800138000")]
        )
        tx.add_case_event(r.CaseEvent("k1", "opened", s.at(0), details={"phone": ["13800138000"], "n": 1}))
        tx.save_remedy(s.remedy("y1", status="declined", kind="voucher"))
        tx.save_remedy(s.remedy("y2", status="executing", kind="refund", amount=88.5, currency="CNY"))
    return store


def test_response_in_the_contracts_shape(told, queries):
    page = queries.responses()
    assert page == {
        "items": [
            {
                "id": "r1",
                "conversation_id": "c1",
                "customer_id": "p1",
                "survey": "delivery",
                "touchpoint": "delivery",
                "segment": "vip",
                "channel": "web",
                "language": None,
                "status": "partial",
                "experience": -4,
                "sentiment": "negative",
                "answers": [
                    _answer("overall", "csat", 1, None, 2),
                    _answer("why", None, None, "打我电话*******8000", 3),
                    _answer("again", None, None, "maybe", 4),
                    _answer("experience", "experience", -4, None, 6),
                ],
                "tags": [
                    _tag("queue_too_long", "等了四十分钟"),
                    _tag("rude", "*******8000"),
                ],
                "started_at": s.NOW.isoformat(),
                "completed_at": None,
            }
        ],
        "next_cursor": None,
    }
    assert queries.responses(unmasked=True)["items"][0]["answers"][1]["text"] == "打我电话13800138000"


def _answer(question, scale, score, text, seconds):
    return {
        "question": question,
        "scale": scale,
        "score": score,
        "text": text,
        "answered_at": s.at(seconds).isoformat(),
    }


def _tag(tag, evidence):
    return {"tag": tag, "category": "waiting_and_speed", "polarity": "negative", "evidence": evidence}


@pytest.mark.parametrize(
    "filters, found",
    [
        ({"conversation": "c1"}, 1),
        ({"conversation": "c2"}, 0),
        ({"customer": "p1"}, 1),
        ({"customer": "p2"}, 0),
        ({"touchpoint": "delivery"}, 1),
        ({"touchpoint": "repair"}, 0),
        ({"since": s.at(0)}, 1),
        ({"since": s.at(1)}, 0),
        ({"until": s.at(1)}, 1),
        ({"until": s.at(0)}, 0),
    ],
)
def test_responses_filters(told, queries, filters, found):
    assert len(queries.responses(**filters)["items"]) == found


def test_responses_page_by_page(store, queries):
    with store.begin() as tx:
        for number in range(7):
            tx.add_conversation(s.conversation(f"c{number}"))
            tx.save_response(s.response(f"r{number}", f"c{number}", started_at=s.at(number // 3)))
    seen, cursor = [], None
    while True:
        page = queries.responses(cursor=cursor, limit=3)
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == ["r6", "r5", "r4", "r3", "r2", "r1", "r0"]


@pytest.mark.parametrize("cursor", ["", "x", "é", "W10", "bnVsbA", "W251bGwsbnVsbF0", "[]", "=" * 9, "WzEsMl0"])
def test_bad_cursor_is_bad_input(queries, cursor):
    for read in (queries.responses, queries.cases):
        with pytest.raises(InvalidInput):
            read(cursor=cursor)


@pytest.mark.parametrize("limit", [0, -1, 201])
def test_bad_limit_is_bad_input(queries, limit):
    for read in (queries.responses, queries.cases):
        with pytest.raises(InvalidInput):
            read(limit=limit)


def test_case_in_the_contracts_shape(told, queries):
    listed = queries.cases()["items"]
    assert listed == [
        {
            "id": "k1",
            "conversation_id": "c1",
            "category": "delivery_and_logistics",
            "severity": "medium",
            "status": "recovering",
            "first_contact_resolved": None,
            "description": "打我电话*******8000",
            "order_id": "HS100241",
            "touchpoint": None,
            "desired_outcome": None,
            "remedy": {"kind": "refund", "amount": 88.5, "currency": "CNY", "status": "accepted"},
            "recovery_score": None,
            "team": "logistics",
            "assignee": None,
            "sla": {
                "first_response_due": None,
                "next_response_due": None,
                "resolution_due": s.at(60).isoformat(),
                "state": "active",
                "resolution_left": None,
                "paused": False,
            },
            "language": "zh-Hans",
            "channel": "web",
            "root_cause": None,
            "reopened": False,
            "escalation_reason": None,
            "merged_into": None,
            "customer": {"id": "p1", "name": "李雷", "segment": "vip"},
            "tags": [_tag("queue_too_long", "等了四十分钟"), _tag("rude", "*******8000")],
            "opened_at": s.NOW.isoformat(),
            "due": s.at(60).isoformat(),
            "resolved_at": None,
        }
    ]
    detail = queries.case("k1")
    assert detail["history"] == [
        {"kind": "opened", "at": s.NOW.isoformat(), "actor": "bot", "details": {"phone": ["*******8000"], "n": 1}}
    ]
    assert [said["text"] for said in detail["transcript"]] == ["打我电话*******8000", "好", "noted"]
    assert {key: value for key, value in detail.items() if key not in ("history", "transcript")} == listed[0]
    assert queries.case("k1", unmasked=True)["description"] == "打我电话13800138000"
    assert queries.case("nobody") is None


def test_queue_has_the_most_urgent_on_top(store, queries):
    due = {
        "slow": ("low", "escalated", r.Sla(resolution_due=s.at(5))),
        "later": ("high", "escalated", r.Sla(first_response_due=s.at(50), resolution_due=s.at(500))),
        "answered": ("high", "in_progress", r.Sla(first_response_due=s.at(1), resolution_due=s.at(100))),
        "waits": ("high", "in_progress", r.Sla(s.at(1), s.at(20), s.at(100))),
        "open_ended": ("high", "recovering", r.Sla()),
        "worst": ("critical", "in_progress", r.Sla()),
        "done": ("critical", "resolved", r.Sla(first_response_due=s.at(0))),
    }
    with store.begin() as tx:
        for key, (severity, status, sla) in due.items():
            tx.add_conversation(s.conversation(key))
            tx.add_case(s.case(key, key, severity=severity, status=status, sla=sla))
            if status == "in_progress":
                tx.add_message(s.message(f"m-{key}", key, sender="agent", at=s.at(1)))
    wanted = ["worst", "waits", "later", "answered", "open_ended", "slow", "done"]
    assert [case["id"] for case in queries.cases()["items"]] == wanted
    seen, cursor = [], None
    while True:
        page = queries.cases(cursor=cursor, limit=2)
        seen += [case["id"] for case in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == wanted


@pytest.mark.parametrize(
    "filters, found",
    [
        ({"conversation": "c1"}, 1),
        ({"conversation": "c2"}, 0),
        ({"status": "recovering"}, 1),
        ({"status": ["escalated", "recovering"]}, 1),
        ({"status": "closed"}, 0),
        ({"severity": "medium"}, 1),
        ({"severity": "high"}, 0),
        ({"team": "logistics"}, 1),
        ({"team": "care"}, 0),
        ({"assignee": "lin"}, 0),
        ({"unassigned": True}, 1),
        ({"language": "zh-Hans"}, 1),
        ({"language": "en"}, 0),
        ({"channel": "web"}, 1),
        ({"channel": "mail"}, 0),
        ({"segment": "vip"}, 1),
        ({"segment": "new"}, 0),
        ({"segment": "vip", "language": "en"}, 0),
    ],
)
def test_cases_filters(told, queries, filters, found):
    assert len(queries.cases(**filters)["items"]) == found
    assert queries.count_cases(**filters) == found
    assert queries.case_kinds(**filters) == ({"channel": ["web"], "segment": ["vip"]} if found else NO_KINDS)


def test_cases_of_somebody_and_of_nobody(store, queries):
    with store.begin() as tx:
        for key, assignee in (("k1", "lin"), ("k2", "mei"), ("k3", None)):
            tx.add_conversation(s.conversation(key, channel=f"on-{key}"))
            tx.add_case(s.case(key, key, assignee=assignee))
    assert [case["id"] for case in queries.cases(assignee="lin")["items"]] == ["k1"]
    assert [case["id"] for case in queries.cases(unassigned=True)["items"]] == ["k3"]
    assert queries.count_cases() == 3 and len(queries.cases(limit=1)["items"]) == 1
    assert queries.case_kinds(assignee="lin") == {"channel": ["on-k1"], "segment": []}, "a stranger has no segment"


def test_a_paused_clock_is_told(store, queries):
    with store.begin() as tx:
        tx.add_conversation(s.conversation())
        tx.add_case(s.case(sla=r.Sla(resolution_left=200)))
    assert queries.case("k1")["sla"]["paused"] is True


def test_conversation_view(told, queries):
    view = queries.conversation_view("c1")
    seqs = [message.pop("seq") for message in view["messages"]]
    assert view == {
        "conversation_id": "c1",
        "owner": "bot",
        "language": "zh-Hans",
        "channel": "web",
        "open_question": {"kind": "score", "scale": "experience", "question": "experience"},
        "messages": [
            {"id": "m1", "from": "customer", "text": "打我电话*******8000", "at": s.at(0).isoformat()},
            {
                "id": "m2",
                "from": "bot",
                "text": "好",
                "at": s.at(1).isoformat(),
                "buttons": [{"title": "是", "payload": "yes"}],
            },
        ],
        "response_id": "r1",
        "case_id": "k1",
    }
    assert [message["id"] for message in queries.conversation_view("c1", after=seqs[0])["messages"]] == ["m2"]
    assert queries.conversation_view("c1", unmasked=True)["messages"][0]["text"] == "打我电话13800138000"
    assert queries.conversation_view("c2")["messages"] == []
    assert queries.conversation_view("c2")["open_question"] is None
    assert queries.conversation_view("nobody") is None


@pytest.fixture
def rated(store):
    """(touchpoint, segment, when, csat, experience) of several responses."""
    rows = [
        ("delivery", "vip", datetime(2026, 11, 20, 15, 59, 59, tzinfo=timezone.utc), 5, 3),
        ("delivery", "vip", datetime(2026, 11, 20, 16, 0, 0, tzinfo=timezone.utc), 5, 4),
        ("delivery", None, datetime(2026, 11, 22, 23, 59, 0, tzinfo=timezone.utc), 1, -5),
        ("repair", "new", datetime(2026, 12, 1, 0, 0, 0, tzinfo=timezone.utc), 2, None),
    ]
    with store.begin() as tx:
        for number, (touchpoint, segment, when, csat, experience) in enumerate(rows):
            conversation, response, customer = f"c{number}", f"r{number}", f"p{number}"
            tx.save_customer(r.Customer(customer, segment=segment))
            tx.add_conversation(s.conversation(conversation, touchpoint=touchpoint, customer_id=customer))
            tx.add_message(s.message(f"m{number}", conversation))
            tx.save_response(
                s.response(response, conversation, touchpoint=touchpoint, segment=segment, store_id="x1", channel="web")
            )
            tx.put_answer(r.Answer(response, "overall", when, scale="csat", score=3))
            tx.put_answer(r.Answer(response, "overall", when, scale="csat", score=csat))
            tx.put_answer(
                r.Answer(response, "experience", when, scale="experience", score=experience, skipped=not experience)
            )
            tx.add_verbatim(
                s.verbatim(f"v{number}", f"m{number}", conversation, response_id=response, at=when),
                [s.tag(f"v{number}"), s.tag(f"v{number}", "rude"), s.tag(f"v{number}", "rude")][: number + 1],
            )
        tx.put_answer(r.Answer("r0", "courier", rows[0][2], scale="csat", score=4))
    return store


@pytest.mark.parametrize(
    "options, counts",
    [
        ({}, {"all": {5: 2, 1: 1, 2: 1, 4: 1}}),
        ({"main": {"delivery": "overall"}}, {"all": {5: 2, 1: 1, 2: 1}}),
        ({"group_by": "touchpoint"}, {"delivery": {5: 2, 1: 1, 4: 1}, "repair": {2: 1}}),
        ({"group_by": "segment"}, {"vip": {5: 2, 4: 1}, "new": {2: 1}, None: {1: 1}}),
        (
            {"group_by": "stage", "stages": {"delivery": "receive", "repair": "care"}},
            {"receive": {5: 2, 1: 1, 4: 1}, "care": {2: 1}},
        ),
        ({"group_by": "store"}, {"x1": {5: 2, 1: 1, 2: 1, 4: 1}}),
        ({"group_by": "staff"}, {None: {5: 2, 1: 1, 2: 1, 4: 1}}),
        ({"group_by": "channel"}, {"web": {5: 2, 1: 1, 2: 1, 4: 1}}),
        (
            {"group_by": "day"},
            {"2026-11-20": {5: 2, 4: 1}, "2026-11-22": {1: 1}, "2026-12-01": {2: 1}},
        ),
        (
            {"group_by": "day", "zone": ZoneInfo("Asia/Shanghai")},
            {"2026-11-20": {5: 1, 4: 1}, "2026-11-21": {5: 1}, "2026-11-23": {1: 1}, "2026-12-01": {2: 1}},
        ),
        ({"group_by": "week"}, {"2026-W47": {5: 2, 1: 1, 4: 1}, "2026-W49": {2: 1}}),
        ({"group_by": "month"}, {"2026-11": {5: 2, 1: 1, 4: 1}, "2026-12": {2: 1}}),
        ({"since": datetime(2026, 11, 20, 16, tzinfo=timezone.utc)}, {"all": {5: 1, 1: 1, 2: 1}}),
        ({"until": datetime(2026, 11, 20, 16, tzinfo=timezone.utc)}, {"all": {5: 1, 4: 1}}),
        ({"since": datetime(2027, 1, 1, tzinfo=timezone.utc)}, {}),
    ],
)
def test_scores(rated, queries, options, counts):
    assert queries.scores("csat", **options) == counts


def test_scores_of_what_is_not_there(queries):
    for options in ({"scale": "stars"}, {"scale": "csat", "group_by": "weather"}):
        with pytest.raises(InvalidInput):
            queries.scores(**options)


def test_journey_scores(rated, queries):
    assert queries.journey_scores() == {"delivery": {"vip": {3: 1, 4: 1}, None: {-5: 1}}}


def test_tag_counts(rated, queries):
    counted = [(found["tag"], found["n"]) for found in queries.tag_counts()]
    assert counted == [("queue_too_long", 4), ("rude", 3)]
    since = datetime(2026, 12, 1, tzinfo=timezone.utc)
    assert queries.tag_counts(since=since)[0] == {
        "tag": "queue_too_long",
        "category": "waiting_and_speed",
        "polarity": "negative",
        "n": 1,
    }
    assert queries.tag_counts(since=since + timedelta(days=1)) == []


def test_journey_tags(rated, queries):
    found = queries.journey_tags()
    assert {
        (touchpoint, segment): [(tag["tag"], tag["n"]) for tag in tags]
        for touchpoint, segments in found.items()
        for segment, tags in segments.items()
    } == {
        ("delivery", "vip"): [("queue_too_long", 2), ("rude", 1)],
        ("delivery", None): [("queue_too_long", 1), ("rude", 1)],
        ("repair", "new"): [("queue_too_long", 1), ("rude", 1)],
    }
