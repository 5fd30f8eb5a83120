"""One process of a case as whoever steps in sees it: where it is, what it waits for, what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine.queries import history, instance as instance_query
from engine.queries.history import Entry
from engine.queries.incident_list import Incident, incident_list
from engine.queries.instance import Instance
from engine.store.tables import incidents, tasks
from workflows.access import people, sight
from workflows.access.people import Person
from workflows.queries.engine_timer_list import EngineTimer, timers_of_instance
from workflows.store.tables import cases

LAST: Final = 60  # entries of the history


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A user task that waits; its identifier is that of its token."""

    id: UUID
    element_id: str
    process_key: str
    name: str
    label: str
    assignee: str


@dataclass(frozen=True, slots=True)
class InstancePage:
    """A process of a case. `why`: why it may be seen; `happened`: the newest first."""

    instance: Instance
    why: str
    reference: str
    tasks: Sequence[OpenTask]
    timers: Sequence[EngineTimer]
    incidents: Sequence[Incident]
    happened: Sequence[Entry]
    names: Mapping[str, str]
    others: Sequence[Instance]


def instance_page(connection: sa.Connection, person: Person, instance_id: UUID) -> InstancePage:
    """Return an instance with all that hangs on it.

    Raises:
        errors.NotFound: there is none, or its case is not the person's to see.
    """
    found = instance_query.instance(connection, instance_id)
    why = sight.why_may_see(connection, person, found.subject_id)
    happened = history.latest_of_instance(connection, instance_id, limit=LAST)
    rows = _tasks(connection, instance_id)
    known = {each.actor_id for each in happened} | {each.assignee for each in rows}
    reference = connection.execute(
        sa.select(cases.c.reference).where(cases.c.id == found.subject_id)
    ).scalar_one()
    return InstancePage(
        instance=found,
        why=why,
        reference=reference,
        tasks=rows,
        timers=timers_of_instance(connection, instance_id),
        incidents=incident_list(connection, incidents.c.instance_id == instance_id),
        happened=happened,
        names=people.names(connection, known),
        others=instance_query.instances_of(connection, found.subject_id),
    )


def reason_of_suspension(entries: Sequence[Entry]) -> str:
    """Return why an instance was suspended last, "" where that lies further back."""
    found: Any = next((each for each in entries if each.kind == "InstanceSuspended"), None)
    return str(found.body.get("reason", "")) if found else ""


def _tasks(connection: sa.Connection, instance_id: UUID) -> list[OpenTask]:
    """Stands on ix_tasks_instance_id."""
    rows = connection.execute(
        sa.select(
            tasks.c.id,
            tasks.c.element_id,
            tasks.c.process_key,
            tasks.c.name,
            tasks.c.label,
            tasks.c.assignee,
        )
        .where(tasks.c.instance_id == instance_id, tasks.c.status == "open")
        .order_by(tasks.c.opened_at, tasks.c.id)
    )
    return [OpenTask(*row) for row in rows]
