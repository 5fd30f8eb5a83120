"""Carry on with retries: one failed step after the other, each in its own unit of work."""

import logging
import time
from typing import Final
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError

from engine import errors, ports
from engine.commands.retry_incident import AlreadyResolved
from engine.unit_of_work import Ended
from workflows.access import people
from workflows.access.people import Person
from workflows.bootstrap import System
from workflows.commands.retry_item import RetryItem
from workflows.commands.settle_retry_item import SettleRetryItem
from workflows.store import retries

logger = logging.getLogger(__name__)

LOOK_EVERY: Final = 1  # seconds: somebody is looking on
BUDGET: Final = 0.9  # seconds of one look: the next comes a second later
BATCH: Final = 50
GONE: Final = (AlreadyResolved, Ended)


def carry_on(system: System, *, seconds: float = BUDGET) -> int:
    """Try again what waits; return how many steps were settled.

    Several workers may do so at once: each item is locked by one. It is done as the person who asked
    for it, so that their authority holds, and history names them.
    """
    settled, until = 0, time.monotonic() + seconds
    with system.read() as connection:
        found = retries.under_way(connection)
    for row in found:
        while time.monotonic() < until:
            with system.read() as connection:
                batch = retries.waiting(connection, row.id, limit=BATCH)
            if not batch:
                break
            done = sum(_settle(system, row.id, each, row.asked_by, until) for each in batch)
            settled += done
            if not done:
                break
    return settled


def _settle(system: System, retry_id: UUID, incident_id: UUID, asked_by: str, until: float) -> int:
    if time.monotonic() >= until:
        return 0
    try:
        system.execute(RetryItem(retry_id, incident_id), _person(system, asked_by))
    except GONE as refusal:
        _note(system, retry_id, incident_id, "gone", refusal.message)
    except errors.Refused as refusal:
        _note(system, retry_id, incident_id, "refused", refusal.message)
    except SQLAlchemyError:
        logger.exception("step not tried again", extra={"incident_id": str(incident_id)})
        return 0
    return 1


def _person(system: System, person_id: str) -> Person:
    with system.read() as connection:
        return people.person(connection, person_id)


def _note(system: System, retry_id: UUID, incident_id: UUID, status: str, message: str) -> None:
    system.execute(SettleRetryItem(retry_id, incident_id, status, message), ports.SYSTEM)
