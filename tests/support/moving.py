"""Two versions of a small process, and an office that moves cases from one to the other."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from engine.commands.map_migration import MapMigration
from engine.commands.plan_migration import PlanMigration
from engine.commands.start_migration import StartMigration
from engine.definitions.cache import Bundle
from engine.runtime.moving import move, told
from engine.runtime.moving.propose import propose
from engine.runtime.run import Run, Stored
from engine.store.migration_tables import migration_items, migrations
from engine.worker.migrations import carry_on
from tests.support.diagrams import Machine, diagram, flows
from tests.support.office import ANN, Office

FORM = (
    "<extensionElements><camunda:formData>"
    '<camunda:formField id="answer" label="Answer" type="string"/>'
    "</camunda:formData></extensionElements>"
)
START, END = '<startEvent id="start"/>', '<endEvent id="end"/>'


def timer(kind: str, text: str) -> str:
    return f"<timerEventDefinition><{kind}>{text}</{kind}></timerEventDefinition>"


def service(name: str) -> str:
    return f'<serviceTask id="{name}" camunda:type="external" camunda:topic="{name}"/>'


def boundary(name: str, beside: str, definition: str, *, cancel: str = "false") -> str:
    """Return a boundary event that leads to a service of its own."""
    return (
        f'<boundaryEvent id="{name}" name="{name}" attachedToRef="{beside}" '
        f'cancelActivity="{cancel}">{definition}</boundaryEvent>'
        + service(f"{name}_service")
        + f'<endEvent id="{name}_end"/>'
        + flows(name, f"{name}_service", f"{name}_end")
    )


def task(name: str, words: str = "") -> str:
    return f'<userTask id="{name}" name="{words or name}">{FORM}</userTask>'


def line(*ids: str, more: str = "", key: str = "main") -> bytes:
    """Return a process of user tasks one after the other; `more` is drawn beside them."""
    body = START + "".join(map(task, ids)) + END + flows("start", *ids, "end") + more
    return diagram(body, key, messages=["stop"])


def moved(machine: Machine, new: Bundle, by_hand: Mapping[str, str] | None = None) -> Machine:
    """Return an instance after its move, in memory; what it told of the move is told again."""
    state, version = machine.run.dump()
    done: Any = {key: entry["done"] for key, entry in machine.run.marking.items()}
    stored = Stored(machine.id, machine.subject, state, version, machine.run.variables, done)
    pairs = propose(machine.bundle, new, by_hand)
    after = move.move(stored, move.versions(machine.bundle, new, pairs))
    found = Machine.resumed(new, after)
    found.context, found.now = machine.context, machine.now
    found.run = Run.load(new, after, machine.now, machine.context)
    found.told = list(told.told(machine.run, found.run, {}, machine.now))
    found.save()
    if found.run.wake_joins():
        found.run.go_on()
        found.save()
    return found


def plan(office: Office, **values: Any) -> UUID:
    command = PlanMigration("main", 1, **values)
    office.executor.execute(command, ANN)
    return command.migration_id


def move_all(office: Office, by_hand: Mapping[str, str] | None = None) -> UUID:
    """Move every case of version 1 to the live version."""
    migration_id = plan(office)
    if by_hand:
        office.executor.execute(MapMigration(migration_id, by_hand), ANN)
    office.executor.execute(StartMigration(migration_id, "A better diagram"), ANN)
    carry_on(office.executor, seconds=60)
    return migration_id


def outcomes(office: Office, migration_id: UUID) -> list[tuple[str, str]]:
    rows = office.rows(migration_items, migration_id=migration_id)
    return [(row.status, row.reason) for row in rows]


def status(office: Office, migration_id: UUID) -> str:
    (row,) = office.rows(migrations, id=migration_id)
    found: str = row.status
    return found
