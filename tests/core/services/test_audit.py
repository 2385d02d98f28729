"""Who did and saw what: one entry for each act, one look within ten minutes, and never a customer's words."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.core import records as r
from bot.core.errors import Held
from bot.core.services import agents, audit


def entries(ports, **wanted):
    with ports.store.read() as tx:
        return tx.audit_entries(r.AuditFilter(**wanted))


@pytest.fixture
def case_id(talk):
    talk.complains()
    talk.says("a person please", "ask_human")
    return talk.case.id


def test_each_act_of_an_agent_is_kept_without_words(ports, case_id):
    agents.claim(ports, case_id, "lin")
    agents.claim(ports, case_id, "lin")  # changes nothing
    for _ in range(2):
        agents.reply(ports, case_id, "lin", "secret words", "same")
    agents.note(ports, case_id, "lin", "secret words")
    agents.release(ports, case_id, "lin")
    agents.resolve(ports, case_id, "lin", "system", "secret words", "secret words")
    agents.reopen(ports, case_id, "kim", "secret words")
    found = entries(ports, subject="case", subject_id=case_id)[::-1]
    assert [(one.actor, one.act) for one in found] == [
        ("lin", "claimed"), ("lin", "replied"), ("lin", "note"), ("lin", "released"), ("lin", "resolved"),
        ("kim", "reopened"),
    ]  # fmt: skip
    assert all(one.details == {} and one.at == ports.clock() for one in found)


def test_what_was_refused_is_not_told_as_done(ports, case_id):
    agents.claim(ports, case_id, "lin")
    with pytest.raises(Held):
        agents.claim(ports, case_id, "kim")
    assert [one.actor for one in entries(ports, subject="case")] == ["lin"]


def test_a_look_counts_once_within_ten_minutes(ports, clock):
    def look(actor="lin", case="k1", **more):
        audit.seen(ports, actor, "case", case, **more)

    look(), look()
    clock.forward(minutes=9)
    look(), look("kim"), look(case="k2")
    assert len(entries(ports)) == 3
    look(masked=False), look(masked=False)
    assert [one.act for one in entries(ports, actor="lin", subject_id="k1")] == ["seen", "seen_masked"]
    clock.forward(minutes=2)
    look()
    assert len(entries(ports, actor="lin", act="seen_masked", subject_id="k1")) == 2


def test_eight_pages_at_once_are_one_look(ports):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: audit.seen(ports, "lin", "case", "k1"), range(8)))
    assert len(entries(ports)) == 1
