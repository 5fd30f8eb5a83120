"""One item within the unit of work of its command: claimed before, settled after, together."""

from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from engine import errors
from engine.unit_of_work import Work
from workflows.batches.operation import WORDING, Kind, Operation
from workflows.store import batches

PARTS: Final = {Kind.TASK: "task", Kind.INCIDENT: "incident"}


class NotOurs(errors.Conflict):
    """Another worker does this item, or has done it."""


class ActedOn(errors.Conflict):
    """Somebody has acted on it since, so it stays as it is."""


@dataclass(slots=True)
class Doing:
    """Does an item once: whoever cannot lock it, or finds it settled, leaves it."""

    batch_id: UUID
    target_id: UUID
    operation: Operation
    _before: list[str] = field(default_factory=list)

    def begin(self, work: Work) -> None:
        """Lock the item and what it is about, and see how that stands.

        Raises:
            NotOurs: another has it, or has settled it, or the batch was stopped.
        """
        _claim(work, self, "waiting", "running")
        self._before = _locked_standing(work, self)

    def end(self, work: Work) -> None:
        """Write what became of the item; it is lasting when the command is."""
        batches.settle(
            work.connection,
            self.batch_id,
            self.target_id,
            status="done" if work.changes else "unchanged",
            before=self._before[0] if self._before else "",
            after=batches.standing(work.connection, _kind(self), self.target_id),
            at=work.now,
        )


@dataclass(slots=True)
class Undoing:
    """Undoes an item once, as long as it stands as it was left."""

    batch_id: UUID
    target_id: UUID
    operation: Operation

    def begin(self, work: Work) -> None:
        """Lock the item and what it is about.

        Raises:
            NotOurs: another has it, or has settled it, or the batch was stopped.
            ActedOn: it does not stand as it was left.
        """
        item = _claim(work, self, "done", "undoing")
        if _locked_standing(work, self) != item.after:
            raise ActedOn

    def end(self, work: Work) -> None:
        """Write that the item is undone."""
        batches.settle(work.connection, self.batch_id, self.target_id, status="undone", at=work.now)


def _claim(work: Work, of: Doing | Undoing, wanted: str, under_way: str) -> Any:  # noqa: ANN401
    item = batches.lock_item(work.connection, of.batch_id, of.target_id, wanted)
    if item is None or batches.status_of(work.connection, of.batch_id) != under_way:
        raise NotOurs
    return item


def _locked_standing(work: Work, of: Doing | Undoing) -> list[str]:
    kind = _kind(of)
    if kind in PARTS:
        work.part(PARTS[kind], of.target_id)
    elif kind is Kind.INSTANCE:
        work.instance(of.target_id)
    return batches.standing(work.connection, kind, of.target_id)


def _kind(of: Doing | Undoing) -> Kind:
    return WORDING[of.operation].kind
