"""Choose the key contact of a case: the caseworker whom the family and everybody else turn to."""

from dataclasses import dataclass
from uuid import UUID

from engine import errors
from engine.unit_of_work import Work
from workflows import changes
from workflows.access import people
from workflows.context import case_of


@dataclass(frozen=True, slots=True)
class ChooseKeyContact:
    """Let `person_id` be the key contact of `case_id`."""

    case_id: UUID
    person_id: str


class IsKeyContact(errors.Conflict):
    """They are the key contact of this case already."""


def choose_key_contact(command: ChooseKeyContact, work: Work) -> None:
    """Let somebody be the key contact.

    Raises:
        errors.Invalid: they do not do casework in a team that works on the case.
        IsKeyContact: nothing would change.
    """
    work.lock_subject(command.case_id)
    able = dict(people.caseworkers(work.connection, command.case_id))
    if command.person_id not in able:
        message = "Select somebody who does SEN casework on this case"
        raise errors.Invalid(f"{message}.", errors={"person": (message,)})
    before = case_of(work, command.case_id).case.key_contact
    if before == command.person_id:
        raise IsKeyContact
    work.record(
        changes.KeyContactChosen(
            None, command.case_id, command.person_id, able[command.person_id], before
        )
    )
