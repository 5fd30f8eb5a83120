"""Ask for a simulation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID, uuid4

from engine import errors
from engine.unit_of_work import Work
from workflows.store import simulations

MOST_RUNS: Final = 2
TITLE_LIMIT: Final = 200
NEEDED: Final = ("label", "process", "files", "setup")


@dataclass(frozen=True, slots=True)
class AskForSimulation:
    """Let a worker simulate `runs`, one or two to look at side by side.

    Each says its `label`, the key of its `process`, the `files` (key to XML as text) and the `setup`.
    """

    title: str
    runs: tuple[Mapping[str, Any], ...]
    simulation_id: UUID = field(default_factory=uuid4)


def ask_for_simulation(command: AskForSimulation, work: Work) -> None:
    """Let it wait for its turn.

    Raises:
        errors.Invalid: nothing is to be simulated, or it has no title.
        simulations.TooManyWait: enough wait already.
    """
    title = command.title.strip()
    if not title:
        raise errors.Invalid("Say what is simulated.", errors={"title": ("Enter a title",)})
    if not 0 < len(command.runs) <= MOST_RUNS:
        raise errors.Invalid("One or two runs can be simulated.")
    if any(name not in each for each in command.runs for name in NEEDED):
        raise errors.Invalid("A run lacks its process, its files or its numbers.")
    simulations.add(
        work.connection,
        command.simulation_id,
        title[:TITLE_LIMIT],
        command.runs,
        asked=(work.now, work.actor.id),
    )
