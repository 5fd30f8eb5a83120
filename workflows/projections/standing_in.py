"""Tasks given to somebody who is away go to whoever stands in for them."""

from collections.abc import Sequence

from engine import changes
from engine.store.tables import tasks
from engine.unit_of_work import Work
from workflows.access import people
from workflows.calendar import london
from workflows.store import absences

Given = changes.TaskAssigned | changes.TaskOpened


def project(recorded: Sequence[changes.Change], work: Work) -> list[changes.TaskAssigned]:
    """Write who has such tasks instead; return it, with the reason, for the history.

    A task that is meant for the person and nobody else (`in_person`) stays with them.
    """
    given = [
        each
        for each in recorded
        if isinstance(each, changes.TaskAssigned | changes.TaskOpened) and _is_given(each)
    ]
    if not given:
        return []
    today = london.local_date(work.now)
    away = absences.between(work.connection, today, today)
    follows = []
    for change in given:
        team_id, role = _of(change, work)
        deputy = absences.stands_in(away, change.assignee, team_id, role)
        if deputy != change.assignee:
            until = max(each.to_date for each in away if each.person_id == change.assignee)
            follows.append(_passed_on(change, deputy, f"{until.day} {until:%B %Y}", work))
    return follows


def _is_given(change: Given) -> bool:
    if isinstance(change, changes.TaskAssigned):
        return not change.in_person
    return bool(change.assignee)


def _of(change: Given, work: Work) -> tuple[str, str]:
    if isinstance(change, changes.TaskOpened):
        return work.team_of[change.task_id], change.role
    row = work.part("task", change.task_id)
    return row.team_id, row.role


def _passed_on(change: Given, deputy: str, until: str, work: Work) -> changes.TaskAssigned:
    work.connection.execute(
        tasks.update()
        .where(tasks.c.id == change.task_id)
        .values(assignee=deputy, claimed_at=work.now)
    )
    names = people.names(work.connection, {change.assignee, deputy})
    away, stands_in = names.get(change.assignee, "Somebody"), names.get(deputy, "A colleague")
    reason = f"{away} is away until {until}; {stands_in} stands in"
    return changes.TaskAssigned(change.instance_id, change.task_id, deputy, reason)
