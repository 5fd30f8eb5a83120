"""Prove that the projections agree with the engine's state, and that no history was changed."""

import itertools
from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine.changes import ElementCompleted, SubjectErased
from engine.definitions.cache import Bundles
from engine.executor import Executor
from engine.ports import ServiceCall, ServiceResult
from engine.queries import history
from engine.runtime import waits
from engine.runtime.run import Run, Stored
from engine.store import erasing
from engine.store.database import reading
from engine.store.tables import incidents, instances, message_waits, subjects, tasks, timers
from engine.unit_of_work import FIRST_HASH, chained

BATCH: Final = 200


def examine(executor: Executor) -> Iterator[str]:
    """Yield every disagreement, as a sentence; nothing when all is well."""
    with reading(executor.engine) as connection:
        for row in _running(connection):
            yield from _compare(connection, row, executor)
        yield from _orphans(connection)
        yield from _broken_chains(connection)


def _running(connection: sa.Connection) -> Iterator[Any]:
    last: UUID | None = None
    while True:
        statement = sa.select(*instances.c).where(instances.c.status.in_(["active", "suspended"]))
        if last is not None:
            statement = statement.where(instances.c.id > last)
        rows = connection.execute(statement.order_by(instances.c.id).limit(BATCH)).all()
        if not rows:
            return
        yield from rows
        last = rows[-1].id


def _compare(connection: sa.Connection, row: Any, executor: Executor) -> Iterator[str]:  # noqa: ANN401
    run = _load(row, executor.bundles, executor)
    found = run.waiting
    for name, table, status, expected in (
        ("task", tasks, "open", set(found.tasks)),
        ("timer", timers, "waiting", set(found.timers)),
        ("message wait", message_waits, None, set(found.messages)),
    ):
        statement = sa.select(table.c.id).where(table.c.instance_id == row.id)
        if status:
            statement = statement.where(table.c.status.in_([status, "suspended"]))
        stored = set(connection.execute(statement).scalars())
        for identifier in expected - stored:
            yield f"Instance {row.id}: its state waits for {name} {identifier}, which has no row."
        for identifier in stored - expected:
            yield f"Instance {row.id}: {name} {identifier} has a row, but its state does not wait."
    yield from _dates(connection, row, found)
    yield from _marking(row, run)


def _dates(connection: sa.Connection, row: Any, found: waits.Waits) -> Iterator[str]:  # noqa: ANN401
    stored = connection.execute(
        sa.select(timers.c.id, timers.c.due_at).where(
            timers.c.instance_id == row.id, timers.c.status.in_(["waiting", "suspended"])
        )
    )
    for timer in stored:
        wait = found.timers.get(timer.id)
        if wait is not None and waits.due_of(wait) != timer.due_at:
            yield f"Instance {row.id}: timer {timer.id} is due at another time in its row."


def _marking(row: Any, run: Run) -> Iterator[str]:  # noqa: ANN401
    if run.marking != row.marking:
        yield f"Instance {row.id}: the elements shown as active are not those of its state."


def _orphans(connection: sa.Connection) -> Iterator[str]:
    for name, table, open_rows in (
        ("task", tasks, tasks.c.status == "open"),
        ("timer", timers, timers.c.status == "waiting"),
        ("message wait", message_waits, sa.true()),
        ("incident", incidents, incidents.c.resolved_at.is_(None)),
    ):
        statement = (
            sa.select(table.c.id)
            .join(instances, instances.c.id == table.c.instance_id)
            .where(open_rows, instances.c.status.in_(["completed", "cancelled"]))
            .order_by(table.c.id)
        )
        for identifier in connection.execute(statement).scalars():
            yield f"The {name} {identifier} is open, but its instance has ended."


def _broken_chains(connection: sa.Connection) -> Iterator[str]:
    heads = {
        row.id: (row.history_seq, row.history_hash)
        for row in connection.execute(sa.select(*subjects.c))
    }
    for subject_id, entries in itertools.groupby(
        history.chains(connection), key=lambda each: each.subject_id
    ):
        chain = _Chain(subject_id)
        for entry in entries:
            yield from chain.problems(entry)
        if (chain.seq, chain.last) != heads.pop(subject_id, None):
            yield f"History of {subject_id}: its end is not where it should be."
        yield from chain.unproved()
    for subject_id, head in heads.items():
        if head != (0, FIRST_HASH):
            yield f"History of {subject_id}: its end is not where it should be."


class _Chain:
    """The history of one subject, entry by entry. What was erased must have its proof after it."""

    def __init__(self, subject_id: UUID) -> None:
        self._subject = subject_id
        self.seq, self.last = 0, FIRST_HASH
        self._digest = erasing.Digest()
        self._erased = False

    def problems(self, entry: Any) -> Iterator[str]:  # noqa: ANN401
        """Yield what is wrong with the next entry."""
        if entry.seq != self.seq + 1:
            yield f"History of {self._subject}: entry {self.seq + 1} is missing."
        elif entry.body == erasing.ERASED:
            self._erased = True
        elif chained(self.last, dict(entry._mapping)) != entry.hash:  # noqa: SLF001 (SQLAlchemy's public name)
            yield f"History of {self._subject}: entry {entry.seq} was changed."
        if entry.kind == SubjectErased.__name__:
            if entry.body.get("digest") != str(self._digest):
                yield f"History of {self._subject}: what was erased is not as it was left."
            self._erased = False
        self._digest.add(entry)
        self.seq, self.last = entry.seq, entry.hash

    def unproved(self) -> Iterator[str]:
        """Yield that something was erased without an entry that says so."""
        if self._erased:
            yield f"History of {self._subject}: entries were erased, and nothing says so."


def _load(row: Any, bundles: Bundles, executor: Executor) -> Run:  # noqa: ANN401
    stored = Stored(
        row.id,
        row.subject_id,
        row.state,
        row.state_version,
        row.variables,
        {key: entry["done"] for key, entry in row.marking.items()},
    )
    return Run.load(bundles.get(row.bundle_id), stored, executor.clock.now(), _Onlooker())


class _Onlooker:
    """A context for looking only: nothing runs."""

    def functions(self) -> dict[str, Any]:
        """Offer none."""
        return {}

    def element_completed(self, change: ElementCompleted) -> tuple[()]:
        """Nothing completes."""
        raise AssertionError(change)

    def call(self, call: ServiceCall) -> ServiceResult:
        """Nothing is called."""
        raise AssertionError(call)

    def dates_moved(self) -> bool:
        """Nothing moves."""
        return False
