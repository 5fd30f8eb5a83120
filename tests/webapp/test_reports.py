"""Reports: true to the facts, and safe to give away."""

import csv
import datetime as dt
import io
import json
import zipfile
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from engine import ports
from tests.support.county import County
from tests.support.pages import Visitor
from tests.support.plans import issue, whole
from workflows.access import sign_in
from workflows.commands.correct_fact import CorrectFact
from workflows.commands.record_exception import RecordException
from workflows.commands.save_plan import SavePlan
from workflows.plan import document
from workflows.queries.freedom_of_information import freedom_of_information
from workflows.queries.joint_commissioning import joint_commissioning
from workflows.reports.table import CountTable
from workflows.store.tables import cases

TODAY = dt.date(2026, 1, 5)


def text(answer: Any) -> str:
    return answer.get_data(as_text=True)


@pytest.fixture
def issued(small_county: County) -> UUID:
    """A child whose plan was issued."""
    case_id = small_county.open_case()
    small_county.walk(case_id)
    assert small_county.case(case_id).outcome == "issued"
    return case_id


@pytest.fixture
def planned(small_county: County) -> UUID:
    """A child with a plan in force of two needs and one provision, without its long way there."""
    case_id = small_county.open_case()
    plan = SavePlan(case_id, document.dump(whole()), 0)
    small_county.system.execute(plan, small_county.person("casework"))
    issue(small_county, case_id, {}, final=True)
    with small_county.system.engine.begin() as connection:
        connection.execute(cases.update().values(outcome="issued"))
    return case_id


def pack(county: County, year: int = 2026) -> dict[str, CountTable]:
    with county.system.read() as connection:
        return {each.code: each for each in freedom_of_information(connection, year)}


def cell(table: CountTable, row: str, column: str) -> int:
    return table.cells[table.rows.index(row)][table.columns.index(column)]


def test_the_counts_of_a_year_are_those_of_the_facts(small_county: County, issued: UUID) -> None:
    small_county.open_case(area="south", request_source="3", child_date_of_birth="2022-06-01")

    tables = pack(small_county)

    assert cell(tables["requests"], "North", "Young person or parent") == 1
    assert cell(tables["requests"], "South", "Health") == 1
    assert cell(tables["requests_by_age"], "0 to 4", "Health") == 1
    assert cell(tables["requests_by_age"], "5 to 10", "Young person or parent") == 1
    assert sum(map(sum, tables["requests_by_month"].cells)) == 2
    assert cell(tables["decisions"], "North", "To assess, on time") == 1
    assert cell(tables["plans"], "North", "Within the time limit") == 1
    advice = tables["advice"]
    assert sum(sum(row) for row in advice.cells) == cells_of(
        small_county, issued, "advice_requested"
    )
    assert not any(any(row) for row in pack(small_county, 2025)["requests"].cells)


def cells_of(county: County, case_id: UUID, code: str) -> int:
    return sum(each["code"] == code for each in county.happened(case_id, "FactRecorded"))


def test_a_plan_that_came_late_and_one_that_was_excused_are_told_apart(
    small_county: County, issued: UUID
) -> None:
    small_county.pass_days(3)
    system = small_county.system
    system.execute(
        CorrectFact(issued, "request_received", dt.date(2025, 2, 3), "The stamp says so."),
        ports.SYSTEM,
    )
    late = pack(small_county)

    system.execute(
        RecordException(
            issued, "assessment.final_plan", "exceptional_circumstances",
            dt.date(2025, 5, 1), dt.date(2025, 6, 1), "In hospital.",
        ),
        ports.SYSTEM,
    )  # fmt: skip
    excused = pack(small_county)

    assert cell(late["plans"], "North", "Later, within a year") == 1
    assert cell(late["plans_without_exceptions"], "North", "Later, within a year") == 1
    assert cell(excused["plans"], "North", "Later, within a year") == 1
    assert cell(excused["plans_without_exceptions"], "North", "Later, within a year") == 0


def test_need_and_provision_are_those_of_the_newest_issued_plan(
    small_county: County, planned: UUID
) -> None:
    del planned
    with small_county.system.read() as connection:
        found = joint_commissioning(connection, TODAY)
        elsewhere = joint_commissioning(connection, TODAY, "south")

    tables = {each.code: each for each in found.tables}
    assert (found.children, elsewhere.children) == (1, 0)
    assert cell(tables["need_by_area"], "Cognition and learning", "North") == 1
    assert cell(tables["need_by_age"], "Communication and interaction", "5 to 10") == 1
    assert cell(tables["need_by_age"], "Sensory and/or physical", "5 to 10") == 0
    assert cell(tables["provision_by_agency"], "Kind not said", "Education (the authority)") == 1
    assert [values[-1] for _, values in found.trend.series] == [1, 1, 0, 0]


