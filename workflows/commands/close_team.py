"""Close a team, or open it again."""

from dataclasses import dataclass

from engine import errors, reasons
from engine.store import definitions
from engine.unit_of_work import Work
from workflows.agencies import routing, routing_rules
from workflows.store import administered, organisation
from workflows.store.administered import Entry


@dataclass(frozen=True, slots=True)
class CloseTeam:
    """Close a team, or with `closed=False` open it again."""

    team_id: str
    reason: str
    closed: bool = True


class TasksOpen(errors.Conflict):
    """Open tasks are with this team. Pass them on to another team first."""


class StillRouted(errors.Conflict):
    """The routing table leads to this team. Change the table first."""


def close_team(command: CloseTeam, work: Work) -> None:
    """Close the team: no task goes to it any more; what it did stays.

    Raises:
        organisation.NoSuchTeam: there is none.
        TasksOpen: the details say how many.
        StillRouted: new tasks would come to it.
        errors.Invalid: there is no reason.
    """
    reasons.given(command.reason)
    row = organisation.team(work.connection, command.team_id)
    if command.closed:
        _refuse_used(row.id, work)
    if command.closed == (row.closed_at is not None):
        return
    organisation.close(work.connection, "team", row.id, work.now if command.closed else None)
    kind = "closed" if command.closed else "opened again"
    administered.enter(work, Entry("team", row.id, row.name, kind, (), command.reason))


def _refuse_used(team_id: str, work: Work) -> None:
    waiting = organisation.open_tasks(work.connection, team_id)
    if waiting:
        many = "1 open task is" if waiting == 1 else f"{waiting} open tasks are"
        raise TasksOpen(
            f"{many} with this team. Pass them on to another team first.",
            details={"tasks": str(waiting)},
        )
    live = definitions.live_versions(work.connection).get(routing.KEY)
    rules = routing_rules.read(live.xml) if live else ()
    numbers = [str(n) for n, each in enumerate(rules, start=1) if each.team == team_id]
    if numbers:
        raise StillRouted(
            f"Rule {', '.join(numbers)} of the routing table leads to this team. "
            "Change the table first."
        )
