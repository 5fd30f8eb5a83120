"""Work that waits its turn: a place in the queue, over how much is done in a week."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from workflows.forecast.days import Numbers

# Whoever gives this advice is scarce, so that it is taken in turn; the rest is done side by side.
QUEUED: Final = frozenset({"educational_psychology"})
WORKING_DAYS_A_WEEK: Final = 5
ENOUGH: Final = 8.0  # weighted: below, the queue says less than how long such work took


@dataclass(frozen=True, slots=True)
class Throughput:
    """How much of a queue is worked off.

    Attributes:
        weekly: How much is begun (where it is recorded who takes it), else how much is done.
        weight: Of how many recent observations it was learned.
        taken: It is recorded when work is taken: `weekly` counts what was taken.
        waiting: How much waits now.
    """

    weekly: float
    weight: float
    taken: bool
    waiting: int = 0

    @property
    def is_known(self) -> bool:
        """Tell whether it can be relied on."""
        return self.weight >= ENOUGH and self.weekly > 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """A piece of work in a queue: its own identifier, when it is due and since when it is there."""

    id: object
    team: str
    due: object
    since: object
    is_taken: bool


def places(waiting: Iterable[Waiting], *, taken: bool) -> dict[object, int]:
    """Return the place of each piece of work in its team's queue, from 1; what is due first is first.

    Args:
        waiting: All that is open.
        taken: What somebody has taken does not wait any more; else it does until it is done.
    """
    found: dict[object, int] = {}
    counted: dict[str, int] = {}
    for each in sorted(waiting, key=lambda one: (one.due, one.since, str(one.id))):
        if not (taken and each.is_taken):
            counted[each.team] = counted.get(each.team, 0) + 1
            found[each.id] = counted[each.team]
    return found


def wait(place: int, throughput: Throughput, chances: Numbers) -> Numbers:
    """Return the working days until it is the turn of a place (from 1).

    On average it is the place over what is done in a working day. Work is done at uneven distances,
    so that the wait of the first varies as much as it lasts, and of the twentieth by a fifth.
    """
    mean = max(place, 1) / (throughput.weekly / WORKING_DAYS_A_WEEK)
    return mean * _gamma(max(place, 1), chances)


def _gamma(count: int, chances: Numbers) -> Numbers:
    """Return numbers of mean 1 that scatter as the sum of `count` waits do (Wilson and Hilferty)."""
    if count == 1:
        return -np.log1p(-chances)
    scatter = 1.0 / (9.0 * count)
    root = 1.0 - scatter + np.sqrt(scatter) * _normal(chances)
    found: Numbers = np.maximum(root, 0.0) ** 3
    return found


def _normal(chances: Numbers) -> Numbers:
    """Return the quantiles of the normal distribution (Hastings, 1955)."""
    low = np.minimum(chances, 1.0 - chances)
    root = np.sqrt(-2.0 * np.log(np.maximum(low, 1e-12)))
    above = 2.515517 + 0.802853 * root + 0.010328 * root**2
    below = 1.0 + 1.432788 * root + 0.189269 * root**2 + 0.001308 * root**3
    return np.where(chances < 0.5, -1.0, 1.0) * (root - above / below)  # noqa: PLR2004 (the middle)
