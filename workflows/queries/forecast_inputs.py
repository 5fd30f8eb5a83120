"""What the forecasts of some cases are made from, and which cases want one.

Nothing of a child is read: no name, date of birth, need or address. Of the values that an instance
holds, whoever uses them takes those alone that its diagram's conditions look at.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa

from engine.store.tables import instances, subjects, timers
from workflows.duties.facts import Fact
from workflows.queries.observed_steps import Observed, steps_of
from workflows.store.forecast_tables import forecasts
from workflows.store.tables import case_facts, cases, deadlines

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Running:
    """A process that runs: what it holds, and where its tokens are."""

    id: UUID
    process_key: str
    bundle_id: str
    variables: Any
    marking: Any


@dataclass(frozen=True, slots=True)
class Owed:
    """A time limit that is open, and whose it is."""

    duty: str
    qualifier: str
    opened: dt.date
    due: dt.date
    excused: bool
    team_id: str
    agency_id: str
    area: str


@dataclass(frozen=True, slots=True)
class CaseInputs:
    """What a case's forecast is made from.

    Attributes:
        revision: Changes with everything that happens in the case.
        timers: Instance, element and date of each timer that waits.
    """

    case_id: UUID
    revision: int
    owed: tuple[Owed, ...]
    running: tuple[Running, ...]
    tasks: tuple[Observed, ...]
    timers: tuple[tuple[UUID, str, dt.datetime], ...]
    facts: tuple[Fact, ...]


def forecast_inputs(
    connection: sa.Connection, case_ids: Collection[UUID], duties: Collection[str]
) -> tuple[CaseInputs, ...]:
    """Return the inputs of cases; `duties` are the codes of the main time limits.

    Each statement stands on the index of its table by case.
    """
    ids = list(case_ids)
    revisions = connection.execute(
        sa.select(subjects.c.id, subjects.c.history_seq).where(subjects.c.id.in_(ids))
    )
    known = {row.id: row.history_seq for row in revisions}
    owed = _owed(connection, ids, duties)
    running = _running(connection, ids)
    tasks = _by((each.case_id, each) for each in steps_of(connection, ids, only_open=True))
    waiting = _timers(connection, ids)
    facts = _facts(connection, ids)
    return tuple(
        CaseInputs(
            each,
            known[each],
            tuple(owed[each]),
            tuple(running[each]),
            tuple(tasks[each]),
            tuple(waiting[each]),
            tuple(facts[each]),
        )
        for each in ids
        if each in known
    )


def wanting(
    connection: sa.Connection,
    duties: Collection[str],
    today: dt.datetime,
    limit: int,
    *,
    skip: Collection[UUID] = (),
) -> list[UUID]:
    """Return cases whose forecast is missing, stale or of an earlier day, the most urgent first.

    Args:
        connection: To read. Stands on ix_forecasts_stale_computed_at and ix_deadlines_duty_state_due.
        duties: Codes of the main time limits.
        today: The first moment of the day.
        limit: How many at most.
        skip: Cases without a forecast of which is known already that there can be none.
    """
    old = (
        sa.select(forecasts.c.case_id)
        .where(sa.or_(forecasts.c.stale, forecasts.c.computed_at < today))
        .order_by(forecasts.c.stale.desc(), forecasts.c.due, forecasts.c.case_id)
        .limit(limit)
    )
    new = (
        sa.select(deadlines.c.case_id)
        .distinct()
        .outerjoin(forecasts, forecasts.c.case_id == deadlines.c.case_id)
        .where(
            deadlines.c.state == "open",
            deadlines.c.duty.in_(list(duties)),
            forecasts.c.case_id.is_(None),
            deadlines.c.case_id.not_in(list(skip)),
        )
        .order_by(deadlines.c.case_id)
        .limit(limit)
    )
    found = [*connection.execute(new).scalars(), *connection.execute(old).scalars()]
    return list(dict.fromkeys(found))[:limit]


def _owed(
    connection: sa.Connection, ids: list[UUID], duties: Collection[str]
) -> dict[UUID, list[Owed]]:
    rows = connection.execute(
        sa.select(
            deadlines.c.case_id,
            deadlines.c.duty,
            deadlines.c.qualifier,
            deadlines.c.opened,
            deadlines.c.due,
            deadlines.c.excused,
            deadlines.c.team_id,
            deadlines.c.agency_id,
            cases.c.area,
        )
        .join(cases, cases.c.id == deadlines.c.case_id)
        .where(
            deadlines.c.case_id.in_(ids),
            deadlines.c.state == "open",
            deadlines.c.duty.in_(list(duties)),
        )
        .order_by(deadlines.c.due, deadlines.c.duty, deadlines.c.qualifier)
    )
    return _by((row.case_id, Owed(*row[1:])) for row in rows)


def _running(connection: sa.Connection, ids: list[UUID]) -> dict[UUID, list[Running]]:
    rows = connection.execute(
        sa.select(
            instances.c.subject_id,
            instances.c.id,
            instances.c.process_key,
            instances.c.bundle_id,
            instances.c.variables,
            instances.c.marking,
        )
        .where(instances.c.subject_id.in_(ids), instances.c.status.in_(["active", "suspended"]))
        .order_by(instances.c.started_at, instances.c.id)
    )
    return _by((row.subject_id, Running(*row[1:])) for row in rows)


def _timers(
    connection: sa.Connection, ids: list[UUID]
) -> dict[UUID, list[tuple[UUID, str, dt.datetime]]]:
    rows = connection.execute(
        sa.select(
            timers.c.subject_id, timers.c.instance_id, timers.c.element_id, timers.c.due_at
        ).where(
            timers.c.subject_id.in_(ids),
            timers.c.status.in_(["waiting", "suspended"]),
            timers.c.due_at.is_not(None),
        )
    )
    return _by((row.subject_id, (row.instance_id, row.element_id, row.due_at)) for row in rows)


def _facts(connection: sa.Connection, ids: list[UUID]) -> dict[UUID, list[Fact]]:
    rows = connection.execute(
        sa.select(
            case_facts.c.case_id,
            case_facts.c.code,
            case_facts.c.on,
            case_facts.c.qualifier,
            case_facts.c.outcome,
        )
        .where(case_facts.c.case_id.in_(ids), case_facts.c.current)
        .order_by(case_facts.c.on, case_facts.c.id)
    )
    return _by((row.case_id, Fact(*row[1:])) for row in rows)


def _by(pairs: Iterable[tuple[UUID, Row]]) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = defaultdict(list)
    for key, each in pairs:
        found[key].append(each)
    return found
