"""Lock and load instances, each with its subject and, for a task, the task: in one statement."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from engine.store.tables import (
    history,
    incidents,
    instances,
    message_waits,
    subjects,
    tasks,
    timers,
)

_JOINED = instances.join(subjects, subjects.c.id == instances.c.subject_id)
_OF_INSTANCE = (
    *instances.c,
    subjects.c.history_seq,
    subjects.c.history_hash,
)


def lock_instance(connection: sa.Connection, instance_id: UUID) -> Any | None:  # noqa: ANN401
    """Lock an instance and its subject; return the row, None where there is none."""
    statement = (
        sa.select(*_OF_INSTANCE)
        .select_from(_JOINED)
        .where(instances.c.id == instance_id)
        .with_for_update(of=[instances, subjects])
    )
    return connection.execute(statement).one_or_none()


def lock_instances_of(connection: sa.Connection, subject_id: UUID) -> Sequence[Any]:
    """Lock a subject with its running instances; return their rows."""
    statement = (
        sa.select(*_OF_INSTANCE)
        .select_from(_JOINED)
        .where(instances.c.subject_id == subject_id, instances.c.status == "active")
        .order_by(instances.c.started_at, instances.c.id)
        .with_for_update(of=[instances, subjects])
    )
    return connection.execute(statement).all()


def lock_subject(connection: sa.Connection, subject_id: UUID) -> Any | None:  # noqa: ANN401
    """Lock a subject; return the row, None where there is none."""
    statement = sa.select(*subjects.c).where(subjects.c.id == subject_id).with_for_update()
    return connection.execute(statement).one_or_none()


def lock_part(
    connection: sa.Connection, part: sa.Table, identifier: UUID, *, skip_locked: bool = False
) -> tuple[Any, Any] | None:
    """Lock a task, timer, message wait or incident with its instance.

    The part is locked too: PostgreSQL reads anew, after a wait, only the rows that it locks.

    Returns:
        The part's own row and its instance's, None where there is none; or, with `skip_locked`,
        where another works on it just now.
    """
    lock = _lock_of(part, skip_locked=skip_locked)
    row = connection.execute(lock, {"identifier": identifier}).one_or_none()
    if row is None:
        return None
    values = {column.name: getattr(row, f"own_{column.name}") for column in part.c}
    return _Part(values), row


def start_values(connection: sa.Connection, subject_id: UUID, instance_id: UUID) -> dict[str, Any]:
    """Return the answers that an instance began with. Stands on ix_history_instance_id_seq."""
    body = connection.execute(
        sa.select(history.c.body).where(
            history.c.instance_id == instance_id,
            history.c.subject_id == subject_id,
            history.c.kind == "InstanceStarted",
        )
    ).scalar_one()
    return dict(body.get("values", {}))


def incident_of(connection: sa.Connection, instance_id: UUID, token_id: UUID) -> UUID | None:
    """Return the open incident of a token, None where its step has not failed."""
    return connection.execute(
        sa.select(incidents.c.id).where(
            incidents.c.instance_id == instance_id,
            incidents.c.token_id == token_id,
            incidents.c.resolved_at.is_(None),
        )
    ).scalar_one_or_none()


@cache
def _lock_of(part: sa.Table, *, skip_locked: bool) -> sa.Select[Any]:
    """Return the statement, built once: it is the first of every step, and long."""
    own = [column.label(f"own_{column.name}") for column in part.c]
    return (
        sa.select(*_OF_INSTANCE, *own)
        .select_from(_JOINED.join(part, part.c.instance_id == instances.c.id))
        .where(part.c.id == sa.bindparam("identifier"))
        .with_for_update(of=[instances, subjects, part], skip_locked=skip_locked)
    )


class _Part:
    """The columns of a part, as attributes."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.__dict__.update(values)


PARTS = {"task": tasks, "timer": timers, "message": message_waits, "incident": incidents}
