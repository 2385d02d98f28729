"""The outbox: each target is a delivery of its own; what fails for good can be seen and sent again."""

import json
from dataclasses import replace

import pytest

from bot.core import records as r
from bot.core.errors import NotFound, ServiceRefused, ServiceUnavailable
from bot.core.notice import Target
from bot.core.services import agents, outbox
from tests.fakes import FakeNotifier

TEAM = ("json://one:hunter2@team", "json://two:hunter2@team", "json://three:hunter2@team")


@pytest.fixture
def notice(ports):
    item = r.OutboxItem("o1", "notice", "k1", {"team": "logistics", "title": "t", "body": "b"}, ports.clock())
    with ports.store.begin() as tx:
        tx.put_outbox(item)
    return item


def kept(ports):
    with ports.store.engine.connect() as connection:
        row = connection.exec_driver_sql("SELECT status, attempts, last_error FROM outbox WHERE id = 'o1'").one()
    return tuple(row)


def test_a_notice_is_sent_once_to_the_targets_of_its_team(ports, notice):
    notifier = FakeNotifier()
    assert outbox.send(ports, notifier) == 1
    assert outbox.send(ports, notifier) == 0
    assert notifier.told == [("", "t", "b")] and kept(ports) == ("sent", 1, None)


def test_a_notice_that_failed_waits_longer_each_time_and_is_sent_in_the_end(ports, notice, clock):
    notifier, tried = FakeNotifier(failures=3), []
    for minute in range(30):
        if outbox.send(ports, notifier):
            tried.append(minute)
        clock.forward(minutes=1)
    assert tried == [0, 1, 3, 7] and len(notifier.told) == 1 and kept(ports) == ("sent", 4, None)


def test_a_notice_that_fails_for_good_is_kept_as_dead_with_its_reason(ports, notice, clock):
    notifier = FakeNotifier(failures=99)
    for _ in range(20):
        outbox.send(ports, notifier)
        clock.forward(hours=1)
    assert kept(ports) == ("dead", 8, "log target 1 of 1: not now") and notifier.failures == 91


def test_a_refused_notice_is_dead_at_once(ports, notice):
    class Refusing(FakeNotifier):
        def notify(self, target, notice):
            raise ServiceRefused("it is not an Apprise URL")

    outbox.send(ports, Refusing())
    assert kept(ports) == ("dead", 1, "log target 1 of 1: it is not an Apprise URL")


def test_a_worker_that_died_while_sending_leaves_the_notice_to_another_a_minute_later(ports, notice, clock):
    class Dying(FakeNotifier):
        def notify(self, target, notice):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        outbox.send(ports, Dying())
    notifier = FakeNotifier()
    assert outbox.send(ports, notifier) == 0
    clock.forward(minutes=1)
    assert outbox.send(ports, notifier) == 1 and len(notifier.told) == 1


def test_two_workers_at_once_share_the_notices(ports):
    from concurrent.futures import ThreadPoolExecutor

    with ports.store.begin() as tx:
        for number in range(20):
            payload = {"team": "logistics", "title": str(number), "body": ""}
            tx.put_outbox(r.OutboxItem(f"o{number}", "notice", f"k{number}", payload, ports.clock()))
    notifier = FakeNotifier()

    def work(_):
        return sum(outbox.send(ports, notifier) for _ in range(20))

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(work, range(2))) == 20
    assert sorted(int(title) for _, title, _ in notifier.told) == list(range(20))


def test_a_team_that_is_no_more_leaves_its_notices_to_the_default_team(ports, clock):
    with ports.store.begin() as tx:
        tx.put_outbox(r.OutboxItem("o1", "notice", "k1", {"team": "gone", "title": "t", "body": "b"}, clock()))
    outbox.send(ports, FakeNotifier())
    assert kept(ports) == ("sent", 1, None)


