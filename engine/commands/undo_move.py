"""Bring one instance back to the version that a migration moved it from."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from engine import changes, errors
from engine.runtime.moving import told
from engine.runtime.moving.trial import stored_of
from engine.runtime.run import Run
from engine.store import moving
from engine.unit_of_work import Work

KEPT: Final = "Something has happened in it since it was moved."


@dataclass(frozen=True, slots=True)
class UndoMove:
    """Undo what `migration_id` did to `instance_id`."""

    migration_id: UUID
    instance_id: UUID


class NotMoved(errors.Conflict):
    """The case was not moved by this migration, or is back already."""


class MovedOn(errors.Conflict):
    """Something has happened in the case since it was moved. It stays on the new version."""


def undo_move(command: UndoMove, work: Work) -> None:
    """Bring the instance back, exactly as it was, while nothing has happened in it since.

    Raises:
        NotMoved: it is not on the new version by this migration.
        MovedOn: it has moved on.
    """
    item = moving.lock_item(work.connection, command.migration_id, command.instance_id, "moved")
    if item is None:
        raise NotMoved
    planned = moving.migration(work.connection, command.migration_id)
    row = work.instance(command.instance_id)
    if row.revision != item.revision_after or row.bundle_id != planned.to_bundle:
        raise MovedOn
    _bring_back(row, item, planned, work)
    moving.settle(
        work.connection,
        planned.id,
        row.id,
        status="undone",
        reason="",
        at=work.now,
        state_before=None,
        before=None,
        revision_after=None,
    )


def _bring_back(row: Any, item: Any, planned: Any, work: Work) -> None:  # noqa: ANN401
    context, was = work.context(row.subject_id), item.before
    after = stored_of(row)
    before = replace(
        after, state=item.state_before, state_version=was["state_version"], done=was["done"]
    )
    new = Run.load(work.bundles.get(row.bundle_id), after, work.now, context)
    old = Run.load(work.bundles.get(was["bundle_id"]), before, work.now, context)
    dates = {UUID(key): dt.datetime.fromisoformat(each) for key, each in was["due"].items()}
    work.record(
        changes.InstanceMoved(
            instance_id=row.id,
            migration_id=planned.id,
            version_before=row.version,
            version=was["version"],
            bundle_before=row.bundle_id,
            bundle_id=was["bundle_id"],
            ways={},
            reason=planned.reason,
            ordered_by=work.actor.id,
            undone=True,
        ),
        *_incidents(row.id, old, was["failed"]),
    )
    old.runner.changes.extend(told.told_back(new, old, dates, work.now))
    work.runs[row.id] = old
    work.collect(old)
    old.touched = True  # though nothing may have changed for anybody


def _incidents(instance_id: UUID, old: Run, failed: Any) -> list[changes.IncidentMoved]:  # noqa: ANN401
    found = ((UUID(token), old.bundle.elements[element]) for token, element in failed.items())
    return [
        changes.IncidentMoved(instance_id, token, each.id, each.process_key, each.name)
        for token, each in found
    ]
