"""Whether a reason has been given for a delay."""

from uuid import UUID

import sqlalchemy as sa

from workflows.store.tables import delay_reasons


def delay_explained(connection: sa.Connection, case_id: UUID, duty: str, qualifier: str) -> bool:
    """Tell whether a reason is on record for a time limit; stands on the primary key."""
    found = connection.execute(
        sa.select(delay_reasons.c.reason).where(
            delay_reasons.c.case_id == case_id,
            delay_reasons.c.duty == duty,
            delay_reasons.c.qualifier == qualifier,
        )
    ).one_or_none()
    return found is not None
