"""The engine on a real database with a domain of almost nothing: small diagrams, anybody may act."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from engine import changes, doctor, errors, ports
from engine.clock import MovableClock
from engine.commands.complete_task import CompleteTask
from engine.commands.publish_definitions import PublishDefinitions
from engine.commands.start_process import StartProcess
from engine.executor import Executor, Outcome
from engine.store import database
from engine.store.tables import history, tasks, timers
from tests.support.diagrams import NOW, SIGNATURES, Context

ANN = ports.Actor("ann", "Ann")
BEN = ports.Actor("ben", "Ben")


class Services(Context):
    """Services that queue a message to send, and can be told to fail."""

    def call(self, call: ports.ServiceCall) -> ports.ServiceResult:
        super().call(call)
        sent = changes.OutgoingQueued(call.instance_id, "post", f"{uuid4()}", {"about": call.topic})
        return ports.ServiceResult(changes=(sent,))


@dataclass
class PlainDomain:
    """Says yes to everybody; what it offers can be set by a test."""

    signatures: Any = SIGNATURES
    services: Services = field(default_factory=Services)
    refuses: bool = False

    def open_context(self, work: object, subject_id: UUID) -> Services:
        del work, subject_id
        return self.services

    def authorise(self, command: object, work: object) -> None:
        del command, work

    def options(self, name: str, work: object) -> tuple[tuple[str, str], ...]:
        del name, work
        return ()

    def begin_again(self, start: object, values: Any, subject_id: UUID, work: object) -> Any:
        del start, subject_id, work
        return values

    def route(self, change: changes.TaskOpened, subject_id: UUID, work: object) -> str:
        del subject_id, work
        return change.role

    def refuse_publication(self, files: object, live: object) -> None:
        del files, live

    def project(
        self, recorded: Sequence[changes.Change], subject_id: UUID, work: object
    ) -> tuple[()]:
        del recorded, subject_id, work
        if self.refuses:  # after all projections of the engine were written
            raise errors.Invalid("The domain wants none of it.")
        return ()


@dataclass
class Office:
    """An executor with what a test does to it.

    Attributes:
        subject: What all instances of the test are about.
    """

    executor: Executor
    clock: MovableClock
    domain: PlainDomain
    subject: UUID = field(default_factory=uuid4)
    _known: bool = False

    def publish(self, *documents: bytes, reason: str = "A test") -> None:
        files = {f"{position}.bpmn": each for position, each in enumerate(documents)}
        self.executor.execute(PublishDefinitions(files, reason), ANN)

    def start(self, key: str = "main", **values: Any) -> UUID:
        command = StartProcess(key, self.subject, values, new_subject=not self._known)
        self.executor.execute(command, ANN)
        self._known = True
        return command.instance_id

    def rows(self, table: sa.Table, **where: Any) -> list[Any]:
        statement = sa.select(*table.c).where(*(table.c[key] == where[key] for key in where))
        with database.reading(self.executor.engine) as connection:
            return list(connection.execute(statement.order_by(*table.primary_key.columns)))

    def task(self, element: str = "work") -> Any:
        (row,) = self.rows(tasks, element_id=element, status="open")
        return row

    def timer(self, element: str = "event") -> Any:
        (row,) = self.rows(timers, element_id=element, status="waiting")
        return row

    def complete(
        self, element: str = "work", *, actor: ports.Actor = ANN, **values: Any
    ) -> Outcome:
        return self.executor.execute(CompleteTask(self.task(element).id, values), actor)

    def kinds(self) -> list[str]:
        return [row.kind for row in self.rows(history, subject_id=self.subject)]

    def everything(self) -> Mapping[str, list[Any]]:
        """Return all rows of all tables, to tell that nothing changed."""
        tables = history.metadata.sorted_tables
        return {table.name: self.rows(table) for table in tables}

    def problems(self) -> list[str]:
        return list(doctor.examine(self.executor))

    def pass_time(self, time: dt.timedelta) -> None:
        self.clock.move_to(self.clock.now() + time)


def open_office(url: str) -> Office:
    """Return an office on a migrated database."""
    clock, domain = MovableClock(frozen=NOW), PlainDomain()
    executor = Executor(database.create_engine(url), clock, domain, {})  # type: ignore[arg-type]
    return Office(executor, clock, domain)


@pytest.fixture
def office(database_url: str) -> Any:
    """An office, once on SQLite and once on PostgreSQL."""
    opened = open_office(database_url)
    yield opened
    opened.executor.engine.dispose()


@pytest.fixture
def small_office(sqlite_url: str) -> Any:
    """An office on SQLite, for what does not depend on the database."""
    opened = open_office(sqlite_url)
    yield opened
    opened.executor.engine.dispose()
