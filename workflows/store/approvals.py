"""Approval of drafts by a second person, where the authority wants it."""

import datetime as dt
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from engine.store.database import upsert
from workflows.store.draft_tables import draft_approvals, publishing_rules

ONE: Final = 1


class NotApproved(errors.Conflict):
    """This authority wants a second person to approve a draft. Ask for approval first."""


class OwnDraft(errors.Forbidden):
    """You asked for this approval yourself: another process owner must give it."""


@dataclass(frozen=True, slots=True)
class Approval:
    """Asked for one revision of a draft; `approved` None while nobody has decided."""

    draft_id: UUID
    revision: int
    asked_at: dt.datetime
    asked_by: str
    decided_at: dt.datetime | None
    decided_by: str | None
    approved: bool | None
    reason: str


def needs_second_person(connection: sa.Connection) -> bool:
    """Tell whether the authority wants a second person's approval."""
    found: bool | None = connection.execute(
        sa.select(publishing_rules.c.second_person).where(publishing_rules.c.id == ONE)
    ).scalar_one_or_none()
    return bool(found)


def want_second_person(
    connection: sa.Connection, *, wanted: bool, now: dt.datetime, by: str
) -> None:
    """Let the authority want a second person's approval, or no longer."""
    values = {"second_person": wanted, "changed_at": now, "changed_by": by}
    connection.execute(
        upsert(publishing_rules, connection)
        .values(id=ONE, **values)
        .on_conflict_do_update(index_elements=["id"], set_=values)
    )


def approval(connection: sa.Connection, draft_id: UUID, revision: int) -> Approval | None:
    """Return what was asked and decided about a revision of a draft, None where nothing was."""
    row = connection.execute(
        sa.select(*draft_approvals.c).where(
            draft_approvals.c.draft_id == draft_id, draft_approvals.c.revision == revision
        )
    ).one_or_none()
    return None if row is None else Approval(*row)


def last(connection: sa.Connection, draft_id: UUID) -> Approval | None:
    """Return what was asked last about a draft, of whichever revision; None where nothing was."""
    row = connection.execute(
        sa.select(*draft_approvals.c)
        .where(draft_approvals.c.draft_id == draft_id)
        .order_by(draft_approvals.c.revision.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else Approval(*row)


def ask(
    connection: sa.Connection, draft_id: UUID, revision: int, now: dt.datetime, by: str
) -> None:
    """Ask for approval; what was declined may be asked for again."""
    values = {
        "asked_at": now,
        "asked_by": by,
        "decided_at": None,
        "decided_by": None,
        "approved": None,
        "reason": "",
    }
    connection.execute(
        upsert(draft_approvals, connection)
        .values(draft_id=draft_id, revision=revision, **values)
        .on_conflict_do_update(
            index_elements=["draft_id", "revision"],
            set_=values,
            where=draft_approvals.c.approved.is_(False),
        )
    )


def decide(connection: sa.Connection, decided: Approval) -> None:
    """Keep a decision.

    Raises:
        NotApproved: nobody has asked, or it was decided meanwhile.
    """
    statement = (
        draft_approvals.update()
        .where(
            draft_approvals.c.draft_id == decided.draft_id,
            draft_approvals.c.revision == decided.revision,
            draft_approvals.c.decided_at.is_(None),
        )
        .values(
            decided_at=decided.decided_at,
            decided_by=decided.decided_by,
            approved=decided.approved,
            reason=decided.reason,
        )
        .returning(draft_approvals.c.revision)
    )
    if connection.execute(statement).scalar_one_or_none() is None:
        raise NotApproved("This approval was given, declined or withdrawn meanwhile.")
