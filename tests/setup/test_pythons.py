"""Which Python set-up takes. The fakes are shell scripts that answer as the real ones do."""

import ast
import sys
from pathlib import Path

import pytest

from bot.setup import pythons

SETUP = Path(pythons.__file__).parent
SHIM = "echo 'pyenv: python3.10: command not found' >&2; exit 127"


def program(path, body):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


def python(path, version, name="cpython"):
    return program(path, f"echo {name} {version} {path}")


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """An empty machine: its environment, and no Python that set-up runs in."""
    monkeypatch.setattr(sys, "executable", str(python(tmp_path / "running" / "python3", "3.11.7")))
    return {"HOME": str(tmp_path / "home"), "PATH": str(tmp_path / "bin")}


def where(found):
    return [(each.where, each.version) for each in found]


def test_a_shim_that_answers_command_not_found_does_not_count(machine, tmp_path):
    program(tmp_path / "bin" / "python3.10", SHIM)
    python(tmp_path / "home/.pyenv/versions/3.10.13/bin/python", "3.10.13")
    found, refused = pythons.look(machine)
    assert where(found) == [("pyenv", "3.10.13")]
    assert "command not found" in refused[0].reason


def test_a_real_one_behind_the_shim_counts(machine, tmp_path):
    program(tmp_path / "bin" / "python3.10", SHIM)
    python(tmp_path / "other" / "python3.10", "3.10.4")
    machine["PATH"] += f":{tmp_path / 'other'}"
    assert where(pythons.look(machine)[0]) == [("on the path", "3.10.4")]


def test_the_named_one_comes_first_as_path_or_as_command(machine, tmp_path):
    python(tmp_path / "bin" / "python3.10", "3.10.1")
    chosen = python(tmp_path / "bin" / "mine", "3.10.2")
    for name in (str(chosen), "mine"):
        assert where(pythons.look({**machine, "PYTHON": name})[0]) == [("$PYTHON", "3.10.2")]


def test_a_named_one_of_another_version_is_passed_over_with_the_reason(machine, tmp_path):
    chosen = python(tmp_path / "elsewhere" / "python3.12", "3.12.1")
    python(tmp_path / "bin" / "python3.10", "3.10.1")
    found, refused = pythons.look({**machine, "PYTHON": str(chosen)})
    assert where(found) == [("on the path", "3.10.1")]
    assert str(refused[0]) == f"{chosen} ($PYTHON): it is cpython 3.12.1"


def test_the_newest_of_pyenv_is_taken_and_its_root_may_be_named(machine, tmp_path):
    for version in ("3.10.4", "3.10.13", "3.11.7", "3.9.18"):
        python(tmp_path / "root/versions" / version / "bin/python", version)
    machine["PYENV_ROOT"] = str(tmp_path / "root")
    assert where(pythons.look(machine)[0]) == [("pyenv", "3.10.13")]


def test_other_implementations_and_half_built_ones_are_refused(machine, tmp_path):
    python(tmp_path / "bin" / "python3.10", "3.10.13", name="pypy")
    half = tmp_path / "home/.pyenv/versions/3.10.2/bin/python"
    program(half, "echo Traceback >&2; echo \"ModuleNotFoundError: No module named '_sqlite3'\" >&2; exit 1")
    found, refused = pythons.look(machine)
    assert found == []
    assert [each.reason for each in refused[:2]] == [
        "it is pypy 3.10.13",
        "it does not run (ModuleNotFoundError: No module named '_sqlite3')",
    ]


def test_this_python_is_one():
    version, executable = pythons.probe(sys.executable)
    assert version.startswith("3.10.") and Path(executable).exists()


@pytest.mark.parametrize("name", ["bootstrap", "pythons", "private_uv", "browser", "exclusive", "progress", "__init__"])
def test_set_up_runs_on_an_old_python_with_nothing_installed(name):
    tree = ast.parse((SETUP / f"{name}.py").read_text(), feature_version=(3, 8))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    allowed = {"bot.setup", "bot.setup.exclusive", "bot.setup.progress"}
    assert {module for module in imported if module.split(".")[0] not in sys.stdlib_module_names} <= allowed
