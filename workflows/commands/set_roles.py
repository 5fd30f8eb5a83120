"""Say which roles a person has, in which teams."""

from dataclasses import dataclass

from engine import errors, reasons
from engine.unit_of_work import Work
from workflows.access import roles
from workflows.access.people import ADMIN
from workflows.store import administered, directory
from workflows.store.administered import Entry


@dataclass(frozen=True, slots=True)
class SetRoles:
    """Give a person the roles `held` (team, "" across the authority; and role), and no others."""

    person_id: str
    held: tuple[tuple[str, str], ...]
    reason: str


class LastAdministrator(errors.Conflict):
    """This is the last administrator. Give the role to somebody else first."""


class HasTasks(errors.Conflict):
    """This person has open tasks of a team that they would leave. Release them first."""


def set_roles(command: SetRoles, work: Work) -> None:
    """Change the roles, and enter which were given and taken away.

    Raises:
        errors.NotFound: there is no such person.
        errors.Invalid: there is no reason, or a role is none.
        LastAdministrator: nobody else could administer.
        HasTasks: tasks would be left with somebody who may no longer do them.
    """
    reasons.given(command.reason)
    row = directory.find(work.connection, command.person_id)
    teams = directory.teams_with_kinds(work.connection)
    before, wanted = directory.roles(work.connection, row.id), frozenset(command.held)
    if not wanted:
        words = "Select at least one role. To take all away, deactivate the person"
        raise errors.Invalid("There is no role.", errors={"roles": (words,)})
    roles.refuse_wrong(wanted - before, teams)
    _refuse_last_administrator(row, before, wanted, work)
    left = {team for team, _ in before} - {team for team, _ in wanted} - {""}
    if left and directory.tasks_held(work.connection, row.id, left):
        raise HasTasks
    given, taken = sorted(wanted - before), sorted(before - wanted)
    if not given and not taken:
        return
    directory.set_roles(work.connection, row.id, wanted)
    changes = [
        *(("Role", roles.words(each, teams), "") for each in taken),
        *(("Role", "", roles.words(each, teams)) for each in given),
    ]
    administered.enter(
        work, Entry("person", row.id, row.name, "roles changed", changes, command.reason)
    )


def _refuse_last_administrator(
    row: object,
    before: frozenset[tuple[str, str]],
    wanted: frozenset[tuple[str, str]],
    work: Work,
) -> None:
    loses = ("", ADMIN) in before - wanted
    if loses and not directory.others_with(work.connection, ADMIN, row.id):  # type: ignore[attr-defined]
        raise LastAdministrator
