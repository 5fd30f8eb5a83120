"""How long cases are kept: the rules by date, legal holds, and what two people let be erased."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from engine.store.tables import instances
from workflows.store.privacy_tables import (
    erasure_items,
    erasure_proposals,
    erasures,
    legal_holds,
    retention_rules,
)
from workflows.store.tables import cases

MOST: Final = 500  # cases of one proposal
CLOSED: Final = "closed"
BIRTH: Final = "birth"
EVENTS: Final = {CLOSED: "the case was closed", BIRTH: "the child was born"}
# Outcomes of cases, as projections.cases has them.
KINDS: Final = {
    "issued": "Plan issued",
    "refused": "Assessment refused",
    "no_plan": "No plan issued",
    "withdrawn": "Request withdrawn",
    "moved_away": "Moved to another authority",
    "adopted": "Plan taken over",
    "ceased": "Plan ceased",
    "cancelled": "Cancelled",
}


class State(StrEnum):
    """How a proposal stands."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DONE = "done"
    WITHDRAWN = "withdrawn"


class NoSuchRule(errors.NotFound):
    """There is no such retention rule."""


class NoSuchProposal(errors.NotFound):
    """There is no such proposal."""


class Decided(errors.Conflict):
    """This proposal was decided already."""


class NothingDue(errors.Conflict):
    """Nothing is due to be erased by the rules that hold today."""


class OnHold(errors.Conflict):
    """This case is on legal hold already."""


class NotOnHold(errors.Conflict):
    """This case is not on legal hold."""


class Erased(errors.Conflict):
    """This case has been erased."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A retention rule: cases with an outcome, so many years after an event. Both days are included."""

    id: UUID
    kind: str
    event: str
    years: int
    source: str
    starts_on: dt.date
    ends_on: dt.date | None

    def overlaps(self, other: "Rule") -> bool:
        """Tell whether two rules hold for the same cases on the same day."""
        begins_before = other.ends_on is None or self.starts_on <= other.ends_on
        ends_after = self.ends_on is None or self.ends_on >= other.starts_on
        return self.kind == other.kind and begins_before and ends_after


@dataclass(frozen=True, slots=True)
class Due:
    """A case that is due to be erased: by which rule, since when. `is_held`: a hold keeps it."""

    case_id: UUID
    reference: str
    rule_id: UUID
    due_on: dt.date
    is_held: bool


def rules(connection: sa.Connection) -> tuple[Rule, ...]:
    """Return all rules, by kind and day."""
    rows = connection.execute(
        sa.select(*retention_rules.c).order_by(
            retention_rules.c.kind, retention_rules.c.starts_on, retention_rules.c.id
        )
    )
    return tuple(Rule(*row[:7]) for row in rows)


def add_rule(connection: sa.Connection, rule: Rule, *, by: str, now: dt.datetime) -> None:
    """Keep a rule."""
    connection.execute(
        retention_rules.insert(),
        {
            "id": rule.id,
            "kind": rule.kind,
            "event": rule.event,
            "years": rule.years,
            "source": rule.source,
            "starts_on": rule.starts_on,
            "ends_on": rule.ends_on,
            "made_at": now,
            "made_by": by,
        },
    )


def end_rule(connection: sa.Connection, rule_id: UUID, on: dt.date) -> None:
    """Let a rule hold until a day."""
    connection.execute(
        retention_rules.update().where(retention_rules.c.id == rule_id).values(ends_on=on)
    )


def due(connection: sa.Connection, today: dt.date, *, limit: int = MOST) -> tuple[Due, ...]:
    """Return the cases that are due by the rules of today, those on legal hold among them.

    A case is due only when it is closed and none of its processes runs.
    """
    found: list[Due] = []
    for rule in rules(connection):
        if rule.starts_on <= today and (rule.ends_on is None or today <= rule.ends_on):
            found += _due_by(connection, rule, today, limit - len(found))
    return tuple(found)


def is_due(connection: sa.Connection, case_id: UUID, today: dt.date) -> bool:
    """Tell whether a case is due still, and nothing keeps it."""
    return any(
        not each.is_held
        for rule in rules(connection)
        if rule.starts_on <= today and (rule.ends_on is None or today <= rule.ends_on)
        for each in _due_by(connection, rule, today, 1, case_id)
    )


def _due_by(
    connection: sa.Connection, rule: Rule, today: dt.date, limit: int, case_id: UUID | None = None
) -> Sequence[Due]:
    until = _years_before(today, rule.years)
    date = cases.c.child_date_of_birth if rule.event == BIRTH else cases.c.closed_at
    passed: sa.ColumnElement[bool] = cases.c.child_date_of_birth <= until
    if rule.event == CLOSED:
        passed = cases.c.closed_at < dt.datetime.combine(
            until + dt.timedelta(days=1), dt.time(), tzinfo=dt.UTC
        )
    running = sa.exists().where(
        instances.c.subject_id == cases.c.id, instances.c.status.in_(["active", "suspended"])
    )
    held = sa.exists().where(legal_holds.c.case_id == cases.c.id)
    erased = sa.exists().where(erasures.c.case_id == cases.c.id)
    statement = (
        sa.select(cases.c.id, cases.c.reference, date.label("date"), held.label("held"))
        .where(cases.c.status == "closed", cases.c.outcome == rule.kind, passed, ~running, ~erased)
        .order_by(cases.c.reference)
        .limit(max(limit, 0))
    )
    if case_id is not None:
        statement = statement.where(cases.c.id == case_id)
    return [
        Due(row.id, row.reference, rule.id, _years_after(_day(row.date), rule.years), row.held)
        for row in connection.execute(statement)
    ]


