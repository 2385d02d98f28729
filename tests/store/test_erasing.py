"""Erasing a person: nothing of them is found again, and the figures stay as they were."""

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.adapters import trackers
from bot.adapters.trackers import RasaTrackers
from bot.core import records as r
from bot.core.errors import Conflict, NotFound, ServiceUnavailable
from bot.core.ports import Ports
from bot.core.services import erasing
from bot.store.queries import RATES, Queries
from bot.store.sql_store import SqlTransaction
from bot.store.tables import metadata
from tests.store import samples as s

PHONE, NAME, ORDER, WORDS = "13800138000", "王小明", "HS100241", "沙发腿断了"
REST_ID, PIXELS = "+8613900139000", "pixels-of-the-sofa"
SECRETS = (PHONE, NAME, ORDER, WORDS, REST_ID, PIXELS, "p1", "wamid", "Lindenstrasse", "断了")
OTHER = "桌子很好"


@pytest.fixture(autouse=True)
def careless():
    """Some builds of SQLite overwrite what is deleted by themselves; most do not."""

    def forgetful(connection, _):
        if type(connection).__module__ == "sqlite3":
            connection.execute("PRAGMA secure_delete=OFF")

    sa.event.listen(sa.engine.Engine, "connect", forgetful)
    yield
    sa.event.remove(sa.engine.Engine, "connect", forgetful)


def fill(store, *, person="p1", prefix="", words=WORDS, name=NAME, order=ORDER, phone=PHONE, street="Lindenstrasse",
         pixels=PIXELS):  # fmt: skip
    """A person with an invitation, a conversation, scores, words, a case, notices; saved often, as in real turns."""
    c, k, e, v, o = (prefix + one for one in ("c1", "k1", "e1", "v1", "o1"))
    with store.begin() as tx:
        tx.save_customer(r.Customer(person, name, "zh-CN", "gold"))
        tx.save_channel_account(person, "sms", phone)
        tx.add_touchpoint_event(s.event(e, person, order_id=order, staff_id="lin", attributes={"address": street}))
        tx.add_conversation(s.conversation(c, customer_id=person, event_id=e, touchpoint="delivery"))
        tx.save_invitation(r.Invitation(prefix + "i1", e, c, "sent"))
        tx.add_message(s.message(prefix + "m1", c, text=f"{words} {phone}", channel_message_id=f"wamid{phone}"))
        tx.add_message(
            s.message(
                prefix + "m2", c, sender="bot", text=f"{name}: {order}?", in_reply_to=prefix + "m1",
                buttons=(r.Button(order, order),),
            )
        )  # fmt: skip
        tx.add_message(s.message(prefix + "m3", c, text=words))
        # One with a message that goes, and one with a message on which a tag rests, and which stays as a shell.
        for picture, message in (("b1", "m3"), ("b2", "m1")):
            content = f"\xff{pixels}\0".encode("latin-1") * 900
            tx.add_picture(s.picture(prefix + picture, prefix + message, c, content=content))
        tx.save_response(
            s.response(prefix + "r1", c, customer_id=person, event_id=e, touchpoint="delivery", segment="gold",
                       staff_id="lin", status="complete")
        )  # fmt: skip
        tx.put_answer(r.Answer(prefix + "r1", "csat", s.NOW, "csat", 2, text=words, message_id=prefix + "m1"))
        tx.put_answer(r.Answer(prefix + "r1", "csat", s.at(1), "csat", 3, text=words, message_id=prefix + "m3"))
        tx.put_answer(r.Answer(prefix + "r1", "feel", s.at(2), "experience", -3))
        tx.put_answer(r.Answer(prefix + "r1", "why", s.at(3), choice="broken", text=words))
        case = s.case(k, c, customer_id=person, response_id=prefix + "r1", order_id=order, description=words,
                      order={"items": [street]})  # fmt: skip
        tx.add_case(case)
        tx.add_case_event(r.CaseEvent(k, f"proof_failed:{order}", s.NOW, details={"order_id": order}))
        tx.add_case_event(r.CaseEvent(k, "note", s.NOW, "lin", {"text": words}))
        tx.save_remedy(s.remedy(prefix + "y1", k, status="executing", look_again_at=s.NOW, error=order))
        tx.add_verbatim(
            s.verbatim(v, prefix + "m1", c, text=words, response_id=prefix + "r1", case_id=k),
            [s.tag(v, evidence=words)],
        )
        tx.put_outbox(s.outbox_item(o, payload={"team": "t", "case_id": k, "title": "x", "body": words}))
        tx.put_outbox(s.outbox_item(o + "m", key=f"message:{prefix}m3", payload={"body": words}))
        tx.put_outbox(s.outbox_item(o + "i", key=f"idea:{prefix}m3", payload={"conversation_id": c, "body": words}))
    for times in range(1, 12):
        with store.begin() as tx:
            tx.save_case(replace(tx.case(k), description=f"{words} " * times))
            tx.add_message(s.message(f"{prefix}n{times}", c, text=f"{words} {phone} " * 200 * times))


