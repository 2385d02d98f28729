"""The webhook against a real receiver, which knows nothing of ours: it verifies by the specification."""

import base64
import hashlib
import hmac
import json
import socket
import threading
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bot.adapters import signature, webhook
from bot.adapters.webhook import SignedWebhook
from bot.core.errors import ServiceRefused, ServiceUnavailable
from bot.core.notice import Notice, Target
from bot.setup.settings import BadSetting
from bot.wiring import Settings
from tests.adapters.tiny import answering
from tests.fakes import Clock

AT = datetime(2026, 11, 20, 2, tzinfo=timezone.utc)
SECRET = "whsec_" + base64.b64encode(b"a secret of twenty-six bytes"[:26]).decode()
CASE = {"id": "k1", "severity": "high", "category": "delivery_and_logistics", "status": "escalated", "due": None}
NOTICE = Notice(
    "case:k1:sla:2026-11-20T02:00:00.5", "case.escalated", AT, "logistics", "【高】配送", "桌腿断了", "L", CASE
)


def verify(secret, headers, body, now):
    """As the README shows it to those who write a receiver."""
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    right = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    is_fresh = abs(now - int(headers["webhook-timestamp"])) < 300
    return is_fresh and any(hmac.compare_digest(right, one) for one in headers["webhook-signature"].split())


class Receiver:
    """Takes what is signed with its secret and answers 401 to the rest; keeps each id once."""

    def __init__(self, secret, clock):
        self.secret, self.clock, self.taken, self.refused, self.url = secret, clock, {}, 0, ""


@contextmanager
def receiving(secret, clock):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            is_ours = verify(receiver.secret, self.headers, body, clock().timestamp())
            if is_ours:
                receiver.taken.setdefault(self.headers["webhook-id"], json.loads(body))
            else:
                receiver.refused += 1
            self.send_response(204 if is_ours else 401)
            self.end_headers()

        def log_message(self, *_):
            pass

    receiver = Receiver(secret, clock)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}/hook"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield receiver
    server.shutdown()
    server.server_close()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def sender(clock):
    return SignedWebhook(signature.key_of(SECRET), clock)


def test_a_receiver_that_has_the_secret_takes_it(sender, clock):
    with receiving(SECRET, clock) as receiver:
        sender.notify(Target("webhook", receiver.url), NOTICE)
    (content,) = receiver.taken.values()
    assert content == {
        "type": "case.escalated",
        "id": NOTICE.key,
        "at": "2026-11-20T02:00:00+00:00",
        "team": "logistics",
        "case": CASE,
        "title": "【高】配送",
        "text": "桌腿断了",
        "link": "L",
    }


def test_one_that_has_another_secret_refuses_it_for_good(sender, clock):
    with receiving(signature.new_secret(), clock) as receiver:
        with pytest.raises(ServiceRefused, match="it answered 401"):
            sender.notify(Target("webhook", receiver.url), NOTICE)
        assert receiver.taken == {} and receiver.refused == 1


def test_the_same_notice_again_has_the_same_id_and_a_signature_of_its_own_time(sender, clock):
    with receiving(SECRET, clock) as receiver:
        for _ in range(3):
            sender.notify(Target("webhook", receiver.url), NOTICE)
            clock.at += timedelta(hours=1)
        assert len(receiver.taken) == 1 and receiver.refused == 0


def test_what_was_changed_on_its_way_or_is_old_is_found_out(clock):
    body = b'{"title": "x"}'
    headers = signature.headers(signature.key_of(SECRET), "k1", clock(), body)
    now = clock().timestamp()
    assert verify(SECRET, headers, body, now)
    assert not verify(SECRET, headers, body + b" ", now)
    assert not verify(SECRET, {**headers, "webhook-id": "k2"}, body, now)
    assert not verify(SECRET, headers, body, now + 301)


def test_the_signature_is_the_one_of_the_specification():
    """The example of the specification's reference libraries."""
    at = datetime.fromtimestamp(1614265330, timezone.utc)
    key = signature.key_of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    headers = signature.headers(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}')
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_id_has_no_dot_and_nothing_that_ends_a_header(clock):
    for odd in ("a.b", "a\r\nx: y", "对话"):
        headers = signature.headers(b"k", odd, clock(), b"")
        assert not set(headers["webhook-id"]) & set(".\r\n") and headers["webhook-id"].isascii()


@pytest.mark.parametrize("status", [200, 202, 204])
def test_any_2xx_is_taken(sender, status):
    with answering(status, body=b"") as server:
        sender.notify(Target("webhook", server.url), NOTICE)
        assert len(server.requests) == 1


@pytest.mark.parametrize("status", [301, 302, 307, 308, 400, 401, 403, 404, 410, 413, 422])
def test_a_no_is_no_and_a_redirect_is_not_followed(sender, status):
    with answering(status) as server:
        with pytest.raises(ServiceRefused, match=f"it answered {status}"):
            sender.notify(Target("webhook", server.url), NOTICE)
        assert len(server.requests) == 1


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503])
def test_what_may_pass_is_tried_again_later(sender, status):
    with answering(status) as server, pytest.raises(ServiceUnavailable, match=f"it answered {status}"):
        sender.notify(Target("webhook", server.url), NOTICE)


def test_a_receiver_that_does_not_answer_in_time_is_tried_again_later(sender, monkeypatch):
    monkeypatch.setattr(webhook, "TIMEOUT", (1.0, 0.1))
    hang = threading.Event()
    with answering(before=lambda: hang.wait(20)) as server:
        with pytest.raises(ServiceUnavailable, match="ReadTimeout"):
            sender.notify(Target("webhook", server.url), NOTICE)
        hang.set()


def test_a_receiver_that_answers_without_end_holds_up_nobody(sender):
    """Only the status is read."""
    listener = socket.create_server(("127.0.0.1", 0))

    def endless():
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
            connection.settimeout(30)
            while connection.recv(65536):
                pass

    thread = threading.Thread(target=endless, daemon=True)
    thread.start()
    sender.notify(Target("webhook", f"http://127.0.0.1:{listener.getsockname()[1]}"), NOTICE)
    thread.join(10)
    assert not thread.is_alive()
    listener.close()


@pytest.mark.parametrize("address", ["http://", "ftp://host/x", "no-url", "http://[", "http://host:port/"])
def test_what_is_no_address_is_refused_for_good(sender, address):
    with pytest.raises(ServiceRefused, match="not one that can be called"):
        sender.notify(Target("webhook", address), NOTICE)


@pytest.mark.parametrize("secret", ["", "whsec_", "secret", "whsec_!!!", "whsec_c2hvcnQ=", "whsec_" + "A" * 100, "é"])
def test_what_is_no_secret_stops_the_start(tmp_path, secret):
    with pytest.raises(ValueError):
        signature.key_of(secret)
    if secret:
        with pytest.raises(BadSetting, match="BOT_WEBHOOK_SECRET") as error:
            Settings.from_environment({"BOT_VAR": str(tmp_path), "BOT_WEBHOOK_SECRET": secret})
        assert "!!!" not in str(error.value)


def test_a_secret_is_made_once_and_only_its_owner_reads_it(tmp_path):
    made = [Settings.from_environment({"BOT_VAR": str(tmp_path)}).webhook_secret for _ in range(2)]
    assert made[0] == made[1] == (tmp_path / "webhook.key").read_text()
    assert len(signature.key_of(made[0])) == 32 and (tmp_path / "webhook.key").stat().st_mode & 0o777 == 0o600
    assert Settings.from_environment({"BOT_VAR": str(tmp_path), "BOT_WEBHOOK_SECRET": SECRET}).webhook_secret == SECRET
