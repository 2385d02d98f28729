"""Log files: no line is kept too long, and whoever writes one need not be told."""

import os
from datetime import datetime, timedelta, timezone

import pytest

from bot.adapters.log_files import drop_before

NOW = datetime(2026, 11, 20, tzinfo=timezone.utc)
BEFORE = NOW - timedelta(days=30)


def days_ago(number):
    return NOW - timedelta(days=number)


@pytest.fixture
def log(tmp_path):
    def write(name, first, last):
        """A file whose first line is of `first` days ago and that was last written `last` days ago."""
        path = tmp_path / name
        path.write_text(f"{days_ago(first):%Y-%m-%d %H:%M:%S},123 WARNING x: y\nsecond\n")
        os.utime(path, (days_ago(last).timestamp(),) * 2)
        return path

    return write


def names(tmp_path):
    return sorted(path.name for path in tmp_path.iterdir())


def test_rotated_files_go_and_young_ones_stay(tmp_path, log):
    log("rasa.log.1", 40, 29), log("supervisord.old.log", 40, 31), log("rasa.log.2", 3, 2), log("rasa.log", 3, 0)
    assert drop_before(tmp_path, BEFORE, NOW) == 2
    assert names(tmp_path) == ["rasa.log", "rasa.log.2"]


def test_a_file_in_use_is_set_aside_emptied_and_gone_in_time(tmp_path, log):
    path = log("web.log", 16, 0)
    with path.open("ab") as writer:
        assert drop_before(tmp_path, BEFORE, NOW) == 1
        writer.write(b"later\n")
    assert path.read_bytes() == b"later\n"
    assert names(tmp_path) == ["web.log", "web.log.20261120000000"]
    later = NOW + timedelta(days=16)
    assert drop_before(tmp_path, later - timedelta(days=30), later) >= 1
    assert "web.log.20261120000000" not in names(tmp_path)


def test_a_silent_file_without_a_time_goes_by_its_last_write(tmp_path, log):
    path = log("worker.log", 40, 29)
    path.write_text("Traceback\n")
    os.utime(path, (days_ago(29).timestamp(),) * 2)
    drop_before(tmp_path, BEFORE, NOW)
    drop_before(tmp_path, BEFORE, NOW)
    assert names(tmp_path) == ["worker.log"] and path.read_bytes() == b""


def test_folders_links_and_what_is_not_there(tmp_path, log):
    (tmp_path / "folder.log").mkdir()
    (tmp_path / "link.log.1").symlink_to("/nowhere")
    assert drop_before(tmp_path, BEFORE, NOW) == 0 == drop_before(tmp_path / "none", BEFORE, NOW)
    assert names(tmp_path) == ["folder.log", "link.log.1"]
