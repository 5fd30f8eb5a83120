"""The register of phased duties: what the authority must have in place, and how each stands."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from workflows.access import people
from workflows.registers import load, reviews
from workflows.registers.model import PhasedDuty, State
from workflows.store.register_tables import phased_duties, phased_duty_evidence


@dataclass(frozen=True, slots=True)
class DutyFilter:
    """Which duties to list; "" is any."""

    force: str = ""
    phase: str = ""
    state: str = ""
    timer: str = ""


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty with how it stands. `brought_forward`: its review is due earlier than the interval says."""

    duty: PhasedDuty
    owner_id: str
    owner: str
    state: State
    last_reviewed: dt.date | None
    review_on: dt.date
    brought_forward: bool
    earlier_reason: str
    timer: reviews.Timer
    evidence: int
    revision: int


def phased_duty_list(
    connection: sa.Connection, chosen: DutyFilter, *, today: dt.date
) -> tuple[DutyRow, ...]:
    """Return the duties in force, in the register's order; there are a dozen, never a page more."""
    known = {row.duty: row for row in connection.execute(sa.select(*phased_duties.c))}
    counts = _counts(connection)
    names = people.names(connection, {row.owner for row in known.values()})
    rows = (
        _row(duty, known.get(duty.code), counts.get(duty.code, 0), names, today)
        for duty in load.current().in_force(today)
    )
    return tuple(row for row in rows if _is_chosen(row, chosen))


def _counts(connection: sa.Connection) -> dict[str, int]:
    """Return how much evidence stands for each duty; stands on ix_phased_duty_evidence_duty."""
    table = phased_duty_evidence
    found = connection.execute(
        sa.select(table.c.duty, sa.func.count().label("pieces"))
        .where(table.c.withdrawn_at.is_(None))
        .group_by(table.c.duty)
    )
    return {row.duty: row.pieces for row in found}


def _row(
    duty: PhasedDuty,
    row: Any,  # noqa: ANN401 (a row, or None where nobody has entered anything yet)
    evidence: int,
    names: dict[str, str],
    today: dt.date,
) -> DutyRow:
    last = row.last_reviewed if row else None
    earlier = row.earlier_review if row else None
    review = reviews.next_review(duty, last, earlier)
    return DutyRow(
        duty=duty,
        owner_id=row.owner if row else "",
        owner=names.get(row.owner, "") if row else "",
        state=State(row.state) if row else State.NOT_STARTED,
        last_reviewed=last,
        review_on=review,
        brought_forward=review != reviews.regular_review(duty, last),
        earlier_reason=row.earlier_reason if row else "",
        timer=reviews.timer(review, today),
        evidence=evidence,
        revision=row.revision if row else 0,
    )


def _is_chosen(row: DutyRow, chosen: DutyFilter) -> bool:
    pairs = (
        (chosen.force, row.duty.force),
        (chosen.phase, row.duty.phase),
        (chosen.state, row.state),
        (chosen.timer, row.timer),
    )
    return all(wanted in {"", value} for wanted, value in pairs)
