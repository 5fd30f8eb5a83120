"""Move one instance to the version that its migration says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from engine import changes
from engine.runtime.moving import move, told
from engine.runtime.moving.blocked import Blocked
from engine.runtime.moving.propose import propose
from engine.runtime.moving.rewrite import Versions
from engine.runtime.moving.trial import attempt
from engine.runtime.run import Run
from engine.store import moving
from engine.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class MigrateInstance:
    """Move `instance_id` as `migration_id` says."""

    migration_id: UUID
    instance_id: UUID


def migrate_instance(command: MigrateInstance, work: Work) -> None:
    """Move the instance, or take note why it cannot be moved; do nothing where that is done.

    1. The item is locked: of several workers one moves the instance, the others leave it.
    2. The instance is locked, as for every other command.
    3. Its state is rewritten; tasks, claims, drafts, timers and messages stay the same rows.
    4. A join that waits for nobody any more lets it go on.

    Raises:
        errors.Refused: it cannot go on where it was put; nothing of it stands.
    """
    planned = moving.migration(work.connection, command.migration_id)
    item = moving.lock_item(work.connection, planned.id, command.instance_id, "waiting")
    if planned.status != "running" or item is None:
        return
    row = work.instance(command.instance_id)
    try:
        values = _not_to_move(row, planned) or _move(row, planned, work)
    except Blocked as reason:
        values = {"status": "blocked", "reason": reason.message}
    moving.settle(work.connection, planned.id, row.id, at=work.now, **values)


def _not_to_move(row: Any, planned: Any) -> dict[str, Any]:  # noqa: ANN401
    if row.status not in moving.RUNNING:
        return {"status": "ended", "reason": "The process has ended."}
    if row.bundle_id == planned.to_bundle:
        return {"status": "unchanged", "reason": "It is on this version already."}
    if row.version != planned.from_version:
        return {"status": "blocked", "reason": f"It is on version {row.version} by now."}
    return {}


def _move(row: Any, planned: Any, work: Work) -> dict[str, Any]:  # noqa: ANN401
    old, new = work.bundles.get(row.bundle_id), work.bundles.get(planned.to_bundle)
    between = move.versions(old, new, propose(old, new, planned.by_hand))
    trial = attempt(row, between, work.now, work.context(row.subject_id))
    before, after = trial.before, trial.after
    failed = moving.failed_tokens(work.connection, row.id)
    values = {
        "status": "moved",
        "reason": "",
        "state_before": row.state,
        "before": {
            "state_version": row.state_version,
            "bundle_id": row.bundle_id,
            "version": row.version,
            "done": {key: entry["done"] for key, entry in row.marking.items()},
            "failed": {str(key): each for key, each in failed.items()},
            "due": moving.dates_of_tasks(work.connection, row.id),
        },
        # What has gone on by itself cannot be taken back.
        "revision_after": None if trial.wakes else row.revision + 1,
    }
    set_at = moving.timers_set_at(work.connection, row.id)
    work.record(_moved(row, planned, between, before), *_incidents(row.id, between, failed))
    after.runner.changes.extend(list(told.told(before, after, set_at, work.now)))
    work.runs[row.id] = after
    if trial.wakes:
        after.go_on()
    work.collect(after)
    after.touched = True  # though nothing may have changed for anybody
    return values


def _moved(row: Any, planned: Any, between: Versions, before: Run) -> changes.InstanceMoved:  # noqa: ANN401
    active = [each for entry in before.marking.values() for each in _active(entry)]
    return changes.InstanceMoved(
        instance_id=row.id,
        migration_id=planned.id,
        version_before=row.version,
        version=between.new.version,
        bundle_before=row.bundle_id,
        bundle_id=between.new.id,
        ways={each: between.mapping.get(each, "") for each in active},
        reason=planned.reason,
        ordered_by=planned.created_by,
    )


def _active(entry: dict[str, object]) -> list[str]:
    active = entry["active"]
    return list(active) if isinstance(active, dict) else []


def _incidents(
    instance_id: UUID, between: Versions, failed: Mapping[UUID, str]
) -> list[changes.IncidentMoved]:
    elements = between.new.elements
    return [
        changes.IncidentMoved(
            instance_id, token, target, elements[target].process_key, elements[target].name
        )
        for token, element in failed.items()
        if (target := between.mapping.get(element, element)) in elements
    ]
