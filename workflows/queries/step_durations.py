"""How long steps of a process took lately, and how often they were done again in the same case."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from engine.store.tables import instances, tasks
from workflows.queries.measured_durations import Duration, WorkedDays, duration_of
from workflows.queries.where_work_waits import version_bundles
from workflows.store import closures

NEWEST: Final = 1_000  # completed tasks of a process that are looked at


@dataclass(frozen=True, slots=True)
class StepDuration:
    """A step.

    Attributes:
        duration: Working days from its opening to its completion.
        cases: In how many processes it was done, for one adviser or setting each.
        again: In how many of these it was done more than once.
        longest: How often it was done, where most often.
    """

    duration: Duration
    cases: int
    again: int
    longest: int

    @property
    def again_share(self) -> float:
        """Per cent of the processes in which it was done again."""
        return 100 * self.again / self.cases if self.cases else 0.0


def step_durations(
    connection: sa.Connection, process_key: str, *, version: int | None, since: dt.datetime
) -> Mapping[str, StepDuration]:
    """Return what the newest completed tasks tell, by element.

    Stands on ix_tasks_completed_process_key_completed_at_id: as many rows are read in a large county
    as in a small one. No characteristic of a child is looked at.

    Args:
        connection: To read.
        process_key: The process.
        version: Only those that run on this version of it; None for all.
        since: Only what was completed from then on.
    """
    bundle_ids = version_bundles(connection, process_key, version)
    statement = sa.select(
        tasks.c.element_id,
        tasks.c.instance_id,
        tasks.c.label,
        tasks.c.opened_at,
        tasks.c.completed_at,
    ).where(
        tasks.c.status == "completed",
        tasks.c.process_key == process_key,
        tasks.c.completed_at >= since,
    )
    if bundle_ids is not None:
        runs = sa.select(instances.c.id).where(
            instances.c.id == tasks.c.instance_id, instances.c.bundle_id.in_(bundle_ids)
        )
        statement = statement.where(sa.exists(runs))
    newest = statement.order_by(tasks.c.completed_at.desc(), tasks.c.id).limit(NEWEST)
    rows = connection.execute(newest).all()
    count = WorkedDays(rows, closures.days(connection))
    days: dict[str, list[float]] = defaultdict(list)
    times: dict[str, Counter[tuple[object, str]]] = defaultdict(Counter)
    for row in rows:
        days[row.element_id].append(count.between(row.opened_at, row.completed_at))
        times[row.element_id][row.instance_id, row.label] += 1
    return {
        element: StepDuration(
            duration_of(days[element]),
            len(counted),
            sum(each > 1 for each in counted.values()),
            max(counted.values()),
        )
        for element, counted in times.items()
    }
