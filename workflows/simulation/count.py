"""Add up what cases and queues tell, into the result."""

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import ceil
from typing import Final

from workflows.simulation.case import Told
from workflows.simulation.grid import QUARTERS, Grid
from workflows.simulation.process import Process
from workflows.simulation.result import DutyFound, EndFound, Result, RoleFound, StepFound
from workflows.simulation.setup import Setup
from workflows.simulation.waiting import Queues, RoleTally

_WEEK: Final = 7


def count(
    process: Process, setup: Setup, queues: Queues, told: Iterable[Told], grid: Grid
) -> Result:
    """Return the result of a run; the order of what is told does not matter."""
    cases = sorted(told, key=lambda each: each.number)
    stuck = Counter(each.stuck for each in cases if each.stuck)
    finished = [each for each in cases if each.ended is not None]
    return Result(
        cases=len(cases),
        finished=len(finished),
        unfinished=len(cases) - len(finished) - stuck.total(),
        stuck=tuple(stuck.most_common()),
        events=sum(each.steps for each in cases),
        timers=sum(each.timers for each in cases),
        duties=tuple(_duties(process, cases)),
        steps=tuple(_steps(process, queues)),
        roles=tuple(_roles(setup, queues, grid)),
        ends=tuple(_ends(process, finished)),
    )


def quantile(values: Sequence[float], share: float) -> float:
    """Return the least value that is not exceeded by that share of the values; 0 of none."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return float(ordered[max(0, ceil(share * len(ordered)) - 1)])


def _duties(process: Process, cases: Iterable[Told]) -> Iterable[DutyFound]:
    found: dict[str, list[tuple[int | None, bool]]] = defaultdict(list)
    for each in cases:
        for code, days, met in each.duties:
            found[code].append((days, met))
    titles = {each.code: each.title for each in process.rulebook.duties}
    for code, title in titles.items():
        stands = found.get(code, [])
        late = [by for by, _ in stands if by is not None and by > 0]
        running = sum(1 for by, met in stands if by is None and not met)
        if stands:
            yield DutyFound(
                code,
                title,
                len(stands) - running,
                len(late),
                running,
                float(statistics.median(late)) if late else 0.0,
            )


def _steps(process: Process, queues: Queues) -> Iterable[StepFound]:
    order = {each: number for number, each in enumerate(process.bundle.elements)}
    for (element, role), tally in sorted(
        queues.tallies.items(), key=lambda item: (order[item[0][0]], item[0][1])
    ):
        waits = [each / QUARTERS for each in tally.waits]
        yield StepFound(
            element,
            role,
            process.bundle.elements[element].name,
            len(waits),
            statistics.fmean(waits) if waits else 0.0,
            quantile(waits, 0.8),
            max(waits, default=0.0),
            tally.most_waiting,
        )


def _roles(setup: Setup, queues: Queues, grid: Grid) -> Iterable[RoleFound]:
    lasted = grid.worked(queues.busy_until)
    weeks = max((len(each.waiting) for each in queues.roles.values()), default=0)
    for role, tally in sorted(queues.roles.items()):
        capacity = setup.capacities.get(role)
        places = capacity.places if capacity else None
        padded = (*tally.waiting, *[0] * (weeks - len(tally.waiting)))
        yield RoleFound(role, places, tally.done, _busy(tally, lasted, places), padded)


def _busy(tally: RoleTally, lasted: int, places: int | None) -> float:
    return tally.worked / (lasted * (places or 1)) if lasted else 0.0


def _ends(process: Process, finished: Iterable[Told]) -> Iterable[EndFound]:
    found: dict[str, list[int]] = defaultdict(list)
    for each in finished:
        if each.ended is not None:
            found[each.end_element].append((each.ended - each.began).days)
    for element, days in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        weeks = Counter(each // _WEEK for each in days)
        known = process.bundle.elements.get(element)
        yield EndFound(
            element,
            (known.name if known else "") or "Ended",
            len(days),
            quantile([each / _WEEK for each in days], 0.5),
            quantile([each / _WEEK for each in days], 0.8),
            tuple(weeks[number] for number in range(max(weeks) + 1)),
        )
