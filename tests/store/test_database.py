import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from bot.core.errors import InvalidInput
from bot.store.database import MIGRATIONS, migrate, open_engine, writing
from bot.store.sql_store import SqlStore
from bot.store.tables import metadata
from tests.store import samples as s

ROOT = Path(__file__).parents[2]


def _definitions(engine):
    """Every table and index as the database itself describes it."""
    inspector = inspect(engine)
    described = {}
    for table in set(inspector.get_table_names()) - {"alembic_version"}:
        described[table] = {
            "columns": [(c["name"], str(c["type"]), c["nullable"]) for c in inspector.get_columns(table)],
            "key": inspector.get_pk_constraint(table),
            "foreign": sorted(map(str, inspector.get_foreign_keys(table))),
            "unique": sorted(map(str, inspector.get_unique_constraints(table))),
        }
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'index'")
        else:
            rows = connection.exec_driver_sql(
                "SELECT indexname, regexp_replace(indexdef, ' ON .*? USING', ' USING') FROM pg_indexes"
                " WHERE schemaname = current_schema() AND tablename <> 'alembic_version'"
            )
        described["indexes"] = sorted(map(str, rows))
    return described


def test_migrations_make_what_the_tables_say(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_name": lambda name, *_: name != "sqlite_sequence"}
        )
        assert compare_metadata(context, metadata) == []


def test_migrations_make_the_same_indexes_and_keys(engine):
    migrated = _definitions(engine)
    with writing(engine).begin() as connection:
        metadata.drop_all(connection)
        metadata.create_all(connection)
    made = _definitions(engine)
    migrated["indexes"] = [line for line in migrated["indexes"] if "alembic_version" not in line]
    made["indexes"] = [line for line in made["indexes"] if "alembic_version" not in line]
    assert migrated == made


def test_newest_file_is_alembics_head():
    scripts = ScriptDirectory.from_config(_config())
    assert scripts.get_heads() == [max(path.stem for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))]


def _config():
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def test_second_migration_takes_no_time(engine):
    begun = time.perf_counter()
    migrate(engine)
    assert time.perf_counter() - begun < 0.05


def test_foreign_keys_are_on_again_after_a_migration(engine):
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_several_processes_migrate_at_once(empty_url):
    code = "import sys; from bot.store.database import *; migrate(open_engine(sys.argv[1]))"
    started = [
        subprocess.Popen([sys.executable, "-c", code, empty_url], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    errors = [process.communicate(timeout=60)[1] for process in started]
    assert [process.returncode for process in started] == [0] * 4, errors
    engine = open_engine(empty_url)
    with SqlStore(engine).begin() as tx:
        tx.add_conversation(s.conversation())
    engine.dispose()


def test_downgrade_leaves_nothing(engine):
    from alembic import command

    config = _config()
    with writing(engine).begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version", "sqlite_sequence"}
    migrate(engine)


def test_sqlite_is_set_up_for_several_processes_and_one_owner(tmp_path):
    path = tmp_path / "new" / "afterword.db"
    engine = open_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 1, "busy_timeout": 5000, "foreign_keys": 1}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    engine.dispose()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://root@localhost/x"])
def test_other_databases_are_refused(url):
    with pytest.raises(InvalidInput):
        open_engine(url)


def test_id_that_no_text_can_hold_is_bad_input(store):
    with store.begin() as tx:
        tx.add_conversation(s.conversation())
    for bad in ("\ud800", "\0"):
        try:
            with store.read() as tx:
                assert tx.conversation(bad) is None
        except InvalidInput:
            pass


@pytest.mark.parametrize(
    "query, index",
    [
        (
            "SELECT * FROM messages WHERE conversation_id = ? AND seq > ? ORDER BY seq",
            "ix_messages_conversation_id_seq",
        ),
        ("SELECT * FROM messages WHERE in_reply_to = ? ORDER BY seq", "ix_messages_in_reply_to"),
        ("SELECT * FROM outbox WHERE status = 'waiting' AND due_at <= ? ORDER BY due_at", "ix_outbox_due"),
        ("SELECT * FROM outbox WHERE status = 'dead' ORDER BY due_at DESC", "ix_outbox_dead"),
        ("SELECT count(*) FROM outbox WHERE status = 'dead'", "ix_outbox_dead"),
        (
            "SELECT * FROM remedies WHERE status = 'executing' AND look_again_at < ? ORDER BY look_again_at",
            "ix_remedies_executing",
        ),
        (
            "SELECT * FROM messages WHERE handled_at IS NULL AND sender = 'customer' AND at < ? ORDER BY at",
            "ix_messages_unhandled",
        ),
        ("SELECT * FROM answers WHERE response_id = ? AND superseded_at IS NULL", "uq_answers_current"),
    ],
)
def test_queries_have_their_index(tmp_path, query, index):
    engine = open_engine(f"sqlite:///{tmp_path}/x.db")
    migrate(engine)
    with engine.connect() as connection:
        plan = connection.exec_driver_sql("EXPLAIN QUERY PLAN " + query, ("x",) * query.count("?")).all()
    assert index in str(plan)
    engine.dispose()
