"""A county of many cases for benchmarks: grown from a demo that the engine ran, once a run."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Final

import sqlalchemy as sa

from bench.databases import tidy
from engine.clock import MovableClock
from engine.store import database
from engine.store.tables import metadata
from tests.support import county as counties
from tests.support.county import BEGIN, County
from workflows import bootstrap
from workflows.demo import cases, grow
from workflows.store.board_tables import tallies

SEEDLINGS: Final = 30  # cases that the engine ran
SEED: Final = 5
ROWS: Final = 1_000  # copied at a time


@contextmanager
def county(url: str, size: int) -> Iterator[County]:
    """Give a county of `size` cases on a migrated, empty database.

    The cases that it grows from are lived through once a run, on SQLite, and copied from there.
    """
    seedlings = _seedlings()
    with TemporaryDirectory(prefix="ehcflow-documents-") as folder:
        _copy(seedlings, url)
        clock = MovableClock(frozen=BEGIN)
        system = bootstrap.build(url, f"file://{folder}", demo=True, clock=clock)
        grow.grow(system, max(size - SEEDLINGS, 0), seed=SEED)
        tidy(system.engine)
        yield County(system)
        system.engine.dispose()


@cache
def _seedlings() -> str:
    """Return the address of a demo that the engine ran; it is kept for the rest of the run."""
    folder = Path(mkdtemp(prefix="ehcflow-seedlings-"))
    url = f"sqlite:///{folder / 'demo.sqlite3'}"
    bootstrap.migrate(url)
    system = counties.settle(url, folder / "documents")
    cases.create(system, count=SEEDLINGS)
    system.engine.dispose()
    return url


def _copy(source: str, target: str) -> None:
    """Copy all rows from one database to another, which numbers its ledger itself."""
    before, after = database.create_engine(source), database.create_engine(target)
    with before.connect() as reading, after.begin() as writing:
        for table in metadata.sorted_tables:
            copied = [each for each in table.c if each is not tallies.c.id]
            rows = reading.execute(sa.select(*copied)).mappings()
            while batch := rows.fetchmany(ROWS):
                writing.execute(table.insert(), [dict(row) for row in batch])
    before.dispose()
    after.dispose()
