"""Some of the cases of a simulation, moved on one moment at a time."""

from dataclasses import dataclass

from workflows.calendar.working_days import WorkingCalendar
from workflows.simulation.case import News, Opened, SimulatedCase, Told
from workflows.simulation.grid import Grid
from workflows.simulation.process import Process
from workflows.simulation.setup import Setup


@dataclass(frozen=True, slots=True)
class Orders:
    """What happens at a tick: cases that begin, and tasks (case and handle) that are done."""

    tick: int
    begin: tuple[int, ...] = ()
    done: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What came of it: by case, in order; and at which tick the next timer is due."""

    opened: tuple[tuple[int, Opened], ...]
    gone: tuple[tuple[int, int], ...]
    told: tuple[Told, ...]
    next_timer: int | None


class Shard:
    """Cases that one operating system process looks after."""

    def __init__(
        self, process: Process, setup: Setup, grid: Grid, calendar: WorkingCalendar
    ) -> None:
        """Begin without cases."""
        self._process = process
        self._setup = setup
        self._grid = grid
        self._calendar = calendar
        self._cases: dict[int, SimulatedCase] = {}

    def step(self, orders: Orders) -> Report:
        """Fire what timers are due, let cases begin, and complete tasks, in this order."""
        now = self._grid.moment(orders.tick)
        happened = [
            (number, case.fire_due(now))
            for number, case in self._cases.items()
            if case.next_timer is not None and case.next_timer <= now
        ]
        for number in orders.begin:
            case = SimulatedCase(self._process, self._setup, number, self._calendar)
            self._cases[number] = case
            happened.append((number, case.start(now)))
        for number, handle in orders.done:
            if number in self._cases:
                happened.append((number, self._cases[number].complete(handle, now)))
        return self._report(happened)

    def cut_off(self) -> tuple[Told, ...]:
        """Tell of the cases that are not over at the end."""
        return tuple(case.cut_off(self._grid.day(self._grid.end)) for case in self._cases.values())

    def _report(self, happened: list[tuple[int, News]]) -> Report:
        told = []
        for number, news in happened:
            if news.told:
                told.append(news.told)
                self._cases.pop(number, None)
        timers = [each.next_timer for each in self._cases.values() if each.next_timer is not None]
        return Report(
            tuple((number, each) for number, news in happened for each in news.opened),
            tuple((number, each) for number, news in happened for each in news.gone),
            tuple(told),
            self._grid.tick_of(min(timers)) if timers else None,
        )