@pytest.fixture
def told_at(ports, definitions):
    """Gives each team these targets."""

    def set_targets(*targets, **of_team):
        levels = definitions.service_levels
        changed = [team.copy(update={"targets": list(targets), **of_team}) for team in levels.teams]
        changed_levels = levels.copy(update={"teams": changed})
        ports.definitions._active = (1, definitions.copy(update={"service_levels": changed_levels}))

    set_targets(*TEAM)
    return set_targets


def rounds(ports, notifier, clock, hours=20):
    """The worker at work for some hours."""
    for _ in range(4 * hours):
        outbox.send(ports, notifier)
        clock.forward(minutes=15)


def stored(ports):
    with ports.store.read() as tx:
        return tx.outbox_item("o1")


def told(notifier):
    return [address for address, _, _ in notifier.told]


def test_a_target_that_failed_is_tried_again_and_the_others_do_not_get_it_twice(ports, notice, told_at, clock):
    notifier = FakeNotifier(failing={TEAM[1]: ServiceUnavailable("not now")})
    outbox.send(ports, notifier)
    assert told(notifier) == [TEAM[0], TEAM[2]]
    assert kept(ports) == ("waiting", 1, "apprise target 2 of 3: not now")
    notifier.failing.clear()
    rounds(ports, notifier, clock)
    assert told(notifier) == [TEAM[0], TEAM[2], TEAM[1]] and kept(ports) == ("sent", 2, None)


def test_a_refusal_holds_up_nobody_and_leaves_only_itself(ports, notice, told_at, clock):
    errors = {TEAM[0]: ServiceRefused("no such channel"), TEAM[1]: ServiceUnavailable("not now")}
    notifier = FakeNotifier(failing=errors)
    outbox.send(ports, notifier)
    assert told(notifier) == [TEAM[2]] and kept(ports)[0] == "waiting"
    del notifier.failing[TEAM[1]]
    rounds(ports, notifier, clock)
    assert told(notifier) == [TEAM[2], TEAM[1]]
    assert kept(ports) == ("dead", 2, "apprise target 1 of 3: no such channel")


def test_a_fault_at_one_target_keeps_nobody_else_from_being_told(ports, notice, told_at, clock):
    notifier = FakeNotifier(failing={TEAM[0]: KeyError("a plugin's fault")})
    rounds(ports, notifier, clock)
    assert told(notifier) == [TEAM[1], TEAM[2]] and kept(ports) == ("dead", 8, "apprise target 1 of 3: KeyError")


def test_what_is_kept_of_a_target_is_not_its_address(ports, notice, told_at):
    outbox.send(ports, FakeNotifier(failing={TEAM[1]: ServiceRefused("no")}))
    row = json.dumps(vars(stored(ports)), default=str)
    assert "hunter2" not in row and "team" in row and "hunter2" not in repr(Target("apprise", TEAM[0]))
    assert len(stored(ports).payload["told"]) == 2 and len(stored(ports).payload["refused"]) == 1


def test_a_worker_that_died_between_two_targets_tells_only_those_left(ports, notice, told_at, clock):
    class DiesAtTheSecond(FakeNotifier):
        def notify(self, target, notice):
            if target.address == TEAM[1]:
                raise KeyboardInterrupt
            super().notify(target, notice)

    notifier = DiesAtTheSecond()
    with pytest.raises(KeyboardInterrupt):
        outbox.send(ports, notifier)
    another = FakeNotifier()
    rounds(ports, another, clock)
    assert (told(notifier), told(another)) == ([TEAM[0]], [TEAM[1], TEAM[2]])


def test_slow_targets_do_not_outlast_the_claim(ports, notice, told_at, clock):
    """Each target that has answered renews it: a second worker does not take the item up in between."""

    class Slow(FakeNotifier):
        def notify(self, target, notice):
            super().notify(target, notice)
            clock.forward(seconds=40)
            assert outbox.send(ports, another) == 0

    another = FakeNotifier()
    slow = Slow()
    outbox.send(ports, slow)
    assert told(slow) == list(TEAM) and told(another) == []


