from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core import records as r
from bot.core.errors import InvalidInput
from bot.core.metrics import rate
from bot.store.queries import RATES, Queries
from tests.store import samples as s

DAY = 86400
NOW = s.at(30 * DAY)
MAIN = {"delivery": "overall", "store": "friendly"}


def day(number, **more):
    return s.NOW + timedelta(days=number, **more)


@pytest.fixture
def rates(engine):
    return lambda name, now=NOW, **options: Queries(engine).rates(name, now, **options)


def solved(opened, resolved, **values):
    done = {"first_contact_resolved": True, "status": "resolved_by_bot", "resolved_at": day(resolved)}
    return {"opened_at": day(opened), **done, **values}


def add_cases(store, **cases):
    """Each in a conversation and with a response of its own; p1 is in the segment vip."""
    with store.begin() as tx:
        tx.save_customer(r.Customer("p1", segment="vip"))
        for key, values in cases.items():
            tx.add_conversation(s.conversation(f"c-{key}", channel=values.pop("channel", "web")))
            response = values.pop("response", None)
            if response is not None:
                tx.save_response(s.response(f"r-{key}", f"c-{key}", **response))
                values["response_id"] = f"r-{key}"
            tx.add_case(s.case(key, f"c-{key}", **values))


@pytest.mark.parametrize(
    "values, part, whole, pending",
    [
        (solved(0, 1), 1, 1, 0),
        (solved(0, 22.9), 1, 1, 0),
        (solved(0, 23), 1, 1, 0),
        (solved(0, 23.1), 0, 0, 1),  # long ago opened; its seven days run from the resolution
        (solved(0, 1, reopened=True), 0, 1, 0),
        ({"first_contact_resolved": False, "status": "escalated"}, 0, 1, 0),
        ({"first_contact_resolved": False, "status": "resolved", "resolved_at": day(29)}, 0, 1, 0),
        ({"status": "recovering"}, 0, 1, 0),
        ({"first_contact_resolved": False, "status": "escalated", "opened_at": day(24)}, 0, 0, 1),
        ({"status": "recovering", "opened_at": day(29)}, 0, 0, 1),
    ],
)
def test_first_contact_of_one_case(store, rates, values, part, whole, pending):
    add_cases(store, k1=values)
    assert rates("fcr") == {"all": {"part": part, "whole": whole, "pending": pending}}


@pytest.mark.parametrize(
    "again, part",
    [
        ({"opened_at": day(8)}, 0),
        ({"opened_at": day(8, seconds=1)}, 1),
        ({"opened_at": day(2), "order_id": "HS2"}, 1),
        ({"opened_at": day(2), "customer_id": "p2"}, 1),
        ({"opened_at": day(-1)}, 1),
    ],
)
def test_another_case_on_the_same_order_within_seven_days(store, rates, again, part):
    same = {"customer_id": "p1", "order_id": "HS1"}
    with store.begin() as tx:
        tx.save_customer(r.Customer("p2"))
    # the other case itself is never resolved, so that only k1 can count
    add_cases(store, k1=solved(0, 1, **same), k2={**same, **again})
    assert rates("fcr")["all"] == {"part": part, "whole": 2, "pending": 0}


def test_a_merged_duplicate_is_no_complaint_of_its_own(store, rates):
    same = {"customer_id": "p1", "order_id": "HS1"}
    duplicate = {"opened_at": day(2), "status": "closed", "merged_into": "k1", **same}
    add_cases(store, k1=solved(0, 1, **same), k2=duplicate)
    assert rates("fcr")["all"] == {"part": 1, "whole": 1, "pending": 0}


