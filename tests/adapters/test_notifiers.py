"""The words of `Notifier`, held by the fake, Apprise and the webhook alike; then targets as real ones misbehave."""

import io
import json
import logging
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timezone

import pytest

from bot import logs
from bot.adapters.notifier import AppriseNotifier, LogNotifier, TeamNotifier
from bot.adapters.webhook import SignedWebhook
from bot.core.errors import ServiceRefused, ServiceUnavailable
from bot.core.notice import Notice, Target
from tests.adapters.tiny import answering, nobody
from tests.fakes import Clock, FakeNotifier

AT = datetime(2026, 11, 20, 2, tzinfo=timezone.utc)
NOTICE = Notice("case:k1:escalated:3", "case.escalated", AT, "logistics", "【高】配送", "第一行\nsecond line")
PLACE = Target("apprise", "json://team")


def apprise(url):
    return Target("apprise", url.replace("http://", "json://"))


class FakeTeam:
    def __init__(self):
        self.notifier, self.target = FakeNotifier(), PLACE

    def fail_once(self):
        self.notifier.failures = 1

    def told(self):
        return [(title, text) for _, title, text in self.notifier.told]


class RealTeam:
    """Apprise or a webhook, against a server of ours that it finds on the second call."""

    def __init__(self, server, kind):
        self.server, self.kind, self.fails = server, kind, False
        self.notifier = AppriseNotifier() if kind == "apprise" else SignedWebhook(b"k" * 32, Clock())

    def fail_once(self):
        self.fails = True

    @property
    def target(self):
        url = nobody() if self.fails else self.server.url
        self.fails = False
        return apprise(url) if self.kind == "apprise" else Target("webhook", url)

    def told(self):
        sent = [json.loads(body) for _, _, body in self.server.requests]
        return [(one["title"], one["message" if self.kind == "apprise" else "text"]) for one in sent]


@pytest.fixture(params=["fake", "apprise", "webhook"])
def team(request):
    if request.param == "fake":
        yield FakeTeam()
        return
    with answering() as server:
        yield RealTeam(server, request.param)


@pytest.fixture
def log():
    """The lines that a process of ours would print, with its masking."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    logs.set_up()
    lines = io.StringIO()
    root.handlers[0].stream = lines
    yield lines
    root.handlers[:] = before
    root.setLevel(level)


def test_a_notice_reaches_its_target_word_for_word(team):
    team.notifier.notify(team.target, NOTICE)
    assert team.told() == [("【高】配送", "第一行\nsecond line")]


def test_a_target_that_does_not_answer_is_unavailable_and_told_when_it_is_back(team):
    team.fail_once()
    with pytest.raises(ServiceUnavailable):
        team.notifier.notify(team.target, NOTICE)
    team.notifier.notify(team.target, NOTICE)
    assert len(team.told()) == 1


def test_each_kind_of_target_has_its_own_way():
    ways = {kind: FakeNotifier() for kind in ("apprise", "webhook", "log")}
    for kind in ways:
        TeamNotifier(ways).notify(Target(kind, f"to {kind}"), NOTICE)
    assert {kind: way.told[0][0] for kind, way in ways.items()} == {kind: f"to {kind}" for kind in ways}
    with pytest.raises(ServiceRefused):
        TeamNotifier(ways).notify(Target("pigeon"), NOTICE)


def test_people_read_the_link_below_the_words():
    with answering() as server:
        AppriseNotifier().notify(apprise(server.url), replace(NOTICE, link="https://care.example/console/cases/k1"))
        (message,) = [json.loads(body)["message"] for _, _, body in server.requests]
    assert message == "第一行\nsecond line\nhttps://care.example/console/cases/k1"


@pytest.mark.parametrize("status", [400, 404, 500])
def test_a_target_that_answers_no_did_not_take_the_notice(status):
    with answering(status) as server, pytest.raises(ServiceUnavailable):
        AppriseNotifier().notify(apprise(server.url), NOTICE)


@pytest.mark.parametrize("address", ["no-url", "unknown://secret@host", "slack://", "json://"])
def test_what_is_no_target_is_refused_for_good(address):
    with pytest.raises(ServiceRefused, match=r"^it is not an Apprise URL$"):
        AppriseNotifier().notify(Target("apprise", address), NOTICE)


@pytest.mark.parametrize(
    "kind, address",
    [
        ("apprise", "unknown://user:hunter2@host/hunter2"),
        ("apprise", "slack://hunter2"),
        ("apprise", "hunter2"),
        ("apprise", "json://user:hunter2@127.0.0.1:9"),
        ("webhook", "http://user:hunter2@127.0.0.1:9/hunter2?key=hunter2"),
        ("webhook", "http://hunter2.invalid./hunter2"),
        ("webhook", "http://[hunter2"),
    ],
)
def test_the_secret_in_a_target_is_neither_logged_nor_in_the_error(log, kind, address):
    ways = TeamNotifier({"apprise": AppriseNotifier(), "webhook": SignedWebhook(b"k" * 32, Clock())})
    try:
        ways.notify(Target(kind, address), NOTICE)
    except (ServiceRefused, ServiceUnavailable) as error:
        assert "hunter2" not in str(error)
        logging.getLogger("bot.worker").exception("could not send")
    else:
        pytest.fail("nobody is there")
    assert "could not send" in log.getvalue() and "hunter2" not in log.getvalue()


def test_without_a_target_the_title_is_in_the_log_on_one_line_masked_and_no_word_of_the_customer(log):
    private = replace(NOTICE, title=f"{NOTICE.title}\n13800138000", text="the sofa broke\nand fell")
    LogNotifier().notify(Target("log"), private)
    (line,) = log.getvalue().splitlines()
    assert "【高】配送" in line and "*******8000" in line
    assert "13800138000" not in line and "sofa" not in line


def test_what_an_exception_tells_is_masked_in_the_log_too(log):
    try:
        raise ValueError("bad row: 13800138000")
    except ValueError:
        logging.getLogger("bot.worker").exception("could not send")
    assert "ValueError" in log.getvalue()
    assert "13800138000" not in log.getvalue()


def test_several_targets_are_told_by_several_calls():
    with ExitStack() as stack:
        servers = [stack.enter_context(answering()) for _ in range(2)]
        for server in servers:
            AppriseNotifier().notify(apprise(server.url), NOTICE)
        assert [len(server.requests) for server in servers] == [1, 1]
