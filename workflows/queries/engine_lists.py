"""What the engine's own lists show to someone: only of cases that they may see."""

import dataclasses
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from engine.queries import instance as instance_query, paging
from engine.queries.incident_list import Incident, incident_list
from engine.queries.paging import Page
from engine.queries.timer_list import Timer, timer_list, timers_of
from engine.store.tables import incidents, timers
from workflows.access import sight
from workflows.access.people import Person
from workflows.access.sight import visible_cases
from workflows.store.tables import cases


def instance(connection: sa.Connection, person: Person, instance_id: UUID) -> dict[str, Any]:
    """Return an instance with its timers and incidents, and `why` it may be seen.

    Raises:
        errors.NotFound: there is none, or its case is not the person's to see.
    """
    found = instance_query.instance(connection, instance_id)
    why = sight.why_may_see(connection, person, found.subject_id)
    of_instance = incidents.c.instance_id == instance_id
    values = {each.name: getattr(found, each.name) for each in dataclasses.fields(found)}
    return {
        **values,
        "active": found.active,
        "why": why,
        "timers": timers_of(connection, instance_id),
        "incidents": incident_list(connection, of_instance),
    }


def timers_seen(
    connection: sa.Connection, person: Person, *, limit: int | None, cursor: str | None
) -> Page[Timer]:
    """Return timers that wait, soonest first."""
    seen = timers.c.subject_id.in_(sa.select(cases.c.id).where(visible_cases(person)))
    return timer_list(connection, seen, limit=limit, cursor=cursor)


def incidents_seen(connection: sa.Connection, person: Person) -> list[Incident]:
    """Return open incidents, oldest first."""
    seen = incidents.c.subject_id.in_(sa.select(cases.c.id).where(visible_cases(person)))
    return incident_list(connection, seen, limit=paging.MOST)
