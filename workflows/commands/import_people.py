"""Add people and roles from a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from engine import errors
from engine.unit_of_work import Work
from workflows.access import invitations, roles
from workflows.access.people_file import Line
from workflows.agencies import choices
from workflows.calendar import london
from workflows.store import administered, directory
from workflows.store.administered import Entry


@dataclass(frozen=True, slots=True)
class ImportPeople:
    """Add the people of `lines`, or the roles to those who are there; `site` as of `AddPerson`."""

    lines: Sequence[Line]
    site: str = ""


def import_people(command: ImportPeople, work: Work) -> None:
    """Add all or nothing; roles are only ever added.

    Raises:
        errors.Invalid: there are none, or a role cannot be given.
    """
    if not command.lines:
        raise errors.Invalid("The file has no people.")
    teams = directory.teams_with_kinds(work.connection)
    authority = choices.authority_name(work.connection)
    for line in command.lines:
        roles.refuse_wrong(line.held, teams, "file")
        person_id = directory.id_of(work.connection, line.email)
        is_new = not person_id
        if is_new:
            person_id = uuid4().hex
            directory.add(work.connection, person_id, line.email, line.name)
            _invite(person_id, line, (authority, command.site), work)
        before = directory.roles(work.connection, person_id)
        directory.set_roles(work.connection, person_id, {*before, *line.held})
        given = [("Role", "", roles.words(each, teams)) for each in {*line.held} - before]
        if is_new or given:
            kind = "added from a file" if is_new else "roles changed from a file"
            entry = Entry("person", person_id, line.name, kind, sorted(given))
            administered.enter(work, entry)


def _invite(person_id: str, line: Line, places: tuple[str, str], work: Work) -> None:
    authority, site = places
    token, until = invitations.new_token(), london.local_date(work.now + invitations.LASTS)
    now, by = work.now, work.actor.id
    invitations.keep(work.connection, token, person_id, now=now, by=by)
    if site:
        work.record(
            invitations.email(
                token,
                invitations.Invited(person_id, line.name, line.email),
                authority=authority,
                site=site,
                until=f"{until.day} {until:%B %Y}",
            )
        )
