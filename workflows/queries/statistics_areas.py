"""The authorities that have published figures, to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from workflows.statistics.areas import REGIONS, AreaKind
from workflows.store import comparator_tables


@dataclass(frozen=True, slots=True)
class Authority:
    """A local authority with its region."""

    code: str
    name: str
    region: str


def statistics_areas(connection: sa.Connection) -> Sequence[Authority]:
    """Return all authorities of the loaded files by name: some hundred and fifty."""
    areas = comparator_tables.statistics_areas.c
    rows = connection.execute(
        sa.select(areas.code, areas.name, areas.region)
        .where(areas.kind == AreaKind.AUTHORITY)
        .order_by(areas.name, areas.code)
    )
    return [Authority(row.code, row.name, REGIONS.get(row.region, "")) for row in rows]
