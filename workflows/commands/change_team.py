"""Change a team’s name or email address."""

from dataclasses import dataclass

from engine.unit_of_work import Work
from workflows.agencies import details
from workflows.store import administered, organisation
from workflows.store.administered import Entry


@dataclass(frozen=True, slots=True)
class ChangeTeam:
    """Call a team `name`, and write to it at `email`."""

    team_id: str
    name: str
    email: str
    reason: str = ""


def change_team(command: ChangeTeam, work: Work) -> None:
    """Change the team, and enter what differs; its code stays, since diagrams and routing use it.

    Raises:
        organisation.NoSuchTeam: there is none.
        errors.Invalid: naming each field that is wrong.
    """
    row = organisation.team(work.connection, command.team_id)
    details.refuse_wrong_team("code", command.name, command.email)
    after = {"name": command.name.strip(), "email": command.email.strip()}
    changes = administered.differences(
        {"Name": row.name, "Email": row.email}, {"Name": after["name"], "Email": after["email"]}
    )
    if changes:
        organisation.change_team(work.connection, row.id, after)
        administered.enter(
            work, Entry("team", row.id, after["name"], "changed", changes, command.reason)
        )
