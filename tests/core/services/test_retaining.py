"""The duty to keep nothing too long: step by step, each class at most once an hour, found again after a crash."""

import logging
from datetime import timedelta

import pytest

from bot.core import records as r
from bot.core.errors import ServiceUnavailable
from bot.core.ports import Trackers
from bot.core.retention import Retention, Term
from bot.core.services import retaining
from bot.core.services.retaining import Retaining
from bot.store.retaining import RetainingPart
from tests.store import samples as s


class FakeTrackers(Trackers):
    def __init__(self, *kept):
        self.kept, self.down = set(kept), False

    def senders(self, after="", limit=50):
        return sorted(one for one in self.kept if one > after)[:limit]

    def forget(self, *conversation_ids):
        if self.down:
            raise ServiceUnavailable("down")
        self.kept -= set(conversation_ids)


class Duty:
    """Retaining with what it was given, and how often leftovers were cleared."""

    def __init__(self, ports, *kept):
        self.trackers, self.logs_before, self.cleared = FakeTrackers(*kept), [], 0
        self.retaining = Retaining(ports, self.trackers, self._drop_logs, self._clear)

    def _drop_logs(self, before):
        self.logs_before.append(before)
        return 0

    def _clear(self):
        self.cleared += 1

    def hour(self):
        """Steps until a whole round of the classes finds nothing to do."""
        removed, idle = 0, 0
        while idle < 12:
            done = self.retaining.step()
            removed, idle = removed + done, 0 if done else idle + 1
        return removed


@pytest.fixture
def duty(ports):
    return Duty(ports)


def conversations(ports, *names, at):
    with ports.store.begin() as tx:
        for name in names:
            tx.add_conversation(s.conversation(name, created_at=at))
            tx.add_message(s.message(f"m-{name}", name, at=at, handled_at=at))


def words(ports, *names):
    with ports.store.read() as tx:
        return [name for name in names if any(message.text for message in tx.messages(name))]


NAMES = [f"c{number:03}" for number in range(30)]


def test_words_go_when_their_time_is_over_and_not_before(ports, clock, duty):
    conversations(ports, *NAMES, at=clock())
    clock.forward(days=730)
    assert duty.hour() == 0 and words(ports, *NAMES) == NAMES
    clock.forward(hours=2)
    assert duty.hour() == 30 and words(ports, *NAMES) == []


def test_each_class_at_most_once_an_hour(ports, clock, duty):
    duty.hour()
    assert len(duty.logs_before) == 1 and duty.logs_before[0] == clock() - timedelta(days=30)
    clock.forward(minutes=59)
    duty.hour()
    assert len(duty.logs_before) == 1
    clock.forward(minutes=2)
    duty.hour()
    assert len(duty.logs_before) == 2


def test_one_step_writes_for_a_short_time_only_and_the_rest_follows(ports, clock, duty, monkeypatch):
    conversations(ports, *NAMES, at=clock())
    clock.forward(days=731)
    monkeypatch.setattr(retaining, "WRITE_SECONDS", 0.0)  # one at a time
    steps = [duty.retaining.step() for _ in range(400)]
    assert max(steps) == 1 and sum(steps) == 30


def test_after_a_crash_another_goes_on_where_things_stand(ports, clock, monkeypatch):
    conversations(ports, *NAMES, at=clock())
    clock.forward(days=731)
    monkeypatch.setattr(retaining, "WRITE_SECONDS", 0.0)
    first = Duty(ports)
    while len(words(ports, *NAMES)) > 20:
        first.retaining.step()
    assert Duty(ports).hour() == 20 and words(ports, *NAMES) == []


