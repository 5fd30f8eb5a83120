"""A page of the task list among many open tasks and among few."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from bench.databases import tidy
from bench.measure import Figure, median
from engine.store import database, tables as engine_tables
from tests.support import county as counties
from tests.support.county import County
from workflows.queries.work_list import Scope, WorkFilter, work_list
from workflows.store import tables

FEW: Final = 1_000
MANY: Final = 100_000
ROUNDS: Final = 25
MOST: Final = 1.5
BATCH: Final = 1_000
PEOPLE: Final = {"psychology": Scope.TEAM, "manager": Scope.ALL}


def run(name: str, url: str) -> Iterator[Figure]:
    """Measure the lists of a caseworker's team and of a manager, before and after."""
    with TemporaryDirectory() as folder:
        county = County(counties.settle(url, Path(folder)))
        case_id = county.open_case()
        county.walk(case_id, until="give_advice")
        copier = Copier(county, case_id)
        copier.copy(FEW)
        before = {person: _time(county, person) for person in PEOPLE}
        copier.copy(MANY - FEW)
        for person, few in before.items():
            many = _time(county, person)
            yield Figure(
                f"task list of {person}, {MANY:,} open tasks against {FEW:,}, {name}",
                many,
                few,
                MOST,
            )
        county.system.engine.dispose()


def _time(county: County, name: str) -> float:
    person = county.person(name)
    chosen = WorkFilter(scope=PEOPLE[name])

    def page() -> None:
        with county.system.read() as connection:
            found = work_list(connection, person, chosen, now=county.system.now())
        if not found.page.items:
            raise AssertionError(name)

    return median(page, ROUNDS)


class Copier:
    """Copies one case, with all that its task list shows, under other identifiers."""

    def __init__(
        self,
        county: County,
        case_id: UUID,
        more: Sequence[tuple[sa.Table, sa.Column[Any]]] = (),
    ) -> None:
        """Read the case; `more`: further tables, with the column that names it."""
        self._engine = county.system.engine
        self._case_id = case_id
        subject = engine_tables.subjects.c.id
        of_case = (
            (engine_tables.subjects, subject),
            (engine_tables.instances, engine_tables.instances.c.subject_id),
            (tables.cases, tables.cases.c.id),
            (tables.deadlines, tables.deadlines.c.case_id),
            (tables.involvements, tables.involvements.c.case_id),
            (engine_tables.tasks, engine_tables.tasks.c.subject_id),
            *more,
        )
        with county.system.read() as connection:
            self._rows = {
                table: [
                    dict(row._mapping)  # noqa: SLF001 (SQLAlchemy's public name)
                    for row in connection.execute(sa.select(*table.c).where(column == case_id))
                ]
                for table, column in of_case
            }
        tasks = self._rows[engine_tables.tasks]
        self._open = sum(row["status"] == "open" for row in tasks)
        self._number = 0

    def copy(self, tasks: int) -> None:
        """Add cases until there are as many open tasks more."""
        self.copy_cases(tasks // self._open)

    def copy_cases(self, cases: int) -> None:
        """Add so many cases."""
        while cases > 0:
            with database.writing(self._engine) as connection, connection.begin():
                for table, rows in self._copies(min(cases, BATCH)).items():
                    connection.execute(table.insert(), rows)
            cases -= BATCH
        tidy(self._engine)

    def _copies(self, cases: int) -> dict[sa.Table, list[dict[str, Any]]]:
        copies: dict[sa.Table, list[dict[str, Any]]] = {table: [] for table in self._rows}
        for _ in range(cases):
            self._number += 1
            known: dict[object, object] = {}
            for table, rows in self._rows.items():
                copies[table] += [self._copy(row, known) for row in rows]
        return copies

    def _copy(self, row: dict[str, Any], known: dict[object, object]) -> dict[str, Any]:
        copy = {
            name: known.setdefault(value, uuid4()) if isinstance(value, UUID) else value
            for name, value in row.items()
        }
        if "reference" in copy:
            copy["reference"] = f"{copy['reference']}-{self._number}"
        return copy
