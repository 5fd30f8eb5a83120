"""The rows of instances: token state, variables, where the tokens are."""

from typing import Any, Final
from uuid import UUID

from engine import changes
from engine.runtime.run import Run
from engine.store.tables import instances
from engine.unit_of_work import Work

_OF_ROW: Final = (
    changes.InstanceEnded,
    changes.InstanceSuspended,
    changes.InstanceResumed,
    changes.InstanceMoved,
)


def project(work: Work) -> None:
    """Write every instance that ran, started, ended, moved, was suspended or resumed."""
    started = {
        each.instance_id for each in work.changes if isinstance(each, changes.InstanceStarted)
    }
    status: dict[UUID | None, dict[str, Any]] = {}
    for each in work.changes:
        if isinstance(each, _OF_ROW):
            status.setdefault(each.instance_id, {}).update(_status(each, work))
    for instance_id, run in work.runs.items():
        if not run.touched:
            continue
        values = {**_state(run), **status.pop(instance_id, {})}
        if instance_id in started:
            work.connection.execute(instances.insert(), {**_first(run, work), **values})
        else:
            revision = work.rows[instance_id].revision + 1
            _update(work, instance_id, {**values, "revision": revision})
    for key, values in status.items():
        if key is not None:
            _update(work, key, values)


def _update(work: Work, instance_id: UUID, values: dict[str, Any]) -> None:
    work.connection.execute(instances.update().where(instances.c.id == instance_id).values(values))


def _state(run: Run) -> dict[str, Any]:
    state, version = run.dump()
    return {
        "state": state,
        "state_version": version,
        "variables": run.variables,
        "marking": run.marking,
    }


def _first(run: Run, work: Work) -> dict[str, Any]:
    return {
        "id": run.instance_id,
        "subject_id": work.rows_subject(run.instance_id),
        "process_key": run.bundle.process_key,
        "version": run.bundle.version,
        "bundle_id": run.bundle.id,
        "status": "active",
        "revision": 1,
        "started_at": work.now,
        "started_by": work.actor.id,
    }


def _status(change: changes.Change, work: Work) -> dict[str, Any]:
    match change:
        case changes.InstanceEnded():
            return {
                "status": change.outcome,
                "outcome": change.outcome,
                "end_element": change.end_element,
                "reason": change.reason,
                "ended_at": work.now,
            }
        case changes.InstanceSuspended():
            return {"status": "suspended"}
        case changes.InstanceMoved():
            return {"version": change.version, "bundle_id": change.bundle_id}
    return {"status": "active"}
