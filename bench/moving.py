"""A thousand running cases move to another version, against SpiffWorkflow's own migration in memory.

Ours locks, moves, keeps clocks, writes rows and history, and commits each case by itself; the
reference reads, migrates and writes in memory, and loses clocks and drafts.
"""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import sqlalchemy as sa

from bench.measure import Count, Figure, seconds
from bench.stock import Reference
from engine.commands.plan_migration import PlanMigration
from engine.commands.publish_definitions import PublishDefinitions
from engine.commands.start_migration import StartMigration
from engine.definitions.cache import Bundle
from engine.store.tables import instances, tasks, timers
from engine.worker.migrations import carry_on
from tests.support import county as counties
from tests.support.county import County
from workflows import bootstrap

CASES: Final = 1000
REFERENCES: Final = 100  # of the reference, whose time is multiplied
MOST: Final = 60.0  # seconds


def run(name: str, url: str) -> Iterator[Figure | Count]:
    """Open cases, publish a version, and move them all."""
    with TemporaryDirectory() as folder:
        county = County(counties.settle(url, Path(folder)))
        for _ in range(CASES):
            county.open_case()
        kept = _references(county)
        data = (bootstrap.DIAGRAMS / "ehc_assessment.bpmn").read_bytes()
        changed = data.replace(b'name="Collate the evidence"', b'name="Collate all evidence"')
        owner = county.person("owner")
        files = {"ehc_assessment.bpmn": changed}
        county.system.execute(PublishDefinitions(files, "A bench"), owner)
        command = PlanMigration("ehc_assessment", 1)
        county.system.execute(command, owner)
        county.system.execute(StartMigration(command.migration_id, "A bench"), owner)
        before = _kept(county)
        ours = seconds(lambda: carry_on(county.system.executor, seconds=600))
        lost = len(set(before) - set(_kept(county))) + CASES - _moved(county)
        reference = _reference(kept, _bundle(county))
        county.system.engine.dispose()
    yield Count(f"{CASES} running cases moved, {name}", round(ours, 1), "s", MOST)
    yield Count(f"cases, tasks and clocks lost on the way, {name}", lost, most=0)
    yield Figure(f"{CASES} cases moved, {name}, against SpiffWorkflow in memory", ours, reference)


def _bundle(county: County) -> Bundle:
    executor = county.system.executor
    with county.system.read() as connection:
        newest = sa.select(instances.c.bundle_id).limit(1).order_by(instances.c.id)
        return executor.bundles.get(connection.execute(newest).scalar_one())


def _kept(county: County) -> list[Any]:
    """Return what must be the same afterwards: tasks and clocks with their dates."""
    with county.system.read() as connection:
        open_tasks = sa.select(tasks.c.id, tasks.c.due_at).where(tasks.c.status == "open")
        waiting = sa.select(timers.c.id, timers.c.due_at).where(timers.c.status == "waiting")
        return [
            tuple(row)
            for each in (open_tasks, waiting)
            for row in connection.execute(each.order_by(sa.text("1")))
        ]


def _moved(county: County) -> int:
    with county.system.read() as connection:
        statement = sa.select(sa.func.count()).where(
            instances.c.process_key == "ehc_assessment", instances.c.version > 1
        )
        return int(connection.execute(statement).scalar_one())


def _references(county: County) -> list[Reference]:
    """Return cases as the reference keeps them, from the start of one of ours."""
    with county.system.read() as connection:
        statement = sa.select(instances.c.subject_id).order_by(instances.c.id).limit(1)
        case_id = connection.execute(statement).scalar_one()
    (start,) = county.happened(case_id, "InstanceStarted")
    completed = county.happened(case_id, "ElementCompleted")
    bundle = county.system.executor.bundles.get(start["bundle_id"])
    answers = {each["element_id"]: each.get("values", {}) for each in completed}
    return [Reference(bundle, start.get("values", {}), answers) for _ in range(REFERENCES)]


def _reference(kept: list[Reference], new: Bundle) -> float:
    """Return how long the reference takes for as many cases."""

    def migrate() -> None:
        for each in kept:
            each.migrate(new)

    return seconds(migrate) * CASES / REFERENCES
