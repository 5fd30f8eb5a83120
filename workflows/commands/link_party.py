"""Let a parent or young person who signs in see their case."""

from dataclasses import dataclass

from engine import errors, reasons
from engine.unit_of_work import Work
from workflows import changes
from workflows.access.people import FAMILY
from workflows.store import administered, directory
from workflows.store.administered import Entry


@dataclass(frozen=True, slots=True)
class LinkParty:
    """Link a person to the party of the case `reference` who has the person's email address.

    With `linked=False`, end the link.
    """

    person_id: str
    reference: str
    reason: str
    linked: bool = True


def link_party(command: LinkParty, work: Work) -> None:
    """Link them by the email address that the case has: an administrator need not see the case.

    Raises:
        errors.NotFound: there is no such person.
        errors.Invalid: there is no reason, or no such case with a party of this address.
        errors.Conflict: somebody else is linked to that party.
    """
    reasons.given(command.reason)
    row = directory.find(work.connection, command.person_id)
    if ("", FAMILY) not in directory.roles(work.connection, row.id):
        words = "Give this person the role of child’s parent or young person first"
        raise errors.Invalid("This person is no family.", errors={"reference": (words,)})
    found = directory.party_with_email(work.connection, command.reference, row.email)
    if found is None:
        words = "There is no such case with a parent or young person of this email address"
        raise errors.Invalid("Nobody was linked.", errors={"reference": (words,)})
    case_id, party_id, name, before = found
    if before not in {"", row.id}:
        raise errors.Conflict("Somebody else signs in as this party of the case.")
    after = row.id if command.linked else ""
    if before == after:
        return
    work.lock_subject(case_id)
    work.record(changes.PartyLinked(None, case_id, party_id, name, after))
    kind = "linked to a case" if command.linked else "link to a case ended"
    difference = ("Case", command.reference if before else "", command.reference if after else "")
    administered.enter(work, Entry("person", row.id, row.name, kind, (difference,), command.reason))