def fill_plain(store):
    """The same person on a plain channel, where the sender is the conversation and nothing but the address tells it."""
    with store.begin() as tx:
        tx.save_channel_account("p1", "rest", REST_ID)
        tx.add_conversation(s.conversation(REST_ID, channel="rest", case_id=None))
        tx.add_message(s.message("plain", REST_ID, text=WORDS))
        tx.save_response(s.response("rp", REST_ID, channel="rest"))
        tx.put_answer(r.Answer("rp", "nps", s.NOW, "nps", 9))


def fill_other(store):
    fill(store, person="q2", prefix="other-", words=OTHER, name="Ann Lee", order="HS100777", phone="15500155000",
         street="Elm Street", pixels="pixels-of-the-table")  # fmt: skip


def rows(engine):
    """{table: all its rows as texts}."""
    with engine.connect() as connection:
        return {
            table.name: sorted(repr(tuple(row)) for row in connection.execute(sa.select(table)))
            for table in metadata.sorted_tables
        }


def found_in(engine):
    """Where a secret is still to be read: in a table, or anywhere in the files."""
    hits = {
        (name, secret)
        for name, lines in rows(engine).items()
        for line in lines
        for secret in SECRETS
        if (f"'{secret}'" if secret == "p1" else secret) in line
    }
    if engine.dialect.name == "sqlite":
        hits |= in_files(Path(engine.url.database))
    return hits


def in_files(path):
    secrets = [secret for secret in SECRETS if len(secret) > 2]
    files = list(path.parent.glob(path.name + "*"))
    assert path in files
    return {(file.name, secret) for file in files for secret in secrets if secret.encode() in file.read_bytes()}


def figures(engine):
    queries = Queries(engine)
    scales = ("csat", "nps", "experience")
    groups = (None, "touchpoint", "segment", "staff", "day")
    return (
        [queries.scores(scale, group_by=group) for scale in scales for group in groups],
        queries.journey_scores(),
        queries.tag_counts(),
        queries.journey_tags(),
        [queries.rates(rate, s.at(99 * 86400), group_by=group) for rate in RATES for group in groups],
    )


def erase(store, customer_id="p1"):
    with store.begin() as tx:
        erased = tx.erase_customer(customer_id)
    store.clear_leftovers()
    return erased


def test_nothing_of_the_person_is_left_in_any_table_or_file(store, engine):
    fill(store), fill_plain(store)
    assert {secret for _, secret in found_in(engine)} >= {PHONE, NAME, WORDS, REST_ID, PIXELS}
    erased = erase(store)
    assert set(erased.conversations) == {"c1", REST_ID} and erased.messages == 15
    assert found_in(engine) == set()


