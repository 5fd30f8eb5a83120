"""How long cases are kept: rules, holds, what is due, and what was proposed and erased."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from workflows.store import retention
from workflows.store.privacy_tables import (
    erasure_items,
    erasure_proposals,
    erasures,
    legal_holds,
)
from workflows.store.retention import Due, Rule
from workflows.store.tables import cases, people

SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class Hold:
    """A case on legal hold, by its reference: administrators see no more of it."""

    case_id: UUID
    reference: str
    reason: str
    placed_at: dt.datetime
    placed_by: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal with how many of its cases were erased, kept, or wait."""

    id: UUID
    status: str
    as_of: dt.date
    proposed_at: dt.datetime
    proposed_by: str
    proposer: str
    decided_at: dt.datetime | None
    decider: str
    waiting: int
    erased: int
    kept: int

    @property
    def total(self) -> int:
        """All its cases."""
        return self.waiting + self.erased + self.kept


@dataclass(frozen=True, slots=True)
class Item:
    """A case of a proposal, by its reference."""

    reference: str
    rule_id: UUID
    due_on: dt.date
    status: str
    why: str
    digest: str


@dataclass(frozen=True, slots=True)
class RetentionPage:
    """What administrators see. `due`: what could be proposed today, those on hold among them."""

    rules: tuple[Rule, ...]
    due: tuple[Due, ...]
    holds: tuple[Hold, ...]
    proposals: tuple[Proposal, ...]


def retention_page(connection: sa.Connection, today: dt.date) -> RetentionPage:
    """Return how long cases are kept, and what is due today."""
    return RetentionPage(
        retention.rules(connection),
        retention.due(connection, today),
        _holds(connection),
        _proposals(connection),
    )


def proposal_page(
    connection: sa.Connection, proposal_id: UUID
) -> tuple[Proposal, tuple[Item, ...]]:
    """Return a proposal with its cases.

    Raises:
        retention.NoSuchProposal: there is none.
    """
    found = _proposals(connection, erasure_proposals.c.id == proposal_id)
    if not found:
        raise retention.NoSuchProposal
    rows = connection.execute(
        sa.select(
            cases.c.reference,
            erasure_items.c.rule_id,
            erasure_items.c.due_on,
            erasure_items.c.status,
            erasure_items.c.why,
            sa.func.coalesce(erasures.c.digest, "").label("digest"),
        )
        .join(cases, cases.c.id == erasure_items.c.case_id)
        .outerjoin(erasures, erasures.c.case_id == erasure_items.c.case_id)
        .where(erasure_items.c.proposal_id == proposal_id)
        .order_by(cases.c.reference)
    )
    return found[0], tuple(Item(*row) for row in rows)


def any_case(connection: sa.Connection, reference: str) -> UUID:
    """Return the case of a reference, for administrators, who see nothing else of it.

    Raises:
        errors.Invalid: there is none; the field is called `case`.
    """
    found: UUID | None = connection.execute(
        sa.select(cases.c.id).where(cases.c.reference == reference.strip().upper())
    ).scalar_one_or_none()
    if found is None:
        message = "There is no case with this reference"
        raise errors.Invalid(f"{message}.", errors={"case": (message,)})
    return found


def _holds(connection: sa.Connection) -> tuple[Hold, ...]:
    rows = connection.execute(
        sa.select(
            legal_holds.c.case_id,
            cases.c.reference,
            legal_holds.c.reason,
            legal_holds.c.placed_at,
            sa.func.coalesce(people.c.name, "").label("name"),
        )
        .join(cases, cases.c.id == legal_holds.c.case_id)
        .outerjoin(people, people.c.id == legal_holds.c.placed_by)
        .order_by(legal_holds.c.placed_at.desc(), legal_holds.c.case_id)
        .limit(SHOWN)
    )
    return tuple(Hold(*row) for row in rows)


def _proposals(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> tuple[Proposal, ...]:
    proposer, decider = people.alias("proposer"), people.alias("decider")
    rows = connection.execute(
        sa.select(
            *erasure_proposals.c,
            proposer.c.name.label("proposer"),
            decider.c.name.label("decider"),
            *(_count(each).label(each) for each in ("waiting", "erased", "kept")),
        )
        .outerjoin(proposer, proposer.c.id == erasure_proposals.c.proposed_by)
        .outerjoin(decider, decider.c.id == erasure_proposals.c.decided_by)
        .where(*where)
        .order_by(erasure_proposals.c.proposed_at.desc(), erasure_proposals.c.id.desc())
        .limit(SHOWN)
    )
    return tuple(_proposal(row) for row in rows)


def _count(status: str) -> sa.ScalarSelect[int]:
    return (
        sa.select(sa.func.count())
        .select_from(erasure_items)
        .where(
            erasure_items.c.proposal_id == erasure_proposals.c.id,
            erasure_items.c.status == status,
        )
        .scalar_subquery()
    )


def _proposal(row: Any) -> Proposal:  # noqa: ANN401
    return Proposal(
        row.id,
        row.status,
        row.as_of,
        row.proposed_at,
        row.proposed_by,
        row.proposer or "",
        row.decided_at,
        row.decider or "",
        row.waiting,
        row.erased,
        row.kept,
    )
