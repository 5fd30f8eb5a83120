"""The clockwork of a worker: APScheduler ticks, the work is in rows."""

import datetime as dt
import logging
import os
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from apscheduler.schedulers.background import BackgroundScheduler

from engine.executor import Executor
from engine.ports import Sender
from engine.store.database import upsert, writing
from engine.store.tables import idempotency, workers
from engine.worker.deliveries import follow_up
from engine.worker.migrations import carry_on
from engine.worker.outbox import send_kind, send_queued
from engine.worker.timers import fire_due

logger = logging.getLogger(__name__)

SWEEP_EVERY: Final = 5  # seconds
MOVE_EVERY: Final = 1  # seconds: somebody is looking on
ASK_EVERY: Final = 30  # seconds
BEAT_EVERY: Final = 30  # seconds
KEYS_KEPT: Final = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Job:
    """What the domain wants done every so many seconds; it finds by itself what is due."""

    name: str
    seconds: int
    run: Callable[[], object]


class Worker:
    """Fires timers and sends messages until it is stopped."""

    def __init__(
        self,
        executor: Executor,
        senders: Mapping[str, Sender],
        read_clock: Callable[[], object] = lambda: None,
        *,
        jobs: Sequence[Job] = (),
        apart: Mapping[str, Sender] | None = None,
    ) -> None:
        """Prepare; nothing runs yet.

        Args:
            executor: Where timers and messages are.
            senders: Who sends which kind.
            read_clock: Called before each look, so that a clock moved elsewhere is followed.
            jobs: What else is done.
            apart: Senders of kinds whose receivers may be slow: each kind has a tick of its own.
        """
        self._executor = executor
        self._read_clock = read_clock
        self._senders = senders
        self._jobs = jobs
        self._apart = apart or {}
        self._name = f"{socket.gethostname()}:{os.getpid()}"
        self._scheduler = BackgroundScheduler(timezone="UTC")

    def start(self) -> None:
        """Start ticking in the background."""
        self._every(SWEEP_EVERY, "timers", lambda: fire_due(self._executor))
        self._every(SWEEP_EVERY, "outbox", self._send_queued)
        for kind, sender in self._apart.items():
            self._every(SWEEP_EVERY, f"outbox of {kind}", self._send_apart(kind, sender))
        self._every(MOVE_EVERY, "migrations", lambda: carry_on(self._executor))
        self._every(ASK_EVERY, "deliveries", lambda: follow_up(self._executor, self._senders))
        for each in self._jobs:
            self._every(each.seconds, each.name, each.run)
        self._every(BEAT_EVERY, "heartbeat", self.beat)
        self._scheduler.start()

    def stop(self) -> None:
        """Stop; the unit of work at hand is finished first."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)

    def beat(self) -> None:
        """Tell that this worker lives, and forget old idempotency keys."""
        now = self._executor.clock.now()
        with writing(self._executor.engine) as connection, connection.begin():
            statement = upsert(workers, connection).values(
                id=self._name, started_at=now, seen_at=now
            )
            connection.execute(
                statement.on_conflict_do_update(index_elements=["id"], set_={"seen_at": now})
            )
            connection.execute(sa.delete(idempotency).where(idempotency.c.at < now - KEYS_KEPT))

    def _send_queued(self) -> None:
        send_queued(self._executor, self._senders, apart=self._apart.keys())

    def _send_apart(self, kind: str, sender: Sender) -> Callable[[], int]:
        return lambda: send_kind(self._executor, kind, sender)

    def _every(self, seconds: int, name: str, job: Callable[[], object]) -> None:
        def look() -> None:
            self._read_clock()
            job()

        self._scheduler.add_job(
            look,
            "interval",
            seconds=seconds,
            id=name,
            coalesce=True,
            max_instances=1,
            next_run_time=dt.datetime.now(dt.UTC),  # noqa: TID251 (APScheduler's own clock)
        )