def test_a_target_that_was_added_later_is_told_and_one_that_was_removed_is_forgotten(ports, notice, told_at, clock):
    notifier = FakeNotifier(failing={TEAM[1]: ServiceUnavailable("not now")})
    outbox.send(ports, notifier)
    told_at(TEAM[0], "json://new")
    rounds(ports, notifier, clock)
    assert told(notifier) == [TEAM[0], TEAM[2], "json://new"] and kept(ports)[0] == "sent"


def test_a_place_named_twice_is_told_once(ports, notice, told_at):
    told_at(TEAM[0], TEAM[0], webhook="https://team.example/hook")
    notifier = FakeNotifier()
    outbox.send(ports, notifier)
    assert told(notifier) == [TEAM[0], "https://team.example/hook"]


def test_what_was_erased_while_it_was_sent_is_not_put_back(ports, notice, told_at):
    class Erasing(FakeNotifier):
        def notify(self, target, notice):
            super().notify(target, notice)
            with ports.store.engine.begin() as connection:
                connection.exec_driver_sql("DELETE FROM outbox")

    notifier = Erasing()
    outbox.send(ports, notifier)
    assert told(notifier) == [TEAM[0]] and stored(ports) is None


@pytest.fixture
def dead(ports, notice, told_at):
    """Two have it, one will not take it."""
    outbox.send(ports, FakeNotifier(failing={TEAM[1]: ServiceRefused("no")}))
    assert kept(ports)[0] == "dead"
    return notice


def test_sent_again_it_goes_to_whom_it_is_owed(ports, dead, clock):
    item = outbox.send_again(ports, "o1", "Lea")
    assert (item.status, item.attempts, item.due_at) == ("waiting", 0, clock())
    assert item.payload["sent_again"] == {"by": "Lea", "at": clock().isoformat()}
    notifier = FakeNotifier()
    rounds(ports, notifier, clock)
    assert told(notifier) == [TEAM[1]] and kept(ports) == ("sent", 1, None)


def test_sent_again_twice_is_sent_again_once(ports, dead, clock):
    first = outbox.send_again(ports, "o1", "Lea")
    assert outbox.send_again(ports, "o1", "Max") == first
    notifier = FakeNotifier()
    rounds(ports, notifier, clock)
    assert outbox.send_again(ports, "o1", "Max").status == "sent" and len(notifier.told) == 1


def test_what_is_not_there_is_not_found(ports):
    with pytest.raises(NotFound):
        outbox.send_again(ports, "o1", "Lea")


def test_who_sent_it_again_stands_in_the_history_of_the_case(talk):
    talk.says("hello", "greet")
    talk.complains()
    talk.says("let me talk to a person please", "ask_human")
    with talk.ports.store.begin() as tx:
        (item,) = tx.outbox_due(talk.ports.clock())
        tx.save_outbox(replace(item, status="dead", last_error="no"))
    agents.claim(talk.ports, talk.case.id, "ann")
    outbox.send_again(talk.ports, item.id, "Lea")
    event = talk.read(lambda tx: tx.case_events(talk.case.id))[-1]
    assert (event.kind, event.actor, event.details) == ("notice_sent_again", "Lea", {"text": item.payload["title"]})


def test_each_notice_leads_to_its_case(ports, clock):
    seen = []

    class Seeing(FakeNotifier):
        def notify(self, target, notice):
            seen.append(notice)

    payload = {"team": "logistics", "title": "t", "body": "b", "case_id": "k1", "at": clock().isoformat()}
    with ports.store.begin() as tx:
        tx.put_outbox(r.OutboxItem("o1", "notice", "k:1", payload, clock()))
    clock.forward(minutes=5)
    outbox.send(replace(ports, public_url="https://care.example"), Seeing())
    (notice,) = seen
    assert notice.link == "https://care.example/console/cases/k1" and notice.key == "k:1"
    assert notice.at < clock(), "when it was put, not when it was sent"
