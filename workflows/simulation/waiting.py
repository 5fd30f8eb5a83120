"""The queues of work, shared by all cases: whoever has a place free takes what is due first."""

import heapq
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from workflows.simulation import chance
from workflows.simulation.case import Opened
from workflows.simulation.grid import QUARTERS, Grid
from workflows.simulation.setup import Setup

_Place = tuple[int, int]  # a case and the handle of its task


@dataclass(slots=True)
class _Work:
    opened: Opened
    since: int
    begun: int | None = None


@dataclass(slots=True)
class Tally:
    """What was counted at an element for a role."""

    waits: list[int] = field(default_factory=list)  # quarters of working days
    waiting: int = 0
    most_waiting: int = 0


@dataclass(slots=True)
class RoleTally:
    """What was counted for a role."""

    in_hand: int = 0
    done: int = 0
    worked: int = 0  # quarters of working days spent on work while cases came in
    waiting: list[int] = field(default_factory=list)


class Queues:
    """Work that waits, and work in hand.

    Work waits in the order of its own date, then as it came; without a date, by the day on which it
    came. What is begun is not put down again.
    """

    def __init__(self, setup: Setup, grid: Grid) -> None:
        """Begin empty."""
        self._setup = setup
        self._grid = grid
        self._known: dict[_Place, _Work] = {}
        self._queues: dict[str, list[tuple[int, int, int, int]]] = defaultdict(list)
        self._finishing: list[tuple[int, int, int]] = []
        self.tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
        self.roles: dict[str, RoleTally] = defaultdict(RoleTally)
        self._weeks = 0
        self.busy_until = grid.end  # when the last case began: how busy roles were is told to then

    def add(self, case: int, opened: Opened, tick: int) -> None:
        """Let a task wait."""
        self._known[case, opened.handle] = _Work(opened, tick)
        due = self._grid.day(tick).toordinal() if opened.due is None else opened.due
        heapq.heappush(self._queues[opened.role], (due, tick, case, opened.handle))
        tally = self.tallies[opened.element_id, opened.role]
        tally.waiting += 1

    def remove(self, case: int, handle: int, tick: int) -> None:
        """Forget a task: it is done, or no longer wanted."""
        work = self._known.pop((case, handle), None)
        if work is None:
            return
        role = self.roles[work.opened.role]
        if work.begun is None:
            self.tallies[work.opened.element_id, work.opened.role].waiting -= 1
            return
        role.in_hand -= 1
        until = min(tick, self.busy_until)
        role.worked += max(0, self._grid.worked(until) - self._grid.worked(work.begun))

    def done(self, tick: int) -> list[_Place]:
        """Return the tasks that are done by a tick, in order."""
        found = []
        while self._finishing and self._finishing[0][0] <= tick:
            _, case, handle = heapq.heappop(self._finishing)
            work = self._known.get((case, handle))
            if work is not None:
                self.roles[work.opened.role].done += 1
                found.append((case, handle))
        return found

    def begin(self, tick: int) -> None:
        """Let whoever has a place free begin."""
        for role, queue in self._queues.items():
            capacity = self._setup.capacities.get(role)
            while queue and (capacity is None or self.roles[role].in_hand < capacity.places):
                _, _, case, handle = heapq.heappop(queue)
                work = self._known.get((case, handle))
                if work is not None:
                    self._begin(case, work, tick)
        for tally in self.tallies.values():
            tally.most_waiting = max(tally.most_waiting, tally.waiting)

    @property
    def next_done(self) -> int | None:
        """The tick at which the next task is done, None where none is in hand."""
        return self._finishing[0][0] if self._finishing else None

    def look(self, tick: int) -> None:
        """Take note, at the beginning of each week, of how much waits."""
        while self._weeks <= self._grid.week(tick):
            waiting = dict.fromkeys(self.roles.keys() | self._queues.keys(), 0)
            for (_, role), tally in self.tallies.items():
                waiting[role] = waiting.get(role, 0) + tally.waiting
            for role, count in waiting.items():
                counted = self.roles[role].waiting
                counted.extend([0] * (self._weeks - len(counted)))
                counted.append(count)
            self._weeks += 1

    def left(self) -> Iterator[_Place]:
        """Return what is not done."""
        return iter(list(self._known))

    def _begin(self, case: int, work: _Work, tick: int) -> None:
        opened = work.opened
        work.begun = tick
        self.roles[opened.role].in_hand += 1
        tally = self.tallies[opened.element_id, opened.role]
        tally.waiting -= 1
        at = self._grid.worked(tick)
        tally.waits.append(at - self._grid.worked(work.since))
        takes = chance.days(
            self._setup.duration(opened.element_id, opened.role),
            self._setup.seed, case, opened.element_id, opened.label, opened.round,
        )  # fmt: skip
        quarters = max(1, round(takes * QUARTERS)) if takes > 0 else 0
        ends = self._grid.at_work(at + quarters) if quarters else tick
        heapq.heappush(self._finishing, (ends, case, opened.handle))
