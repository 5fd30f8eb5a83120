"""Who wants to be told of what: kept for some seconds, so that a step without webhooks asks nothing."""

import threading
import time
from collections.abc import Sequence
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from engine.changes import Change
from engine.store import database
from engine.unit_of_work import Work
from workflows.store import webhooks
from workflows.store.webhooks import Event, Subscription
from workflows.webhooks import events

REREAD_AFTER: Final = 5.0  # seconds until a webhook made by another process is noticed


class Subscriptions:
    """The webhooks that are on."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._kept: tuple[Subscription, ...] = ()
        self._read_at: float | None = None
        self._lock = threading.Lock()

    def queue(self, recorded: Sequence[Change], case_id: UUID, work: Work) -> None:
        """Queue what webhooks are told of the changes of a case, in the same unit of work."""
        wanted = self._live(work.connection)
        if not wanted:
            return
        agencies: frozenset[str] | None = None
        told = []
        for change in recorded:
            name = events.name_of(change)
            for each in wanted:
                if name not in each.events:
                    continue
                if each.agency_id:
                    agencies = agencies or webhooks.agencies_on(work.connection, case_id)
                    if each.agency_id not in agencies:
                        continue
                told.append((each.id, Event(name, events.data_of(change, case_id))))
        webhooks.queue(work.connection, case_id, told, work.now)

    def forget(self) -> None:
        """Read them again at the next use."""
        with self._lock:
            self._read_at = None

    def refresh(self, engine: sa.Engine) -> None:
        """Notice what other processes have changed; called between units of work, not within one."""
        if self._read_at is None or time.monotonic() - self._read_at > REREAD_AFTER:
            with database.reading(engine) as connection:
                self._keep(webhooks.subscriptions(connection))

    def _live(self, connection: sa.Connection) -> tuple[Subscription, ...]:
        if self._read_at is None:
            self._keep(webhooks.subscriptions(connection))
        return self._kept

    def _keep(self, found: tuple[Subscription, ...]) -> None:
        with self._lock:
            self._kept, self._read_at = found, time.monotonic()
