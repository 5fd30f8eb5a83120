"""What the case counts on the board: the difference to what it counted before goes into the ledger."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine import changes as engine_changes
from engine.unit_of_work import Work
from workflows import changes
from workflows.calendar import london
from workflows.context import CaseContext
from workflows.duties import tallying
from workflows.duties.facts import Fact
from workflows.duties.tallying import Count, Counted, Excuse, Limit, Measure, Why
from workflows.rulebook.model import Rulebook
from workflows.store import tallies
from workflows.store.board_tables import case_flaws, case_tallies, tallies as ledger
from workflows.store.digest_tables import reminders
from workflows.store.tables import (
    case_facts,
    cases,
    deadlines,
    delay_reasons,
    lawful_exceptions,
)

BATCH: Final = 200
_DETAILS: Final = {"child_sex": "sex", "year_group": "year_group"}


def project(
    context: CaseContext, work: Work, rows: Sequence[Mapping[str, Any]] | None = None
) -> None:
    """Count the case anew, where something happened that counts.

    Args:
        context: The case.
        work: The unit.
        rows: Its deadlines, where they have just been written.
    """
    case_id = context.case_id
    explained = any(isinstance(each, changes.DelayExplained) for each in work.changes)
    changed = any(map(_changes_what_counts, work.changes))
    if rows is None and not explained and not changed:
        return
    row = context.case  # read before anything was written: no further look at the database
    before = None if row.counted_by is None else (row.counted_by, row.counts)
    if before is None or before[0] != tallying.VERSION or rows is None or changed:
        case = _gather(work.connection, [case_id])[case_id]
    else:
        case = _known(context, work, rows, before[1], explained=explained)
    after = _texts(tallying.tally(case, context.rulebook))
    if before != (tallying.VERSION, after):
        _settle(work.connection, case_id, before, after)


def _changes_what_counts(change: engine_changes.Change) -> bool:
    """Tell whether a change touches what is counted, beside dates and reasons."""
    if isinstance(change, changes.ReminderSent):
        return change.how == "chase"
    return isinstance(change, changes.DetailsCorrected | engine_changes.SubjectErased)


def catch_up(connection: sa.Connection, rulebook: Rulebook, *, limit: int = BATCH) -> int:
    """Count cases that count nothing yet, or by older definitions; return how many."""
    found = tallies.uncounted(connection, version=tallying.VERSION, limit=limit)
    for case_id, case in _gather(connection, found).items():
        before = tallies.counts_of(connection, case_id)
        if before is None or before[0] != tallying.VERSION:
            _settle(connection, case_id, before, _texts(tallying.tally(case, rulebook)))
    return len(found)


def forget(connection: sa.Connection, case_id: UUID) -> None:
    """Let a case that is destroyed count nothing any more."""
    before = tallies.counts_of(connection, case_id)
    if before is not None:
        tallies.forget_case(connection, case_id, _rows(before[1], {}))


def disagreements(connection: sa.Connection, rulebook: Rulebook) -> Iterator[str]:
    """Yield where the board does not agree with facts, deadlines, exceptions, reasons and reminders.

    1. Every case is counted, by the definitions of today.
    2. What each counts is what its rows say.
    3. The ledger has the sum of them all.
    """
    missing = tallies.count_uncounted(connection, version=tallying.VERSION)
    if missing:
        yield f"The board: {missing} cases are not counted yet; a worker or `ehcflow init` does so."
    total: Counter[str] = Counter()
    for kept in _batches(connection):
        for _, counts in kept.values():
            total.update(counts)
        yield from _wrong(connection, kept, rulebook)
    for key, told in sorted(_ledger(connection).items()):
        if told != total.pop(key, 0):
            yield f"The board: the ledger does not have the sum of all cases for {key}."
    for key in sorted(+total):
        yield f"The board: the ledger lacks {key}."


def _wrong(
    connection: sa.Connection,
    kept: Mapping[UUID, tuple[int, Mapping[str, int]]],
    rulebook: Rulebook,
) -> Iterator[str]:
    """Yield the cases that do not count what their rows say."""
    raw, marked = _gather(connection, list(kept)), _marked(connection, list(kept))
    for case_id, (version, counts) in kept.items():
        if version != tallying.VERSION:
            continue
        true = _texts(tallying.tally(raw[case_id], rulebook))
        if _flaws(counts) != marked[case_id]:
            yield f"The board: what case {case_id} lacks is not marked as it counts."
        for key in sorted(key for key in {*true, *counts} if true.get(key) != counts.get(key)):
            told, is_so = counts.get(key, 0), true.get(key, 0)
            yield f"The board: case {case_id} counts {told} for {key}, and should {is_so}."


def _known(
    context: CaseContext,
    work: Work,
    rows: Sequence[Mapping[str, Any]],
    before: Mapping[str, int],
    *,
    explained: bool,
) -> Counted:
    """Return the case from what this unit has in memory; read only what there is besides."""
    old = [(tallying.parse(text), n) for text, n in before.items()]
    some = {count.measure for count, _ in old}
    where = [context.case_id]
    reasons = _reasons(work.connection, where) if explained or Measure.REASON in some else {}
    excuses = _excuses(work.connection, where) if context.exceptions else {}
    chasers = [
        (count.bucket, count.on)
        for count, n in old
        if count.measure == Measure.CHASED
        for _ in range(n)
    ]
    return Counted(
        context.case.process_key,
        context.case.area,
        london.local_date(context.case.opened_at),
        _has(context.case),
        context.facts,
        [_limit(row) for row in rows],
        excuses.get(context.case_id, ()),
        reasons.get(context.case_id, ()),
        chasers,
    )


def _gather(connection: sa.Connection, case_ids: Sequence[UUID]) -> dict[UUID, Counted]:
    """Read cases with all that they count for."""
    facts: dict[UUID, list[Fact]] = defaultdict(list)
    limits: dict[UUID, list[Limit]] = defaultdict(list)
    for row in connection.execute(
        sa.select(
            case_facts.c.case_id,
            case_facts.c.code,
            case_facts.c.on,
            case_facts.c.qualifier,
            case_facts.c.outcome,
        ).where(case_facts.c.case_id.in_(case_ids), case_facts.c.current)
    ):
        facts[row.case_id].append(Fact(*row[1:]))
    statement = sa.select(*deadlines.c).where(deadlines.c.case_id.in_(case_ids))
    for known in connection.execute(statement).mappings():
        limits[known["case_id"]].append(_limit(known))
    excuses, reasons = _excuses(connection, case_ids), _reasons(connection, case_ids)
    chasers = _chasers(connection, case_ids)
    found = connection.execute(sa.select(*cases.c).where(cases.c.id.in_(case_ids)))
    return {
        row.id: Counted(
            row.process_key,
            row.area,
            london.local_date(row.opened_at),
            _has(row),
            facts[row.id],
            limits[row.id],
            excuses.get(row.id, ()),
            reasons.get(row.id, ()),
            chasers.get(row.id, ()),
        )
        for row in found
    }


def _limit(row: Mapping[Any, Any]) -> Limit:
    return Limit(*(row[name] for name in Limit._fields))


def _has(case: Any) -> frozenset[str]:  # noqa: ANN401 (a row)
    named = {name for key, name in _DETAILS.items() if case.details.get(key)}
    return frozenset(
        named | ({"setting"} if case.setting_id else set()) | ({"area"} if case.area else set())
    )


def _excuses(connection: sa.Connection, case_ids: Sequence[UUID]) -> dict[UUID, list[Excuse]]:
    """Return exceptions by case; stands on ix_lawful_exceptions_case_id."""
    table, found = lawful_exceptions, defaultdict(list)
    for row in connection.execute(sa.select(*table.c).where(table.c.case_id.in_(case_ids))):
        told, on = row.told_family_on is not None, london.local_date(row.recorded_at)
        found[row.case_id].append(Excuse(row.duty, row.qualifier, row.ground, told, on))
    return found


def _reasons(connection: sa.Connection, case_ids: Sequence[UUID]) -> dict[UUID, list[Why]]:
    """Return reasons for delay by case; stands on the primary key."""
    table, found = delay_reasons, defaultdict(list)
    for row in connection.execute(sa.select(*table.c).where(table.c.case_id.in_(case_ids))):
        on = london.local_date(row.given_at)
        found[row.case_id].append(Why(row.duty, row.qualifier, row.reason, on))
    return found


def _chasers(
    connection: sa.Connection, case_ids: Sequence[UUID]
) -> dict[UUID, list[tuple[str, dt.date]]]:
    """Return chasers by case; stands on ix_reminders_case_id."""
    found = defaultdict(list)
    statement = sa.select(reminders.c.case_id, reminders.c.recipient, reminders.c.at).where(
        reminders.c.case_id.in_(case_ids), reminders.c.how == "chase"
    )
    for row in connection.execute(statement):
        found[row.case_id].append((row.recipient, london.local_date(row.at)))
    return found


def _settle(
    connection: sa.Connection,
    case_id: UUID,
    before: tuple[int, Mapping[str, int]] | None,
    after: Mapping[str, int],
) -> None:
    """Add the difference to the ledger, and keep what the case counts now."""
    counted = before[1] if before else {}
    tallies.add(connection, _rows(counted, after))
    flaws, known = _flaws(after), _flaws(counted)
    tallies.mark_flaws(connection, case_id, new=flaws - known, gone=known - flaws)
    tallies.keep(connection, case_id, after, version=tallying.VERSION, is_new=before is None)


def _flaws(counts: Mapping[str, int]) -> frozenset[str]:
    own = (tallying.parse(key) for key in counts if key.startswith(Measure.QUALITY))
    return frozenset(each.bucket for each in own)


def _rows(before: Mapping[str, int], after: Mapping[str, int]) -> list[dict[str, Any]]:
    return [
        {**tallying.parse(key)._asdict(), "n": difference}
        for key in {**before, **after}
        if (difference := after.get(key, 0) - before.get(key, 0))
    ]


def _texts(counts: Counter[Count]) -> dict[str, int]:
    return {tallying.key(each): n for each, n in counts.items()}


def _batches(
    connection: sa.Connection,
) -> Iterable[dict[UUID, tuple[int, Mapping[str, int]]]]:
    """Yield what the cases count, some hundred at a time, in the order of their identifiers."""
    last: UUID | None = None
    while True:
        statement = sa.select(*case_tallies.c).order_by(case_tallies.c.case_id).limit(BATCH)
        if last is not None:
            statement = statement.where(case_tallies.c.case_id > last)
        rows = connection.execute(statement).all()
        if not rows:
            return
        yield {row.case_id: (row.version, row.counts) for row in rows}
        last = rows[-1].case_id


def _marked(connection: sa.Connection, case_ids: Sequence[UUID]) -> Mapping[UUID, frozenset[str]]:
    found: dict[UUID, set[str]] = {each: set() for each in case_ids}
    for row in connection.execute(
        sa.select(case_flaws.c.case_id, case_flaws.c.flaw).where(case_flaws.c.case_id.in_(case_ids))
    ):
        found[row.case_id].add(row.flaw)
    return {case_id: frozenset(flaws) for case_id, flaws in found.items()}


def _ledger(connection: sa.Connection) -> dict[str, int]:
    rows = connection.execute(
        sa.select(*tallies.KEYS, sa.func.sum(ledger.c.n).label("n")).group_by(*tallies.KEYS)
    )
    return {tallying.key(Count(*row[:-1])): int(row.n) for row in rows if row.n}
