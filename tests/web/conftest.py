"""The web app on a real store; Rasa is a thread that stores what it is sent and answers by a script."""

import json
import shutil
import socket
import threading
import time
from collections import deque
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import uvicorn
from fastapi.testclient import TestClient

from bot.core import records as r
from bot.core.records import Button, OpenQuestion
from bot.core.services import opening, receiving, touchpoints
from bot.core.services.turn import new_id
from bot.web.app import create_app
from bot.wiring import Settings, Wiring, now

KEY = "test-key"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class FakeRasa:
    """Stores each message as the door does, then says what the script says: (text, buttons, open question).

    `down`: answers 503 and stores nothing. `slow`: seconds until it answers.
    """

    def __init__(self, port):
        self.port, self.ports, self.down, self.slow = port, None, False, 0.0
        self.script, self.taken = deque(), []
        rasa = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                if not rasa.down:
                    rasa.take(message)
                self.send_response(503 if rasa.down else 200)
                self.end_headers()
                self.wfile.write(b"[]")

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def take(self, message):
        conversation_id, told = message["sender"], message["metadata"]
        if "stored_id" in told:
            stored = receiving.receive_again(self.ports, conversation_id, told["stored_id"])
        else:
            stored = receiving.receive(
                self.ports, conversation_id, "web", message["message"], message_id=told["message_id"]
            )
        self.taken.append(message)
        time.sleep(self.slow)
        if stored.answer and self.script:
            self.say(conversation_id, *self.script.popleft(), to=stored.message.id)

    def say(self, conversation_id, text, buttons=(), asked=None, to=None, sender="bot", author=None, **changes):
        """What somebody says by themselves, too."""
        with self.ports.store.begin() as tx:
            conversation = tx.conversation(conversation_id)
            made = [Button(title, title.replace("−", "-")) for title in buttons]
            language = changes.get("language", conversation.language)
            tx.add_message(
                r.Message(
                    new_id(), conversation_id, sender, text, now(), buttons=tuple(made), in_reply_to=to,
                    language=language, author=author,
                )
            )  # fmt: skip
            question = OpenQuestion(*asked) if asked else None
            tx.save_conversation(replace(conversation, open_question=question, **changes))


@pytest.fixture
def rasa():
    fake = FakeRasa(free_port())
    yield fake
    fake.server.shutdown()
    fake.server.server_close()


@pytest.fixture
def web_port():
    return free_port()


def settings(var, rasa_port, web_port):
    return Settings.from_environment(
        {
            "BOT_VAR": str(var),
            "BOT_API_KEY": KEY,
            "BOT_SECRET": "test-secret",
            "BOT_RASA_PORT": str(rasa_port),
            "BOT_WEB_PORT": str(web_port),
            "BOT_ORDERS_URL": "http://127.0.0.1:9",
        }
    )


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """(database file, password of admin, source of definitions): prepared once and copied for each test."""
    folder = tmp_path_factory.mktemp("prepared")
    made = Wiring(settings(folder, free_port(), free_port()))
    (password,) = made.prepare().values()
    with made.store.read() as tx:
        made.definitions.current(tx)
    with made.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    made.engine.dispose()
    return folder / "afterword.sqlite", password, made.definitions


@pytest.fixture
def wiring(tmp_path, prepared, rasa, web_port):
    database, password, definitions = prepared
    shutil.copy(database, tmp_path)
    made = Wiring(settings(tmp_path, rasa.port, web_port))
    made.password, made.definitions = password, definitions
    rasa.ports = made.ports
    yield made
    made.engine.dispose()


@pytest.fixture
def app(wiring):
    return create_app(wiring)


@pytest.fixture
def client(app):
    """A visitor of the pages."""
    with TestClient(app, follow_redirects=False) as visitor:
        yield visitor


@pytest.fixture
def api(app):
    """A program with the key."""
    with TestClient(app, headers={"Authorization": f"Bearer {KEY}"}) as program:
        yield program


@pytest.fixture
def server(app, web_port):
    """The app on a real port, for what TestClient cannot do: streams and browsers."""
    with serving(app, web_port) as url:
        yield url


@contextmanager
def serving(app, port):
    config = uvicorn.Config(app, port=port, log_level="warning", ws="none", timeout_graceful_shutdown=1)
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    running.should_exit = True
    thread.join(10)


@pytest.fixture
def chat(wiring, app):
    """Begins a conversation and gives (its id, the path of its link)."""

    def begin(touchpoint="delivery", language="zh-Hans", opened=True):
        customer = r.Customer(f"C-{new_id()[:6]}", locale={"zh-Hans": "zh-CN", "zh-Hant": "zh-TW"}.get(language, "en"))
        event = r.TouchpointEvent(new_id(), touchpoint, now(), customer.id)
        found = touchpoints.register(wiring.ports, event, customer, None).conversation_id
        if opened:
            opening.open_conversation(wiring.ports, found)
        return found, app.state.web.signing.chat_path(found)

    return begin
