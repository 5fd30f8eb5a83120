"""Bring the return of a year up to date: look at every case that was touched, then across cases."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from engine import ports
from workflows.bootstrap import System
from workflows.commands.keep_return_records import KeepReturnRecords
from workflows.commands.settle_return_persons import SettleReturnPersons
from workflows.returns import census as years, examine, formats, gather, model, version
from workflows.returns.census import Census
from workflows.returns.examine import Examined
from workflows.returns.fields import Format
from workflows.store import returns
from workflows.store.returns import ProblemRow, RecordRow

BATCH: Final = 200  # cases looked at before they are written
Progress = Callable[[int], None]


def bring_up_to_date(
    system: System,
    year: int,
    *,
    run_id: UUID | None = None,
    before: dt.datetime | None = None,
    share: float = 1.0,
) -> int:
    """Look at the cases of a year that are stale, a batch at a time; return how many.

    What is looked at is computed outside the unit of work, so that nobody waits for it. A case that
    is touched meanwhile is stale again, for its history is longer than what was noted.

    Args:
        system: Where.
        year: Of the return; one that is frozen stays as it is.
        run_id: The work that this is part of.
        before: Cases that were looked at before this moment are looked at again.
        share: Which part of the whole work this is, for the progress.
    """
    chosen = years.of(year)
    with system.read() as connection:
        if returns.is_frozen(connection, year):
            return 0
        whole = max(returns.count_cases(connection), 1)
    after: UUID | None = None
    looked_at = 0
    while True:
        with system.read() as connection:
            identifiers = returns.stale(
                connection, year, version.current(), before=before, after=after, limit=BATCH
            )
            rows = _rows(connection, identifiers, chosen)
        if not identifiers:
            break
        after = identifiers[-1]
        looked_at += len(identifiers)
        progress = share * min(looked_at / whole, 0.95)
        system.execute(
            KeepReturnRecords(year, version.current(), rows, run_id, progress), ports.SYSTEM
        )
    system.execute(SettleReturnPersons(year), ports.SYSTEM)
    return looked_at


def _rows(
    connection: sa.Connection, case_ids: Sequence[UUID], census: Census
) -> tuple[RecordRow, ...]:
    submitted = returns.submitted(connection, census.year - 1, case_ids)
    last = submitted or {}
    return tuple(
        _row(
            examine.examine(
                each,
                census,
                model.load(last[each.case_id]) if each.case_id in last else None,
                first=submitted is None,
            )
        )
        for each in gather.materials(connection, case_ids)
    )


def _row(examined: Examined) -> RecordRow:
    material, record = examined.material, examined.record
    return RecordRow(
        case_id=material.case_id,
        seq=material.seq,
        person=(
            examined.identity,
            _valid(record, "UPN", Format.UPN),
            _valid(record, "UniqueLearnerNumber", Format.ULN),
        ),
        team_id=material.team_id,
        area=material.area,
        opened_at=material.opened_at,
        record=model.dump(record) if record else None,
        measures=examined.measures,
        problems=tuple(
            ProblemRow(
                each.rule, each.severity, each.module, each.element, each.value, each.source[:80]
            )
            for each in examined.problems
        ),
    )


def _valid(record: model.Module | None, element: str, format_: Format) -> str:
    text = record.text(element) if record else ""
    return text if text and formats.FITS[format_](text) else ""
