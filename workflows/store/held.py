"""All that is held on a case: every table whose rows name one, whoever adds it."""

import base64
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine.store.migration_tables import migration_items
from engine.store.tables import instances, metadata, subjects
from workflows.store.privacy_tables import broken_glass, glass_alerts
from workflows.store.tables import cases, document_versions, documents

# What a person who asks is not given: how the machine goes on, secrets, what merely finds a row, and
# what protects somebody. Whoever asks is told that it is left out.
NOT_GIVEN: Final = frozenset(
    {
        "subjects",
        "case_trigrams",
        "migration_items",
        "restrictions",
        "restriction_people",
        "restriction_teams",
        "glass_alerts",
        "legal_holds",
        "erasure_items",
        "erasures",
    }
)
OF_CASE: Final = "of_case"  # the parameter that names the case
_NEVER: Final = frozenset({"state", "marking", "token_hash", "hash", "search_text", "location"})
Rows = list[dict[str, Any]]


def tables() -> Iterator[tuple[sa.Table, Any]]:
    """Yield each table with the condition on its rows that they are of a case (`OF_CASE`)."""
    case_id = sa.bindparam(OF_CASE, type_=sa.Uuid())
    of_documents = sa.select(documents.c.id).where(documents.c.case_id == case_id)
    of_instances = sa.select(instances.c.id).where(instances.c.subject_id == case_id)
    of_glass = sa.select(broken_glass.c.id).where(broken_glass.c.case_id == case_id)
    special: Mapping[sa.Table, sa.ColumnElement[bool]] = {
        cases: cases.c.id == case_id,
        subjects: subjects.c.id == case_id,
        document_versions: document_versions.c.document_id.in_(of_documents),
        migration_items: migration_items.c.instance_id.in_(of_instances),
        glass_alerts: glass_alerts.c.glass_id.in_(of_glass),
    }
    for table in metadata.sorted_tables:
        own = next((table.c[name] for name in ("case_id", "subject_id") if name in table.c), None)
        if table in special:
            yield table, special[table]
        elif own is not None:
            yield table, own == case_id


def everything(connection: sa.Connection, case_id: UUID) -> dict[str, Rows]:
    """Return the rows of a case that a person may be given, by table, as JSON."""
    found: dict[str, Rows] = {}
    for table, of_case in tables():
        if table.name in NOT_GIVEN:
            continue
        columns = [each for each in table.c if each.name not in _NEVER]
        order: Sequence[sa.ColumnElement[Any]] = list(table.primary_key.columns)
        statement = sa.select(*columns).where(of_case).order_by(*order)
        rows = connection.execute(statement, {OF_CASE: case_id}).mappings()
        found[table.name] = [{name: as_json(value) for name, value in row.items()} for row in rows]
    return {name: rows for name, rows in found.items() if rows}


def as_json(value: Any) -> Any:  # noqa: ANN401
    """Return a value of a row as JSON."""
    match value:
        case UUID():
            value = str(value)
        case dt.date():  # a moment as well
            value = value.isoformat()
        case bytes():
            value = base64.b64encode(value).decode()
        case Mapping():
            value = {str(name): as_json(each) for name, each in value.items()}
        case list() | tuple():
            value = [as_json(each) for each in value]
    return value