def test_first_contact_by_group(store, rates):
    about = {"touchpoint": "delivery", "segment": "gold", "store_id": "x1", "staff_id": "w1"}
    add_cases(
        store,
        k1=solved(0, 1, touchpoint="delivery", customer_id="p1", response=about),
        k2=solved(0.4, 1, touchpoint="delivery", customer_id="p1"),
        k3={"first_contact_resolved": False, "touchpoint": "repair", "opened_at": day(11), "channel": "telegram"},
        k4=solved(28, 28, touchpoint="repair"),
    )
    one, none, late = ({"part": p, "whole": w, "pending": q} for p, w, q in ((1, 1, 0), (0, 1, 0), (0, 1, 1)))
    assert rates("fcr") == {"all": {"part": 2, "whole": 3, "pending": 1}}
    two = {"part": 2, "whole": 2, "pending": 0}
    assert rates("fcr", group_by="touchpoint") == {"delivery": two, "repair": late}
    assert rates("fcr", group_by="stage", stages={"delivery": "receive"}) == {"receive": two, None: late}
    assert rates("fcr", group_by="segment") == {"gold": one, "vip": one, None: late}
    assert rates("fcr", group_by="channel") == {"web": {"part": 2, "whole": 2, "pending": 1}, "telegram": none}
    for group, key in (("store", "x1"), ("staff", "w1")):
        assert rates("fcr", group_by=group) == {key: one, None: {"part": 1, "whole": 2, "pending": 1}}
    wait = {"part": 0, "whole": 0, "pending": 1}
    # 18:36 UTC is the next day in Shanghai
    days = rates("fcr", group_by="day", zone=ZoneInfo("Asia/Shanghai"))
    assert days == {"2026-11-20": one, "2026-11-21": one, "2026-12-01": none, "2026-12-18": wait}
    assert rates("fcr", group_by="week") == {"2026-W47": two, "2026-W49": none, "2026-W51": wait}
    assert rates("fcr", group_by="month") == {"2026-11": two, "2026-12": late}
    assert rates("fcr", since=day(0.4), until=day(11)) == {"all": one}
    assert rates("fcr", since=day(29)) == {}


def rated(store, key, score, before=(), survey="delivery", event=True, **values):
    """A case rated at second 100, with answers (question, scale, score, second)."""
    add_cases(store, **{key: {"recovery_score": score, "response": {"survey": survey}, **values}})
    with store.begin() as tx:
        for question, scale, given, second in before:
            tx.put_answer(r.Answer(f"r-{key}", question, s.at(second), scale=scale, score=given))
        if event and score is not None:
            tx.add_case_event(r.CaseEvent(key, "recovery_score", s.at(100)))
            tx.add_case_event(r.CaseEvent(key, "recovery_score", s.at(500)))


def test_recovery_rate(store, rates):
    assert rates("recovery_rate") == {}
    rated(store, "k1", 5, [("overall", "csat", 3, 1), ("overall", "csat", 1, 2)])  # +4: the corrected score counts
    rated(store, "k2", 4, [("overall", "csat", 2, 1), ("overall", "csat", 4, 200)])  # +2: as it stood when rated
    rated(store, "k3", 1, [("friendly", "csat", 2, 1), ("overall", "csat", 5, 1)], survey="store", status="escalated")
    rated(store, "k4", 3, [("overall", "nps", 3, 1)])  # another scale: no pair
    rated(store, "k5", 4, [("overall", "csat", 5, 200)])  # asked for after the recovery only: no pair
    rated(store, "k6", 5, [("courier", "csat", 1, 1)], touchpoint="repair")  # not the main question
    rated(store, "k7", None, [("overall", "csat", 1, 1)], **{"status": "resolved"})  # has not rated
    found = rates("recovery_rate", main=MAIN)
    assert found == {"all": {"part": 4, "whole": 6, "paired": 3, "gained": 5}}
    figure = rate(found["all"])
    assert (figure.value, figure.n) == (pytest.approx(400 / 6), 6)
    assert figure.extra == {"paired": 3, "paired_difference": pytest.approx(5 / 3)}
    assert rates("recovery_rate")["all"] == {"part": 4, "whole": 6}
    by_touchpoint = rates("recovery_rate", main=MAIN, group_by="touchpoint")
    assert by_touchpoint["repair"] == {"part": 1, "whole": 1}
    assert rates("recovery_rate", since=s.at(1)) == {}


