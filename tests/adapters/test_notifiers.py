"""The words of `Notifier`, held by the fake and by Apprise alike; then targets as real ones misbehave."""

import io
import json
import logging
from contextlib import ExitStack

import pytest

from bot import logs
from bot.adapters.notifier import AppriseNotifier
from bot.core.errors import ServiceRefused, ServiceUnavailable
from tests.adapters.tiny import answering, nobody
from tests.fakes import FakeNotifier


class FakeTeam:
    def __init__(self):
        self.notifier, self.targets = FakeNotifier(), ["json://team"]

    def fail_once(self):
        self.notifier.failures = 1

    def told(self):
        return [(title, body) for _, title, body in self.notifier.told]


class RealTeam:
    def __init__(self, server):
        self.notifier, self.server, self.fails = AppriseNotifier(), server, False

    def fail_once(self):
        self.fails = True

    @property
    def targets(self):
        url = nobody() if self.fails else self.server.url
        self.fails = False
        return [as_target(url)]

    def told(self):
        sent = [json.loads(body) for _, _, body in self.server.requests]
        return [(one["title"], one["message"]) for one in sent]


def as_target(url):
    return url.replace("http://", "json://")


@pytest.fixture(params=["fake", "apprise"])
def team(request):
    if request.param == "fake":
        yield FakeTeam()
        return
    with answering() as server:
        yield RealTeam(server)


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
    team.notifier.notify(team.targets, "[HIGH] 配送", "第一行\nsecond line")
    assert team.told() == [("[HIGH] 配送", "第一行\nsecond line")]


def test_a_target_that_does_not_answer_is_unavailable_and_told_when_it_is_back(team):
    team.fail_once()
    with pytest.raises(ServiceUnavailable):
        team.notifier.notify(team.targets, "title", "body")
    team.notifier.notify(team.targets, "title", "body")
    assert team.told() == [("title", "body")]


def test_every_target_of_a_team_is_told():
    with ExitStack() as stack:
        servers = [stack.enter_context(answering()) for _ in range(2)]
        AppriseNotifier().notify([as_target(server.url) for server in servers], "title", "body")
        assert [len(server.requests) for server in servers] == [1, 1]


@pytest.mark.parametrize("status", [400, 404, 500])
def test_a_target_that_answers_no_did_not_take_the_notice(status):
    with answering(status) as server, pytest.raises(ServiceUnavailable):
        AppriseNotifier().notify([as_target(server.url)], "title", "body")


@pytest.mark.parametrize("target", ["no-url", "unknown://secret@host", "slack://", "json://"])
def test_what_is_no_target_is_refused_for_good_and_nothing_is_sent(target):
    with answering() as server:
        with pytest.raises(ServiceRefused) as refused:
            AppriseNotifier().notify([as_target(server.url), target], "title", "body")
        assert server.requests == []
    assert str(refused.value) == "target 2 of the team is not an Apprise URL"


@pytest.mark.parametrize(
    "target", ["unknown://user:hunter2@host/hunter2", "slack://hunter2", "hunter2", "json://user:hunter2@127.0.0.1:9"]
)
def test_the_secret_in_a_target_is_never_logged(log, target):
    with pytest.raises((ServiceRefused, ServiceUnavailable)):
        AppriseNotifier().notify([target], "title", "body")
    assert "hunter2" not in log.getvalue()


def test_without_a_target_the_title_is_in_the_log_on_one_line_masked_and_no_word_of_the_customer(log):
    AppriseNotifier().notify([], "Call\n13800138000", "the sofa broke\nand fell")
    (line,) = log.getvalue().splitlines()
    assert "notice: Call / *******8000" in line and "sofa" not in line


def test_what_an_exception_tells_is_masked_in_the_log_too(log):
    try:
        raise ValueError("bad row: 13800138000")
    except ValueError:
        logging.getLogger("bot.worker").exception("could not send")
    assert "ValueError" in log.getvalue()
    assert "13800138000" not in log.getvalue()
