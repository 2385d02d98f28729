"""Whatever a customer does in several chats, in whatever order and however often: no limit is passed."""

from collections import defaultdict
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core import records as r
from bot.core.errors import AfterwordError
from bot.core.remedy_policy import RemedyLimitInTime
from bot.core.services import approvals, upkeep
from tests.core.services.quick import CALM
from tests.core.services.test_offers import another_order, with_policy

CHATS = 4
STEPS = st.lists(
    st.tuples(
        st.integers(0, CHATS - 1),
        st.sampled_from(("complain", "refund", "voucher", "yes", "yes again", "no", "approve", "refuse", "worker")),
    ),
    min_size=8,
    max_size=40,
)


def do(talk, step, ports):
    if step == "complain":
        talk.complains()
    elif step in ("refund", "voucher"):
        talk.says(f"a {step} please", "request_remedy", entities={"remedy": step})
    elif step.startswith("yes"):
        # The same message twice is one yes.
        talk.answer(talk.hears("yes", "affirm", message_id="once" if step == "yes again" else None, language="en"))
    elif step == "no":
        talk.says("no", "deny")
    elif step == "worker":
        upkeep.reconcile_remedies(ports)
    elif talk.case:
        try:
            decide = approvals.approve if step == "approve" else lambda *to: approvals.refuse(*to, reason="no")
            decide(ports, talk.case.id, "lena")
        except AfterwordError:
            pass  # nothing waits for it


@pytest.mark.parametrize("fault", ["none", "lost_answer"])
def test_no_limit_is_passed_under_any_order_of_events(ports, orders, clock, fault):
    with ports.store.begin() as tx:
        tx.save_user(r.User("lena", "lena", "hash", "lead"))

    @settings(CALM, max_examples=25, suppress_health_check=list(HealthCheck))
    @given(steps=STEPS, count=st.integers(1, 3), most=st.sampled_from((200.0, 450.0, 6000.0)))
    def holds(steps, count, most):
        clock.forward(days=400)
        orders.remedies.clear()
        orders.fault = "none"
        limit = RemedyLimitInTime(days=90, count=count, amount={"CNY": most})
        with_policy(ports, per_customer=limit, approval_above={"CNY": 1000.0})
        number = int(clock().timestamp()) // 86400
        talks = [
            another_order(ports, orders, number * 10 + one, amount=(150.0, 199.5, 300.0, 4000.0)[one])
            for one in range(CHATS)
        ]
        orders.fault = fault
        for chat, step in steps:
            do(talks[chat], step, ports)
            of_order = defaultdict(int)
            for order_id, *_ in orders.remedies:
                of_order[order_id] += 1
            assert len(orders.remedies) <= count
            assert sum(amount or 0 for _, _, amount, _ in orders.remedies) <= most
            assert all(times == 1 for times in of_order.values()), "one remedy an order"
        since = clock() - timedelta(days=90)
        with ports.store.read() as tx:
            promised = tx.remedies_of_customer("C1001", since)
        carried_out = {key for *_, key in orders.remedies}
        assert carried_out == {one.key for one in promised if one.status in ("done", "executing")} or fault != "none"

    holds()
