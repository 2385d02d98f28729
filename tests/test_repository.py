"""What must hold of the files themselves."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from bot.language.encoder import ABOUT, GRAPH, HEADS, PIECES
from bot.setup.settings import PORTS, port_variable

ROOT = Path(__file__).resolve().parents[1]
LONGEST_MODULE = 400
VARIABLE = re.compile(r"\bBOT_[A-Z0-9]+(?:_[A-Z0-9]+)*\b")


def tracked():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def texts(paths):
    for path in paths:
        try:
            yield path, path.read_text("utf-8")
        except UnicodeDecodeError:
            continue  # a picture


def found(pattern, paths):
    """`file:line: words` of every place where the pattern is."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path, text in texts(paths)
        for number, line in enumerate(text.splitlines(), 1)
        if re.search(pattern, line)
    ]


@pytest.fixture(scope="module")
def files():
    return tracked()


def test_the_requirements_name_no_index(files):
    requirements = [path for path in files if path.parent.name == "requirements"]
    assert len(requirements) >= 4
    assert (
        found(r"://|--(?:extra-)?index|--find-links|--trusted-host|^-[if]\b| @ |\bpypi\b|\bmirror", requirements) == []
    )


def test_every_locked_requirement_has_its_hash(files):
    for path in (path for path in files if path.parent.name == "requirements" and path.suffix == ".txt"):
        entries = re.split(r"\n(?=\S)", path.read_text("utf-8").strip())
        pinned = [entry for entry in entries if not entry.startswith("#")]
        assert len(pinned) > 50
        assert [entry[:40] for entry in pinned if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_no_file_knows_the_machine_it_was_written_on(files):
    # put together here, or this file would be one of them
    homes = "|".join(["wor" + "k", "roo" + "t"])
    assert found(rf"(?<![\w.}}*-])/(?:{homes})/", files) == []


def read_by_the_code(*folders):
    """Every BOT_ variable that stands in a text of the code, and those made for each port."""
    made = {port_variable(name) for name in PORTS}
    for path in [path for folder in folders or ("bot", "actions") for path in (ROOT / folder).rglob("*.py")]:
        tree = ast.parse(path.read_text("utf-8"))
        documented = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef)) and node.body
            and isinstance(node.body[0], ast.Expr)
        }  # fmt: skip
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
                made |= set(VARIABLE.findall(node.value)) if VARIABLE.fullmatch(node.value) else set()
    return made


def test_the_readme_has_a_row_for_every_setting_and_for_no_other():
    rows = [line for line in (ROOT / "README.md").read_text("utf-8").splitlines() if line.startswith("|")]
    listed = {name for row in rows for name in VARIABLE.findall(row.split("|")[1])}
    assert read_by_the_code() - listed == set(), "read, and not in the table"
    assert listed - read_by_the_code("bot", "actions", "tests", "benchmarks") == set(), "in the table, and not read"


def test_the_code_reads_the_settings_that_the_contract_promises():
    assert {"BOT_DATABASE_URL", "BOT_REDIS_URL", "BOT_DEFINITIONS", "BOT_API_KEY", "BOT_WEB_PORT"} <= read_by_the_code()


def test_no_module_is_longer_than_a_person_reads():
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines())
        for folder in ("bot", "actions")
        for path in (ROOT / folder).rglob("*.py")
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_what_is_made_or_secret_is_not_tracked(files):
    made = [
        str(path.relative_to(ROOT))
        for path in files
        if path.suffix in (".sqlite", ".key", ".pyc", ".gz", ".log", ".npz")
        or path.parts[len(ROOT.parts)] in ("var", ".venv", "models")
    ]
    # The taught encoder is kept on purpose (see the README's decisions); nothing beside these files is.
    taught = {f"models/encoder/{name}" for name in (ABOUT, GRAPH, HEADS, PIECES, "LICENSE.txt")}
    assert set(made) - taught == {"models/.gitkeep"} and taught <= set(made)
