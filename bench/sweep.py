"""A look for timers when nothing is due, among many and among few; and a thousand due at once."""

import datetime as dt
import threading
import time
from collections.abc import Iterator
from typing import Final
from uuid import uuid4

import sqlalchemy as sa

from bench.measure import Count, Figure, median
from engine.store import database
from engine.store.tables import history, timers
from engine.worker.timers import fire_due
from tests.chaos.load import ROUND
from tests.support.office import Office, open_office

FEW: Final = 100
MANY: Final = 100_000
DUE: Final = 1_000
WORKERS: Final = 2
ROUNDS: Final = 200
MOST: Final = 1.5
FAR: Final = dt.timedelta(days=3650)


def run(name: str, url: str) -> Iterator[Figure | Count]:
    """Measure a sweep among few and many, then drain what is due with two workers."""
    office = open_office(url)
    office.publish(ROUND)
    office.start()
    _add(office, FEW - 1)
    few = median(lambda: fire_due(office.executor), ROUNDS)
    _add(office, MANY - FEW)
    many = median(lambda: fire_due(office.executor), ROUNDS)
    yield Figure(f"sweep with nothing due, {MANY:,} timers against {FEW}, {name}", many, few, MOST)
    yield from _drain(office, name)
    office.executor.engine.dispose()


def _add(office: Office, number: int) -> None:
    (row,) = office.rows(timers, element_id="event")[:1]
    copy = {**row._mapping, "due_at": row.due_at + FAR}  # noqa: SLF001 (SQLAlchemy's public name)
    with database.writing(office.executor.engine) as connection, connection.begin():
        connection.execute(timers.insert(), [{**copy, "id": uuid4()} for _ in range(number)])
    with office.executor.engine.connect().execution_options(
        isolation_level="AUTOCOMMIT"
    ) as connection:
        connection.execute(sa.text("ANALYZE"))


def _drain(office: Office, name: str) -> Iterator[Count]:
    for _ in range(DUE - 1):
        office.start()
    office.pass_time(dt.timedelta(minutes=90))
    fired = [0] * WORKERS

    def work(position: int) -> None:
        fired[position] = fire_due(office.executor)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(WORKERS)]
    begin = time.perf_counter()
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    took = time.perf_counter() - begin
    kinds = sa.select(history.c.body).where(history.c.kind == "TimerFired")
    with database.reading(office.executor.engine) as connection:
        recorded = [body["timer_id"] for body in connection.execute(kinds).scalars()]
    twice = len(recorded) - len(set(recorded))
    yield Count(f"due at once and fired by {WORKERS} workers, {name}", sum(fired), f"of {DUE}")
    yield Count(f"of these fired twice, {name}", twice, "", 0)
    yield Count(f"fired in a second, {name}", round(DUE / took), "")
