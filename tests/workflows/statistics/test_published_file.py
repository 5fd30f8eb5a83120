"""A published file is taken as it is, or refused with the line, the column and what to do."""

import datetime as dt
import io
from pathlib import Path

import pytest

from tests.support.statistics import DALES, ENGLAND, NORTH, PUBLISHED, WOLDS, line, text
from workflows.statistics.published_file import PublishedFile, Row, UnacceptableStatistics

TODAY = dt.date(2026, 11, 25)


def read(data: bytes | str, name: str = "figures.csv") -> list[Row]:
    raw = data.encode() if isinstance(data, str) else data
    return list(PublishedFile(io.BytesIO(raw), name, TODAY))


def faults(data: bytes | str) -> tuple[str, ...]:
    with pytest.raises(UnacceptableStatistics) as refused:
        read(data)
    return refused.value.errors["files"]


def requests(*lines: dict[str, str]) -> str:
    return text([line("requests"), *lines])


def test_a_file_is_known_by_its_columns_and_read_by_area_and_year() -> None:
    rows = read(
        text(
            [
                line("timeliness", pc_plans_issued_within_20_weeks="46.4"),
                line("timeliness", NORTH),
                line("timeliness", WOLDS, time_period="2023"),
                line("timeliness", time_period="2023"),
            ]
        )
    )

    assert [(row.line, row.area.name, row.period.year) for row in rows] == [
        (2, "England", 2024),
        (3, "North East", 2024),
        (4, "Wolds", 2023),
        (5, "England", 2023),
    ]
    assert rows[0].values["in_20_weeks"].value == 46.4
    assert rows[2].area.region == "E12000001"


def test_an_academic_year_counts_as_the_one_in_which_it_ends() -> None:
    (row,) = read(text([line("caseload")]))

    assert (row.period.year, row.period.words) == (2025, "2024/25")


@pytest.mark.parametrize("sign", ["x", "z", "c", "low", "-9", "-1", "[x]", "X", ":", "k", ""])
def test_a_sign_for_a_missing_figure_is_kept_as_not_available(sign: str) -> None:
    (row,) = read(text([line("requests", request_not_assess_pc=sign)]))

    kept = row.values["refused"]

    assert (kept.value, kept.mark) == (None, sign.lower().strip("[]"))
    assert row.values["requests"].value == 50


@pytest.mark.parametrize(
    ("text_of_cell", "told"),
    [
        ("47,7", "A spreadsheet may have changed it"),
        ("47.7%", "A spreadsheet may have changed it"),
        ("1e3", "A spreadsheet may have changed it"),
        ("many", "is no figure"),
        ("NaN", "is no figure"),
        ("-4.5", "is no figure"),
        ("101", "must be from 0 to 100"),
    ],
)
def test_a_cell_that_is_neither_figure_nor_sign_is_refused(text_of_cell: str, told: str) -> None:
    (message,) = faults(text([line("requests", request_not_assess_pc=text_of_cell)]))

    assert message.startswith("figures.csv, line 2, column request_not_assess_pc: ")
    assert told in message


def test_a_count_is_whole() -> None:
    (message,) = faults(text([line("requests", requests_received_in_year="10.5")]))

    assert "counts no whole children" in message


@pytest.mark.parametrize(
    ("cells", "place", "told"),
    [
        ({"time_period": "2031"}, "time_period", "end with 2026"),
        ({"time_period": "24"}, "time_period", "one such as 2024 was expected"),
        ({"time_period": "202425"}, "time_period", "one such as 2024 was expected"),
        ({"time_identifier": "Academic year"}, "time_period", "by calendar year"),
        ({"geographic_level": "School"}, "geographic_level", "National, Regional or Local"),
        ({"country_code": "W92000004"}, "country_code", "is not England"),
        ({"new_la_code": "E07000008"}, "new_la_code", "E10000008 was expected"),
        ({"new_la_code": ""}, "new_la_code", "E10000008 was expected"),
        ({"region_code": "E12000099"}, "region_code", "no region of England"),
        ({"la_name": ""}, "la_name", "cannot be read"),
    ],
)
def test_another_year_or_an_unknown_area_is_refused_with_what_was_expected(
    cells: dict[str, str], place: str, told: str
) -> None:
    (message,) = faults(requests(line("requests", WOLDS, **cells)))

    assert message.startswith(f"figures.csv, line 3, column {place}: ")
    assert told in message


