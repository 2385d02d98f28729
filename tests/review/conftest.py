"""A project of its own for each test: copies of the data files, which a review may write."""

import shutil
from pathlib import Path

import pytest

from bot.core.definitions import Definitions
from bot.language.pipeline import Reader
from bot.language.training import TAGS
from bot.review.tag_names import TagNames
from tests.core.services import quick

filled_store, ports, wordings = quick.filled_store, quick.ports, quick.wordings
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    # Without the opinions that are there: a test makes the folder as a project has it that never had one.
    project = tmp_path / "project"
    shutil.copytree(ROOT / "data", project / "data", ignore=shutil.ignore_patterns("opinions"))
    (project / TAGS).parent.mkdir(parents=True)
    shutil.copy(ROOT / TAGS, project / TAGS)
    return project


@pytest.fixture(scope="session")
def reader(definitions: Definitions) -> Reader:
    return Reader.open(ROOT, definitions.tags)


@pytest.fixture(scope="session")
def tags(definitions: Definitions) -> TagNames:
    return TagNames(definitions.tags)


def added(root: Path, name: str) -> str:
    """What a data file has more than the one it was copied from: one piece, and every other byte is the same."""
    path, copied = root / "data" / name, ROOT / "data" / name
    now, was = path.read_bytes(), copied.read_bytes() if copied.exists() else b""
    start = next((at for at, (a, b) in enumerate(zip(now, was, strict=False)) if a != b), len(was))
    # The same bytes may stand on both sides of the piece: begin it where a line begins.
    start = now.rfind(b"\n", 0, start) + 1
    more = len(now) - len(was)
    assert more >= 0 and now[:start] + now[start + more :] == was, f"{name} was changed elsewhere, too"
    return now[start : start + more].decode()