def test_the_figures_stay(store, engine):
    fill(store), fill_plain(store), fill_other(store)
    before = figures(engine)
    assert before[0] and before[2][0]["n"] == 2 and "gold" in before[3]["delivery"] and before[4][0]
    erase(store)
    assert figures(engine) == before
    with store.read() as tx:
        assert [(a.question, a.score, a.choice, a.text) for a in tx.answers("r1")] == [
            ("csat", 3, None, None), ("feel", -3, None, None), ("why", None, "broken", None),
        ]  # fmt: skip
        assert tx.response("r1").staff_id == "lin" and tx.response("r1").customer_id is None
        assert [event.kind for event in tx.case_events("k1")] == ["proof_failed", "note"]
        assert [(tag.tag, tag.polarity) for tag in tx.tags_of_case("k1")] == [("queue_too_long", "negative")]


def test_another_person_is_not_touched(store, engine):
    fill_other(store)
    before = rows(engine)
    fill(store)
    erase(store)
    after = rows(engine)
    assert {name: [line for line in lines if line not in after[name]] for name, lines in before.items()} == {
        name: [] for name in before
    }


def test_nobody_works_on_what_was_erased(store):
    fill(store)
    erase(store)
    with store.begin() as tx:
        assert tx.unhandled_messages(s.at(9999), s.at(9999)) == []
        assert tx.silent_recoveries(s.at(9999)) == [] and tx.remedies_executing(s.at(9999)) == []
        assert tx.outbox_due(s.at(9999)) == []
        assert tx.case("k1").status == "closed" and tx.remedy_of_case("k1").status == "executing"
        assert tx.conversation("c1").customer_id is None


def test_events_are_nobodys_and_not_told_to_be_of_one_person(store):
    fill(store)
    with store.begin() as tx:
        tx.add_touchpoint_event(s.event("e2", "p1"))
    erase(store)
    with store.read() as tx:
        events = [tx.touchpoint_event("e1"), tx.touchpoint_event("e2")]
        assert len({event.customer_id for event in events}) == 2
        assert all(tx.customer(event.customer_id) == r.Customer(event.customer_id, segment="gold") for event in events)
        assert events[0].order_id is None and events[0].attributes == {} and events[0].staff_id == "lin"


def test_unknown_or_erased_before_is_none_and_changes_nothing(store, engine):
    fill(store)
    assert erase(store, "nobody") is None
    erase(store)
    before = rows(engine)
    assert erase(store) is None and rows(engine) == before


def test_somebody_with_the_same_id_afterwards_is_a_new_person(store):
    fill(store)
    erase(store)
    with store.begin() as tx:
        tx.save_customer(r.Customer("p1", "Neu"))
        assert tx.cases_of_customer("p1") == []
        assert tx.erase_customer("p1") == r.Erased((), 0)


def ports(store):
    return Ports(store, None, None, None, lambda: s.NOW)


def test_the_service_forgets_each_tracker_also_after_the_commit(store, engine):
    fill(store), fill_plain(store)
    forgotten = []

    def forget(sender):
        with store.read() as tx:
            committed = tx.customer("p1") is None
        forgotten.append((sender, committed))

    erased = erasing.erase(ports(store), "p1", forget, "api")
    assert set(forgotten) == {(sender, done) for sender in erased.conversations for done in (False, True)}
    with pytest.raises(NotFound):
        erasing.erase(ports(store), "p1", forget, "api")


