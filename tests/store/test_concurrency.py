"""Several at once: threads stand for the doors, actions and workers of several processes."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from bot.core import records as r
from bot.store.database import open_engine
from bot.store.sql_store import SqlStore
from tests.store import samples as s


def _at_once(times, work):
    barrier = threading.Barrier(times)

    def run(number):
        barrier.wait()
        return work(number)

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def test_the_same_message_eight_times_at_once_is_stored_once(store):
    with store.begin() as tx:
        tx.add_conversation(s.conversation())

    def add(number):
        with store.begin() as tx:
            return tx.add_message(s.message(f"m{number}", channel_message_id="wa-1"))

    results = _at_once(8, add)
    assert sum(new for _, new in results) == 1
    assert len({stored.id for stored, _ in results}) == 1
    with store.read() as tx:
        assert len(tx.messages("c1")) == 1


def test_a_message_is_taken_by_one_of_eight(store):
    with store.begin() as tx:
        tx.add_conversation(s.conversation())
        tx.add_message(s.message())

    def take(_number):
        with store.begin() as tx:
            return tx.take_message("m1", s.at(1), 30)

    assert sum(taken is not None for taken in _at_once(8, take)) == 1


def test_two_writers_of_one_conversation_go_one_after_the_other(empty_url, store):
    """Each reads, waits and writes: without a lock one of them would overwrite the other, or fail."""
    stores = [store, SqlStore(open_engine(empty_url))]
    with store.begin() as tx:
        tx.add_conversation(s.conversation())

    def save(number):
        for _ in range(10):
            with stores[number].begin() as tx:
                seen = tx.conversation("c1")
                time.sleep(0.002)
                tx.save_conversation(seen)

    _at_once(2, save)
    with store.read() as tx:
        assert tx.conversation("c1").version == 20
    stores[1].engine.dispose()


def test_readers_do_not_wait_for_a_writer(store):
    with store.begin() as tx:
        tx.add_conversation(s.conversation())
    with store.begin() as writer:
        writer.save_conversation(replace(writer.conversation("c1"), owner="agent"))
        begun = time.perf_counter()
        with store.read() as reader:
            assert reader.conversation("c1").owner == "bot"
        assert time.perf_counter() - begun < 1


def test_a_reader_sees_one_moment(store):
    with store.begin() as tx:
        tx.add_conversation(s.conversation())
    with store.read() as reader:
        assert reader.conversation("c1").owner == "bot"
        with store.begin() as writer:
            writer.save_conversation(replace(writer.conversation("c1"), owner="agent"))
        assert reader.conversation("c1").owner == "bot"
    with store.read() as reader:
        assert reader.conversation("c1").owner == "agent"


def test_two_workers_share_the_outbox_on_postgresql(store):
    if store.engine.dialect.name != "postgresql":
        return  # SQLite lets only one of them begin
    with store.begin() as tx:
        tx.put_outbox(s.outbox_item("o1"))
        tx.put_outbox(s.outbox_item("o2", due_at=s.at(1)))
    with store.begin() as one, store.begin() as other:
        assert [item.id for item in one.outbox_due(s.at(2), limit=1)] == ["o1"]
        assert [item.id for item in other.outbox_due(s.at(2))] == ["o2"]


def test_what_is_left_by_an_exception_has_no_effect(store):
    class Oops(Exception):
        pass

    try:
        with store.begin() as tx:
            tx.add_conversation(s.conversation())
            tx.add_message(s.message())
            raise Oops
    except Oops:
        pass
    with store.read() as tx:
        assert tx.conversation("c1") is None
        assert tx.messages("c1") == []
    with store.begin() as tx:
        tx.add_conversation(s.conversation())


def test_what_is_exclusive_is_done_by_one_after_the_other(store):
    """Two who read before they write see each other, also where they lock no common row."""
    with store.begin() as tx:
        tx.add_conversation(s.conversation())
        tx.add_case(s.case())

    def give(number):
        with store.begin() as tx:
            tx.exclusive("remedies:p1")
            if not tx.remedies_of_case("k1"):
                time.sleep(0.02)
                tx.save_remedy(s.remedy(f"y{number}", key=f"key-{number}"))

    _at_once(6, give)
    with store.read() as tx:
        assert len(tx.remedies_of_case("k1")) == 1


def test_of_several_who_decide_by_the_list_of_users_each_sees_what_the_last_one_did(store):
    """As the last administrator's role hangs on it."""
    names = ("ada", "bea", "cem", "dan")
    with store.begin() as tx:
        for name in names:
            tx.save_user(r.User(f"id-{name}", name, "hash", "admin"))

    def step_down(number):
        with store.begin() as tx:
            admins = [user for user in tx.users() if user.role == "admin"]
            mine = next(user for user in admins if user.name == names[number])
            if len(admins) > 1:
                tx.save_user(replace(mine, role="agent"))

    _at_once(4, step_down)
    with store.read() as tx:
        assert [user.role for user in tx.users()].count("admin") == 1
