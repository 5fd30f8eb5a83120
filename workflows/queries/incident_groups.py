"""Steps that failed and wait, grouped by their cause; and the cases of one group."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from engine.store.tables import incidents, instances
from workflows.access import sight
from workflows.access.people import Person
from workflows.incidents.cause import cause, key_of
from workflows.store.tables import cases

MOST: Final = 5_000  # failed steps that are looked at: more have a cause that shows in these


@dataclass(frozen=True, slots=True)
class Failed:
    """A failed step."""

    id: UUID
    instance_id: UUID
    case_id: UUID
    reference: str
    message: str
    raised_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Group:
    """Failed steps of one cause: the same element of the same version, and the same message.

    Attributes:
        bundle_id: What the oldest of them runs on.
        why: The message without what differs from case to case.
        steps: The oldest first.
    """

    key: str
    bundle_id: str
    process_key: str
    version: int
    element_id: str
    name: str
    why: str
    steps: tuple[Failed, ...]

    @property
    def since(self) -> dt.datetime:
        """When the first of them failed."""
        return self.steps[0].raised_at

    @property
    def incident_ids(self) -> tuple[UUID, ...]:
        """What can be tried again."""
        return tuple(each.id for each in self.steps)

    @property
    def case_count(self) -> int:
        """How many cases they are on."""
        return len({each.case_id for each in self.steps})


class NoSuchGroup(errors.NotFound):
    """Nothing of this kind is left: it was tried again, or is no longer wanted."""


def incident_groups(connection: sa.Connection, person: Person) -> list[Group]:
    """Return the groups, those with most cases first. Stands on ix_incidents_open."""
    found: dict[tuple[str, int, str, str], list[Any]] = {}
    for row in _open(connection, person):
        key = (row.process_key, row.version, row.element_id, cause(row.message))
        found.setdefault(key, []).append(row)
    groups = [_group(key, rows) for key, rows in found.items()]
    return sorted(groups, key=lambda each: (-each.case_count, each.since, each.key))


def incident_group(connection: sa.Connection, person: Person, key: str) -> Group:
    """Return one group.

    Raises:
        NoSuchGroup: nothing of it is open.
    """
    for each in incident_groups(connection, person):
        if each.key == key:
            return each
    raise NoSuchGroup


def _open(connection: sa.Connection, person: Person) -> Iterable[Any]:
    return connection.execute(
        sa.select(
            incidents.c.id,
            incidents.c.instance_id,
            incidents.c.subject_id,
            cases.c.reference,
            incidents.c.message,
            incidents.c.raised_at,
            incidents.c.element_id,
            incidents.c.name,
            instances.c.process_key,
            instances.c.version,
            instances.c.bundle_id,
        )
        .join(instances, instances.c.id == incidents.c.instance_id)
        .join(cases, cases.c.id == incidents.c.subject_id)
        .where(incidents.c.resolved_at.is_(None), sight.sees(person, incidents.c.subject_id))
        .order_by(incidents.c.raised_at, incidents.c.id)
        .limit(MOST)
    )


def _group(key: tuple[str, int, str, str], rows: list[Any]) -> Group:
    process_key, version, element_id, why = key
    return Group(
        key_of(*key),
        rows[0].bundle_id,
        process_key,
        version,
        element_id,
        rows[0].name,
        why,
        tuple(_steps(rows)),
    )


def _steps(rows: list[Any]) -> Iterator[Failed]:
    for row in rows:
        yield Failed(
            row.id, row.instance_id, row.subject_id, row.reference, row.message, row.raised_at
        )
