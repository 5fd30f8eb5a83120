"""The ledger of counts: what each case counts, what all of them count together, and merging it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine.store.tables import subjects
from workflows.store.board_tables import case_flaws, case_tallies, tallies
from workflows.store.tables import cases

KEYS: Final = (
    tallies.c.measure,
    tallies.c.on,
    tallies.c.process_key,
    tallies.c.duty,
    tallies.c.team_id,
    tallies.c.agency_id,
    tallies.c.area,
    tallies.c.bucket,
)
MERGED_AT_ONCE: Final = 200  # keys in one transaction


def counts_of(connection: sa.Connection, case_id: UUID) -> tuple[int, Mapping[str, int]] | None:
    """Return what a case counts, with the version of the definitions; None where it never did."""
    row = connection.execute(
        sa.select(case_tallies.c.version, case_tallies.c.counts).where(
            case_tallies.c.case_id == case_id
        )
    ).one_or_none()
    return (row.version, row.counts) if row else None


def keep(
    connection: sa.Connection,
    case_id: UUID,
    counts: Mapping[str, int],
    *,
    version: int,
    is_new: bool,
) -> None:
    """Keep what a case counts now."""
    values = {"version": version, "counts": counts}
    if is_new:
        connection.execute(case_tallies.insert(), {"case_id": case_id, **values})
        return
    connection.execute(
        case_tallies.update().where(case_tallies.c.case_id == case_id).values(values)
    )


def add(connection: sa.Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add to the ledger: columns of `KEYS`, and `n`, which may be negative."""
    if rows:
        connection.execute(tallies.insert().inline(), list(rows))


def uncounted(connection: sa.Connection, *, version: int, limit: int) -> tuple[UUID, ...]:
    """Lock and return cases that count nothing yet, or by older definitions.

    Those that a unit of work has locked are left for the next time. Stands on
    ix_case_tallies_version and the primary key of case_tallies.
    """
    older = sa.select(case_tallies.c.case_id).where(case_tallies.c.version < version)
    never = sa.select(cases.c.id).where(~sa.exists().where(case_tallies.c.case_id == cases.c.id))
    found = connection.execute(sa.union_all(older, never).limit(limit)).scalars().all()
    if not found:
        return ()
    locked = connection.execute(
        sa.select(subjects.c.id)
        .where(subjects.c.id.in_(found))
        .order_by(subjects.c.id)
        .with_for_update(skip_locked=True)
    )
    return tuple(locked.scalars())


def count_uncounted(connection: sa.Connection, *, version: int) -> int:
    """Return how many cases count nothing yet, or by older definitions."""
    counted = sa.exists().where(
        case_tallies.c.case_id == cases.c.id, case_tallies.c.version == version
    )
    statement = sa.select(sa.func.count()).select_from(cases).where(~counted)
    return int(connection.execute(statement).scalar_one())


def merge(connection: sa.Connection) -> int:
    """Make one row of those with the same key; return how many rows the ledger has lost.

    Rows are only ever added and taken away whole, and sums stay what they are: readers need not
    wait. Of two workers, each merges the rows that it could lock.
    """
    several = connection.execute(
        sa.select(*KEYS)
        .group_by(*KEYS)
        .having((sa.func.count() > 1) | (sa.func.sum(tallies.c.n) == 0))
        .limit(MERGED_AT_ONCE)
    ).all()
    lost = 0
    for row in several:
        same = [column == value for column, value in zip(KEYS, row, strict=True)]
        held = connection.execute(
            sa.select(tallies.c.id, tallies.c.n)
            .where(*same)
            .order_by(tallies.c.id)
            .with_for_update(skip_locked=True)
        ).all()
        total = sum(each.n for each in held)
        connection.execute(tallies.delete().where(tallies.c.id.in_([each.id for each in held])))
        if total:
            named = {column.name: value for column, value in zip(KEYS, row, strict=True)}
            add(connection, [{**named, "n": total}])
        lost += len(held) - bool(total)
    return lost


def forget_case(
    connection: sa.Connection, case_id: UUID, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Let a case count nothing any more; `rows` take away what it counted."""
    add(connection, rows)
    for table in (case_tallies, case_flaws):
        connection.execute(table.delete().where(table.c.case_id == case_id))


def mark_flaws(
    connection: sa.Connection, case_id: UUID, *, new: Collection[str], gone: Collection[str]
) -> None:
    """Keep what a case lacks."""
    if gone:
        connection.execute(
            case_flaws.delete().where(case_flaws.c.case_id == case_id, case_flaws.c.flaw.in_(gone))
        )
    if new:
        connection.execute(
            case_flaws.insert(), [{"case_id": case_id, "flaw": each} for each in sorted(new)]
        )
