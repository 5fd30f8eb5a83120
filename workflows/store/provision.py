"""What plans have as needs and provision, and which of it is not made."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from engine import errors
from workflows.store.report_tables import plan_items, unmet_provision


class NoSuchProvision(errors.NotFound):
    """The newest issued plan of this case has no such provision."""


def of_plan(connection: sa.Connection, case_id: UUID, row_id: str) -> Any:  # noqa: ANN401 (a row)
    """Return a provision of the newest issued plan.

    Raises:
        NoSuchProvision: there is none.
    """
    row = connection.execute(
        sa.select(*plan_items.c).where(
            plan_items.c.case_id == case_id,
            plan_items.c.row_id == row_id,
            plan_items.c.part == "provision",
        )
    ).one_or_none()
    if row is None:
        raise NoSuchProvision
    return row


def is_unmet(connection: sa.Connection, case_id: UUID, row_id: str) -> bool:
    """Tell whether a provision is not made now."""
    statement = sa.select(unmet_provision.c.id).where(
        unmet_provision.c.case_id == case_id,
        unmet_provision.c.row_id == row_id,
        unmet_provision.c.made_again.is_(None),
    )
    return connection.execute(statement.limit(1)).one_or_none() is not None


def unmet(connection: sa.Connection, case_id: UUID, unmet_id: UUID) -> Any:  # noqa: ANN401 (a row)
    """Return what was told of a provision.

    Raises:
        NoSuchProvision: there is nothing.
    """
    row = connection.execute(
        sa.select(*unmet_provision.c).where(
            unmet_provision.c.case_id == case_id, unmet_provision.c.id == unmet_id
        )
    ).one_or_none()
    if row is None:
        raise NoSuchProvision
    return row
