"""The row of a case: its stage while it runs, its outcome when it ends; and who is involved."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from engine import changes as engine_changes
from engine.store.database import upsert
from engine.store.tables import tasks
from engine.unit_of_work import Work
from workflows.access.people import ROLE_NAMES
from workflows.context import CaseContext
from workflows.store.tables import cases, involvements


def project(context: CaseContext, work: Work) -> str:
    """Write the stage, the outcome and new involvements; return the outcome of a case that closes.

    A case has its outcome once its main process has ended; it is closed while nobody has anything to
    do for it, and opens again with the next task: of a mediation, a review, a personal budget.
    """
    values: dict[str, Any] = {}
    for change in work.changes:
        if isinstance(change, engine_changes.TaskOpened) and change.properties.get("stage"):
            values["stage"] = change.properties["stage"]
        if isinstance(change, engine_changes.InstanceEnded) and _decides(change, context, work):
            ended = context.outcome if change.outcome == "completed" else "cancelled"
            values["outcome"] = ended or context.case.outcome
    closes = ""
    outcome = values.get("outcome", context.case.outcome)
    if outcome:
        is_open = _has_tasks(context.case_id, work)
        values |= _open() if is_open else _closed(outcome, context, work)
        closes = "" if is_open or context.case.status == "closed" else outcome
    if values:
        work.connection.execute(cases.update().where(cases.c.id == context.case_id).values(values))
    _involve(context.case_id, work)
    return closes


def _open() -> dict[str, Any]:
    return {"status": "open", "closed_at": None}


def _closed(outcome: str, context: CaseContext, work: Work) -> dict[str, Any]:
    was_closed = context.case.status == "closed"
    return {
        "status": "closed",
        "stage": OUTCOMES.get(outcome, "Ended"),
        "closed_at": context.case.closed_at if was_closed else work.now,
    }


def _has_tasks(case_id: UUID, work: Work) -> bool:
    """Tell whether anybody has something to do; stands on ix_tasks_subject_id."""
    return bool(
        work.connection.execute(
            sa.select(tasks.c.id)
            .where(tasks.c.subject_id == case_id, tasks.c.status == "open")
            .limit(1)
        ).first()
    )


def _decides(change: engine_changes.InstanceEnded, context: CaseContext, work: Work) -> bool:
    """Tell whether the end of a process is an outcome of the case."""
    run = work.runs.get(change.instance_id) if change.instance_id else None
    begun_again = any(
        isinstance(each, engine_changes.InstanceRestarted)
        and each.instance_id == change.instance_id
        for each in work.changes
    )
    if run is None or begun_again:
        return False
    return run.bundle.process_key == context.case.process_key or context.outcome in OUTCOMES


def _involve(case_id: UUID, work: Work) -> None:
    found = {
        (work.team_of[each.task_id], each.role): each
        for each in work.changes
        if isinstance(each, engine_changes.TaskOpened) and work.team_of.get(each.task_id)
    }
    if not found:
        return
    statement = upsert(involvements, work.connection).values(
        [
            {
                "case_id": case_id,
                "team_id": team_id,
                "role": role,
                "since": work.now,
                "why": f"{ROLE_NAMES.get(role, role)}: {change.name}"[:200],
            }
            for (team_id, role), change in found.items()
        ]
    )
    work.connection.execute(
        statement.on_conflict_do_nothing(index_elements=["case_id", "team_id", "role"])
    )


OUTCOMES = {
    "issued": "Plan issued",
    "refused": "Assessment refused",
    "no_plan": "No plan issued",
    "withdrawn": "Request withdrawn",
    "moved_away": "Moved to another authority",
    "adopted": "Plan taken over",
    "ceased": "Plan ceased",
    "cancelled": "Cancelled",
}
