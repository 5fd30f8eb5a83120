"""Plans as they are kept: the working plan of a case, what was issued, and comments."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from workflows.store.plan_tables import plan_comments, plan_versions, plans


@dataclass(frozen=True, slots=True)
class Kept:
    """The working plan of a case.

    Attributes:
        revision: Grows with every change; 0 before the first.
        document: Its JSON; {} before the first change.
        changed: Section to `revision`, `by` and `at` (ISO) of its last change.
        issued: Number of the newest version that was issued, 0 before the first.
    """

    revision: int = 0
    document: Mapping[str, Any] = field(default_factory=dict)
    changed: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    issued: int = 0

    def changed_since(self, revision: int, section: str) -> Mapping[str, Any] | None:
        """Return who changed a section after a revision, and when; None where nobody did."""
        last = self.changed.get(section)
        return last if last is not None and int(last["revision"]) > revision else None


def working(connection: sa.Connection, case_id: UUID) -> Kept:
    """Return the working plan of a case; stands on the primary keys."""
    issued = (
        sa.select(sa.func.max(plan_versions.c.number))
        .where(plan_versions.c.case_id == case_id)
        .scalar_subquery()
    )
    case = sa.select(sa.literal(1).label("one")).subquery()
    row = connection.execute(
        sa.select(
            issued.label("issued"), plans.c.revision, plans.c.document, plans.c.changed
        ).select_from(case.outerjoin(plans, plans.c.case_id == case_id))
    ).one()
    if row.revision is None:
        return Kept(issued=row.issued or 0)
    return Kept(row.revision, row.document, row.changed, row.issued or 0)


def version(connection: sa.Connection, case_id: UUID, number: int) -> Any | None:  # noqa: ANN401
    """Return the row of an issued version, None where there is none."""
    return connection.execute(
        sa.select(*plan_versions.c).where(
            plan_versions.c.case_id == case_id, plan_versions.c.number == number
        )
    ).one_or_none()


def last_comment(connection: sa.Connection, case_id: UUID) -> int:
    """Return the place of a case's newest comment, 0 before the first."""
    statement = sa.select(sa.func.max(plan_comments.c.place)).where(
        plan_comments.c.case_id == case_id
    )
    return connection.execute(statement).scalar_one() or 0


def comment(connection: sa.Connection, comment_id: UUID) -> Any | None:  # noqa: ANN401
    """Return the row of a comment, None where there is none."""
    return connection.execute(
        sa.select(*plan_comments.c).where(plan_comments.c.id == comment_id)
    ).one_or_none()
