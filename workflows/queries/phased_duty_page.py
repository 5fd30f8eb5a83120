"""One phased duty: how it stands, what shows it, what was said, and all that was entered."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from workflows.access import people
from workflows.queries.phased_duty_list import DutyFilter, DutyRow, phased_duty_list
from workflows.queries.phased_duty_reminders import Said, phased_duty_reminders
from workflows.registers import load
from workflows.store.register_tables import phased_duty_evidence, phased_duty_history

NEWEST: Final = 100  # entries of the history, and pieces of evidence, on one page


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows that a duty is met. `withdrawn_at` is None while it stands."""

    id: UUID
    text: str
    link: str
    file_name: str
    media_type: str
    location: str
    sha256: str
    added_at: dt.datetime
    added_by: str
    withdrawn_at: dt.datetime | None
    withdrawn_by: str
    withdrawn_reason: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the history."""

    at: dt.datetime
    by: str
    kind: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DutyPage:
    """A duty with everything about it, the newest first."""

    row: DutyRow
    evidence: tuple[Evidence, ...]
    said: tuple[Said, ...]
    history: tuple[Entry, ...]


def phased_duty_page(connection: sa.Connection, code: str, *, today: dt.date) -> DutyPage:
    """Return a duty.

    Raises:
        NoSuchPhasedDuty: there is none of that code now.
    """
    load.current().duty(code, today)
    rows = phased_duty_list(connection, DutyFilter(), today=today)
    row = next(each for each in rows if each.duty.code == code)
    return DutyPage(
        row,
        _evidence(connection, code),
        phased_duty_reminders(connection, duty=code),
        _history(connection, code),
    )


def _evidence(connection: sa.Connection, code: str) -> tuple[Evidence, ...]:
    """Return evidence, what stands before what was withdrawn; stands on ix_phased_duty_evidence_duty."""
    table = phased_duty_evidence
    rows = connection.execute(
        sa.select(*table.c)
        .where(table.c.duty == code)
        .order_by(table.c.withdrawn_at.is_not(None), table.c.added_at.desc(), table.c.id)
        .limit(NEWEST)
    ).all()
    names = people.names(connection, {name for row in rows for name in _people_of(row)})
    return tuple(
        Evidence(
            row.id,
            row.text,
            row.link,
            row.file_name,
            row.media_type,
            row.location,
            row.sha256,
            row.added_at,
            names.get(row.added_by, ""),
            row.withdrawn_at,
            names.get(row.withdrawn_by, ""),
            row.withdrawn_reason,
        )
        for row in rows
    )


def _people_of(row: Any) -> tuple[str, str]:  # noqa: ANN401 (a row)
    return row.added_by, row.withdrawn_by


def _history(connection: sa.Connection, code: str) -> tuple[Entry, ...]:
    """Return the newest entries; stands on the primary key."""
    table = phased_duty_history
    rows = connection.execute(
        sa.select(*table.c)
        .where(table.c.duty == code)
        .order_by(table.c.revision.desc())
        .limit(NEWEST)
    ).all()
    names = people.names(connection, {row.by for row in rows})
    return tuple(Entry(row.at, names.get(row.by, ""), row.kind, row.body) for row in rows)
