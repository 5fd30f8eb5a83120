"""Tables of reports as pages and files have them."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from webapp.presentation import charts, exports
from workflows.queries.joint_commissioning import Trend, Unmet
from workflows.reports import suppression
from workflows.reports.suppression import Safe
from workflows.reports.table import CountTable

WITHHELD: Final = "[c]"
NOTE: Final = (
    f"{WITHHELD}: withheld. Numbers from 1 to {suppression.LARGEST_SMALL} are withheld so that nobody "
    "can be recognised, and so are others from which they could be worked out."
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A table as it is printed: its columns, and rows of a title and cells."""

    code: str
    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    is_empty: bool


def protected(tables: Sequence[CountTable]) -> tuple[Shown, ...]:
    """Return tables in which nobody can be recognised."""
    return tuple(_shown(suppression.protect(each)) for each in tables)


def whole(tables: Sequence[CountTable]) -> tuple[Shown, ...]:
    """Return tables with their true numbers."""
    return tuple(_shown(_unprotected(each)) for each in tables)


def _unprotected(table: CountTable) -> Safe:
    if not table.totalled:
        return Safe(table, table.cells, (), (), None)
    columns = tuple(sum(each) for each in zip(*table.cells, strict=True))
    rows = tuple(sum(row) for row in table.cells)
    return Safe(
        table,
        table.cells,
        rows if len(table.columns) > 1 else (),
        columns if len(table.rows) > 1 else (),
        sum(rows),
    )


def _shown(safe: Safe) -> Shown:
    table = safe.table
    rows = [
        (title, (*map(_cell, cells), *map(_cell, safe.row_totals[place : place + 1])))
        for place, (title, cells) in enumerate(zip(table.rows, safe.cells, strict=True))
        if any(cell != 0 for cell in cells)  # rows of nobody would only make it longer
    ]
    if safe.column_totals:
        last = (_cell(safe.total),) if safe.row_totals else ()
        rows.append(("All", (*map(_cell, safe.column_totals), *last)))
    total = ("All",) if safe.row_totals else ()
    return Shown(
        table.code,
        table.title,
        table.note,
        (table.first, *table.columns, *total),
        tuple(rows),
        not any(any(row) for row in table.cells),
    )


def _cell(value: int | None) -> str:
    return WITHHELD if value is None else f"{value:,}"


def trend_chart(trend: Trend, *, protect: bool) -> charts.Lines:
    """Return the chart of a trend; small numbers leave gaps where they are withheld."""
    series = [_values(values, protect=protect) for _, values in trend.series]
    return charts.lines(series, trend.quarters)


def trend_rows(trend: Trend, *, protect: bool) -> list[tuple[str, list[str]]]:
    """Return the table of a trend: a row a quarter."""
    series = [_values(values, protect=protect) for _, values in trend.series]
    return [
        (
            quarter,
            [_cell(None if each[place] is None else int(each[place] or 0)) for each in series],
        )
        for place, quarter in enumerate(trend.quarters)
    ]


def unmet_rows(found: Sequence[Unmet], *, protect: bool) -> list[tuple[str, tuple[str, ...]]]:
    """Return what is not made by agency; all of a row is withheld where few children are behind it."""
    return [
        (
            each.agency,
            (WITHHELD,) * 4
            if protect and each.children <= suppression.LARGEST_SMALL
            else (
                f"{each.open:,}",
                f"{each.children:,}",
                f"{each.median} days",
                f"{each.longest} days",
            ),
        )
        for each in found
    ]


def _values(values: Sequence[int], *, protect: bool) -> list[float | None]:
    small = range(1, suppression.LARGEST_SMALL + 1)
    return [None if protect and value in small else value for value in values]


def archive(tables: Sequence[Shown], about: str) -> bytes:
    """Return a ZIP file with a CSV file for each table, and a text that explains them."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("about.txt", f"{about}\r\n\r\n{NOTE}\r\n")
        for each in tables:
            file.writestr(
                f"{each.code}.csv", "".join(exports.csv_lines(each.columns, _lines(each)))
            )
    return written.getvalue()


def _lines(table: Shown) -> Iterator[Sequence[exports.Cell]]:
    for title, cells in table.rows:
        yield (title, *cells)