def _day(value: dt.date | dt.datetime) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else value


def _years_before(day: dt.date, years: int) -> dt.date:
    return _years_after(day, -years)


def _years_after(day: dt.date, years: int) -> dt.date:
    """Return the same day of another year; the last of February where there is no 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def place_hold(
    connection: sa.Connection, case_id: UUID, reason: str, *, by: str, now: dt.datetime
) -> None:
    """Keep a case from being erased.

    Raises:
        OnHold: it is kept already.
        Erased: it is too late.
    """
    if connection.execute(
        sa.select(erasures.c.case_id).where(erasures.c.case_id == case_id)
    ).one_or_none():
        raise Erased
    if hold(connection, case_id) is not None:
        raise OnHold
    connection.execute(
        legal_holds.insert(),
        {"case_id": case_id, "reason": reason, "placed_at": now, "placed_by": by},
    )


def hold(connection: sa.Connection, case_id: UUID) -> Any | None:  # noqa: ANN401
    """Return the row of a case's legal hold, None where there is none."""
    return connection.execute(
        sa.select(*legal_holds.c).where(legal_holds.c.case_id == case_id)
    ).one_or_none()


def lift_hold(connection: sa.Connection, case_id: UUID) -> None:
    """Let rules hold for a case again.

    Raises:
        NotOnHold: there is none to lift.
    """
    if hold(connection, case_id) is None:
        raise NotOnHold
    connection.execute(legal_holds.delete().where(legal_holds.c.case_id == case_id))


def propose(
    connection: sa.Connection,
    proposal_id: UUID,
    found: Sequence[Due],
    *,
    made: tuple[dt.datetime, str, dt.date],
) -> None:
    """Keep a proposal; `made` is when, by whom, and the day whose rules it follows."""
    at, by, as_of = made
    connection.execute(
        erasure_proposals.insert(),
        {
            "id": proposal_id,
            "status": State.PROPOSED,
            "as_of": as_of,
            "proposed_at": at,
            "proposed_by": by,
            "decided_by": "",
        },
    )
    connection.execute(
        erasure_items.insert(),
        [
            {
                "proposal_id": proposal_id,
                "case_id": each.case_id,
                "rule_id": each.rule_id,
                "due_on": each.due_on,
                "status": "waiting",
                "why": "",
            }
            for each in found
        ],
    )


def lock(connection: sa.Connection, proposal_id: UUID) -> Any:  # noqa: ANN401 (a row)
    """Lock and return a proposal.

    Raises:
        NoSuchProposal: there is none.
    """
    row = connection.execute(
        sa.select(*erasure_proposals.c)
        .where(erasure_proposals.c.id == proposal_id)
        .with_for_update()
    ).one_or_none()
    if row is None:
        raise NoSuchProposal
    return row


def decide(
    connection: sa.Connection, proposal_id: UUID, state: State, *, by: str, now: dt.datetime
) -> None:
    """Let a proposal be carried out, or not."""
    connection.execute(
        erasure_proposals.update()
        .where(erasure_proposals.c.id == proposal_id)
        .values(status=state, decided_by=by, decided_at=now)
    )


def next_item(connection: sa.Connection) -> tuple[UUID, UUID] | None:
    """Return proposal and case of what is to be erased next, None where nothing is."""
    row = connection.execute(
        sa.select(erasure_items.c.proposal_id, erasure_items.c.case_id)
        .join(erasure_proposals, erasure_proposals.c.id == erasure_items.c.proposal_id)
        .where(erasure_proposals.c.status == State.CONFIRMED, erasure_items.c.status == "waiting")
        .order_by(erasure_proposals.c.proposed_at, erasure_items.c.case_id)
        .limit(1)
    ).one_or_none()
    return (row.proposal_id, row.case_id) if row else None


def settle_item(
    connection: sa.Connection, proposal_id: UUID, case_id: UUID, status: str, why: str = ""
) -> None:
    """Take note of what became of a case; the last one ends its proposal."""
    mine = erasure_items.c.proposal_id == proposal_id
    connection.execute(
        erasure_items.update()
        .where(mine, erasure_items.c.case_id == case_id)
        .values(status=status, why=why)
    )
    waiting = sa.exists().where(mine, erasure_items.c.status == "waiting")
    connection.execute(
        erasure_proposals.update()
        .where(erasure_proposals.c.id == proposal_id, ~waiting)
        .values(status=State.DONE)
    )
