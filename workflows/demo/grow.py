"""Make a county of a demo: its cases many times over, loaded in bulk."""

import datetime as dt
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from engine.store import database
from engine.store.tables import incidents
from workflows.bootstrap import System, keep_tallies
from workflows.calendar import london
from workflows.calendar.working_days import WorkingCalendar
from workflows.demo import details
from workflows.demo.clock import NotADemo
from workflows.demo.growing import children, dates, mix
from workflows.demo.growing.mix import Mix
from workflows.demo.growing.pattern import Pattern
from workflows.demo.growing.shifts import Shifts
from workflows.demo.growing.tables import TABLES
from workflows.forecast import job as forecast_job
from workflows.store import search
from workflows.store.tables import (
    case_trigrams,
    cases,
    closures,
    deadlines,
    people,
    reference_numbers,
)

BATCH: Final = 100  # cases in one transaction
OF_A_SORT: Final = 15  # cases that are copied, of each sort
TRIES: Final = 20
Tell = Callable[[int, int], None]
# What other tables hold that follows from cases and can be computed: called at the end, in order.
BACKFILLS: Final[tuple[Callable[[System], object], ...]] = (
    details.tell_copies_apart,
    keep_tallies,
    forecast_job.begin_anew,
)


class NothingToGrowFrom(errors.Invalid):
    """There are no cases to copy. Make a demo first: ehcflow init --demo."""


@dataclass(frozen=True, slots=True)
class _Source:
    """A case that is copied."""

    pattern: Pattern
    born: dt.date
    opened: dt.datetime


@dataclass(slots=True)
class _Growth:
    """What is carried from copy to copy."""

    sources: Mapping[str, Sequence[_Source]]
    weights: Mapping[str, float]
    chance: random.Random
    number: int  # of the last copy, in this database
    references: dict[int, int]
    horizon: dt.date
    made: dict[sa.Table, list[tuple[Any, ...]]] = field(default_factory=dict)


def grow(
    system: System, count: int, *, seed: int, tell: Tell | None = None, shares: Mix | None = None
) -> None:
    """Add cases to a demo, each a copy of one of its own under other identifiers, names and dates.

    The engine's state, its rows and the history of each copy agree, so that `ehcflow doctor`
    accepts them. No timer falls due by growing. Nothing is sent.

    Args:
        system: A demo that has cases.
        count: How many to add.
        seed: The same again adds, to the same demo, the same mix of cases.
        tell: Called with cases done and cases in all, to show progress.
        shares: Of what cases; by default as the statistics have it.

    Raises:
        NotADemo: this is a real installation.
        NothingToGrowFrom: there are no cases.
    """
    if not system.demo:
        raise NotADemo
    with system.read() as connection:
        wanted = shares or mix.usual(connection)
        growth = _begin(connection, system, wanted, seed)
    done = 0
    while done < count:
        size = min(BATCH, count - done)
        for _ in range(size):
            _add_copy(growth)
        _load(system.engine, growth)
        done += size
        if tell:
            tell(done, count)
    database.analyse(system.engine)
    for backfill in BACKFILLS:
        backfill(system)


def _begin(connection: sa.Connection, system: System, wanted: Mix, seed: int) -> _Growth:
    now = system.now()
    sources = _sources(connection, system, now)
    if not sources:
        raise NothingToGrowFrom
    known = connection.execute(sa.select(sa.func.count()).select_from(cases)).scalar_one()
    numbers = connection.execute(sa.select(reference_numbers.c.year, reference_numbers.c.last))
    return _Growth(
        sources,
        {sort: share for sort, share in wanted.weights().items() if sort in sources},
        random.Random(f"{seed} {known}"),  # noqa: S311 (the same county every time)
        known,
        {row.year: row.last for row in numbers},
        london.local_date(now) + dates.HORIZON,
    )


def _sources(
    connection: sa.Connection, system: System, now: dt.datetime
) -> dict[str, list[_Source]]:
    """Return the cases to copy, by sort: some of each, whose processes have not failed."""
    kept = frozenset(connection.execute(sa.select(people.c.id)).scalars())
    calendar = WorkingCalendar(frozenset(connection.execute(sa.select(closures.c.day)).scalars()))
    chosen: dict[str, list[_Source]] = {}
    for sort, case in _sorted_cases(connection):
        if len(chosen.setdefault(sort, [])) == OF_A_SORT:
            continue
        rows = {each.table: each.rows(connection, case.id) for each in TABLES}
        shifts = Shifts(rows, system.domain.rulebook, calendar, now)
        pattern = Pattern.cut(case.id, rows, shifts, kept, london.local_date(now))
        chosen[sort].append(_Source(pattern, case.child_date_of_birth, case.opened_at))
    return {sort: found for sort, found in chosen.items() if found}


def _sorted_cases(connection: sa.Connection) -> Iterator[tuple[str, Any]]:
    failed = sa.select(incidents.c.subject_id).where(incidents.c.resolved_at.is_(None))
    final = deadlines.alias()
    rows = connection.execute(
        sa.select(
            cases.c.id,
            cases.c.process_key,
            cases.c.status,
            cases.c.outcome,
            cases.c.child_date_of_birth,
            cases.c.opened_at,
            final.c.state,
        )
        .outerjoin(
            final,
            sa.and_(final.c.case_id == cases.c.id, final.c.duty == "assessment.final_plan"),
        )
        .where(cases.c.id.not_in(failed))
        .order_by(cases.c.reference, final.c.qualifier)
    ).all()
    seen: set[UUID] = set()
    for row in rows:
        if row.id not in seen:
            seen.add(row.id)
            yield mix.sort_of(row, row.state), row


def _add_copy(growth: _Growth) -> None:
    chance = growth.chance
    (sort,) = chance.choices(list(growth.weights), list(growth.weights.values()))
    source = chance.choice(growth.sources[sort])
    days = _shift(source.pattern.shifts, chance)
    opened = dates.moved_moment(source.opened, days, growth.horizon)
    growth.number += 1
    year = opened.year
    growth.references[year] = growth.references.get(year, 0) + 1
    reference = f"EHC-{year}-{growth.references[year]:05d}"
    child = children.child(growth.number, source.born + dt.timedelta(days=days), chance)
    made = source.pattern.copy(days, child, reference, chance)
    for table, rows in made.items():
        growth.made.setdefault(table, []).extend(rows)
    case_id = made[cases][0][0]
    pieces = search.trigrams(f"{child.first_name} {child.last_name} {reference}")
    growth.made.setdefault(case_trigrams, []).extend((piece, case_id) for piece in sorted(pieces))


def _shift(shifts: Shifts, chance: random.Random) -> int:
    """Return a lawful move; none at all where chance finds no other."""
    for _ in range(TRIES):
        days: int = chance.choice(shifts.choices)
        if shifts.is_lawful(days):
            return days
    return 0


def _load(engine: sa.Engine, growth: _Growth) -> None:
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        for table in (*(each.table for each in TABLES), case_trigrams):
            database.insert_many(connection, table, growth.made.pop(table, []))
        for year, last in growth.references.items():
            statement = database.upsert(reference_numbers, connection).values(year=year, last=last)
            connection.execute(
                statement.on_conflict_do_update(index_elements=["year"], set_={"last": last})
            )