def test_one_that_cannot_be_removed_holds_up_no_other_and_is_not_named(ports, clock, duty, monkeypatch, caplog):
    conversations(ports, *NAMES, at=clock())
    clock.forward(days=731)
    real = RetainingPart.forget_words

    def refuse(tx, conversation_id, before):
        if conversation_id == "c003":
            raise RuntimeError("c003 cannot be removed")
        return real(tx, conversation_id, before)

    monkeypatch.setattr(RetainingPart, "forget_words", refuse)
    with caplog.at_level(logging.INFO):
        assert duty.hour() == 29 and words(ports, *NAMES) == ["c003"]
    assert "RuntimeError" in caplog.text and "c003" not in caplog.text
    monkeypatch.undo()
    clock.forward(hours=1)
    assert duty.hour() == 1


def test_a_class_that_fails_waits_for_its_hour_and_holds_up_no_other(ports, clock):
    duty = Duty(ports, "c1")
    duty.trackers.down = True
    with pytest.raises(ServiceUnavailable):
        for _ in range(12):
            duty.retaining.step()
    duty.hour()
    assert duty.logs_before
    duty.trackers.down = False
    clock.forward(hours=1)
    assert duty.hour() == 1 and not duty.trackers.kept


def test_a_bygone_person_is_erased_and_the_log_says_by_whom(ports, clock, duty):
    with ports.store.begin() as tx:
        tx.save_customer(r.Customer("C1", "Ann"))
        tx.add_conversation(s.conversation(customer_id="C1", created_at=clock()))
    clock.forward(days=1096)
    assert duty.hour() == 1
    with ports.store.read() as tx:
        (entry,) = tx.audit_entries(r.AuditFilter(act="erased"))
        assert tx.customer("C1") is None and entry.actor == "retention" and entry.subject_id.startswith("erased-")


def test_trackers_of_the_silent_and_of_nobody_go(ports, clock):
    conversations(ports, "old", "young", at=clock())
    duty = Duty(ports, "old", "young", "unknown")
    clock.forward(days=31)
    with ports.store.begin() as tx:
        tx.add_message(s.message("again", "young", at=clock()))
    duty.hour()
    # What nobody knows was erased meanwhile: a message is stored before Rasa hears of it.
    assert duty.trackers.kept == {"young"} and words(ports, "old", "young") == ["old", "young"]


def test_words_are_forgotten_by_rasa_too_however_long_it_keeps_trackers(ports, clock, definitions):
    kept = definitions.copy(update={"retention": Retention(words=Term(days=10), trackers=Term(keep="forever"))})
    ports.definitions._active = (1, kept)
    conversations(ports, "c1", at=clock())
    duty = Duty(ports, "c1", "c2")
    clock.forward(days=11)
    duty.hour()
    assert duty.trackers.kept == {"c2"} and words(ports, "c1") == []


def test_what_is_kept_for_ever_stays(ports, clock, definitions):
    for_ever = {name: Term(keep="forever") for name in Retention.__fields__}
    ports.definitions._active = (1, definitions.copy(update={"retention": Retention(**for_ever)}))
    conversations(ports, "c1", at=clock())
    duty = Duty(ports, "c1")
    clock.forward(days=36_000)
    assert duty.hour() == 0 and duty.logs_before == [] and duty.trackers.kept == {"c1"}


def test_old_copies_are_cleared_once_a_day_and_only_after_words_went(ports, clock, duty):
    duty.hour()
    assert duty.cleared == 0
    conversations(ports, "c1", "c2", at=clock() - timedelta(days=729, hours=23))
    conversations(ports, "c3", at=clock() - timedelta(days=729, hours=20))
    clock.forward(hours=2)
    duty.hour()
    assert duty.cleared == 1
    clock.forward(hours=4)
    duty.hour()
    assert duty.cleared == 1 and words(ports, "c1", "c2", "c3") == []
    clock.forward(hours=21)
    duty.hour()
    assert duty.cleared == 2


def test_the_log_says_how_much(ports, clock, duty, caplog):
    conversations(ports, *NAMES, at=clock())
    clock.forward(days=731)
    with caplog.at_level(logging.INFO):
        duty.hour()
    assert [line for line in caplog.messages if line.startswith("retention: words: 30 removed")]
