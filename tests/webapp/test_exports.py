"""Files for a spreadsheet: no text is a formula, dates are dates, and rows are read as they are sent."""

import csv
import datetime as dt
import io

import openpyxl
import pytest
from flask import Flask

from webapp.presentation import exports

HEADER = ("Name", "Due", "Days", "At", "Done")
MOMENT = dt.datetime(2026, 3, 2, 9, 30)  # noqa: DTZ001 (Excel knows no time zones)
ROW = ("Ada", dt.date(2026, 3, 1), 4, MOMENT, True)
FORMULAS = ["=1+1", "+44", "-2", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x","y")']


def sheet(file: bytes) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(io.BytesIO(file)).active


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_is_a_formula(text: str) -> None:
    file = io.BytesIO()

    exports.write_xlsx(file, "x", ("A",), [(text,)])
    (line,) = list(csv.reader(io.StringIO("".join(exports.csv_lines((), [(text,)])))))[1:]

    assert line[0] == f"'{text}"
    cell = sheet(file.getvalue())["A2"]
    assert cell.data_type == "s"
    assert not str(cell.value).startswith(("=", "+", "-", "@"))


def test_dates_and_numbers_stay_what_they_are() -> None:
    file = io.BytesIO()

    exports.write_xlsx(file, "Time limits", HEADER, [ROW, (None,) * 5])

    found = sheet(file.getvalue())
    cells = [cell.value for cell in found[2]]
    assert cells == ["Ada", dt.datetime(2026, 3, 1), 4, MOMENT, "yes"]  # noqa: DTZ001
    assert [cell.value for cell in found[1]] == list(HEADER)
    assert [cell.value for cell in found[3]] == [None] * 5
    assert found.title == "Time limits"


def test_rows_are_read_while_the_file_is_sent() -> None:
    read = 0

    def rows() -> exports.Rows:
        nonlocal read
        for number in range(50_000):
            read = number
            yield ("a name of some length", number)

    pieces = exports.csv_lines(("Name", "Number"), rows())

    first = next(pieces)
    assert first.startswith("\ufeffName,Number\r\n")
    assert 0 < read < 10_000
    assert len("".join([first, *pieces]).splitlines()) == 50_001


def test_a_file_says_what_it_is_called(app: Flask) -> None:
    with app.test_request_context():
        text = exports.csv_response("late", HEADER, [ROW])
        book = exports.xlsx_response("late", HEADER, [ROW])
        file = book.get_data()
        book.close()

        assert text.headers["Content-Disposition"] == "attachment; filename=late.csv"
        assert "2026-03-01,4,2026-03-02T09:30:00,yes" in text.get_data(as_text=True)
        assert book.headers["Content-Disposition"] == "attachment; filename=late.xlsx"
        assert sheet(file)["A2"].value == "Ada"
