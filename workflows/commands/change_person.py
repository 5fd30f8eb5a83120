"""Change a person’s name or email address."""

from dataclasses import dataclass

from engine import errors
from engine.unit_of_work import Work
from workflows.agencies import details
from workflows.store import administered, directory
from workflows.store.administered import Entry


@dataclass(frozen=True, slots=True)
class ChangePerson:
    """Call a person `name`, who signs in with `email` from now on."""

    person_id: str
    email: str
    name: str
    reason: str = ""


def change_person(command: ChangePerson, work: Work) -> None:
    """Change the person, and enter what differs.

    Raises:
        errors.NotFound: there is none.
        errors.Invalid: naming each field that is wrong.
    """
    wrong: dict[str, tuple[str, ...]] = {}
    if not details.is_name(command.name):
        wrong["name"] = ("Enter the person’s name",)
    if not details.is_email(command.email):
        wrong["email"] = ("Enter an email address, like name@example.org",)
    if wrong:
        raise errors.Invalid("Check what you entered.", errors=wrong)
    row = directory.find(work.connection, command.person_id)
    changes = administered.differences(
        {"Name": row.name, "Email": row.email},
        {"Name": command.name.strip(), "Email": command.email.strip().lower()},
    )
    if changes:
        directory.change(work.connection, row.id, command.email, command.name)
        administered.enter(
            work, Entry("person", row.id, command.name, "changed", changes, command.reason)
        )
