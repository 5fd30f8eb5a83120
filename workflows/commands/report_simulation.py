"""Report how far a simulation is."""

from dataclasses import dataclass
from uuid import UUID

from engine.unit_of_work import Work
from workflows.store import simulations


@dataclass(frozen=True, slots=True)
class ReportSimulation:
    """A worker tells how far a simulation is, from 0 to 1."""

    simulation_id: UUID
    progress: float


def report_simulation(command: ReportSimulation, work: Work) -> None:
    """Take note of it, and of the sign of life that it is.

    Raises:
        simulations.Over: somebody stopped it, or it was given up for dead.
    """
    simulations.go_on(work.connection, command.simulation_id, command.progress)
