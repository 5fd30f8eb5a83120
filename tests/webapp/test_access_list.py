"""The record of access, as managers read it."""

import csv
import datetime as dt
import io
from typing import Any
from uuid import UUID

import openpyxl
import pytest
import sqlalchemy as sa
from flask import Flask

from tests.support.county import County
from tests.support.pages import signed_in, text_of
from workflows.demo import organisation
from workflows.store.tables import access_record, people


def looks(county: County, case_id: UUID) -> list[Any]:
    with county.system.read() as connection:
        statement = sa.select(*access_record.c).where(access_record.c.case_id == case_id)
        return list(connection.execute(statement.order_by(access_record.c.at, access_record.c.id)))


def test_the_record_tells_who_saw_what_and_what_is_unusual(
    small_county: County, app: Flask
) -> None:
    case_id = small_county.open_case()
    reference = small_county.case(case_id).reference
    signed_in(app, "casework").get(f"/cases/{case_id}")
    signed_in(app, "casework3").get(f"/cases/{case_id}")
    small_county.system.clock.move_to(dt.datetime(2026, 1, 10, 22, tzinfo=dt.UTC))
    signed_in(app, "casework").get(f"/cases/{case_id}")
    manager = signed_in(app, "manager")

    everything = text_of(manager.get("/access-record"))
    by_role = text_of(manager.get("/access-record?unusual=by_role"))
    at_night = text_of(manager.get("/access-record?unusual=outside_hours"))
    of_person = text_of(manager.get(f"/access-record?person=bronwen&case={reference}"))
    readings = text_of(manager.get("/access-record/readings"))

    assert everything.count("case page") >= 3
    assert ("Bronwen Lewis" in by_role, "Asha Patel" in by_role) == (True, False)
    assert ("Bronwen Lewis" in at_night, "Asha Patel" in at_night) == (False, True)
    assert ("Bronwen Lewis" in of_person, "Asha Patel" in of_person) == (True, False)
    assert f"person: bronwen, case: {reference}" in readings
    seen = text_of(manager.get(f"/cases/{case_id}"))
    assert "Who has seen this case" in seen
    assert "Who has seen this case" not in text_of(
        signed_in(app, "casework").get(f"/cases/{case_id}")
    )
    assert "case page" in text_of(signed_in(app, "casework3").get("/account/record"))
    assert signed_in(app, "casework").client.get("/access-record").status_code == 404


def test_many_cases_in_an_hour_are_unusual(small_county: County, app: Flask) -> None:
    case_id = small_county.open_case()
    with small_county.system.engine.begin() as connection:
        connection.execute(
            access_record.insert(),
            [
                {
                    "id": UUID(int=number),
                    "at": small_county.system.clock.now() - dt.timedelta(minutes=30),
                    "person_id": organisation.person_id("casework"),
                    "case_id": UUID(int=number),
                    "what": "case page",
                    "why": "",
                }
                for number in range(20)
            ],
        )

    signed_in(app, "casework").get(f"/cases/{case_id}")

    assert [each.many for each in looks(small_county, case_id)] == [True]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("since=yesterday", "#since"),
        ("until=2026-02-30", "#until"),
        ("since=2026-02-02&until=2026-02-01", "#until"),
        ("case=EHC-1999-00001", "#case"),
        ("person=nobody+of+this+name", "#person"),
        ("cursor=nonsense", "This page of the list"),
        ("unusual=everything", "nothing unusual of that name"),
    ],
)
def test_a_filter_that_is_wrong_is_told(
    small_county: County, app: Flask, query: str, field: str
) -> None:
    del small_county

    answer = signed_in(app, "manager").get(f"/access-record?{query}", status=422)

    assert field in text_of(answer)


def test_the_record_goes_to_a_spreadsheet_and_no_cell_is_a_formula(
    small_county: County, app: Flask
) -> None:
    case_id = small_county.open_case()
    with small_county.system.engine.begin() as connection:
        who = people.c.id == organisation.person_id("casework")
        connection.execute(people.update().where(who).values(name="=HYPERLINK(1)"))
    signed_in(app, "casework").get(f"/cases/{case_id}")
    manager = signed_in(app, "manager")

    table = list(csv.reader(io.StringIO(text_of(manager.get("/access-record/export.csv")))))
    excel = manager.get("/access-record/export.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(excel.get_data()))
    excel.close()

    assert table[1][1] == "'=HYPERLINK(1)"
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert rows[1][2] == small_county.case(case_id).reference
    assert "export, everything" in text_of(manager.get("/access-record/readings"))
