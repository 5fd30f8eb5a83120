"""Deactivate a person, or let them sign in again."""

from dataclasses import dataclass

from engine import errors, reasons
from engine.unit_of_work import Work
from workflows.access import invitations
from workflows.access.people import ADMIN
from workflows.store import administered, directory
from workflows.store.administered import Entry


@dataclass(frozen=True, slots=True)
class DeactivatePerson:
    """Let a person sign in no longer; with `active=True`, again."""

    person_id: str
    reason: str
    active: bool = False


class OnlyAdministrator(errors.Conflict):
    """This is the last administrator. Give the role to somebody else first."""


class TasksHeld(errors.Conflict):
    """This person has open tasks. Release them or give them to a colleague first."""


def deactivate_person(command: DeactivatePerson, work: Work) -> None:
    """End sessions, tokens and invitations at once; what the person did stays under their name.

    Raises:
        errors.NotFound: there is no such person.
        errors.Invalid: there is no reason.
        OnlyAdministrator: nobody else could administer.
        TasksHeld: the details say how many.
    """
    reasons.given(command.reason)
    row = directory.find(work.connection, command.person_id)
    if row.active == command.active:
        return
    if not command.active:
        _refuse_needed(row.id, work)
        invitations.withdraw(work.connection, row.id, now=work.now)
    directory.set_active(work.connection, row.id, work.now, active=command.active)
    kind = "activated again" if command.active else "deactivated"
    administered.enter(work, Entry("person", row.id, row.name, kind, (), command.reason))


def _refuse_needed(person_id: str, work: Work) -> None:
    is_admin = ("", ADMIN) in directory.roles(work.connection, person_id)
    if is_admin and not directory.others_with(work.connection, ADMIN, person_id):
        raise OnlyAdministrator
    held = directory.tasks_held(work.connection, person_id)
    if held:
        many = "1 open task" if held == 1 else f"{held} open tasks"
        raise TasksHeld(
            f"This person has {many}. Release them or give them to a colleague first.",
            details={"tasks": str(held)},
        )
