"""Send a person a link by which they choose a new password."""

from dataclasses import dataclass, field

from engine import errors
from engine.unit_of_work import Work
from workflows.access import invitations
from workflows.agencies import choices
from workflows.calendar import london
from workflows.store import administered, directory
from workflows.store.administered import Entry


@dataclass(frozen=True, slots=True)
class InvitePerson:
    """Send the link; `site`: the address to which its secret is added, "" sends no email."""

    person_id: str
    site: str = ""
    token: str = field(default_factory=invitations.new_token, repr=False)


def invite_person(command: InvitePerson, work: Work) -> None:
    """Make the link; earlier ones end, and the password stays until a new one is chosen.

    Raises:
        errors.NotFound: there is no such person.
        errors.Conflict: they are deactivated.
    """
    row = directory.find(work.connection, command.person_id)
    if not row.active:
        raise errors.Conflict("This person is deactivated. Activate them first.")
    now, by = work.now, work.actor.id
    invitations.keep(work.connection, command.token, row.id, now=now, by=by)
    administered.enter(work, Entry("person", row.id, row.name, "invited"))
    if command.site:
        until = london.local_date(work.now + invitations.LASTS)
        work.record(
            invitations.email(
                command.token,
                invitations.Invited(row.id, row.name, row.email),
                authority=choices.authority_name(work.connection),
                site=command.site,
                until=f"{until.day} {until:%B %Y}",
            )
        )
