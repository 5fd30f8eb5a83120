"""A table of counts, as reports have it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class CountTable:
    """Counts of cases in rows and columns.

    Attributes:
        code: What addresses and files call it.
        note: How it was counted.
        cells: A row of counts for each of `rows`, in the order of `columns`.
        totalled: Every case is in one row and one column, so that totals mean something.
    """

    code: str
    title: str
    note: str
    first: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]
    totalled: bool = True


def table(
    words: tuple[str, str, str, str],
    counts: Mapping[tuple[Any, Any], int],
    rows: Sequence[tuple[Any, str]],
    columns: Sequence[tuple[Any, str]],
    *,
    totalled: bool = True,
) -> CountTable:
    """Return a table of what was counted.

    Args:
        words: Code, title, note, and the title of the first column.
        counts: Row and column to count; what is in no row or column is left out.
        rows: Keys of the rows with their titles, in order.
        columns: The same of the columns.
        totalled: Every case is in one row and one column.
    """
    cells = tuple(
        tuple(int(counts.get((row, column), 0)) for column, _ in columns) for row, _ in rows
    )
    return CountTable(
        *words,
        tuple(title for _, title in rows),
        tuple(title for _, title in columns),
        cells,
        totalled,
    )


def keys_of(
    counts: Iterable[tuple[Any, Any]], names: Mapping[Any, str], place: int
) -> list[tuple[Any, str]]:
    """Return the keys that were counted in a place with their names, by name."""
    found = Counter(each[place] for each in counts)
    return sorted(((key, names.get(key, str(key))) for key in found), key=lambda each: each[1])