def test_an_academic_year_whose_halves_do_not_fit_is_refused() -> None:
    (message,) = faults(text([line("caseload", time_period="202427")]))

    assert "202425, for 2024/25, was expected" in message


def test_an_area_that_is_there_twice_in_a_year_is_refused_with_both_lines() -> None:
    (message,) = faults(requests(line("requests", WOLDS), line("requests", WOLDS)))

    assert message == (
        "figures.csv, line 4, column time_period: Wolds has figures for 2024 on line 3 already"
    )


def test_a_code_with_two_names_is_refused() -> None:
    other = {**DALES, "new_la_code": WOLDS["new_la_code"]}

    (message,) = faults(requests(line("requests", WOLDS), line("requests", other)))

    assert "is called “Dales” here, “Wolds” above" in message


def test_a_year_without_england_is_refused() -> None:
    (message,) = faults(text([line("requests", WOLDS)]))

    assert "2024 has no line for England" in message


def test_other_breakdowns_are_left_out_and_counted() -> None:
    data = requests(line("requests", WOLDS, breakdown_topic="Sex", breakdown="Female"))
    source = PublishedFile(io.BytesIO(data.encode()), "figures.csv", TODAY)

    assert [row.area.name for row in source] == ["England"]
    assert source.left_out == 1


def test_a_file_with_breakdowns_only_is_refused() -> None:
    (message,) = faults(text([line("requests", breakdown_topic="Age", breakdown="5 to 10")]))

    assert "it has no totals" in message


def test_a_file_with_other_columns_is_refused_with_those_that_it_lacks() -> None:
    row = line("requests")
    row["requests_recieved_in_year"] = row.pop("requests_received_in_year")

    (message,) = faults(text([row]))

    assert "it looks like “Requests for an assessment” (requests.csv)" in message
    assert "“requests_received_in_year” is missing" in message
    assert "It has “requests_recieved_in_year” instead" in message


def test_a_file_of_something_else_is_refused_with_those_that_are_taken() -> None:
    (message,) = faults("name,age\nAda,9\n")

    assert "timeliness_20_week.csv" in message


def test_a_column_that_is_there_twice_is_refused() -> None:
    data = requests().replace("\r\n", ",1\r\n").replace("time_period", "time_period", 1)
    first, _, rest = data.partition("\n")

    (message,) = faults(f"{first.replace(',1', ',time_period')}\n{rest}")

    assert message.endswith("the column “time_period” is there twice")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "the file is empty"),
        (b"PK\x03\x04 and so on", "Excel or ZIP"),
        (requests().encode("utf-16"), "UTF-16"),
        (requests(line("requests", {**WOLDS, "la_name": "Fôret"})).encode("cp1252"), "UTF-8"),
        (b"<!doctype html>", "web page"),
        (b"%PDF-1.7", "PDF"),
        (requests().replace(",", ";"), "parted by commas"),
        (requests() + '"half', "quotation marks"),
        (requests() + "2024,Calendar year\n", "it has 2 cells"),
        (requests() + "\x00\n", "signs that no text has"),
        (requests().splitlines()[0] + "\r\n", "only names of columns"),
    ],
    ids=[
        "empty", "zip", "utf-16", "cp1252", "html", "pdf", "semicolons", "quotes", "short line",
        "nul", "header only",
    ],
)  # fmt: skip
def test_what_is_no_such_file_is_refused(data: bytes | str, told: str) -> None:
    (message,) = faults(data)

    assert told in message


def test_a_file_from_excel_with_a_byte_order_mark_is_taken() -> None:
    assert len(read(b"\xef\xbb\xbf" + requests().encode())) == 1


def test_many_faults_are_cut_to_what_somebody_reads() -> None:
    wrong = [line("requests", ENGLAND, time_period=str(3000 + each)) for each in range(80)]

    messages = faults(requests(*wrong))

    assert len(messages) == 51
    assert messages[-1] == "There are 30 more"


# The Department’s own files; left out where they are not on the machine.
@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: Path(path).stem)
def test_each_file_of_the_department_is_taken(path: Path) -> None:
    with path.open("rb") as stream:
        rows = list(PublishedFile(stream, path.name, TODAY))

    assert sum(row.area.name == "England" for row in rows) >= 1
    assert len({row.area.code for row in rows}) > 150
