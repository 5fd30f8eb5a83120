"""What a planned batch would do to each item: tried, and taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from engine import changes, errors
from engine.executor import Executor
from workflows.access.people import Person
from workflows.batches.operation import Operation
from workflows.stepping_in import instruct


@dataclass(frozen=True, slots=True)
class Effect:
    """What would become of an item. `fate`: changes, unchanged or refused, and why."""

    target_id: UUID
    fate: str
    reason: str = ""


def effects(
    executor: Executor,
    person: Person,
    batch: Any,  # noqa: ANN401
    items: Sequence[Any],
) -> list[Effect]:
    """Return what would become of items if a person started the batch now; nothing changes.

    Steps that failed are not tried: what they do leaves the system.
    """
    if batch.operation == Operation.RETRY:
        return [Effect(each.target_id, "changes") for each in items]
    planned = _Planned(batch.operation, batch.reason or "Planned")
    commands = [instruct.command_for(planned, each) for each in items]
    found = executor.rehearse(commands, person)
    return [_effect(item.target_id, each) for item, each in zip(items, found, strict=True)]


def _effect(target_id: UUID, outcome: Any) -> Effect:  # noqa: ANN401
    if isinstance(outcome, errors.Refused):
        return Effect(target_id, "refused", outcome.message)
    happened: tuple[changes.Change, ...] = outcome.changes
    return Effect(target_id, "changes" if happened else "unchanged")


@dataclass(frozen=True, slots=True)
class _Planned:
    operation: str
    reason: str