def test_what_leaves_the_authority_tells_of_nobody(app: Flask, planned: UUID) -> None:
    del planned
    visitor = Visitor(app)
    visitor.sign_in("manager")

    file = zipfile.ZipFile(
        io.BytesIO(visitor.get("/reports/freedom-of-information/2026.zip").get_data())
    )

    assert "from 1 to 5 are withheld" in file.read("about.txt").decode()
    for name in set(file.namelist()) - {"about.txt"}:
        rows = list(csv.reader(io.StringIO(file.read(name).decode("utf-8-sig"))))
        assert {cell for row in rows[1:] for cell in row[1:]} <= {"0", "[c]"}
    page = text(visitor.get("/reports/freedom-of-information?year=2026"))
    assert "[c]" in page
    assert "Ada" not in page
    visitor.get("/reports/freedom-of-information/2013.zip", status=404)
    visitor.get("/reports/freedom-of-information?year=x")


def test_only_managers_see_small_numbers(app: Flask, planned: UUID) -> None:
    del planned
    manager, commissioner, casework = Visitor(app), Visitor(app), Visitor(app)
    manager.sign_in("manager")
    commissioner.sign_in("commissioner")
    casework.sign_in("casework")
    address = "/reports/joint-commissioning"

    assert "[c]" in text(manager.get(address))
    assert "[c]" not in text(manager.get(f"{address}?numbers=all"))
    assert "[c]" in text(commissioner.get(f"{address}?numbers=all"))
    assert "[c]" in text(commissioner.get(f"{address}?area=north"))
    commissioner.get("/reports")
    commissioner.get("/reports/freedom-of-information", status=404)
    casework.get(address, status=404)


def test_provision_that_is_not_made_is_told_counted_and_made_again(
    app: Flask, small_county: County, planned: UUID
) -> None:
    visitor = Visitor(app)
    visitor.sign_in("casework")
    address = f"/cases/{planned}/plan/provision"
    page = text(visitor.get(address))
    row = page.split(f"{address}/")[1].split('"')[0]
    wrong = {"since-day": "9", "since-month": "9", "since-year": "2031", "reason": ""}

    refused = text(visitor.post(f"{address}/{row}", status=422, **wrong))
    visitor.get(f"{address}/{row}")
    right = {"since-day": "2", "since-month": "1", "since-year": "2026", "reason": "vacancy"}
    visitor.post(f"{address}/{row}", **right)
    again = visitor.post(f"{address}/{row}", status=409, **right)

    assert "There is a problem" in refused
    assert "on record already" in text(again)
    with small_county.system.read() as connection:
        (unmet,) = joint_commissioning(connection, TODAY).unmet
    assert (unmet.open, unmet.children, unmet.longest) == (1, 1, 3)
    told = text(visitor.get(address)).split(f"{address}/unmet/")[1].split('"')[0]
    visitor.get(f"{address}/unmet/{told}")
    early = {"on-day": "1", "on-month": "1", "on-year": "2026", "how": "A teacher came."}
    assert "from 2 January 2026 to today" in text(
        visitor.post(f"{address}/unmet/{told}", status=422, **early)
    )
    visitor.post(f"{address}/unmet/{told}", **{**early, "on-day": "5"})
    with small_county.system.read() as connection:
        assert joint_commissioning(connection, TODAY).unmet == ()
    assert "made again since 5 January 2026" in text(visitor.get(address))
    assert "is not made" in text(visitor.get(f"/cases/{planned}"))
    visitor.get(f"{address}/no-such-row", status=404)


def test_the_family_reads_whether_provision_is_made_and_an_outsider_nothing(
    app: Flask, small_county: County, planned: UUID
) -> None:
    small_county.link_parent(planned)
    parent, outsider = Visitor(app), Visitor(app)
    parent.sign_in("parent")
    outsider.sign_in("outsider")

    assert "Say that it is not made" not in text(parent.get(f"/cases/{planned}/plan/provision"))
    outsider.get(f"/cases/{planned}/plan/provision", status=404)


def test_the_api_withholds_as_the_pages_do(app: Flask, small_county: County, planned: UUID) -> None:
    del planned
    system, client = small_county.system, app.test_client()

    def get(name: str, path: str) -> Any:
        token = sign_in.new_token(system.engine, f"{name}@demo.test", system.now())
        return client.get(f"/api/v1{path}", headers={"Authorization": f"Bearer {token}"})

    pack_of_year = get("manager", "/reports/freedom-of-information/2026").get_json()
    joint = get("commissioner", "/reports/joint-commissioning?area=north").get_json()

    numbers = json.dumps([each["cells"] for each in pack_of_year["tables"] + joint["tables"]])
    assert not set(numbers) & set("123456789")
    assert "null" in numbers
    assert get("commissioner", "/reports/freedom-of-information/2026").status_code == 403
    assert get("casework", "/reports/joint-commissioning").status_code == 403
    assert get("manager", "/reports/joint-commissioning?area=moon").status_code == 422
    assert get("manager", "/reports/freedom-of-information/1999").status_code == 404
    assert client.get("/api/v1/reports/joint-commissioning").status_code == 401
