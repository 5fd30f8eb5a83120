"""Choose how often one is written to."""

from dataclasses import dataclass

from engine import errors
from engine.unit_of_work import Work
from workflows.access import people
from workflows.digests import due
from workflows.digests.preference import Frequency


@dataclass(frozen=True, slots=True)
class ChooseDigest:
    """Write to the actor `frequency` (a `Frequency`) from now on."""

    frequency: str


def choose_digest(command: ChooseDigest, work: Work) -> None:
    """Keep the choice.

    Raises:
        errors.Invalid: it is none.
    """
    if command.frequency not in set(Frequency):
        raise errors.Invalid(
            "Select how often.", errors={"digest": ("Select how often you want the email",)}
        )
    people.set_for(work.connection, work.actor.id, due.SETTING, command.frequency)
