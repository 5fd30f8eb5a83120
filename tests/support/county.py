"""A small county on a real database: its people, its cases, and time that the test moves."""

import datetime as dt
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from engine.clock import MovableClock
from engine.commands.complete_task import CompleteTask, OnBehalf
from engine.definitions.cache import Bundles
from engine.executor import Outcome
from engine.queries import definition_list
from engine.store import definitions
from engine.store.tables import history, tasks
from engine.worker.timers import fire_due
from workflows import bootstrap
from workflows.access import people
from workflows.access.people import Person
from workflows.bootstrap import System
from workflows.commands.open_case import OpenCase
from workflows.demo import answers, organisation
from workflows.store.tables import cases, deadlines, parties, people as directory

PASSWORD = "a password for tests"
# A hash tells how dear it is to check: tests sign in a thousand times.
QUICK_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
BEGIN = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)
# Asks for one adviser the less, so that a walk is shorter.
CHOICES: Mapping[str, Mapping[str, Any]] = {
    "decide_to_assess": {"decision_to_assess": "assess", "legal_test_applied": "yes"},
    "decide_on_plan": {"plan_necessary": "yes"},
}


@dataclass
class County:
    """The system with what a test does to it."""

    system: System

    def person(self, name: str) -> Person:
        with self.system.read() as connection:
            return people.person(connection, organisation.person_id(name))

    def open_case(self, **values: Any) -> UUID:
        today = self.system.clock.now().date().isoformat()
        given = {
            "received_on": today,
            "request_source": "1",
            "child_first_name": "Ada",
            "child_last_name": "Example",
            "child_date_of_birth": "2017-03-04",
            "setting": "st-aidans",
            "area": "north",
            "parent_name": "Joan Example",
            "parent_email": "joan@families.test",
            **values,
        }
        command = OpenCase("ehc_assessment", given)
        self.system.execute(command, self.person("casework"))
        return command.case_id

    def open_tasks(self, case_id: UUID) -> list[Any]:
        with self.system.read() as connection:
            statement = sa.select(*tasks.c).where(
                tasks.c.subject_id == case_id, tasks.c.status == "open"
            )
            return list(connection.execute(statement.order_by(tasks.c.element_id, tasks.c.label)))

    def complete(self, case_id: UUID, element: str, **values: Any) -> Outcome:
        row = next(each for each in self.open_tasks(case_id) if each.element_id == element)
        return self.complete_row(row, **values)

    def complete_row(self, row: Any, **values: Any) -> Outcome:
        return self.system.execute(*self.command_for(row, **values))

    def command_for(self, row: Any, **values: Any) -> tuple[CompleteTask, Person]:
        """Return what completes a task, and who would do so."""
        today = self.system.clock.now().date()
        chance = _Steady()
        given = answers.answer(row.element_id, chance, today, {})  # type: ignore[arg-type]
        given |= dict(CHOICES.get(row.element_id, {})) | values
        command = CompleteTask(row.id, given, OnBehalf("mother, by telephone"))
        return command, self.person(self.who_does(row))

    def who_does(self, row: Any) -> str:
        return {
            "decision_panel": "panel",
            "educational_psychology": "psychology",
            "health": "health",
            "social_care": "socialcare",
        }.get(row.role, "casework")

    def walk(self, case_id: UUID, until: str = "", **values: Mapping[str, Any]) -> None:
        """Complete tasks as they open, until one called `until` waits or nothing is left."""
        for _ in range(200):
            waiting = self.open_tasks(case_id)
            if not waiting or any(each.element_id == until for each in waiting):
                return
            row = waiting[0]
            self.complete_row(row, **values.get(row.element_id, {}))
        raise AssertionError("the case never ends")

    def pass_days(self, days: int) -> int:
        """Let days pass, one by one, each with its timers; return how many fired."""
        fired = 0
        for _ in range(days):
            self.system.clock.move_to(self.system.clock.now() + dt.timedelta(days=1))
            fired += fire_due(self.system.executor)
        return fired

    def case(self, case_id: UUID) -> Any:
        with self.system.read() as connection:
            return connection.execute(sa.select(*cases.c).where(cases.c.id == case_id)).one()

    def deadline(self, case_id: UUID, duty: str, qualifier: str = "") -> Any:
        with self.system.read() as connection:
            return connection.execute(
                sa.select(*deadlines.c).where(
                    deadlines.c.case_id == case_id,
                    deadlines.c.duty == duty,
                    deadlines.c.qualifier == qualifier,
                )
            ).one_or_none()

    def happened(self, case_id: UUID, kind: str) -> list[dict[str, Any]]:
        with self.system.read() as connection:
            statement = sa.select(history.c.body).where(
                history.c.subject_id == case_id, history.c.kind == kind
            )
            return list(connection.execute(statement.order_by(history.c.seq)).scalars())

    def link_parent(self, case_id: UUID, name: str = "parent") -> None:
        """Let somebody, the demo's parent for one, be the party of a case who can sign in."""
        with self.system.engine.begin() as connection:
            connection.execute(
                parties.update()
                .where(parties.c.case_id == case_id)
                .values(person_id=organisation.person_id(name))
            )

    def everything(self) -> Mapping[str, list[Any]]:
        """Return all rows of all tables, to tell that nothing changed."""
        with self.system.read() as connection:
            return {
                table.name: list(
                    connection.execute(sa.select(*table.c).order_by(*table.primary_key.columns))
                )
                for table in cases.metadata.sorted_tables
            }

    def problems(self) -> list[str]:
        return list(bootstrap.examine(self.system))


