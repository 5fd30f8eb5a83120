"""Nobody can work out a small number from what is published."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from workflows.reports.suppression import LARGEST_SMALL, Safe, bounds, protect
from workflows.reports.table import CountTable

COUNTS = st.one_of(st.just(0), st.integers(1, 6), st.integers(0, 60))


def made(cells: list[list[int]], *, totalled: bool = True) -> CountTable:
    rows = tuple(f"Row {place}" for place in range(len(cells)))
    columns = tuple(f"Column {place}" for place in range(len(cells[0])))
    return CountTable(
        "t", "T", "", "First", rows, columns, tuple(map(tuple, cells)), totalled=totalled
    )


def tables() -> st.SearchStrategy[list[list[int]]]:
    shapes = st.tuples(st.integers(1, 4), st.integers(1, 4))
    return shapes.flatmap(
        lambda shape: st.lists(
            st.lists(COUNTS, min_size=shape[1], max_size=shape[1]),
            min_size=shape[0],
            max_size=shape[0],
        )
    )


def published(safe: Safe) -> list[int | None]:
    cells = [cell for row in safe.cells for cell in row]
    return [*cells, *safe.row_totals, *safe.column_totals, safe.total]


def ways(safe: Safe, most: int) -> list[list[list[int]]]:
    """Return every table of small counts that would be published like that, by trying all."""
    rows, columns = len(safe.cells), len(safe.cells[0])
    places = [(r, c) for r in range(rows) for c in range(columns) if safe.cells[r][c] is None]
    found = []
    for tried in itertools.product(range(most + 1), repeat=len(places)):
        cells = [[cell or 0 for cell in row] for row in safe.cells]
        for (row, column), value in zip(places, tried, strict=True):
            cells[row][column] = value
        if _fits(safe, cells):
            found.append(cells)
    return found


def _fits(safe: Safe, cells: list[list[int]]) -> bool:
    rows = [sum(row) for row in cells]
    columns = [sum(column) for column in zip(*cells, strict=True)]
    pairs = [
        *(zip(safe.row_totals, rows, strict=True) if safe.row_totals else ()),
        *(zip(safe.column_totals, columns, strict=True) if safe.column_totals else ()),
        (safe.total, sum(rows)),
    ]
    return all(told is None or told == counted for told, counted in pairs)


@settings(max_examples=60, deadline=None)
@given(tables())
def test_no_small_number_is_published(cells: list[list[int]]) -> None:
    assert not [each for each in published(protect(made(cells))) if each and each <= LARGEST_SMALL]


@settings(max_examples=60, deadline=None)
@given(tables())
def test_what_is_published_is_true(cells: list[list[int]]) -> None:
    safe = protect(made(cells))

    told = [
        (t, c)
        for row, true in zip(safe.cells, cells, strict=True)
        for t, c in zip(row, true, strict=True)
    ]
    assert all(each is None or each == count for each, count in told)
    assert _fits(safe, cells)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 8), min_size=2, max_size=2), min_size=2, max_size=2))
def test_by_trying_every_table_that_fits_no_small_number_is_found(cells: list[list[int]]) -> None:
    safe = protect(made(cells))
    places = list(itertools.product(range(2), range(2)))
    small = [(r, c) for r, c in places if 0 < cells[r][c] <= LARGEST_SMALL]

    possible = [
        each for each in ways(safe, 9) if all(0 < each[r][c] <= LARGEST_SMALL for r, c in small)
    ]

    for row, column in small:
        assert len({each[row][column] for each in possible}) > 1


def test_a_lone_small_number_takes_the_next_smallest_of_its_row_and_column_with_it() -> None:
    safe = protect(made([[3, 20, 30], [40, 50, 60], [70, 80, 90]]))

    assert safe.cells == ((None, None, 30), (None, None, 60), (70, 80, 90))
    assert safe.total == 443
    assert safe.row_totals == (53, 150, 240)


def test_a_list_with_one_small_number_withholds_another() -> None:
    safe = protect(made([[3], [50], [7]]))

    assert safe.cells == ((None,), (50,), (None,))
    assert safe.column_totals == (60,)
    assert safe.row_totals == ()


def test_small_numbers_that_add_up_to_what_leaves_no_choice_get_company() -> None:
    safe = protect(made([[0, 1], [0, 1], [30, 40]]))

    assert None in safe.cells[2]


def test_a_table_without_totals_withholds_only_what_is_small() -> None:
    safe = protect(made([[3, 20], [0, 6]], totalled=False))

    assert safe.cells == ((None, 20), (0, 6))
    assert (safe.row_totals, safe.column_totals, safe.total) == ((), (), None)


def test_a_table_in_which_nothing_is_small_is_published_whole() -> None:
    safe = protect(made([[10, 20], [0, 6]]))

    assert not safe.withholds
    assert safe.row_totals == (30, 6)


@pytest.mark.parametrize(
    ("hidden", "expected"),
    [
        ({(0, 0)}, {(0, 0): (3, 3)}),
        ({(0, 0), (0, 1)}, {(0, 0): (3, 3), (0, 1): (20, 20)}),
        ({(0, 0), (0, 1), (1, 0), (1, 1)}, {(0, 0): (0, 23), (1, 1): (27, 50)}),
    ],
)
def test_bounds_are_what_the_totals_leave(
    hidden: set[tuple[int, int]], expected: dict[tuple[int, int], tuple[int, int]]
) -> None:
    whole = np.array([[3, 20, 23], [40, 30, 70], [43, 50, 93]])

    found = bounds(whole, hidden)

    assert expected.items() <= found.items()
