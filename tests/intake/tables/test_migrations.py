"""The way of the schema: up, down, up, and equal to the tables."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from intake.store.database import SchemaNotCurrent, alembic_config
from intake.tables import Base


def test_every_migration_runs_up_down_and_up_again(database):
    with database.engine.begin() as connection:
        command.downgrade(alembic_config(connection), "base")
        assert set(inspect(connection).get_table_names()) == {"alembic_version"}
    database.upgrade()
    with database.engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) == {"alembic_version", *Base.metadata.tables}


def test_the_migrations_make_the_schema_of_the_tables(database):
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_a_second_upgrade_changes_nothing(database):
    database.upgrade()
    database.assert_current()


def test_an_older_schema_is_refused_with_what_to_do(database):
    with database.engine.begin() as connection:
        command.downgrade(alembic_config(connection), "-1")
    with pytest.raises(SchemaNotCurrent, match="toegang start"):
        database.assert_current()


def test_a_letter_that_is_ready_cannot_be_changed_or_unlocked_by_a_trigger_left_out(database):
    with database.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            sql = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        else:
            sql = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        triggers = {name for (name,) in connection.exec_driver_sql(sql)}
    assert triggers & {"letter_no_update", "letter_immutable"}
    assert triggers & {"audit_no_update", "audit_append_only"}
