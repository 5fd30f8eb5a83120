"""Run the simulations that wait, one after the other, beside everything else a worker does."""

import logging
import os
import threading
import time
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from engine import errors, ports
from workflows.bootstrap import System
from workflows.calendar.working_days import WorkingCalendar
from workflows.commands.begin_simulation import BeginSimulation
from workflows.commands.end_simulation import EndSimulation
from workflows.commands.report_simulation import ReportSimulation
from workflows.simulation import process, setup as setups
from workflows.simulation.grid import Grid
from workflows.simulation.result import Result
from workflows.simulation.simulate import Progress, simulate
from workflows.simulation.team import Several
from workflows.store import closures, simulations
from workflows.store.simulations import State

logger = logging.getLogger(__name__)

LOOK_EVERY: Final = 3  # seconds
REPORT_EVERY: Final = 1.0  # seconds
SILENT_FOR: Final = 60.0  # seconds without a sign of life, after which one is given up for dead
MOST_MEMBERS: Final = 4
INTERRUPTED: Final = "The program was restarted or stopped while it ran. Start it again."


class Simulator:
    """Looks for simulations; `look` is called every few seconds and returns at once."""

    def __init__(
        self,
        system: System,
        members: int | None = None,
        *,
        report_every: float = REPORT_EVERY,
        silent_for: float = SILENT_FOR,
    ) -> None:
        """Take the system, how many processes share a simulation, and its seconds of patience."""
        self._system = system
        self._report_every = report_every
        self._silent_for = silent_for
        self._members = members or max(1, min(MOST_MEMBERS, os.cpu_count() or 1))
        self._thread: threading.Thread | None = None
        self._heard: dict[UUID, tuple[int, float]] = {}  # beats, and when they were first seen

    def look(self) -> None:
        """Give up those that died, and begin the next in a thread of its own."""
        if self._thread is not None and self._thread.is_alive():
            return
        with self._system.read() as connection:
            running, waiting = (
                simulations.running(connection),
                simulations.next_waiting(connection),
            )
        self._give_up(running)
        if waiting is None:
            return
        try:
            self._system.execute(BeginSimulation(waiting), ports.SYSTEM)
        except simulations.NotItsTurn:
            return
        # A daemon: it does not keep a worker from stopping, and its processes end with it.
        self._thread = threading.Thread(
            target=self._run, args=(waiting,), name="simulation", daemon=True
        )
        self._thread.start()

    def wait(self) -> None:
        """Wait until the one that was begun here is over."""
        if self._thread is not None:
            self._thread.join()

    def _give_up(self, running: Mapping[UUID, int]) -> None:
        """End those whose beats have stood still, by this machine's own measure of time."""
        now = time.monotonic()
        for simulation_id, beats in running.items():
            before = self._heard.get(simulation_id)
            if before is None or before[0] != beats:
                self._heard[simulation_id] = (beats, now)
            elif now - before[1] > self._silent_for:
                self._end(EndSimulation(simulation_id, State.INTERRUPTED, problem=INTERRUPTED))
        self._heard = {key: heard for key, heard in self._heard.items() if key in running}

    def _run(self, simulation_id: UUID) -> None:
        logger.info("simulation begun", extra={"simulation": str(simulation_id)})
        try:
            self._end(EndSimulation(simulation_id, State.DONE, tuple(self._results(simulation_id))))
        except simulations.Over:
            self._end(EndSimulation(simulation_id, State.STOPPED))
        except errors.Refused as refusal:
            self._end(EndSimulation(simulation_id, State.FAILED, problem=refusal.message))
        logger.info("simulation over", extra={"simulation": str(simulation_id)})

    def _results(self, simulation_id: UUID) -> list[dict[str, Any]]:
        with self._system.read() as connection:
            runs = simulations.load(connection, simulation_id).runs
            calendar = WorkingCalendar(closures.days(connection))
        report = _Reporter(self._system, simulation_id, len(runs), self._report_every)
        results = []
        for number, run in enumerate(runs):
            report.number = number
            results.append(one(run, calendar, self._members, report).as_json())
        return results

    def _end(self, command: EndSimulation) -> None:
        try:
            self._system.execute(command, ports.SYSTEM)
        except simulations.Over:
            logger.info("simulation was over", extra={"simulation": str(command.simulation_id)})


class _Reporter:
    """Tells now and then how far a simulation is, and learns so that it must stop."""

    def __init__(self, system: System, simulation_id: UUID, runs: int, every: float) -> None:
        self._system = system
        self._id = simulation_id
        self._runs = runs
        self._every = every
        self._next = 0.0
        self.number = 0

    def __call__(self, progress: float) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + self._every
        share = (self.number + progress) / self._runs
        self._system.execute(ReportSimulation(self._id, share), ports.SYSTEM)


def one(
    run: Mapping[str, Any], calendar: WorkingCalendar, members: int, progress: Progress
) -> Result:
    """Return what came of one run of a simulation, as it is kept.

    Raises:
        errors.Refused: it cannot be simulated; or it is told by `progress` to stop.
    """
    files = {key: text.encode() for key, text in run["files"].items()}
    simulated = process.of_files(run["process"], files)
    setup = setups.of_json(run["setup"])
    grid = Grid.of(setup.begins, setup.weeks, calendar)
    with Several(members, (run["process"], files), (setup, grid, calendar)) as team:
        return simulate(simulated, setup, grid, team, progress)
