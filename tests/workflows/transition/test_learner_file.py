"""A file of learners is taken whole, or refused with every fault by its line."""

import contextlib
import datetime as dt

import pytest
from hypothesis import given, strategies as st

from workflows.transition import learner_file
from workflows.transition.learner_file import UnacceptableLearners, read

TODAY = dt.date(2015, 1, 15)
SETTINGS = {"wold academy": "wold-academy", "wold-academy": "wold-academy"}
HEADER = (
    "first_name,last_name,date_of_birth,kind,year_group,setting_kind,school_year,setting,"
    "leaves_in,statement_date"
)
ROW = "Ada,Lovell,4/3/2000,statement,9,secondary,2014/15,Wold Academy,,2008-05-01"


def file(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *rows]).encode()


def faults(data: bytes) -> list[str]:
    with pytest.raises(UnacceptableLearners) as refusal:
        read(data, SETTINGS, TODAY)
    return list(refusal.value.errors["file"])


def test_a_good_file_is_read() -> None:
    (line,) = read(file(ROW), SETTINGS, TODAY)

    details = line.details
    assert line.number == 2
    assert (details.first_name, details.last_name) == ("Ada", "Lovell")
    assert details.date_of_birth == dt.date(2000, 3, 4)
    assert (details.year_group, details.school_year) == (9, 2014)
    assert (details.setting_id, details.setting_name) == ("wold-academy", "")
    assert details.statement_date == dt.date(2008, 5, 1)


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + file(ROW),
        file(ROW).replace(b"\n", b"\r\n"),
        file("", ROW, ",,,,,,,,,"),
        file(ROW, header=HEADER.replace("first_name", " First Name ")),
        file(ROW.replace("4/3/2000", "2000-03-04")),
        file(ROW.replace("2014/15", "")),
        file(ROW.replace("2014/15", "2014 to 2015")),
        file(ROW.replace(",9,", ",Year 9,")),
        file(ROW.replace("Ada,", '"Ada",')),
    ],
    ids=["BOM", "CRLF", "blank", "header", "ISO", "school year", "to", "Year 9", "quoted"],
)
def test_what_office_programs_write_is_read_alike(data: bytes) -> None:
    (line,) = read(data, SETTINGS, TODAY)

    assert line.details == read(file(ROW), SETTINGS, TODAY)[0].details


def test_a_setting_that_is_not_in_the_directory_is_kept_by_name() -> None:
    (line,) = read(file(ROW.replace("Wold Academy", "Far Moor School")), SETTINGS, TODAY)

    assert (line.details.setting_id, line.details.setting_name) == ("", "Far Moor School")


@pytest.mark.parametrize("name", ["=cmd|'/C calc'!A0", "+1", "-1+1", "@SUM(A1)", "<script>"])
def test_a_name_that_looks_like_a_formula_is_kept_as_it_is(name: str) -> None:
    (line,) = read(file(ROW.replace("Lovell", name)), SETTINGS, TODAY)

    assert line.details.last_name == name


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("4/3/2000", "31/2/2000", "date_of_birth: there is no day “31/2/2000”"),
        ("4/3/2000", "04-Mar-00", "date_of_birth: “04-Mar-00” is no date"),
        ("4/3/2000", "٤/3/2000", "date_of_birth: “٤/3/2000” is no date"),
        ("4/3/2000", "4/3/2016", "The date of birth must be in the past"),
        ("4/3/2000", "4/3/1900", "The date of birth must be after 1984"),
        ("statement", "plan", "kind: “plan” is neither “statement” nor “lda”"),
        (",9,", ",ninth,", "year_group: “ninth” is no year group"),
        (",9,", ",15,", "year_group: Select a year group"),
        ("secondary", "grammar", "setting_kind: “grammar” is no kind of setting"),
        ("2014/15", "soon", "school_year: “soon” is no school year"),
        ("2014/15", "1914/15", "The school year must begin from 2013"),
        (",,2008", ",16,2008", "leaves_in: “16” is no year"),
        (",,2008", ",2014,2008", "The year of leaving must be after 2014"),
        ("2008-05-01", "1999-05-01", "lies before the date of birth"),
        ("2008-05-01", "2015-05-01", "must be today or in the past"),
        ("Ada", "", "Enter the first name"),
        ("Ada", "A" * 101, "must be 100 characters or fewer"),
        ("Ada", "A" * 1001, "a cell has more than 1,000 characters"),
        ("Ada", "A\x1bda", "The first name has signs that cannot be shown"),
        ("Ada", "A,da", "it has 11 cells; the first line has 10"),
        ("Ada", '"Ada', "the quotation marks do not fit together"),
    ],
)
def test_a_wrong_cell_is_named_by_its_line(before: str, after: str, message: str) -> None:
    found = faults(file(ROW.replace(before, after, 1)))

    assert all(each.startswith("Line 2: ") for each in found)
    assert message in found[0]


def test_a_line_is_counted_as_the_editor_shows_it() -> None:
    over_two_lines = ROW.replace("Wold Academy", '"Far\nMoor"').replace("Ada", "Bea")

    found = faults(file(over_two_lines, ROW.replace(",9,", ",99,")))

    assert found[0].startswith("Line 2: setting_name: The setting has signs")
    assert found[1].startswith("Line 4: ")


def test_all_faults_are_told_at_once_and_the_same_learner_twice_is_one() -> None:
    found = faults(file(ROW, ROW.replace("Ada", "ADA"), ROW.replace("statement", "x"), "a,b"))

    assert found == [
        "Line 3: The same learner is on line 2",
        "Line 4: kind: “x” is neither “statement” nor “lda”",
        "Line 5: it has 2 cells; the first line has 10",
    ]


def test_more_faults_than_one_reads_are_counted() -> None:
    found = faults(file(*["a,b"] * 150))

    assert len(found) == 101
    assert found[-1] == "There are 50 more"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "Line 1: the column “first_name” is missing"),
        (file(), "The file has no learners"),
        (file(ROW, header=HEADER.replace("last_name", "lastname")), "Did you mean “last_name”?"),
        (file(ROW, header=HEADER.replace("setting,", "kind,")), "“kind” is there twice"),
        (file(ROW).replace(b"Ada", b"Ad\xe8"), "is not in UTF-8"),
        (file(ROW).decode().encode("utf-16"), "is not in UTF-8"),
        (file(ROW).replace(b"Ada", b"A\x00a"), "is no CSV file"),
        (b"PK\x03\x04" + b"\xff" * 100, "is not in UTF-8"),
        (b"x" * (learner_file.SIZE_LIMIT + 1), "larger than 5 MB"),
    ],
    ids=["empty", "no rows", "misspelt", "twice", "latin", "utf-16", "nul", "xlsx", "large"],
)
def test_what_is_no_such_file_is_refused(data: bytes, message: str) -> None:
    assert any(message in each for each in faults(data))


def test_more_learners_than_the_limit_are_refused() -> None:
    rows = [ROW.replace("Ada", f"Ada{number}") for number in range(learner_file.ROW_LIMIT + 1)]

    assert faults(file(*rows)) == ["There are more than 5,000 learners. Split the file"]
    assert len(read(file(*rows[:-1]), SETTINGS, TODAY)) == 5000


@given(st.binary(max_size=300))
def test_whatever_is_sent_is_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(UnacceptableLearners):
        assert read(HEADER.encode() + b"\n" + data, SETTINGS, TODAY)
