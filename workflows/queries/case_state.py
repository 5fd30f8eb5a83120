"""How a case stands, in the words of its process: what waits, what happened, what is owed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from engine.store.tables import history, instances, tasks
from workflows.duties import deadlines as derivation
from workflows.rulebook import load
from workflows.store.tables import case_facts, cases, deadlines


@dataclass(frozen=True, slots=True)
class Waiting:
    """A task that waits. `bundle_id`: the publication that has its form."""

    id: UUID
    bundle_id: str
    element_id: str
    name: str
    label: str
    role: str
    variables: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CaseState:
    """A case.

    Attributes:
        status: "open" or "closed", with the outcome once there is one ("closed: refused").
        waiting: Tasks that are open, in the order in which they opened.
        facts: Date of each fact by code, with outcome and qualifier ("code:outcome about x").
        duties: State of each deadline by its code, with the qualifier ("code about x"), and its day.
        notices: Kinds of the notices sent, in order.
        told: Reminders, chasers and escalations, in order ("escalate: Final plan is late").
        passed: Elements that were left.
    """

    status: str
    waiting: tuple[Waiting, ...]
    facts: dict[str, dt.date]
    duties: dict[str, tuple[str, dt.date]]
    notices: tuple[str, ...]
    told: tuple[str, ...]
    passed: frozenset[str]


def case_state(connection: sa.Connection, case_id: UUID, *, today: dt.date) -> CaseState:
    """Return how a case stands on a day; all rows of the one case are read."""
    row = connection.execute(
        sa.select(cases.c.status, cases.c.outcome).where(cases.c.id == case_id)
    ).one()
    happened = _happened(connection, case_id)
    return CaseState(
        status=f"{row.status}: {row.outcome}" if row.outcome else row.status,
        waiting=_waiting(connection, case_id),
        facts=_facts(connection, case_id),
        duties=_duties(connection, case_id, today),
        notices=tuple(body["kind"] for kind, _, body in happened if kind == "NoticeIssued"),
        told=tuple(
            f"{body['how']}: {body['about']}"
            for kind, _, body in happened
            if kind == "ReminderSent"
        ),
        passed=frozenset(element for kind, element, _ in happened if kind == "ElementCompleted"),
    )


def _waiting(connection: sa.Connection, case_id: UUID) -> tuple[Waiting, ...]:
    rows = connection.execute(
        sa.select(
            tasks.c.id,
            instances.c.bundle_id,
            tasks.c.element_id,
            tasks.c.name,
            tasks.c.label,
            tasks.c.role,
            instances.c.variables,
        )
        .join(instances, instances.c.id == tasks.c.instance_id)
        .where(tasks.c.subject_id == case_id, tasks.c.status == "open")
        .order_by(tasks.c.opened_at, tasks.c.element_id, tasks.c.label, tasks.c.id)
    )
    return tuple(Waiting(*row) for row in rows)


def _facts(connection: sa.Connection, case_id: UUID) -> dict[str, dt.date]:
    rows = connection.execute(
        sa.select(
            case_facts.c.code, case_facts.c.outcome, case_facts.c.qualifier, case_facts.c.on
        ).where(case_facts.c.case_id == case_id, case_facts.c.current)
    )
    found = {}
    for row in rows:
        code = f"{row.code}:{row.outcome}" if row.outcome else row.code
        found[_about(code, row.qualifier)] = row.on
    return found


def _duties(
    connection: sa.Connection, case_id: UUID, today: dt.date
) -> dict[str, tuple[str, dt.date]]:
    rows = connection.execute(sa.select(*deadlines.c).where(deadlines.c.case_id == case_id))
    return {
        _about(row.duty, row.qualifier): (
            derivation.status(
                row.state,
                due=row.due,
                excused=row.excused,
                today=today,
                right=row.duty in load.current().rights,
            ),
            row.due,
        )
        for row in rows
    }


def _about(code: str, qualifier: str) -> str:
    return f"{code} about {qualifier}" if qualifier else code


def _happened(connection: sa.Connection, case_id: UUID) -> Sequence[Any]:
    return connection.execute(
        sa.select(history.c.kind, history.c.element_id, history.c.body)
        .where(
            history.c.subject_id == case_id,
            history.c.kind.in_(["NoticeIssued", "ReminderSent", "ElementCompleted"]),
        )
        .order_by(history.c.seq)
    ).all()