def test_the_audit_log_tells_who_erased_and_who_had_looked_and_not_whom(store, engine):
    fill(store), fill_plain(store)
    with store.begin() as tx:
        for subject, key in (("customer", "p1"), ("conversation", REST_ID), ("customer", "q2"), ("case", "k1")):
            tx.add_audit_entry(r.AuditEntry(s.NOW, "lin", "seen", subject, key))
    erasing.erase(ports(store), "p1", lambda _: None, "api")
    store.clear_leftovers()
    with store.read() as tx:
        entries = tx.audit_entries(r.AuditFilter())
        renamed = next(one.subject_id for one in entries if one.subject == "conversation")
        assert tx.conversation(renamed).channel == "rest"
    assert [(one.actor, one.act, one.subject) for one in entries] == [
        ("api", "erased", "customer"), ("lin", "seen", "case"), ("lin", "seen", "customer"),
        ("lin", "seen", "conversation"), ("lin", "seen", "customer"),
    ]  # fmt: skip
    assert entries[0].subject_id == entries[4].subject_id and entries[2].subject_id == "q2"
    assert found_in(engine) == set()


def test_a_conflict_is_tried_again(store, monkeypatch):
    fill(store)
    tried, real = [], SqlTransaction.erase_customer

    def busy(tx, customer_id):
        tried.append(customer_id)
        if len(tried) < 3:
            raise Conflict("a conversation began")
        return real(tx, customer_id)

    monkeypatch.setattr(SqlTransaction, "erase_customer", busy)
    assert erasing.erase(ports(store), "p1", lambda _: None, "api").messages == 14 and len(tried) == 3


def test_where_a_tracker_cannot_be_forgotten_nothing_is_erased_and_it_can_be_asked_again(store, engine):
    fill(store)
    before = rows(engine)

    def down(_):
        raise ServiceUnavailable("down")

    with pytest.raises(ServiceUnavailable):
        erasing.erase(ports(store), "p1", down, "api")
    assert rows(engine) == before
    assert erasing.erase(ports(store), "p1", lambda _: None, "api").conversations == ("c1",)


@pytest.fixture
def tracker_place(empty_url):
    """(URL, schema, an engine that writes there as Rasa does)."""
    if not empty_url.startswith("sqlite"):
        writer = sa.create_engine(empty_url)
        with writer.connect() as connection:
            schema = connection.execute(sa.text("SELECT current_schema()")).scalar()
        yield empty_url, schema, writer
    else:
        path = Path(sa.engine.make_url(empty_url).database)
        path.parent.mkdir()
        writer = sa.create_engine(empty_url)
        with writer.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        yield empty_url, "rasa", writer
    writer.dispose()


def test_a_tracker_is_forgotten_and_the_others_stay(tracker_place):
    url, schema, writer = tracker_place
    RasaTrackers(url, schema).forget("c1")  # no table yet
    with writer.begin() as connection:
        connection.execute(sa.text("CREATE TABLE trackers (sender_id TEXT PRIMARY KEY, state TEXT NOT NULL)"))
        connection.execute(sa.text("INSERT INTO trackers VALUES ('c1', ''), ('c2', 'kept')"))
    for times in range(1, 30):
        with writer.begin() as connection:
            state = {"state": f"{WORDS} {PHONE} " * 40 * times}
            connection.execute(sa.text("UPDATE trackers SET state = :state WHERE sender_id = 'c1'"), state)
    for _ in range(2):
        RasaTrackers(url, schema).forget("c1")
    trackers.clear_leftovers(url)
    with writer.connect() as connection:
        assert connection.execute(sa.text("SELECT * FROM trackers")).all() == [("c2", "kept")]
    if url.startswith("sqlite"):
        assert in_files(Path(sa.engine.make_url(url).database)) == set()


def test_no_file_of_trackers_is_made(tmp_path):
    RasaTrackers(f"sqlite:///{tmp_path}/none.sqlite", None).forget("c1")
    assert RasaTrackers(f"sqlite:///{tmp_path}/none.sqlite", None).senders() == []
    trackers.clear_leftovers(f"sqlite:///{tmp_path}/none.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_a_database_of_trackers_that_does_not_answer_is_told():
    with pytest.raises(ServiceUnavailable):
        RasaTrackers("postgresql+psycopg2://nobody@127.0.0.1:9/none", "rasa").forget("c1")