@pytest.fixture
def invited(store):
    """Five invitations, one of them suppressed; and two who came by themselves."""
    with store.begin() as tx:
        for number, (status, touchpoint, store_id, begun) in enumerate(
            [
                ("sent", "delivery", "x1", 0),  # answers twice: one response
                ("sent", "delivery", "x1", 0),  # only skips
                ("sent", "repair", "x2", 1),  # refuses
                ("sent", "repair", None, 1),  # never opens it
                ("suppressed", "repair", "x2", 1),  # answers all the same
            ]
        ):
            customer, key = f"p{number}", f"c{number}"
            tx.save_customer(r.Customer(customer, segment="vip" if number == 0 else None))
            tx.add_touchpoint_event(s.event(f"e{number}", customer, touchpoint=touchpoint, store_id=store_id))
            tx.add_conversation(s.conversation(key, event_id=f"e{number}", created_at=day(begun)))
            tx.save_invitation(r.Invitation(f"i{number}", f"e{number}", key, status))
        tx.add_conversation(s.conversation("c5"))
        for number, status, touchpoint, store_id in (
            (0, "complete", "delivery", "x1"),
            (1, "partial", "delivery", "x1"),
            (2, "declined", "repair", "x2"),
            (4, "complete", "repair", "x2"),
            (5, "opted_out", "repair", None),
        ):
            about = {"status": status, "touchpoint": touchpoint, "store_id": store_id, "channel": "web"}
            tx.save_response(s.response(f"r{number}", f"c{number}", started_at=day(number // 4), **about))
        for number, question, skipped in ((0, "a", False), (0, "b", False), (1, "a", True), (4, "a", 0), (5, "a", 0)):
            score = None if skipped else 5
            tx.put_answer(r.Answer(f"r{number}", question, s.NOW, scale="csat", score=score, skipped=bool(skipped)))
    return store


@pytest.mark.parametrize(
    "options, found",
    [
        ({}, {"all": (1, 4)}),
        ({"group_by": "touchpoint"}, {"delivery": (1, 2), "repair": (0, 2)}),
        ({"group_by": "segment"}, {"vip": (1, 1), None: (0, 3)}),
        ({"group_by": "store"}, {"x1": (1, 2), "x2": (0, 1), None: (0, 1)}),
        ({"group_by": "channel"}, {"web": (1, 4)}),
        ({"group_by": "staff"}, {None: (1, 4)}),
        ({"group_by": "day"}, {"2026-11-20": (1, 2), "2026-11-21": (0, 2)}),
        ({"since": day(1)}, {"all": (0, 2)}),
        ({"until": day(1)}, {"all": (1, 2)}),
    ],
)
def test_response_rate(invited, rates, options, found):
    counted = rates("response_rate", **options)
    assert {group: (parts["part"], parts["whole"]) for group, parts in counted.items()} == found


def test_an_invitation_is_dated_by_its_own_time_where_that_is_known(invited, rates):
    with invited.begin() as tx:
        tx.save_invitation(r.Invitation("i3", "e3", "c3", "sent", created_at=day(5)))
    assert rates("response_rate", since=day(1)) == {"all": {"part": 0, "whole": 2}}
    assert rates("response_rate", since=day(2)) == {"all": {"part": 0, "whole": 1}}
    assert set(rates("response_rate", group_by="day")) == {"2026-11-20", "2026-11-21", "2026-11-25"}


@pytest.mark.parametrize(
    "options, found",
    [
        ({}, {"all": (2, 4)}),  # who refused at once started nothing; who stopped after an answer did
        ({"group_by": "touchpoint"}, {"delivery": (1, 2), "repair": (1, 2)}),
        ({"group_by": "store"}, {"x1": (1, 2), "x2": (1, 1), None: (0, 1)}),
        ({"group_by": "day"}, {"2026-11-20": (1, 2), "2026-11-21": (1, 2)}),
        ({"group_by": "month"}, {"2026-11": (2, 4)}),
        ({"until": day(1)}, {"all": (1, 2)}),
    ],
)
def test_completion_rate(invited, rates, options, found):
    counted = rates("completion_rate", **options)
    assert {group: (parts["part"], parts["whole"]) for group, parts in counted.items()} == found


def test_rates_of_what_is_not_there(rates):
    assert [rates(name) for name in RATES] == [{}] * 4
    for wrong in (("joy", None), ("fcr", "weather")):
        with pytest.raises(InvalidInput):
            rates(wrong[0], group_by=wrong[1])


def test_rate_is_a_share_with_its_interval():
    figure = rate({"part": 8, "whole": 10, "pending": 2})
    assert (figure.value, figure.n, figure.extra) == (80, 10, {"pending": 2})
    assert (round(figure.ci_low), round(figure.ci_high)) == (48, 95)
    assert (rate({}).value, rate({}).n, rate({}).ci_low) == (None, 0, None)
