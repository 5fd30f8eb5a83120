"""Change the authority’s name and contacts, which stand in its notices."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine import errors
from engine.unit_of_work import Work
from workflows.agencies import authority, details
from workflows.store import administered, organisation
from workflows.store.administered import Entry


@dataclass(frozen=True, slots=True)
class ChangeAuthority:
    """Let the authority be called `name`, with `contacts` (of `agencies.authority.CONTACTS`)."""

    name: str
    contacts: Mapping[str, str]
    reason: str = ""


def change_authority(command: ChangeAuthority, work: Work) -> None:
    """Change name and contacts; notices that are issued from now on have them.

    Raises:
        errors.Invalid: naming each field that is wrong.
    """
    wrong: dict[str, tuple[str, ...]] = {}
    if not details.is_name(command.name):
        wrong["name"] = ("Enter the name of the authority",)
    for field, label in authority.CONTACTS.items():
        if not 0 < len(command.contacts.get(field, "").strip()) <= authority.CONTACT_LIMIT:
            words = f"{label}: enter at most {authority.CONTACT_LIMIT} characters"
            wrong[field] = (words,)
    if wrong:
        raise errors.Invalid("Check what you entered.", errors=wrong)
    name, before = organisation.authority(work.connection)
    kept = {field: command.contacts[field].strip() for field in authority.CONTACTS}
    changes = administered.differences(
        authority.words(name, before), authority.words(command.name.strip(), kept)
    )
    if changes:
        organisation.set_authority(work.connection, command.name.strip(), {**before, **kept})
        administered.enter(
            work, Entry("authority", "", command.name, "changed", changes, command.reason)
        )
