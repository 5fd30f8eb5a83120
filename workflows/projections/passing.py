"""The teams of tasks that were passed on, and who signs in as which party."""

from uuid import UUID

from engine.store.database import upsert
from engine.store.tables import tasks
from engine.unit_of_work import Work
from workflows import changes
from workflows.store.tables import involvements, parties


def project(case_id: UUID, work: Work) -> None:
    """Write what was passed on or linked in a case; a team that gets a task may see the case."""
    for each in work.changes:
        if isinstance(each, changes.TaskPassedOn) and each.case_id == case_id:
            _pass_on(each, work)
        elif isinstance(each, changes.PartyLinked) and each.case_id == case_id:
            work.connection.execute(
                parties.update()
                .where(parties.c.id == each.party_id)
                .values(person_id=each.person_id)
            )


def _pass_on(passed: changes.TaskPassedOn, work: Work) -> None:
    work.connection.execute(
        tasks.update().where(tasks.c.id == passed.task_id).values(team_id=passed.team_id)
    )
    task = work.part("task", passed.task_id)
    statement = upsert(involvements, work.connection).values(
        case_id=passed.case_id,
        team_id=passed.team_id,
        role=task.role,
        since=work.now,
        why=f"Passed on: {task.name}"[:200],
    )
    work.connection.execute(statement.on_conflict_do_nothing())
