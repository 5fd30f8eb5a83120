"""Keep how far the stories of a change have been lived."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.unit_of_work import Work
from workflows.store import rehearsals


@dataclass(frozen=True, slots=True)
class KeepRehearsal:
    """Of `total` stories `done` were lived with the diagrams of `checksum`; `failures` so far."""

    checksum: str
    status: str
    total: int
    done: int = 0
    failures: Mapping[str, str] = field(default_factory=dict)


def keep_rehearsal(command: KeepRehearsal, work: Work) -> None:
    """Keep how far it is, for whoever waits for it and for the publishing that asks for it."""
    rehearsals.keep(
        work.connection,
        rehearsals.Rehearsal(
            command.checksum,
            command.status,
            command.total,
            command.done,
            command.failures,
            work.now,
            work.actor.id,
            work.now,
        ),
    )
