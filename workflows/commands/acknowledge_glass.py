"""Take note that a restricted case was opened."""

from dataclasses import dataclass
from uuid import UUID

from engine.unit_of_work import Work
from workflows.access import glass


@dataclass(frozen=True, slots=True)
class AcknowledgeGlass:
    """Acknowledge the alert of `glass_id`."""

    glass_id: UUID


def acknowledge_glass(command: AcknowledgeGlass, work: Work) -> None:
    """Let the alert stand on no page any more.

    Raises:
        glass.NoSuchAlert: it was not told to whoever asks.
    """
    glass.acknowledge(work.connection, command.glass_id, work.actor.id, now=work.now)
