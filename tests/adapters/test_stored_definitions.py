"""Where definitions live: a valid folder becomes a version of its own, a bad one never does."""

import shutil
from pathlib import Path

import pytest

from bot.core.errors import DefinitionError, NotFound
from bot.definitions.loader import SHIPPED, as_json
from bot.definitions.stored import StoredDefinitions, activate
from bot.store.database import migrate, open_engine
from bot.store.sql_store import SqlStore
from tests.fakes import Clock

NOW = Clock()()


@pytest.fixture
def store(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'store.sqlite'}")
    migrate(engine)
    yield SqlStore(engine)
    engine.dispose()


@pytest.fixture
def folder(tmp_path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "definitions"))


def edit(folder, file, old, new):
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def version(store):
    with store.read() as tx:
        return tx.active_definitions_version()


def current(source, store):
    with store.read() as tx:
        return source.current(tx)


def test_the_first_start_makes_the_first_version_whole(store, folder, definitions):
    assert activate(store, folder, NOW) == 1
    assert current(StoredDefinitions(), store) == definitions


def test_an_unchanged_folder_stays_the_version_it_is_also_with_another_comment(store, folder):
    activate(store, folder, NOW)
    edit(folder, "surveys.yml", "surveys:", "# a note to myself\nsurveys:")
    assert activate(store, folder, NOW) == 1
    assert version(store) == 1


def test_an_edit_is_a_new_version_that_is_read_without_a_restart(store, folder):
    activate(store, folder, NOW)
    source = StoredDefinitions()
    assert current(source, store).survey_for("store_visit").main.text.en.startswith("How was your visit")
    edit(folder, "surveys.yml", "How was your visit to our store,", "How did you like our store,")
    assert activate(store, folder, NOW) == 2
    assert current(source, store).survey_for("store_visit").main.text.en.startswith("How did you like our store,")


def test_going_back_to_an_earlier_text_is_a_new_version_too(store, definitions):
    """Only `add_definitions` and its answer: what a folder says is the test above."""
    with store.begin() as tx:
        versions = [tx.add_definitions(digest, as_json(definitions), NOW) for digest in ("a", "b", "a")]
        assert versions == [1, 2, 3]
        assert tx.active_definitions()[:2] == (3, "a")


def test_listeners_are_told_once_of_every_later_version(store, folder):
    activate(store, folder, NOW)
    source, told = StoredDefinitions(), []
    source.when_changed(told.append)
    current(source, store)
    assert told == []
    edit(folder, "surveys.yml", "How was your visit to our store,", "How did you like our store,")
    activate(store, folder, NOW)
    for _ in range(3):
        current(source, store)
    assert [survey.main.text.en[:22] for one in told for survey in one.surveys[:1]] == ["How did you like our s"]


def test_an_invalid_folder_is_named_and_the_version_before_stays(store, folder, definitions):
    activate(store, folder, NOW)
    edit(folder, "surveys.yml", "scale: csat", "scale: stars")
    with pytest.raises(DefinitionError, match=r"surveys\.yml"):
        activate(store, folder, NOW)
    assert version(store) == 1
    assert current(StoredDefinitions(), store) == definitions


def test_without_any_version_the_mend_is_named(store):
    with pytest.raises(NotFound, match="make run"):
        current(StoredDefinitions(), store)


def test_the_same_version_is_parsed_once(store, folder):
    activate(store, folder, NOW)
    source = StoredDefinitions()
    assert current(source, store) is current(source, store)
