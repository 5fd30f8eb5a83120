"""Say whose a duty of the authority is, and how far it is."""

from dataclasses import dataclass

from engine import errors
from engine.unit_of_work import Work
from workflows.access import people
from workflows.calendar import london
from workflows.registers import load
from workflows.registers.model import State
from workflows.store import phased_duties
from workflows.store.entered import Entered


@dataclass(frozen=True, slots=True)
class ChangePhasedDuty:
    """Give `duty` the owner (a person's id, or "") and the state; `seen` is the revision looked at."""

    duty: str
    owner: str
    state: str
    note: str = ""
    seen: int | None = None


def change_phased_duty(command: ChangePhasedDuty, work: Work) -> None:
    """Change the duty, and enter it in its history.

    Raises:
        errors.NotFound: there is no such duty.
        errors.Invalid: the owner is nobody of the authority, or the state is none.
        phased_duties.ChangedMeanwhile: a colleague was quicker.
    """
    load.current().duty(command.duty, london.local_date(work.now))
    if command.state not in set(State):
        raise errors.Invalid("There is no such state.", errors={"state": ("Select a state",)})
    owners = dict(people.staff_of_authority(work.connection))
    if command.owner and command.owner not in owners:
        raise errors.Invalid(
            "The owner must be somebody of the authority.",
            errors={"owner": ("Select a person of the authority",)},
        )
    row = phased_duties.lock(
        work.connection, command.duty, now=work.now, by=work.actor.id, seen=command.seen
    )
    entered = Entered(
        work.now,
        work.actor.id,
        "changed",
        {
            "owner": owners.get(command.owner, ""),
            "state": command.state,
            "note": command.note.strip()[:1000],
        },
    )
    phased_duties.enter(
        work.connection, row, entered, {"owner": command.owner, "state": command.state}
    )
