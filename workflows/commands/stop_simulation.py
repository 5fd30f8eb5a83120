"""Stop a simulation."""

from dataclasses import dataclass
from uuid import UUID

from engine.unit_of_work import Work
from workflows.store import simulations


@dataclass(frozen=True, slots=True)
class StopSimulation:
    """Let a simulation that waits or runs come to its end without a result."""

    simulation_id: UUID


def stop_simulation(command: StopSimulation, work: Work) -> None:
    """Stop it; one that runs stops within a moment.

    Raises:
        simulations.NoSuchSimulation: there is none.
        simulations.Over: it is over.
    """
    simulations.stop(work.connection, command.simulation_id, work.now)
