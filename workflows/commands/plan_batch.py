"""Plan to do the same to many things."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from engine import errors
from engine.unit_of_work import Work
from workflows.batches.operation import MOST, WORDING, Operation
from workflows.store import batches
from workflows.store.batches import NewItem


@dataclass(frozen=True, slots=True)
class PlanBatch:
    """Plan `operation` for `items`; nothing changes yet.

    Attributes:
        title: What it is about, for the list; the operation's own where it is empty.
        batch_id: The identifier that the batch gets.
    """

    operation: str
    items: tuple[NewItem, ...]
    title: str = ""
    batch_id: UUID = field(default_factory=uuid4)


class NothingChosen(errors.Invalid):
    """Nothing is chosen."""


class TooMany(errors.Invalid):
    """These are more than can be done at once."""


def plan_batch(command: PlanBatch, work: Work) -> None:
    """Take note of what is to be done to what; each thing once.

    Raises:
        errors.Invalid: there is no such operation.
        NothingChosen: there is nothing to do it to.
        TooMany: there is too much.
    """
    if command.operation not in set(Operation):
        raise errors.Invalid(
            "There is no such operation.", errors={"operation": ("Select what to do",)}
        )
    items = tuple({each.target_id: each for each in command.items}.values())
    if not items:
        raise NothingChosen(errors={"items": ("Select at least one",)})
    if len(items) > MOST:
        raise TooMany(
            f"At most {MOST} can be done at once. Narrow the list.",
            errors={"items": (f"Select at most {MOST}",)},
        )
    values = {
        "id": command.batch_id,
        "operation": command.operation,
        "title": (command.title.strip() or WORDING[Operation(command.operation)].title)[:200],
        "created_at": work.now,
        "created_by": work.actor.id,
    }
    batches.add(work.connection, values, items)
