"""The row of a case: its stage while it runs, its outcome when it ends; and who is involved."""

from typing import Any
from uuid import UUID

from engine import changes as engine_changes
from engine.store.database import upsert
from engine.unit_of_work import Work
from workflows.access.people import ROLE_NAMES
from workflows.context import CaseContext
from workflows.store.tables import cases, involvements


def project(context: CaseContext, work: Work) -> str:
    """Write the stage, the outcome and new involvements; return the outcome of a case that ended."""
    values: dict[str, Any] = {}
    outcome = ""
    for change in work.changes:
        if isinstance(change, engine_changes.TaskOpened) and change.properties.get("stage"):
            values["stage"] = change.properties["stage"]
        if isinstance(change, engine_changes.InstanceEnded) and _is_main(change, context, work):
            outcome = context.outcome if change.outcome == "completed" else "cancelled"
            values |= {
                "status": "closed",
                "outcome": outcome,
                "stage": OUTCOMES.get(outcome, "Ended"),
                "closed_at": work.now,
            }
    if values:
        work.connection.execute(cases.update().where(cases.c.id == context.case_id).values(values))
    _involve(context.case_id, work)
    return outcome


def _is_main(change: engine_changes.InstanceEnded, context: CaseContext, work: Work) -> bool:
    run = work.runs.get(change.instance_id) if change.instance_id else None
    return run is not None and run.bundle.process_key == context.case.process_key


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
    "cancelled": "Cancelled",
}