class _Steady:
    """Chance that always takes the first choice."""

    def choice(self, options: list[Any]) -> Any:
        return options[0]

    def random(self) -> float:
        return 0.5


def settle(database_url: str, folder: Path) -> System:
    """Return a system with the demo's organisation and diagrams, its clock standing still."""
    clock = MovableClock(frozen=BEGIN)
    system = bootstrap.build(database_url, f"file://{folder}", demo=True, clock=clock)
    organisation.install(system.engine, PASSWORD)
    with system.engine.begin() as connection:
        connection.execute(directory.update().values(password_hash=QUICK_HASH))
    bootstrap.publish_diagrams(system)
    return system


def settle_by_copy(settled: tuple[Path, System], database_url: str, folder: Path) -> System:
    """Return a system on a copy of the settled county; its diagrams are parsed already."""
    path, template = settled
    target = sa.make_url(database_url).database or ""
    with closing(sqlite3.connect(path)) as before, closing(sqlite3.connect(target)) as after:
        before.backup(after)
    clock = MovableClock(frozen=BEGIN)
    system = bootstrap.build(database_url, f"file://{folder}", demo=True, clock=clock)
    system.executor.bundles = Bundles(
        definitions.loader(system.engine),
        system.domain.signatures,
        known=template.executor.bundles.known,
    )
    return system


@pytest.fixture(scope="session")
def settled(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A county on SQLite to copy from, settled once for all tests."""
    folder = tmp_path_factory.mktemp("settled")
    path = folder / "ehcflow.sqlite3"
    shutil.copyfile(sqlite_template, path)
    system = settle(f"sqlite:///{path}", folder / "documents")
    with system.read() as connection:
        live = definition_list.processes(connection)
    for each in live:
        system.executor.bundles.get(each.bundle_id)
    yield path, system
    system.engine.dispose()


@pytest.fixture
def county(settled: tuple[Path, System], database_url: str, tmp_path: Path) -> Any:
    """A county, once on SQLite and once on PostgreSQL."""
    if database_url.startswith("sqlite"):
        system = settle_by_copy(settled, database_url, tmp_path / "documents")
    else:
        system = settle(database_url, tmp_path / "documents")
    yield County(system)
    system.engine.dispose()


@pytest.fixture
def small_county(settled: tuple[Path, System], sqlite_url: str, tmp_path: Path) -> Any:
    """A county on SQLite, for what does not depend on the database."""
    system = settle_by_copy(settled, sqlite_url, tmp_path / "documents")
    yield County(system)
    system.engine.dispose()
