"""Carry on with batches: one item after the other, each in its own unit of work."""

import logging
import time
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy.exc import SQLAlchemyError

from engine import errors
from engine.executor import Executor
from engine.store.database import reading, writing
from workflows.access import people
from workflows.access.people import Person
from workflows.batches.operation import Operation
from workflows.stepping_in import instruct
from workflows.stepping_in.item import Doing, NotOurs, Undoing
from workflows.store import batches

logger = logging.getLogger(__name__)

LOOK_EVERY: Final = 1  # seconds: somebody is looking on
AT_ONCE: Final = 50
BUDGET: Final = 0.9  # seconds of one look: the next comes a second later
FAILED: Final = "It failed because of a fault, which is in the log."
GONE: Final = "Whoever ordered this cannot sign in any more."
# How the items stand that are to be done: for a batch that runs, and for one that is undone.
WANTED: Final[Mapping[str, str]] = {"running": "waiting", "undoing": "done"}


def carry_on(executor: Executor, *, seconds: float = BUDGET) -> int:
    """Do, or undo, the items of batches under way; return how many were settled.

    Several workers may do so at once: what one has locked is left by the others. The command of an
    item and what became of it are written in one transaction, so a crash leaves neither or both.
    """
    settled, until = 0, time.monotonic() + seconds
    with reading(executor.engine) as connection:
        found = batches.under_way(connection)
    for batch in found:
        settled += _carry_on(executor, batch, until)
    return settled


def _carry_on(executor: Executor, batch: Any, until: float) -> int:  # noqa: ANN401
    settled = 0
    while time.monotonic() < until:
        with reading(executor.engine) as connection:
            still = batches.status_of(connection, batch.id) == batch.status
            items = batches.items_of(connection, batch.id, WANTED[batch.status], limit=AT_ONCE)
            person = _person(connection, batch)
        if not still:
            break
        done = 0
        for item in items:
            if time.monotonic() >= until:
                break
            done += _settle(executor, batch, item, person)
        settled += done
        if not items:
            with writing(executor.engine) as connection, connection.begin():
                batches.finish(connection, batch.id, batch.status, executor.clock.now())
        if not done:
            break
    return settled


def _person(connection: Any, batch: Any) -> Person | None:  # noqa: ANN401
    ordered_by = batch.started_by if batch.status == "running" else batch.undone_by
    try:
        return people.person(connection, ordered_by)
    except people.NoSuchPerson:
        return None


def _settle(  # noqa: PLR0911 (each way out is a fate)
    executor: Executor,
    batch: Any,  # noqa: ANN401
    item: Any,  # noqa: ANN401
    person: Person | None,
) -> int:
    if person is None:
        return _note(executor, batch, item, "refused", GONE)
    try:
        _execute(executor, batch, item, person)
    except NotOurs:
        return 0
    except errors.Refused as refusal:
        return _note(executor, batch, item, "refused", refusal.message)
    except SQLAlchemyError:
        # The database is at fault, not the item: it waits, and is tried again.
        logger.exception("item not done", extra={"target_id": str(item.target_id)})
        return 0
    except Exception:
        # One item that nobody thought of must not keep all the others from being done.
        logger.exception("item not done", extra={"target_id": str(item.target_id)})
        return _note(executor, batch, item, "failed", FAILED)
    return 1


def _execute(executor: Executor, batch: Any, item: Any, person: Person) -> None:  # noqa: ANN401
    operation = Operation(batch.operation)
    if batch.status == "running":
        doing = Doing(batch.id, item.target_id, operation)
        executor.execute(instruct.command_for(batch, item), person, beside=doing)
        return
    undoing = Undoing(batch.id, item.target_id, operation)
    executor.execute(instruct.command_back(batch, item), person, beside=undoing)


def _note(executor: Executor, batch: Any, item: Any, fate: str, reason: str) -> int:  # noqa: ANN401
    """Write that an item was not done; one that could not be undone is kept as it was left."""
    status = fate if batch.status == "running" else "kept"
    with writing(executor.engine) as connection, connection.begin():
        wanted = WANTED[batch.status]
        if batches.lock_item(connection, batch.id, item.target_id, wanted) is None:
            return 0
        now = executor.clock.now()
        batches.settle(connection, batch.id, item.target_id, status=status, reason=reason, at=now)
    return 1
