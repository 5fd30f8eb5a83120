"""How long people will take: for what is open and for what is still ahead, and where it is hastened."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

import numpy as np

from workflows.forecast import queue
from workflows.forecast.days import Days, Numbers
from workflows.forecast.lessons import Lessons
from workflows.forecast.queue import Throughput
from workflows.forecast.situation import OpenTask

QUICKEST: Final = 0.2  # the quickest fifth of such steps here
THIS_WEEK: Final = 5.0  # working days


class Haste(StrEnum):
    """How a step is hastened."""

    FIRST = "first"  # the first place in the queue
    QUICK = "quick"  # as quick as the quickest fifth
    THIS_WEEK = "this week"


@dataclass(frozen=True, slots=True)
class Hastened:
    """Steps that are hastened: element and role to how; nothing by default."""

    steps: Mapping[tuple[str, str], Haste] = field(default_factory=dict)

    def of(self, element: str, role: str) -> Haste | None:
        """Return how a step is hastened, None where it is not."""
        return self.steps.get((element, role))


@dataclass(frozen=True, slots=True)
class Worker:
    """Draws durations in working days, by what was learned."""

    lessons: Lessons
    days: Days
    today: dt.date
    hastened: Hastened = field(default_factory=Hastened)

    def rest(self, task: OpenTask, chances: Numbers, report_chances: Numbers) -> Numbers:
        """Return what remains of an open task, given the time already spent on it."""
        haste = self.hastened.of(task.element, task.role)
        throughput = self.lessons.queue(task.role, task.team)
        if throughput is None:
            curve, since = self.lessons.duration(task.element, task.role), task.opened
        elif throughput.taken and task.taken is not None:
            curve, since = self.lessons.report(task.element, task.role), task.taken
        else:
            place = task.place or throughput.waiting + 1
            key = (task.element, task.role)
            return self._in_turn(key, throughput, place, (chances, report_chances))
        if haste is Haste.FIRST:  # it is in hand already
            haste = Haste.QUICK
        spent = float(self.days.between(since, self.today))
        return _capped(curve.draw_rest(spent, _quick(chances, haste)), haste)

    def whole(self, element: str, role: str, chances: Numbers, report_chances: Numbers) -> Numbers:
        """Return how long a step takes that is still ahead."""
        throughput = self.lessons.queue(role, "")
        if throughput is not None:
            place = throughput.waiting + 1
            return self._in_turn((element, role), throughput, place, (chances, report_chances))
        haste = self.hastened.of(element, role)
        curve = self.lessons.duration(element, role)
        return _capped(curve.draw(_quick(chances, haste)), haste)

    def _in_turn(
        self,
        key: tuple[str, str],
        throughput: Throughput,
        place: int,
        chances: tuple[Numbers, Numbers],
    ) -> Numbers:
        """Return the wait for its turn and, where takings are recorded, the time to the report."""
        haste = self.hastened.of(*key)
        waits = queue.wait(1 if haste is Haste.FIRST else place, throughput, chances[0])
        if throughput.taken:
            waits = waits + self.lessons.report(*key).draw(_quick(chances[1], haste))
        return _capped(waits, haste)


def _quick(chances: Numbers, haste: Haste | None) -> Numbers:
    return chances * QUICKEST if haste is Haste.QUICK else chances


def _capped(days: Numbers, haste: Haste | None) -> Numbers:
    return np.minimum(days, THIS_WEEK) if haste is Haste.THIS_WEEK else days
