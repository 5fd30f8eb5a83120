"""Lists as files for a spreadsheet: written row by row, and no text of theirs is a formula."""

import csv
import datetime as dt
import io
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, Final

import flask
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | bool | dt.date | dt.datetime | None
Rows = Iterable[Sequence[Cell]]
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_BATCH: Final = 65_536  # characters or bytes that are sent at once
_EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDEST: Final = 60  # characters
_FORMATS: Final = {dt.date: "d mmmm yyyy", dt.datetime: "d mmmm yyyy hh:mm"}
_LONGEST: Final = 32_767  # characters that a cell of Excel holds
_SHEET_NAME: Final = 31  # characters that the name of a sheet has at most
_IN_MEMORY: Final = 5_000_000  # bytes of an Excel file; what is larger goes to a temporary file


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    Source: OWASP, CSV Injection.
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def csv_response(name: str, header: Sequence[str], rows: Rows) -> flask.Response:
    """Send rows as a CSV file, as they come.

    Args:
        name: Of the file, without its ending.
        header: The titles of the columns.
        rows: Read while they are sent; their source must stay open until then.
    """
    answer = flask.Response(
        flask.stream_with_context(csv_lines(header, rows)), mimetype="text/csv; charset=utf-8"
    )
    return _named(answer, f"{name}.csv")


def csv_lines(header: Sequence[str], rows: Rows) -> Iterator[str]:
    """Yield the text of a CSV file in pieces; it begins with a mark by which Excel knows UTF-8."""
    written = io.StringIO(newline="")
    written.write("\ufeff")
    writer = csv.writer(written)
    writer.writerow(header)
    for row in rows:
        writer.writerow([_as_text(cell) for cell in row])
        if written.tell() > _BATCH:
            yield written.getvalue()
            written.seek(0)
            written.truncate()
    yield written.getvalue()


def xlsx_response(name: str, header: Sequence[str], rows: Rows) -> flask.Response:
    """Send rows as an Excel file.

    Args:
        name: Of the file, without its ending; of the sheet as well.
        header: The titles of the columns.
        rows: Read once, and kept in no memory.
    """
    file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 (closed when it has been sent)
    write_xlsx(file, name, header, rows)
    answer = flask.Response(_pieces(file), mimetype=_EXCEL)
    answer.call_on_close(file.close)
    return _named(answer, f"{name}.xlsx")


def write_xlsx(file: IO[bytes], name: str, header: Sequence[str], rows: Rows) -> None:
    """Write rows to an Excel file: dates are dates, numbers are numbers, texts are texts."""
    options = {
        "constant_memory": True,
        "remove_timezone": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(name[:_SHEET_NAME])
        formats = {kind: book.add_format({"num_format": each}) for kind, each in _FORMATS.items()}
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for column, title in enumerate(header):
            sheet.set_column(column, column, min(_WIDEST, max(14, len(title) + 2)))
            sheet.write_string(0, column, title, bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                _write(sheet, (number, column), cell, formats)


def _write(
    sheet: Worksheet, place: tuple[int, int], cell: Cell, formats: Mapping[type[dt.date], Format]
) -> None:
    if isinstance(cell, dt.date):  # a moment as well
        sheet.write_datetime(*place, cell, formats[type(cell)])
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        sheet.write_number(*place, cell)
    elif cell is not None:
        sheet.write_string(*place, _as_text(cell)[:_LONGEST])


def _as_text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, dt.date):  # a moment as well
        return cell.isoformat()
    return harmless(cell) if isinstance(cell, str) else str(cell)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(_BATCH):
        yield piece


def _named(answer: flask.Response, name: str) -> flask.Response:
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
