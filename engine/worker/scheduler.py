"""The clockwork of a worker: APScheduler ticks, the work is in rows."""

import datetime as dt
import logging
import os
import socket
from collections.abc import Callable, Mapping
from typing import Final

import sqlalchemy as sa
from apscheduler.schedulers.background import BackgroundScheduler

from engine.executor import Executor
from engine.ports import Sender
from engine.store.database import upsert, writing
from engine.store.tables import idempotency, workers
from engine.worker.outbox import send_queued
from engine.worker.timers import fire_due

logger = logging.getLogger(__name__)

SWEEP_EVERY: Final = 5  # seconds
BEAT_EVERY: Final = 30  # seconds
JOBS_EVERY: Final = (
    60  # seconds: what is due by the day is seen soon, also when a demo's clock moves
)
KEYS_KEPT: Final = dt.timedelta(days=7)


class Worker:
    """Fires timers and sends messages until it is stopped."""

    def __init__(
        self,
        executor: Executor,
        senders: Mapping[str, Sender],
        read_clock: Callable[[], object] = lambda: None,
        jobs: Mapping[str, Callable[[], object]] | None = None,
    ) -> None:
        """Prepare; nothing runs yet.

        Args:
            executor: Where timers and messages are.
            senders: Who sends which kind.
            read_clock: Called before each look, so that a clock moved elsewhere is followed.
            jobs: What else to look for; each finds out itself whether there is anything to do.
        """
        self._executor = executor
        self._read_clock = read_clock
        self._senders = senders
        self._jobs = jobs or {}
        self._name = f"{socket.gethostname()}:{os.getpid()}"
        self._scheduler = BackgroundScheduler(timezone="UTC")

    def start(self) -> None:
        """Start ticking in the background."""
        self._every(SWEEP_EVERY, "timers", lambda: fire_due(self._executor))
        self._every(SWEEP_EVERY, "outbox", lambda: send_queued(self._executor, self._senders))
        self._every(BEAT_EVERY, "heartbeat", self.beat)
        for name, job in self._jobs.items():
            self._every(JOBS_EVERY, name, job)
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
