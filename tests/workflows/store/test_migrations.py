"""All migrations add up to the schema that the code knows, on each database."""

from collections.abc import Mapping
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from engine.store.database import create_engine
from engine.store.tables import metadata
from tests.support.databases import BACKENDS
from workflows import bootstrap
from workflows.store import digest_tables, notice_tables, tables

SCRIPTS = ScriptDirectory(str(bootstrap.MIGRATIONS))


def differences(url: str, known: sa.MetaData) -> list[Any]:
    engine = create_engine(url)
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        found = compare_metadata(context, known)
    engine.dispose()
    return found


def plain(value: Any) -> Any:
    """Return what a database tells as text that can be compared."""
    if isinstance(value, Mapping):
        return sorted((key, plain(each)) for key, each in value.items())
    return [plain(each) for each in value] if isinstance(value, list) else str(value)


def schema(url: str) -> Mapping[str, list[Any]]:
    """Return columns, keys and indexes as the database itself tells them, conditions and all."""
    engine = create_engine(url)
    found = sa.inspect(engine)
    asks = (
        found.get_columns,
        found.get_indexes,
        found.get_foreign_keys,
        found.get_unique_constraints,
    )
    parts = {
        name: sorted(plain(each) for ask in asks for each in ask(name))
        for name in found.get_table_names()
        if name != "alembic_version"
    }
    engine.dispose()
    return parts


def test_migrations_add_up_to_the_schema(database_url: str) -> None:
    assert differences(database_url, metadata) == []


def test_a_column_that_no_migration_makes_would_be_found(database_url: str) -> None:
    known = sa.MetaData()
    for table in metadata.sorted_tables:
        table.to_metadata(known)
    known.tables["cases"].append_column(sa.Column("forgotten", sa.String(10)))
    known.tables["teams"].c.name.type = sa.String(7)

    found = differences(database_url, known)

    assert ("add_column", "cases", "forgotten") in [
        (each[0], each[2], each[3].name) for each in found if isinstance(each, tuple)
    ]
    assert len(found) == 2


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_schema_is_the_same_as_that_of_the_tables_themselves(
    request: pytest.FixtureRequest, backend: str
) -> None:
    migrated = request.getfixturevalue(f"{backend}_url")
    bare = request.getfixturevalue(f"bare_{backend}_url")
    engine = create_engine(bare)
    metadata.create_all(engine)
    engine.dispose()

    assert schema(migrated) == schema(bare)


def test_the_tables_of_the_domain_are_in_the_schema() -> None:
    for table in (tables.cases, notice_tables.notice_templates, digest_tables.digests):
        assert table.metadata is metadata


def test_migrations_are_one_line_numbered_without_gaps() -> None:
    line = [each.revision for each in SCRIPTS.walk_revisions()]

    assert len(SCRIPTS.get_heads()) == 1
    assert sorted(line) == [f"{number:04d}" for number in range(1, len(line) + 1)]


def test_migrating_again_changes_nothing(database_url: str) -> None:
    before = schema(database_url)

    bootstrap.migrate(database_url)

    assert schema(database_url) == before
