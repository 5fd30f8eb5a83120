"""Keep small numbers in published tables from telling about anybody.

A count from 1 to 5 is withheld, and so is as much else as is needed for nobody to work it out from
the totals. Source: ONS, Policy on protecting confidentiality in tables (primary and secondary
suppression); the bounds that a reader can work out are narrowed by turns until they stand still, as
the shuttle algorithm does (Buzzigoli and Giusti 1999).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from workflows.reports.table import CountTable

LARGEST_SMALL: Final = 5
_ONE_AND_ITS_TOTAL: Final = 2
Place = tuple[int, int]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Safe:
    """A table that may be published: counts, None where one is withheld.

    Attributes:
        row_totals, column_totals: () where there are none.
        total: Of all, None where it is withheld or there is none.
    """

    table: CountTable
    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None

    @property
    def withholds(self) -> bool:
        """Something is withheld."""
        return any(cell is None for row in self.cells for cell in row)


def protect(table: CountTable) -> Safe:
    """Return a table without what would tell about a few.

    1. Every count from 1 to 5 is withheld, totals as well.
    2. A small count that can still be worked out gets company: the three counts that make a
       rectangle with it and tell least; in a list the next smallest.
    3. That is done until nothing can be worked out. Where all is withheld by then, the totals are too.
    """
    whole = _with_totals(table)
    small = {
        (int(row), int(column))
        for (row, column), count in np.ndenumerate(whole)
        if 0 < count <= LARGEST_SMALL
    }
    hidden = set(small)
    if table.totalled:
        _hide_more(whole, small, hidden)
    shown = [
        [None if (row, column) in hidden else int(count) for column, count in enumerate(line)]
        for row, line in enumerate(whole)
    ]
    rows, columns = len(table.rows), len(table.columns)
    return Safe(
        table,
        tuple(tuple(line[:columns]) for line in shown[:rows]),
        tuple(line[columns] for line in shown[:rows]) if table.totalled and columns > 1 else (),
        tuple(shown[rows][:columns]) if table.totalled and rows > 1 else (),
        shown[rows][columns] if table.totalled and rows > 1 and columns > 1 else None,
    )


def bounds(
    whole: Counts, hidden: Collection[Place], small: Collection[Place] = ()
) -> dict[Place, tuple[int, int]]:
    """Return the least and the most that a reader can work out for each count that is withheld.

    Args:
        whole: Counts with a last row and column of totals.
        hidden: Places that are withheld.
        small: Those of which a reader guesses that they are from 1 to 5.
    """
    top = int(whole.sum()) + LARGEST_SMALL + 1
    found = {place: (1, LARGEST_SMALL) if place in small else (0, top) for place in hidden}
    lines, moved = _lines(whole.shape), True
    while moved:
        moved = False
        for line in lines:
            moved |= _narrow(whole, line, found)
    return found


def _narrow(whole: Counts, line: Sequence[Place], found: dict[Place, tuple[int, int]]) -> bool:
    """Narrow the bounds in one line, whose last place is the total of the others."""
    *parts, total = line
    known = {place: found.get(place, (int(whole[place]), int(whole[place]))) for place in line}
    lows = sum(known[place][0] for place in parts)
    highs = sum(known[place][1] for place in parts)
    moved = False
    for place in found.keys() & set(line):
        low, high = known[place]
        if place == total:
            new = (max(low, lows), min(high, highs))
        else:
            least, most = known[total]
            new = (max(low, least - (highs - high)), min(high, most - (lows - low)))
        if new != (low, high):
            found[place], moved = new, True
            return True  # the sums above are no longer right
    return moved


def _with_totals(table: CountTable) -> Counts:
    counts = np.array(table.cells, dtype=np.int64).reshape(len(table.rows), len(table.columns))
    whole = np.zeros((counts.shape[0] + 1, counts.shape[1] + 1), dtype=np.int64)
    whole[:-1, :-1] = counts
    if table.totalled and len(table.columns) > 1:
        whole[:-1, -1] = counts.sum(axis=1)
    if table.totalled and len(table.rows) > 1:
        whole[-1, :] = whole[:-1, :].sum(axis=0)
    return whole


def _lines(shape: tuple[int, ...]) -> tuple[tuple[Place, ...], ...]:
    """Return every row and column that has a total, its total last; the totals' own as well."""
    rows, columns = shape
    across = range(rows) if columns > _ONE_AND_ITS_TOTAL else ()
    down = range(columns) if rows > _ONE_AND_ITS_TOTAL else ()
    return (
        *(tuple((row, column) for column in range(columns)) for row in across),
        *(tuple((row, column) for row in range(rows)) for column in down),
    )


def _hide_more(whole: Counts, small: Collection[Place], hidden: set[Place]) -> None:
    """Withhold more, until no small count can be worked out."""
    for _ in range(whole.size):
        found = bounds(whole, hidden, small)
        given_away = sorted(place for place in small if found[place][0] >= found[place][1])
        if not given_away:
            return
        more = _company(whole, hidden, given_away[0])
        hidden |= more or {each for line in _lines(whole.shape) for each in line}


def _company(whole: Counts, hidden: Collection[Place], place: Place) -> set[Place]:
    """Return what to withhold beside a count so that it cannot be told from it any more."""
    row, column = place
    rows, columns = (range(size - 1) for size in whole.shape)
    if len(columns) == 1 or len(rows) == 1:
        chosen: list[set[Place]] = [{(r, c)} for r in rows for c in columns]
    else:
        others = [r for r in rows if r != row], [c for c in columns if c != column]
        chosen = [{(r, column), (row, c), (r, c)} for r in others[0] for c in others[1]]
    more = [found for each in chosen if (found := each - set(hidden))]
    return min(more, key=lambda each: _tells(whole, each), default=set())


def _tells(whole: Counts, places: Collection[Place]) -> tuple[int, int, list[Place]]:
    """Return how much is lost by withholding places; counts of nobody are the last to be chosen."""
    counts = [int(whole[each]) for each in places]
    return counts.count(0), sum(counts), sorted(places)
