"""A durable completion against SpiffWorkflow's own reading, running and writing in memory.

Ours validates the form, checks who may, keeps history, tasks, timers, facts and deadlines, makes the
notices and commits; the reference moves the tokens and serialises. Both go through the same cases, and
after each step the same tasks must wait.
"""

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from uuid import UUID

from bench.measure import Count, Figure, seconds
from bench.stock import Reference
from engine.executor import Outcome
from engine.store.database import count_statements
from tests.support import county as counties
from tests.support.county import County

CASES: Final = 4
MOST: Final = 1.5
MOST_TRIPS: Final = 10
# Issuing the plan freezes it, sends three notices, and begins two further processes on the case.
MOST_TRIPS_OF: Final = {"finalise_plan": 20}


def run(name: str, url: str) -> Iterator[Figure | Count]:
    """Walk cases from request to plan, each step both ways."""
    with TemporaryDirectory() as folder:
        county = County(counties.settle(url, Path(folder)))
        times: dict[str, list[tuple[float, float]]] = defaultdict(list)
        trips: dict[str, list[int]] = defaultdict(list)
        _count(county, county.open_case(), trips)  # apart: to count costs time
        for number in range(CASES):
            _walk(county, county.open_case(child_first_name=f"Ada {number}"), times)
        county.system.engine.dispose()
    every = [pair for step in times.values() for pair in step]
    yield Figure(
        f"durable completion, {name}, median of {len(every)} steps",
        statistics.median(ours for ours, _ in every),
        statistics.median(reference for _, reference in every),
        MOST if name == "PostgreSQL" else None,
    )
    yield Figure(
        f"durable completion, {name}, all steps together (notices made included)",
        sum(ours for ours, _ in every),
        sum(reference for _, reference in every),
    )
    if name == "PostgreSQL":
        yield Count(
            "round trips in a completion, PostgreSQL, median",
            statistics.median(trip for step in trips.values() for trip in step),
        )
        for step, counted in sorted(trips.items(), key=lambda each: max(each[1])):
            middle = statistics.median(counted)
            yield Count(
                f"round trips of {step}, median {middle:g}, most",
                max(counted),
                "",
                MOST_TRIPS_OF.get(step, MOST_TRIPS),
            )


def _walk(
    county: County,
    case_id: UUID,
    times: dict[str, list[tuple[float, float]]],
) -> None:
    reference = _reference(county, case_id)
    while rows := county.open_tasks(case_id):
        row = rows[0]
        command, person = county.command_for(row)
        outcomes: list[Outcome] = []
        ours = seconds(lambda: outcomes.append(county.system.execute(command, person)))  # noqa: B023 (run at once)
        reference.learn(outcomes[0])
        theirs = seconds(lambda: reference.complete(row.element_id, row.item, command.values))  # noqa: B023
        if reference.waiting() != Counter(each.element_id for each in county.open_tasks(case_id)):
            raise AssertionError(f"the two part after {row.element_id}")
        times[row.element_id].append((ours, theirs))


def _reference(county: County, case_id: UUID) -> Reference:
    (start,) = county.happened(case_id, "InstanceStarted")
    completed = county.happened(case_id, "ElementCompleted")
    return Reference(
        county.system.executor.bundles.get(start["bundle_id"]),
        start.get("values", {}),
        {each["element_id"]: each.get("values", {}) for each in completed},
    )


def _count(county: County, case_id: UUID, trips: dict[str, list[int]]) -> None:
    while rows := county.open_tasks(case_id):
        command, person = county.command_for(rows[0])
        with count_statements(county.system.engine) as statements:
            county.system.execute(command, person)
        trips[rows[0].element_id].append(statements.round_trips)
