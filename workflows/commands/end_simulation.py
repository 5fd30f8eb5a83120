"""End a simulation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from engine.unit_of_work import Work
from workflows.store import simulations
from workflows.store.simulations import State


@dataclass(frozen=True, slots=True)
class EndSimulation:
    """A worker ends a simulation: with results, or with what stood in the way."""

    simulation_id: UUID
    state: State
    results: tuple[Mapping[str, Any], ...] = ()
    problem: str = ""


def end_simulation(command: EndSimulation, work: Work) -> None:
    """Keep what came of it.

    Raises:
        simulations.Over: it does not run any more.
    """
    simulations.end(
        work.connection,
        command.simulation_id,
        command.state,
        now=work.now,
        results=command.results,
        problem=command.problem,
    )
