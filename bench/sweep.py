"""A look for timers when nothing is due, among many and among few; and a thousand due at once."""

import datetime as dt
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Final
from uuid import uuid4

import sqlalchemy as sa

from bench.databases import tidy
from bench.measure import Count, Figure, median
from engine.commands.start_process import StartProcess
from engine.store import database
from engine.store.tables import history, timers
from engine.worker.timers import fire_due
from tests.chaos.load import ROUND
from tests.support.office import ANN, Office, open_office

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
    yield from _drain(office, name, url)
    office.executor.engine.dispose()


def _add(office: Office, number: int) -> None:
    (row,) = office.rows(timers, element_id="event")[:1]
    copy = {**row._mapping, "due_at": row.due_at + FAR}  # noqa: SLF001 (SQLAlchemy's public name)
    with database.writing(office.executor.engine) as connection, connection.begin():
        connection.execute(timers.insert(), [{**copy, "id": uuid4()} for _ in range(number)])
    tidy(office.executor.engine)


def _drain(office: Office, name: str, url: str) -> Iterator[Count]:
    for _ in range(DUE - 1):  # each a case of its own, as in life: workers need not wait
        office.executor.execute(StartProcess("main", uuid4(), {}, new_subject=True), ANN)
    office.pass_time(dt.timedelta(minutes=90))
    workers = [open_office(url) for _ in range(WORKERS)]
    for each in workers:
        each.clock.move_to(office.clock.now())
    begin = time.perf_counter()
    with ThreadPoolExecutor(WORKERS) as pool:
        fired = sum(pool.map(lambda each: fire_due(each.executor), workers))
    took = time.perf_counter() - begin
    for each in workers:
        each.executor.engine.dispose()
    _refuse_other_than_each_once(office, fired)
    yield Count(
        f"{DUE:,} timers due at once, {WORKERS} workers, none twice, {name}",
        round(DUE / took),
        "timers a second",
    )


def _refuse_other_than_each_once(office: Office, fired: int) -> None:
    """Refuse a figure of work that was not done, or done twice: the history knows."""
    kinds = sa.select(history.c.body).where(history.c.kind == "TimerFired")
    with database.reading(office.executor.engine) as connection:
        recorded = [body["timer_id"] for body in connection.execute(kinds).scalars()]
    if not fired == len(recorded) == len(set(recorded)) == DUE:
        raise AssertionError(f"{fired} fired, {len(recorded)} recorded, {len(set(recorded))} apart")
