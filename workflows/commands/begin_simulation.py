"""Begin a simulation that waits."""

from dataclasses import dataclass
from uuid import UUID

from engine.unit_of_work import Work
from workflows.store import simulations


@dataclass(frozen=True, slots=True)
class BeginSimulation:
    """A worker begins a simulation."""

    simulation_id: UUID


def begin_simulation(command: BeginSimulation, work: Work) -> None:
    """Let it run: one at a time, so that the pages stay quick.

    Raises:
        simulations.NotItsTurn: another runs, or a colleague of this worker has begun it.
    """
    simulations.begin(work.connection, command.simulation_id)
