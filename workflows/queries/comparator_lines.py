"""The lines of England, the region and the neighbours that one's own line is drawn beside."""

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from workflows.statistics.areas import ENGLAND, REGIONS
from workflows.statistics.measures import measure_of
from workflows.store.comparator_tables import (
    comparator_choices,
    statistics_areas,
    statistics_figures,
)

OWN: Final = "own"
REGION: Final = "region"
NEIGHBOUR: Final = "neighbour"
OF_ENGLAND: Final = "england"


@dataclass(frozen=True, slots=True)
class ComparatorLine:
    """A line of a chart.

    Attributes:
        name: Of the area.
        kind: "england", "region", "neighbour" or "own".
        points: Years, oldest first, with the figure of each; an academic year counts as the one in
            which it ends. Years without a figure are left out.
    """

    name: str
    kind: str
    points: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which area is this authority, its region, and its neighbours, all by code; "" while unknown."""

    own: str = ""
    region: str = ""
    neighbours: tuple[str, ...] = ()

    def kinds(self) -> dict[str, str]:
        """Return the kind of line of each area, by its code, in the order of the lines."""
        found = {ENGLAND: OF_ENGLAND, self.region: REGION}
        found |= dict.fromkeys(self.neighbours, NEIGHBOUR)
        found[self.own] = OWN
        return {code: kind for code, kind in found.items() if code}


def comparator_lines(connection: sa.Connection, measure: str) -> tuple[ComparatorLine, ...]:
    """Return the lines of a measure: England first, then the region, the neighbours, one's own.

    Areas without any figure are left out; without loaded statistics there are none. Stands on the
    primary keys.

    Raises:
        measures.NoSuchMeasure: there is no such measure.
    """
    measure_of(measure)
    kinds = choice(connection).kinds()
    figures, areas = statistics_figures, statistics_areas
    rows = connection.execute(
        sa.select(figures.c.area, areas.c.name, figures.c.year, figures.c.value)
        .join(areas, areas.c.code == figures.c.area)
        .where(
            figures.c.measure == measure,
            figures.c.area.in_(list(kinds)),
            figures.c.value.is_not(None),
        )
        .order_by(figures.c.area, figures.c.year)
    )
    points: dict[str, list[tuple[int, float]]] = {}
    names: dict[str, str] = dict(REGIONS)
    for row in rows:
        names[row.area] = row.name
        points.setdefault(row.area, []).append((row.year, row.value))
    return tuple(
        ComparatorLine(names[code], kind, tuple(points[code]))
        for code, kind in kinds.items()
        if code in points
    )


def choice(connection: sa.Connection) -> Choice:
    """Return with whom the authority compares itself."""
    row = connection.execute(
        sa.select(
            comparator_choices.c.own, comparator_choices.c.region, comparator_choices.c.neighbours
        )
        .order_by(comparator_choices.c.number.desc())
        .limit(1)
    ).one_or_none()
    return Choice(row.own, row.region, tuple(row.neighbours)) if row else Choice()
