"""After an erasure nobody finds the person again: not in any table, nor in any byte of any file of the assistant."""

import json
import os
import time
import uuid
from pathlib import Path
from urllib.parse import quote

import pytest
import requests
import sqlalchemy as sa

from bot.setup.keeper import Assistant
from tests.journeys.script import Journey, Player
from tests.servers import player, started
from tests.store.conftest import POSTGRES, postgres

__all__ = ["postgres"]
pytestmark = pytest.mark.servers

PHONE, EMAIL, NAME = "+8613900139777", "xiaoming.wang@example.org", "王小明明"
WORDS = "沙发腿断了还划伤地板"


def written(secret):
    """As it may stand in a file: plain, in JSON, in an address."""
    escaped = json.dumps(secret)[1:-1]
    percent = quote(secret, safe="")
    return {
        form.encode() for form in (secret, escaped, escaped.upper().replace("\\U", "\\u"), percent, percent.lower())
    }


class Person:
    """Who complains on the web and on a plain channel, is helped by a person, and is then erased."""

    def __init__(self, talk: Player):
        self.talk, self.id = talk, f"CUST-{uuid.uuid4().hex[:12]}"
        self.order = talk.order(self.id, amount=240)
        journey = Journey(
            name="erased", touchpoint="delivery", locale="zh-CN", turns=[],
            customer={"name": NAME, "segment": "gold", "contact": {"channel": "rest", "address": PHONE}},
        )  # fmt: skip
        self.web = talk.invitation(journey, self.id, {"order": self.order})
        self.secrets = [PHONE, PHONE[1:], EMAIL, NAME, WORDS, self.order, self.id]

    def live(self):
        for conversation in (self.web["conversation_id"], PHONE):
            for text in ("你好", "1", f"{WORDS}，{PHONE} {EMAIL}", f"订单 {self.order}", "转人工"):
                self.talk.say(conversation, text)
            # What cannot be handled is logged: it must not be logged with words.
            self.talk.say(conversation, WORDS, kind="image")
        (case,) = self.talk.api("GET", f"/cases?conversation={self.web['conversation_id']}")["items"]
        for act, more in (
            ("claim", {}),
            ("reply", {"text": f"{NAME} {PHONE}"}),
            ("note", {"text": f"{WORDS} {EMAIL}"}),
        ):
            self.talk.api("POST", f"/cases/{case['id']}/{act}", json={"agent": "lin", **more})
        self.talk.say(self.web["conversation_id"], f"{WORDS} {WORDS}")
        self.talk.api("GET", f"/responses?customer={self.id}")
        self.talk.api("GET", f"/conversations/{quote(PHONE)}")


def in_files(var: Path, secrets):
    """Every file but those of the demo order system, which stands for the business's own."""
    files = [path for path in var.rglob("*") if path.is_file() and not path.name.startswith("demo-orders")]
    assert any(path.suffix == ".log" for path in files)
    return {
        (path.name, secret)
        for path in files
        for content in [path.read_bytes()]
        for secret in secrets
        if any(form in content for form in written(secret))
    }


def in_tables(url, secrets):
    engine = sa.create_engine(url)
    hits = set()
    with engine.connect() as connection:
        for schema in ("public", "rasa"):
            for table in sa.inspect(connection).get_table_names(schema=schema):
                for row in connection.exec_driver_sql(f'SELECT t::text FROM "{schema}"."{table}" t').scalars():
                    hits |= {(table, one) for one in secrets if any(form in row.encode() for form in written(one))}
    engine.dispose()
    return hits


def erased(assistant: Assistant, found):
    """Lives, is found, is erased, writes again, and is found no more."""
    talk = player(assistant)
    person = Person(talk)
    person.live()
    assert {secret for _, secret in found(person.secrets)} >= {PHONE, NAME, WORDS, EMAIL, person.order, person.id}
    talk.api("DELETE", f"/customers/{person.id}")
    late = requests.post(person.web["chat_url"] + "/messages", json={"id": "late-one", "text": WORDS}, timeout=30)
    assert late.status_code == 410
    said = talk.say(person.web["conversation_id"], f"{WORDS} {PHONE}")
    assert [message["text"] for message in said] == ["这段对话已经删除，您刚才写的没有保存。"]
    # A round of the worker may have been under way.
    until = time.monotonic() + 20
    while (left := found(person.secrets)) and time.monotonic() < until:
        time.sleep(0.5)
    assert left == set()


def test_on_sqlite(assistant: Assistant) -> None:
    erased(assistant, lambda secrets: in_files(assistant.settings.var, secrets))


@pytest.fixture
def on_postgres(tmp_path, postgres):
    """An assistant with a database of its own on PostgreSQL, where Rasa has a schema of its own."""
    name = f"erased_{uuid.uuid4().hex[:12]}"
    server = postgres.execution_options(isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    url = sa.engine.make_url(os.environ.get("BOT_TEST_POSTGRES", POSTGRES)).set(database=name)
    url = url.render_as_string(hide_password=False)
    try:
        for assistant in started(tmp_path, BOT_DATABASE_URL=url):
            yield assistant, url
    finally:
        with server.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


def test_on_postgresql(on_postgres) -> None:
    assistant, url = on_postgres
    erased(assistant, lambda secrets: in_tables(url, secrets) | in_files(assistant.settings.var, secrets))
