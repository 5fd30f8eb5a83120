"""One instance, as it stands."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from engine.store.tables import instances


class NoSuchInstance(errors.NotFound):
    """There is no such process instance."""


@dataclass(frozen=True, slots=True)
class Instance:
    """An instance. `marking`: process key to its `done` and `active` elements."""

    id: UUID
    subject_id: UUID
    process_key: str
    version: int
    bundle_id: str
    status: str
    variables: Mapping[str, Any]
    marking: Mapping[str, Any]
    started_at: dt.datetime
    ended_at: dt.datetime | None
    end_element: str | None
    reason: str | None

    @property
    def active(self) -> tuple[str, ...]:
        """Elements where tokens are, the innermost as well."""
        return tuple(sorted(name for entry in self.marking.values() for name in entry["active"]))


_COLUMNS = (
    instances.c.id,
    instances.c.subject_id,
    instances.c.process_key,
    instances.c.version,
    instances.c.bundle_id,
    instances.c.status,
    instances.c.variables,
    instances.c.marking,
    instances.c.started_at,
    instances.c.ended_at,
    instances.c.end_element,
    instances.c.reason,
)


def instance(connection: sa.Connection, instance_id: UUID) -> Instance:
    """Return an instance.

    Raises:
        NoSuchInstance: there is none.
    """
    row = connection.execute(
        sa.select(*_COLUMNS).where(instances.c.id == instance_id)
    ).one_or_none()
    if row is None:
        raise NoSuchInstance
    return Instance(*tuple(row))


def instances_of(connection: sa.Connection, subject_id: UUID) -> list[Instance]:
    """Return the instances of a subject, oldest first. Stands on ix_instances_subject_id."""
    rows = connection.execute(
        sa.select(*_COLUMNS)
        .where(instances.c.subject_id == subject_id)
        .order_by(instances.c.started_at, instances.c.id)
    )
    return [Instance(*tuple(row)) for row in rows]
