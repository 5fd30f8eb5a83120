"""Those who look after the cases of a simulation: this process alone, or several at once."""

import multiprocessing
import os
import signal
from collections.abc import Mapping, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, Final, Self

from engine import errors
from workflows.calendar.working_days import WorkingCalendar
from workflows.simulation import process
from workflows.simulation.case import Told
from workflows.simulation.grid import Grid
from workflows.simulation.process import Process
from workflows.simulation.setup import Setup
from workflows.simulation.shard import Orders, Report, Shard

_STOP_WITHIN: Final = 2.0  # seconds
_CUT_OFF: Final = "cut off"
_NICENESS: Final = 10  # pages come first


class HelperDied(errors.Invalid):
    """A process that looked after cases has ended by itself: the machine may be short of memory."""


class Alone:
    """This process looks after all cases."""

    def __init__(
        self, simulated: Process, setup: Setup, grid: Grid, calendar: WorkingCalendar
    ) -> None:
        """Begin without cases."""
        self._shard = Shard(simulated, setup, grid, calendar)

    def __len__(self) -> int:
        """One."""
        return 1

    def step(self, orders: Sequence[Orders | None]) -> Sequence[Report | None]:
        """Do it at once."""
        return [self._shard.step(each) if each else None for each in orders]

    def cut_off(self) -> tuple[Told, ...]:
        """Return how the cases stand that are not over."""
        return self._shard.cut_off()


class Several:
    """Processes of the operating system, each with its share of the cases; a context manager."""

    def __init__(
        self,
        members: int,
        diagrams: tuple[str, Mapping[str, bytes]],
        given: tuple[Setup, Grid, WorkingCalendar],
    ) -> None:
        """Start them; each reads the diagrams for itself.

        Args:
            members: How many.
            diagrams: Key of the process, and its files.
            given: What each needs besides.
        """
        spawning = multiprocessing.get_context("spawn")  # a fork would copy the threads' locks
        self._pipes: list[Connection] = []
        self._processes = []
        for number in range(members):
            ours, theirs = spawning.Pipe()
            made = spawning.Process(
                target=_look_after,
                args=(theirs, diagrams, given),
                name=f"simulation-{number}",
                daemon=True,  # they end with this one
            )
            made.start()
            theirs.close()
            self._pipes.append(ours)
            self._processes.append(made)

    def __enter__(self) -> Self:
        """Give them."""
        return self

    def __exit__(self, *_: object) -> None:
        """End them, whatever they are doing."""
        for pipe in self._pipes:
            pipe.close()
        for each in self._processes:
            each.terminate()
            each.join(_STOP_WITHIN)
            if each.is_alive():
                each.kill()
                each.join()

    def __len__(self) -> int:
        """How many there are."""
        return len(self._pipes)

    def step(self, orders: Sequence[Orders | None]) -> Sequence[Report | None]:
        """Send the orders to all, then wait for each: they work at the same time."""
        for pipe, order in zip(self._pipes, orders, strict=True):
            if order is not None:
                _send(pipe, order)
        return [
            _receive(pipe) if order is not None else None
            for pipe, order in zip(self._pipes, orders, strict=True)
        ]

    def cut_off(self) -> tuple[Told, ...]:
        """Return how the cases stand that are not over."""
        for pipe in self._pipes:
            _send(pipe, _CUT_OFF)
        return tuple(each for pipe in self._pipes for each in _receive(pipe))


def _send(pipe: Connection, what: object) -> None:
    try:
        pipe.send(what)
    except OSError as error:
        raise HelperDied from error


def _receive(pipe: Connection) -> Any:  # noqa: ANN401
    try:
        answer = pipe.recv()
    except (OSError, EOFError) as error:
        raise HelperDied from error
    if isinstance(answer, errors.Refused):
        raise answer
    return answer


def _look_after(
    pipe: Connection,
    diagrams: tuple[str, Mapping[str, bytes]],
    given: tuple[Setup, Grid, WorkingCalendar],
) -> None:
    """Do what is ordered until the pipe is closed."""
    os.nice(_NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it ends it
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    setup, grid, calendar = given
    with suppress(EOFError, OSError):
        shard = Shard(process.of_files(*diagrams), setup, grid, calendar)
        while True:
            order = pipe.recv()
            try:
                pipe.send(shard.cut_off() if order == _CUT_OFF else shard.step(order))
            except errors.Refused as refusal:
                pipe.send(errors.Invalid(refusal.message))
