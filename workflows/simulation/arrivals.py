"""When cases begin."""

import math
from typing import Final

from workflows.simulation import chance
from workflows.simulation.grid import QUARTERS, Grid
from workflows.simulation.setup import Setup

_WORKING_WEEK: Final = 5  # days


def arrivals(setup: Setup, grid: Grid) -> list[int]:
    """Return the tick at which each case begins; fewer where the simulation is cut off before."""
    if setup.even:
        apart = _WORKING_WEEK * QUARTERS / setup.weekly
        found = [grid.at_work(math.floor(number * apart)) for number in range(setup.cases)]
        return [tick for tick in found if tick < grid.end]
    return _by_chance(setup, grid)


def _by_chance(setup: Setup, grid: Grid) -> list[int]:
    """Let cases come independently of each other, in busy months more often."""
    average = sum(setup.months) / len(setup.months) if setup.months else 1.0
    found: list[int] = []
    for number in grid.working:
        for quarter in range(QUARTERS):
            tick = number * QUARTERS + quarter
            busy = setup.months[grid.day(tick).month - 1] / average if setup.months else 1.0
            mean = setup.weekly * busy / (_WORKING_WEEK * QUARTERS)
            for _ in range(_poisson(mean, chance.uniform(setup.seed, "arrivals", tick))):
                found.append(tick)
                if len(found) == setup.cases:
                    return found
    return found


def _poisson(mean: float, drawn: float) -> int:
    """Return the count of the Poisson distribution at a quantile."""
    probability = total = math.exp(-mean)
    count = 0
    while total < drawn and probability > 0:
        count += 1
        probability *= mean / count
        total += probability
    return count
