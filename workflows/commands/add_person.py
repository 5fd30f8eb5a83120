"""Add a person, who is invited to choose a password."""

from dataclasses import dataclass, field
from uuid import uuid4

from engine import errors
from engine.unit_of_work import Work
from workflows.access import invitations, roles
from workflows.agencies import choices, details
from workflows.calendar import london
from workflows.store import administered, directory
from workflows.store.administered import Entry


@dataclass(frozen=True, slots=True)
class AddPerson:
    """Add `name` with `email` and roles (team, "" across the authority; and role).

    `site`: the address to which the invitation's secret is added; "" sends no email.
    """

    email: str
    name: str
    held: tuple[tuple[str, str], ...]
    site: str = ""
    person_id: str = field(default_factory=lambda: uuid4().hex)
    token: str = field(default_factory=invitations.new_token, repr=False)


def add_person(command: AddPerson, work: Work) -> None:
    """Add the person, their roles and the invitation.

    Raises:
        errors.Invalid: naming each field that is wrong.
        directory.EmailTaken: somebody has the address.
    """
    _refuse_wrong(command)
    teams = directory.teams_with_kinds(work.connection)
    roles.refuse_wrong(command.held, teams)
    directory.add(work.connection, command.person_id, command.email, command.name)
    directory.set_roles(work.connection, command.person_id, command.held)
    now, by = work.now, work.actor.id
    invitations.keep(work.connection, command.token, command.person_id, now=now, by=by)
    given = "; ".join(sorted(roles.words(each, teams) for each in command.held))
    words = {"Name": command.name, "Email": command.email.strip().lower(), "Roles": given}
    changes = administered.differences({}, words)
    administered.enter(work, Entry("person", command.person_id, command.name, "added", changes))
    if command.site:
        until = london.local_date(work.now + invitations.LASTS)
        invited = invitations.Invited(command.person_id, command.name, words["Email"])
        work.record(
            invitations.email(
                command.token,
                invited,
                authority=choices.authority_name(work.connection),
                site=command.site,
                until=f"{until.day} {until:%B %Y}",
            )
        )


def _refuse_wrong(command: AddPerson) -> None:
    wrong: dict[str, tuple[str, ...]] = {}
    if not details.is_name(command.name):
        wrong["name"] = ("Enter the person’s name",)
    if not details.is_email(command.email):
        wrong["email"] = ("Enter an email address, like name@example.org",)
    if not command.held:
        wrong["roles"] = ("Select at least one role",)
    if wrong:
        raise errors.Invalid("Check what you entered.", errors=wrong)
