"""The lock files hold for everybody: versions and hashes, and no word of the index that served one machine."""

import re

import pytest

from bot.setup import private_uv
from bot.setup.settings import ROOT

FILES = sorted((ROOT / "requirements").iterdir())
LOCKED = [path for path in FILES if path.suffix == ".txt"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_names_no_index_and_no_host(path):
    text = path.read_text()
    assert not re.search(r"://|--index|--extra-index|--find-links|--trusted-host|localhost|127\.0\.0\.1", text)
    assert not re.search(r"\b[\w-]+\.(?:org|com|net|io|dev|local|internal)\b(?!\w*=)", text)


@pytest.mark.parametrize("path", LOCKED, ids=lambda path: path.name)
def test_every_line_is_a_pin_or_a_hash(path):
    lines = path.read_text().splitlines()
    pin = re.compile(r"^[a-z0-9][a-z0-9._-]*(\[[\w,-]+\])?==\S+( ; .+)? \\$")
    digest = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")
    assert [line for line in lines if not (pin.match(line) or digest.match(line))] == []


@pytest.mark.parametrize(("smaller", "larger"), [("run", "dev"), ("dev", "teach")])
def test_each_holds_what_the_smaller_one_holds(smaller, larger):
    one, other = (
        set(re.findall(r"^\S+==\S+", (ROOT / "requirements" / f"{name}.txt").read_text(), re.M))
        for name in (smaller, larger)
    )
    assert one - other == set()


def test_uv_is_pinned_with_hashes():
    entry = private_uv.pinned(ROOT / "requirements" / "dev.txt")
    assert re.match(r"uv==\d+\.\d+", entry) and entry.count("--hash=sha256:") > 5
    assert "urllib3" not in entry and not entry.endswith("\\")
