"""Which records are of one child: found among those that share a name, a UPN or a ULN."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from workflows.store.return_tables import return_problems, return_records
from workflows.store.returns import BY_OTHERS, ProblemRow
from workflows.store.tables import cases


def forget_gone(connection: sa.Connection, year: int) -> None:
    """Forget records of cases that are no longer there."""
    there = sa.select(cases.c.id)
    for table in (return_problems, return_records):
        connection.execute(
            table.delete().where(table.c.year == year, table.c.case_id.not_in(there))
        )


def alike(connection: sa.Connection, year: int) -> Sequence[Any]:
    """Return the records that share a name and date of birth, a UPN or a ULN with another.

    Stands on the indexes of identity and UPN; only what is shared is read.
    """
    known = return_records.c
    here = (known.year == year) & known.included
    shared = [
        column.in_(
            sa.select(column).where(here, column != "").group_by(column).having(sa.func.count() > 1)
        )
        for column in (known.identity, known.upn, known.uln)
    ]
    statement = (
        sa.select(
            known.case_id,
            known.identity,
            known.upn,
            known.uln,
            known.record,
            known.team_id,
            known.area,
        )
        .where(here, sa.or_(*shared))
        .order_by(known.opened_at.desc(), known.case_id)
    )
    return connection.execute(statement).all()


def settle(
    connection: sa.Connection,
    year: int,
    keyed: Mapping[UUID, str],
    problems: Sequence[tuple[UUID, ProblemRow]],
) -> None:
    """Write the keys of persons, and the problems that cases cause each other."""
    known = return_records.c
    connection.execute(
        return_records.update()
        .where(known.year == year, known.person_key != known.identity)
        .values(person_key=known.identity)
    )
    if keyed:
        connection.execute(
            return_records.update()
            .where(known.year == year, known.case_id == sa.bindparam("case"))
            .values(person_key=sa.bindparam("key")),
            [{"case": case_id, "key": key[:240]} for case_id, key in keyed.items()],
        )
    connection.execute(
        return_problems.delete().where(
            return_problems.c.year == year, return_problems.c.place >= BY_OTHERS
        )
    )
    _write(connection, year, problems)


def _write(
    connection: sa.Connection, year: int, problems: Sequence[tuple[UUID, ProblemRow]]
) -> None:
    if not problems:
        return
    known = return_records.c
    where = {
        row.case_id: row
        for row in connection.execute(
            sa.select(known.case_id, known.team_id, known.area).where(
                known.year == year, known.case_id.in_({case_id for case_id, _ in problems})
            )
        )
    }
    rows = [
        {
            "year": year,
            "case_id": case_id,
            "place": BY_OTHERS + place,
            "rule": each.rule,
            "severity": each.severity,
            "module": each.module,
            "element": each.element,
            "value": each.value,
            "source": each.source,
            "team_id": where[case_id].team_id,
            "area": where[case_id].area,
        }
        for place, (case_id, each) in enumerate(problems)
    ]
    connection.execute(return_problems.insert(), rows)


def totals(connection: sa.Connection, year: int) -> dict[str, Any]:
    """Return how the return stands: cases, those without an error, by team, by rule, measures."""
    known = return_records.c
    here = (known.year == year) & known.included
    with_errors = sa.select(return_problems.c.case_id).where(
        return_problems.c.year == year, return_problems.c.severity == "error"
    )
    ready = sa.func.sum(sa.case((known.case_id.in_(with_errors), 0), else_=1))
    teams = connection.execute(
        sa.select(known.team_id, sa.func.count(), ready)
        .where(here)
        .group_by(known.team_id)
        .order_by(known.team_id)
    ).all()
    rules = connection.execute(
        sa.select(return_problems.c.rule, sa.func.count())
        .where(return_problems.c.year == year)
        .group_by(return_problems.c.rule)
        .order_by(return_problems.c.rule)
    ).all()
    persons = connection.execute(
        sa.select(sa.func.count(sa.distinct(known.person_key))).where(here)
    ).scalar_one()
    return {
        "cases": sum(int(row[1]) for row in teams),
        "ready": sum(int(row[2] or 0) for row in teams),
        "persons": int(persons),
        "teams": {row[0]: [int(row[1]), int(row[2] or 0)] for row in teams},
        "rules": {row[0]: int(row[1]) for row in rules},
        "measures": _measures(connection, here),
    }


def _measures(connection: sa.Connection, here: sa.ColumnElement[bool]) -> dict[str, int]:
    found: dict[str, int] = {}
    for (codes,) in connection.execute(sa.select(return_records.c.measures).where(here)):
        for code in codes:
            found[code] = found.get(code, 0) + 1
    return dict(sorted(found.items()))
