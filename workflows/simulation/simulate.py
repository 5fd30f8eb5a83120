"""Let a year of cases go through a process: the loop over all of them, and what it counts.

Cases meet only where work waits for people. So the cases are dealt out to several operating system
processes, and one loop holds the queues: at each moment at which something happens it tells each
process which of its tasks are done, and hears what opened. The result does not depend on how many
processes there are.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from engine import errors
from workflows.simulation.arrivals import arrivals
from workflows.simulation.case import Told
from workflows.simulation.count import count
from workflows.simulation.grid import Grid
from workflows.simulation.process import Process
from workflows.simulation.result import Result
from workflows.simulation.setup import Setup
from workflows.simulation.shard import Orders, Report
from workflows.simulation.waiting import Queues

MOST_ROUNDS: Final = 400  # at one moment: steps that take no time and lead to each other
Progress = Callable[[float], None]


class NoTimePasses(errors.Invalid):
    """The process goes round through steps that take no time. Give one of them a duration."""


class Team(Protocol):
    """Those who look after the cases: case `n` belongs to number `n` modulo their count."""

    def __len__(self) -> int:
        """How many there are."""
        ...

    def step(self, orders: Sequence[Orders | None]) -> Sequence[Report | None]:
        """Give each its orders, and return their reports; None: nothing to do."""
        ...

    def cut_off(self) -> tuple[Told, ...]:
        """Return how the cases stand that are not over."""
        ...


@dataclass(slots=True)
class _Simulation:
    setup: Setup
    grid: Grid
    team: Team
    queues: Queues
    begins: list[int]
    next_case: int = 0
    told: list[Told] = field(default_factory=list)
    timers: list[int | None] = field(default_factory=list)

    def next_tick(self) -> int | None:
        """Return when something happens next."""
        begins = self.begins[self.next_case] if self.next_case < len(self.begins) else None
        found = [begins, self.queues.next_done, *self.timers]
        known = [each for each in found if each is not None]
        return min(known) if known else None

    def happen(self, tick: int) -> None:
        """Let everything happen that happens at a tick."""
        begin = self._beginning(tick)
        for number in range(MOST_ROUNDS):
            orders = self._orders(tick, begin if number == 0 else (), first=number == 0)
            if not any(orders):
                return
            for member, report in enumerate(self.team.step(orders)):
                if report is not None:
                    self._learn(member, report, tick)
            self.queues.begin(tick)
        raise NoTimePasses

    def _beginning(self, tick: int) -> tuple[int, ...]:
        first = self.next_case
        while self.next_case < len(self.begins) and self.begins[self.next_case] <= tick:
            self.next_case += 1
        return tuple(range(first, self.next_case))

    def _orders(self, tick: int, begin: Sequence[int], *, first: bool) -> list[Orders | None]:
        done = self.queues.done(tick)
        members = len(self.team)
        orders: list[Orders | None] = []
        for member in range(members):
            timer = self.timers[member]
            mine = Orders(
                tick,
                tuple(each for each in begin if each % members == member),
                tuple(each for each in done if each[0] % members == member),
            )
            due = first and timer is not None and timer <= tick
            orders.append(mine if mine.begin or mine.done or due else None)
        for case, handle in done:
            self.queues.remove(case, handle, tick)
        return orders

    def _learn(self, member: int, report: Report, tick: int) -> None:
        self.timers[member] = report.next_timer
        for case, handle in report.gone:
            self.queues.remove(case, handle, tick)
        for case, opened in report.opened:
            self.queues.add(case, opened, tick)
        self.told += report.told


def simulate(
    process: Process, setup: Setup, grid: Grid, team: Team, progress: Progress = lambda _: None
) -> Result:
    """Return what came of a run.

    Args:
        process: What the cases go through.
        setup: Arrivals, durations, capacities, answers.
        grid: The days.
        team: Who looks after the cases.
        progress: Told now and then how much is done, from 0 to 1; may raise to stop.

    Raises:
        NoTimePasses: the process goes round without any time passing.
    """
    begins = arrivals(setup, grid)
    queues = Queues(setup, grid)
    queues.busy_until = begins[-1] if begins else 0
    run = _Simulation(setup, grid, team, queues, begins, timers=[None] * len(team))
    while (tick := run.next_tick()) is not None and tick < grid.end:
        queues.look(tick)
        run.happen(tick)
        progress((run.next_case + len(run.told)) / (2 * max(1, len(begins))))
    for case, handle in queues.left():
        queues.remove(case, handle, grid.end)
    run.told += team.cut_off()
    return count(process, setup, queues, run.told, grid)
