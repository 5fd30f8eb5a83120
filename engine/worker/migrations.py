"""Carry on with migrations: one instance after the other, each in its own unit of work."""

import logging
import time
from typing import Final
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError

from engine import errors, ports
from engine.commands.migrate_instance import MigrateInstance
from engine.commands.undo_move import KEPT, MovedOn, NotMoved, UndoMove
from engine.executor import Executor
from engine.store import moving
from engine.store.database import reading, writing

logger = logging.getLogger(__name__)

BATCH: Final = 50
BUDGET: Final = 0.9  # seconds of one look: the next comes a second later
FAILED: Final = "It could not be moved because of a fault, which is in the log."


def carry_on(executor: Executor, *, seconds: float = BUDGET) -> int:
    """Move, or bring back, the instances of migrations under way; return how many were settled.

    Several workers may do so at once: an instance that one has locked is left by the others. What a
    crash leaves half done was never committed, and is done again.
    """
    settled, until = 0, time.monotonic() + seconds
    with reading(executor.engine) as connection:
        found = moving.under_way(connection)
    for migration_id, status in found:
        wanted = "waiting" if status == "running" else "moved"
        while time.monotonic() < until:
            with reading(executor.engine) as connection:
                still = (migration_id, status) in moving.under_way(connection)
                batch = moving.items_of(connection, migration_id, wanted, limit=BATCH)
            if not still:
                break
            done = sum(_settle(executor, migration_id, each, status, until) for each in batch)
            settled += done
            if not batch:
                _finish(executor, migration_id, status)
            if not done:
                break
    return settled


def _settle(
    executor: Executor, migration_id: UUID, instance_id: UUID, status: str, until: float
) -> int:
    if time.monotonic() >= until:
        return 0
    try:
        if status == "running":
            executor.execute(MigrateInstance(migration_id, instance_id), ports.SYSTEM)
        else:
            executor.execute(UndoMove(migration_id, instance_id), ports.SYSTEM)
    except NotMoved:
        return 0
    except MovedOn:
        _note(executor, migration_id, instance_id, "kept", KEPT)
    except errors.Refused as refusal:
        left = "blocked" if status == "running" else "kept"
        _note(executor, migration_id, instance_id, left, refusal.message)
    except SQLAlchemyError:
        logger.exception("instance not moved", extra={"instance_id": str(instance_id)})
        return 0
    except Exception:
        # One instance that nobody thought of must not keep all the others from moving.
        logger.exception("instance not moved", extra={"instance_id": str(instance_id)})
        left = "blocked" if status == "running" else "kept"
        _note(executor, migration_id, instance_id, left, FAILED)
    return 1


def _note(
    executor: Executor, migration_id: UUID, instance_id: UUID, status: str, reason: str
) -> None:
    with writing(executor.engine) as connection, connection.begin():
        moving.settle(
            connection,
            migration_id,
            instance_id,
            status=status,
            reason=reason,
            at=executor.clock.now(),
        )


def _finish(executor: Executor, migration_id: UUID, status: str) -> None:
    with writing(executor.engine) as connection, connection.begin():
        moving.finish(connection, migration_id, status, executor.clock.now())
