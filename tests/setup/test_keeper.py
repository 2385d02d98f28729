"""The keeper that the end-to-end tests use, with stand-ins."""

import signal
import urllib.request

import psutil
import pytest

from bot.setup.keeper import Assistant, ended
from bot.setup.progress import StepFailed
from bot.setup.settings import ROOT
from tests.setup.stand_in_start import table


def test_kills_and_starts_again_and_leaves_nothing(tmp_path):
    with Assistant(ROOT, tmp_path / "var", processes=table) as assistant:
        assistant.wait_ready(20)
        assert urllib.request.urlopen(assistant.url("web"), timeout=5).status == 200
        assert assistant.kill("web") == -signal.SIGKILL
        assert assistant.kill("worker", signal.SIGTERM) == -signal.SIGTERM
        assistant.start_again("web", 20)
        assert assistant.log("web").count("stand-in speaks") == 2
        pids = [assistant.pid("web"), assistant.pid("orders")]
        assert not any(ended(pid) for pid in pids)
    assert not any(psutil.pid_exists(pid) for pid in pids)


def test_one_that_dies_is_named_with_its_last_words(tmp_path):
    with (
        Assistant(ROOT, tmp_path / "var", processes=lambda settings: table(settings, "dies-at-start")) as assistant,
        pytest.raises(StepFailed, match=r"web ended with 3(?s:.*)table of answers is missing"),
    ):
        assistant.wait_ready(20)
