"""What the authority aims at."""

import sqlalchemy as sa

from workflows.store.board_tables import board_targets


def board_target(connection: sa.Connection, measure: str) -> float | None:
    """Return the target in per cent, None where none is set."""
    return connection.execute(
        sa.select(board_targets.c.per_cent).where(board_targets.c.measure == measure)
    ).scalar_one_or_none()
