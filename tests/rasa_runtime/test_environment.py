"""What Rasa's own files read from the environment, and the check of Rasa's data."""

import os
import shutil
from pathlib import Path

import pytest
import yaml

from bot.language.training import TAGS
from bot.rasa_runtime import corrections, environment, validate
from bot.wiring import Settings

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def exported(monkeypatch, tmp_path):
    """Exports the settings for an environment; gives what is set then."""

    def export(**given):
        for name in ("AFTERWORD_ACTIONS_URL", "AFTERWORD_TRACKER_URL", "RASA_TELEMETRY_ENABLED", "SANIC_HOST"):
            monkeypatch.setenv(name, "x")  # so that it is put back afterwards
            monkeypatch.delenv(name)
        for name in ("RASA_TELEMETRY_ENABLED", "SANIC_HOST"):
            if name in given:
                monkeypatch.setenv(name, given.pop(name))
        settings = Settings.from_environment({"BOT_VAR": str(tmp_path), **given})
        environment.export(settings)
        return os.environ

    return export


def test_telemetry_is_off_whatever_the_caller_says(exported):
    assert exported()["RASA_TELEMETRY_ENABLED"] == "false"
    assert exported(RASA_TELEMETRY_ENABLED="true")["RASA_TELEMETRY_ENABLED"] == "false"


def test_the_actions_are_called_where_they_listen(exported):
    assert exported(BOT_ACTIONS_PORT="5999")["AFTERWORD_ACTIONS_URL"] == "http://127.0.0.1:5999/webhook"


def test_servers_listen_on_loopback_unless_told_otherwise(exported):
    assert exported()["SANIC_HOST"] == "127.0.0.1"
    assert exported(SANIC_HOST="10.0.0.7")["SANIC_HOST"] == "10.0.0.7"


def test_rasas_tracker_has_a_file_of_its_own(exported, tmp_path):
    assert exported()["AFTERWORD_TRACKER_URL"] == f"sqlite:///{tmp_path / 'rasa-tracker.sqlite'}"
    settings = Settings.from_environment({"BOT_VAR": str(tmp_path)})
    assert settings.tracker_url != settings.database_url


def test_on_postgresql_it_is_the_same_server_and_a_schema_of_its_own(exported):
    url = "postgresql+psycopg2://afterword@db/afterword"
    assert exported(BOT_DATABASE_URL=url)["AFTERWORD_TRACKER_URL"] == url
    assert yaml.safe_load((ROOT / "endpoints.yml").read_text("utf-8"))["tracker_store"]["schema"]


def test_every_variable_that_rasas_files_read_is_exported(exported):
    import re

    environ = exported()
    names = re.findall(r"\$\{(\w+)\}", (ROOT / "endpoints.yml").read_text("utf-8"))
    assert names and all(environ.get(name) for name in names)


def test_a_model_that_is_missing_names_its_mend(tmp_path):
    for name in ("config.yml", "domain.yml", "endpoints.yml"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / TAGS).parent.mkdir(parents=True)
    shutil.copy(ROOT / TAGS, tmp_path / TAGS)
    with pytest.raises(FileNotFoundError, match="make train"):
        environment.model_path(tmp_path)


@pytest.fixture
def data(monkeypatch, tmp_path):
    """A copy of Rasa's data, and the check of it; Rasa is not corrected in the process of the tests."""
    for name in ("config.yml", "domain.yml"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.setattr(validate, "ROOT", tmp_path)
    monkeypatch.setattr(corrections, "apply", lambda: None)
    monkeypatch.setenv("RASA_TELEMETRY_ENABLED", "false")
    return tmp_path


def replace(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_rasas_data_as_shipped_is_valid(data, capsys):
    assert validate.main() == 0
    assert capsys.readouterr().out.strip().splitlines()[-1] == "rasa data: valid"


@pytest.mark.parametrize(
    "file, old, new",
    [
        ("data/rules.yml", "- intent: greet\n", "- intent: salute\n"),
        ("data/rules.yml", "- action: action_greet\n", "- action: action_salute\n"),
        ("data/nlu/en.yml", "- intent: greet\n", "- intent: salute\n"),
    ],
)
def test_a_broken_copy_is_not(data, capsys, file, old, new):
    replace(data / file, old, new)
    assert validate.main() == 1
    assert "NOT valid" in capsys.readouterr().out
