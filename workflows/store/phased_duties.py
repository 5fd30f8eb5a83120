"""The rows of the register of phased duties: each is locked, changed and entered in its history."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from engine.store.database import upsert
from workflows.store.entered import Entered
from workflows.store.register_tables import (
    phased_duties,
    phased_duty_evidence,
    phased_duty_history,
    phased_duty_reminders,
)

FIRST_STATE: Final = "not_started"


class ChangedMeanwhile(errors.Conflict):
    """A colleague has changed this duty meanwhile. Look at it as it stands now, and try again."""


def lock(
    connection: sa.Connection, duty: str, *, now: dt.datetime, by: str, seen: int | None = None
) -> Any:  # noqa: ANN401 (a row)
    """Lock and return the row of a duty; the first one to enter something makes it.

    Args:
        connection: The transaction.
        duty: Code of the duty.
        now: When, if the row is made.
        by: Who, if the row is made.
        seen: The revision that the person looked at, None where that does not matter.

    Raises:
        ChangedMeanwhile: a colleague was quicker.
    """
    first = upsert(phased_duties, connection).values(
        duty=duty,
        owner="",
        state=FIRST_STATE,
        earlier_reason="",
        revision=0,
        changed_at=now,
        changed_by=by,
    )
    connection.execute(first.on_conflict_do_nothing(index_elements=["duty"]))
    row = connection.execute(
        sa.select(*phased_duties.c).where(phased_duties.c.duty == duty).with_for_update()
    ).one()
    if seen is not None and row.revision != seen:
        raise ChangedMeanwhile
    return row


def enter(
    connection: sa.Connection,
    row: Any,  # noqa: ANN401 (a row)
    entered: Entered,
    changed: Mapping[str, object] | None = None,
) -> None:
    """Change a row that is locked, and enter in its history who did what."""
    connection.execute(
        phased_duties.update()
        .where(phased_duties.c.duty == row.duty)
        .values(
            **(changed or {}),
            revision=row.revision + 1,
            changed_at=entered.at,
            changed_by=entered.by,
        )
    )
    connection.execute(
        phased_duty_history.insert(), {"duty": row.duty, **entered.row(row.revision + 1)}
    )


_NO_FILE: Final[Mapping[str, Any]] = {
    "file_name": "", "media_type": "", "size": 0, "sha256": "", "location": "",
}  # fmt: skip


def add_evidence(
    connection: sa.Connection,
    row: Any,  # noqa: ANN401 (a row)
    entered: tuple[dt.datetime, str],
    given: Mapping[str, Any],
) -> None:
    """Enter a piece of evidence of a duty whose row is locked, and that it was added.

    Args:
        connection: The transaction.
        row: Of the duty.
        entered: When, and by whom.
        given: Its `id`, `text` and `link`, and the columns of its file where there is one.
    """
    at, by = entered
    values = {**_NO_FILE, **given, "duty": row.duty}
    told = {"added_at": at, "added_by": by, "withdrawn_by": "", "withdrawn_reason": ""}
    connection.execute(phased_duty_evidence.insert(), {**values, **told})
    body = {
        "text": values["text"],
        "link": values["link"],
        "file": values["file_name"],
        "sha256": values["sha256"],
    }
    enter(connection, row, Entered(at, by, "evidence_added", body))


def evidence(connection: sa.Connection, duty: str, evidence_id: UUID) -> Any:  # noqa: ANN401 (a row)
    """Return a piece of evidence of a duty.

    Raises:
        errors.NotFound: there is none.
    """
    table = phased_duty_evidence
    row = connection.execute(
        sa.select(*table.c).where(table.c.id == evidence_id, table.c.duty == duty)
    ).one_or_none()
    if row is None:
        raise errors.NotFound("There is no such evidence.")
    return row


def withdraw_evidence(
    connection: sa.Connection, evidence_id: UUID, *, now: dt.datetime, by: str, reason: str
) -> None:
    """Mark evidence as no longer standing; it is kept."""
    table = phased_duty_evidence
    connection.execute(
        table.update()
        .where(table.c.id == evidence_id)
        .values(withdrawn_at=now, withdrawn_by=by, withdrawn_reason=reason)
    )


def standing(connection: sa.Connection) -> dict[str, Any]:
    """Return the row of each duty that somebody has entered something for."""
    return {row.duty: row for row in connection.execute(sa.select(*phased_duties.c))}


def said(connection: sa.Connection) -> frozenset[tuple[str, str, dt.date]]:
    """Return duty, kind and day of each review that something was said about."""
    table = phased_duty_reminders
    rows = connection.execute(sa.select(table.c.duty, table.c.kind, table.c.review_on))
    return frozenset((row.duty, row.kind, row.review_on) for row in rows)


def say_once(connection: sa.Connection, reminder: Mapping[str, object]) -> None:
    """Put a reminder or an escalation on record, unless it is already."""
    statement = upsert(phased_duty_reminders, connection).values(**reminder)
    connection.execute(
        statement.on_conflict_do_nothing(index_elements=["duty", "kind", "review_on"])
    )
