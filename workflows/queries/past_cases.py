"""Cases as they were known on a day that has passed, to hold a forecast of then against what came.

Nothing of a child is read. What was entered after the day is left out, even where it is about an
earlier day.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa

from engine.store.tables import instances
from workflows.duties.facts import Fact, LawfulException
from workflows.queries.forecast_inputs import Running
from workflows.queries.observed_steps import Observed, steps_of
from workflows.store.tables import case_facts, deadlines, lawful_exceptions

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class PastCase:
    """A case on a day.

    Attributes:
        finished: When its main time limit was met or taken away, as one knows today; None where it
            is still open.
        running: The processes that ran then; their variables are those of today.
        steps: Its tasks as they were known then.
    """

    case_id: UUID
    duty: str
    qualifier: str
    finished: dt.date | None
    running: tuple[Running, ...]
    steps: tuple[Observed, ...]
    facts: tuple[Fact, ...]
    exceptions: tuple[LawfulException, ...]


def past_cases(
    connection: sa.Connection,
    duties: Collection[str],
    moment: dt.datetime,
    on: tuple[dt.date, dt.date],
    limit: int,
) -> tuple[PastCase, ...]:
    """Return cases whose main time limit ran at a moment, however it went with them since.

    Args:
        connection: To read. Stands on ix_deadlines_duty_state_due and the indexes by case.
        duties: Codes of the main time limits.
        moment: The moment, which has passed.
        on: Its day in London; and the day by which a finish counts as known.
        limit: How many at most: as good as by lot, always the same.
    """
    rows = connection.execute(_ran(duties, on[0]).limit(limit)).all()
    ids = [row.case_id for row in rows]
    running = _running(connection, ids, moment)
    facts = _facts(connection, ids, moment)
    exceptions = _exceptions(connection, ids, moment)
    steps: dict[UUID, list[Observed]] = defaultdict(list)
    for each in steps_of(connection, ids, only_open=False):
        then = each.as_of(moment)
        if then is not None:
            steps[each.case_id].append(then)
    return tuple(
        PastCase(
            row.case_id,
            row.duty,
            row.qualifier,
            _by_then(row, on[1]),
            tuple(running[row.case_id]),
            tuple(steps[row.case_id]),
            tuple(facts[row.case_id]),
            tuple(exceptions[row.case_id]),
        )
        for row in rows
    )


def _ran(duties: Collection[str], day: dt.date) -> sa.Select[Any]:
    """Select the time limits that ran on a day."""
    ended = sa.func.coalesce(deadlines.c.met, deadlines.c.voided)
    return (
        sa.select(
            deadlines.c.case_id,
            deadlines.c.duty,
            deadlines.c.qualifier,
            deadlines.c.met,
            deadlines.c.voided,
        )
        .where(
            deadlines.c.duty.in_(list(duties)),
            deadlines.c.opened <= day,
            sa.or_(ended.is_(None), ended > day),
        )
        .order_by(deadlines.c.case_id, deadlines.c.duty, deadlines.c.qualifier)
    )


def _by_then(row: Any, known_by: dt.date) -> dt.date | None:  # noqa: ANN401
    found: dt.date | None = row.met or row.voided
    return found if found is not None and found <= known_by else None


def _running(
    connection: sa.Connection, ids: list[UUID], moment: dt.datetime
) -> dict[UUID, list[Running]]:
    rows = connection.execute(
        sa.select(
            instances.c.subject_id,
            instances.c.id,
            instances.c.process_key,
            instances.c.bundle_id,
            instances.c.variables,
        )
        .where(
            instances.c.subject_id.in_(ids),
            instances.c.started_at <= moment,
            sa.or_(instances.c.ended_at.is_(None), instances.c.ended_at > moment),
        )
        .order_by(instances.c.started_at, instances.c.id)
    )
    return _by((row.subject_id, Running(*row[1:], marking=None)) for row in rows)


def _facts(
    connection: sa.Connection, ids: list[UUID], moment: dt.datetime
) -> dict[UUID, list[Fact]]:
    """Return the facts that stood at a moment: entered by then, and not replaced by then."""
    rows = connection.execute(
        sa.select(
            case_facts.c.case_id,
            case_facts.c.id,
            case_facts.c.replaces,
            case_facts.c.code,
            case_facts.c.on,
            case_facts.c.qualifier,
            case_facts.c.outcome,
        )
        .where(case_facts.c.case_id.in_(ids), case_facts.c.recorded_at <= moment)
        .order_by(case_facts.c.on, case_facts.c.id)
    ).all()
    replaced = {row.replaces for row in rows}
    return _by((row.case_id, Fact(*row[3:])) for row in rows if row.id not in replaced)


def _exceptions(
    connection: sa.Connection, ids: list[UUID], moment: dt.datetime
) -> dict[UUID, list[LawfulException]]:
    rows = connection.execute(
        sa.select(
            lawful_exceptions.c.case_id,
            lawful_exceptions.c.duty,
            lawful_exceptions.c.ground,
            lawful_exceptions.c.from_date,
            lawful_exceptions.c.to_date,
            lawful_exceptions.c.qualifier,
        )
        .where(lawful_exceptions.c.case_id.in_(ids), lawful_exceptions.c.recorded_at <= moment)
        .order_by(lawful_exceptions.c.recorded_at, lawful_exceptions.c.id)
    )
    return _by((row.case_id, LawfulException(*row[1:])) for row in rows)


def _by(pairs: Iterable[tuple[UUID, Row]]) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = defaultdict(list)
    for key, each in pairs:
        found[key].append(each)
    return found
