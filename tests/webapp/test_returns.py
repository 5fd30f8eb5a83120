"""Managers see how the return stands, mend it, make its files and freeze it; each look is on record."""

import csv
import datetime as dt
import io
import re
from pathlib import Path
from uuid import UUID

import openpyxl
import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from flask import Flask
from lxml import etree

from engine import errors
from tests.support.county import County
from tests.support.pages import Visitor, source_of as text
from tests.support.returns import DETAILS
from tests.webapp.test_api import Client
from webapp.cli.sen2 import sen2
from webapp.pages.returns import mending
from workflows.commands.correct_details import CorrectDetails
from workflows.commands.save_return_header import SaveReturnHeader
from workflows.return_desk.desk import ReturnDesk
from workflows.returns.rules import book
from workflows.store.return_tables import return_downloads
from workflows.store.tables import access_record

HEADER = {"LEA": "999", "DMO": "Y", "DCO": "N", "DSCO": "R"}


@pytest.fixture
def case_id(small_county: County) -> UUID:
    """A case that lacks its ethnicity, with a name that a spreadsheet could take for a formula."""
    found = small_county.open_case(received_on="2025-12-01", child_last_name="=1+1")
    command = CorrectDetails(found, {**DETAILS, "ethnicity": ""}, "From the school")
    small_county.system.execute(command, small_county.person("casework"))
    return found


@pytest.fixture
def desk(small_county: County, case_id: UUID) -> ReturnDesk:
    """A worker that has looked at the return once."""
    del case_id
    made = ReturnDesk(small_county.system)
    work(made)
    return made


def work(desk: ReturnDesk) -> None:
    for _ in range(2):
        desk.look()
        desk.wait()


@pytest.fixture
def manager(visitor: Visitor) -> Visitor:
    visitor.sign_in("manager")
    return visitor


def test_a_manager_mends_what_is_wrong(
    manager: Visitor, desk: ReturnDesk, case_id: UUID, small_county: County
) -> None:
    shown = text(manager.get("/returns"))
    assert "SEN2 return 2026" in shown
    assert '<span class="app-counts__number">0%</span> ready' in shown
    assert "SEN casework, North" in shown
    assert "The header of the return is not complete" in shown

    listed = text(manager.get("/returns/2026/problems?severity=error&rule=1.5-missing"))
    link = f"/cases/{case_id}/correct-details#ethnicity"
    assert f'href="{link}"' in listed
    sent = text(manager.get(f"/returns/2026/cases/{case_id}"))
    assert "Ethnicity is missing." in sent
    assert "Fact: Request received" in sent

    form = text(manager.get(f"/cases/{case_id}/correct-details"))
    assert 'id="ethnicity"' in form
    manager.post(
        f"/cases/{case_id}/correct-details",
        **{**DETAILS, "ethnicity": "AIND", "reason": "Asked again"},
        **{
            "placement_entry-day": "1",
            "placement_entry-month": "9",
            "placement_entry-year": "2023",
        },
    )
    later = small_county.system.clock.now() + dt.timedelta(minutes=1)
    small_county.system.clock.move_to(later)
    manager.post("/returns/2026/check")
    work(desk)

    assert small_county.case(case_id).details["ethnicity"] == "AIND"
    assert '<span class="app-counts__number">100%</span> ready' in text(manager.get("/returns"))
    assert "Nothing is wrong with it." in text(manager.get(f"/returns/2026/cases/{case_id}"))


def test_what_does_not_fit_is_told_at_its_field(manager: Visitor, case_id: UUID) -> None:
    answer = manager.post(
        f"/cases/{case_id}/correct-details",
        422,
        upn="B801200001001",
        postcode="nowhere",
        reason="",
        **{
            "placement_entry-day": "31",
            "placement_entry-month": "2",
            "placement_entry-year": "2025",
        },
    )

    shown = text(answer)
    assert "There is a problem" in shown
    for link in ("#upn", "#postcode", "#placement_entry-day", "#reason"):
        assert f'href="{link}"' in shown


def test_files_are_made_taken_on_record_and_frozen(
    manager: Visitor, desk: ReturnDesk, small_county: County
) -> None:
    manager.post("/returns/2026/header", 422, page="/returns/2026/header", LEA="99", DMO="Y")
    manager.post("/returns/2026/header", page="/returns/2026/header", **HEADER)
    manager.post("/returns/2026/files")
    assert "data-progress" in text(manager.get("/returns"))
    work(desk)

    shown = text(manager.get("/returns"))
    [run_id] = re.findall(r"/returns/runs/([0-9a-f-]+)/freeze", shown)
    assert "Accepted" in shown
    xml = manager.get(f"/returns/runs/{run_id}/xml")
    assert etree.XML(xml.data).findtext("Persons/Person/Surname") == "=1+1"
    assert xml.headers["Content-Disposition"].startswith("attachment")
    assert manager.get(f"/returns/runs/{run_id}/tables").data[:2] == b"PK"
    with small_county.system.read() as connection:
        taken = connection.execute(sa.select(return_downloads.c.what, return_downloads.c.by)).all()
    assert [each.what for each in taken] == ["xml", "tables"]
    assert "Grace Okafor, xml" in text(manager.get("/returns"))

    manager.post(f"/returns/runs/{run_id}/freeze", 422, reference="")
    manager.post(f"/returns/runs/{run_id}/freeze", reference="COLLECT 17")

    shown = text(manager.get("/returns"))
    assert "Submitted and frozen" in shown
    assert "COLLECT 17" in shown
    assert "Make the files" not in shown
    manager.post("/returns/2026/files")
    assert "has been submitted" in text(manager.get("/returns"))
    assert "COLLECT 17" in text(manager.get("/returns/2027/compared"))
    assert "nothing to compare with" in text(manager.get("/returns/2026/compared"))


def test_problems_are_exported_and_no_cell_is_a_formula(manager: Visitor, desk: ReturnDesk) -> None:
    del desk
    answer = manager.get("/returns/2026/problems.csv?severity=error")
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))
    assert [(row["Rule"], row["Team"]) for row in rows] == [("1.5-missing", "SEN casework, North")]

    excel = manager.get("/returns/2026/problems.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(excel.data)).active
    excel.close()
    assert sheet is not None
    assert sheet["C2"].value == "1.5-missing"


def test_looking_at_a_record_is_on_record(
    manager: Visitor, desk: ReturnDesk, case_id: UUID, small_county: County
) -> None:
    del desk
    manager.get(f"/returns/2026/cases/{case_id}")

    with small_county.system.read() as connection:
        looked = connection.execute(
            sa.select(access_record.c.what).where(access_record.c.case_id == case_id)
        ).scalars()
        assert "return of 2026" in list(looked)


def test_the_return_is_for_managers_and_details_for_casework_as_well(
    app: Flask, desk: ReturnDesk, case_id: UUID
) -> None:
    del desk
    for name, status in (("casework", 404), ("setting", 404), ("parent", 404), ("admin", 404)):
        visitor = Visitor(app)
        visitor.sign_in(name)
        for address in ("/returns", "/returns/2026/problems", "/returns/2026/header"):
            visitor.get(address, status=status)
        own = 200 if name == "casework" else 404
        visitor.get(f"/returns/2026/cases/{case_id}", status=own)
        visitor.get(f"/cases/{case_id}/correct-details", status=own)


def test_a_year_or_a_run_that_there_is_not(manager: Visitor, case_id: UUID) -> None:
    unknown = "00000000-0000-0000-0000-000000000000"
    for address in (
        "/returns?year=1999",
        "/returns/2031/problems",
        f"/returns/2026/cases/{case_id}",
        f"/returns/2026/cases/{unknown}",
        f"/returns/runs/{unknown}/xml",
        f"/returns/runs/{unknown}/freeze",
        f"/cases/{unknown}/correct-details",
    ):
        manager.get(address, status=404)


def test_every_rule_leads_to_where_it_is_mended(case_id: UUID) -> None:
    assert set(mending.ELSEWHERE) <= set(book.BY_CODE)
    assert mending.address(case_id, "2.4-order", "fact:assessment_decision_notified", "x") == (
        "Correct a date",
        f"/cases/{case_id}/correct-date",
    )
    assert mending.address(case_id, "2.4-missing", "fact:x", "") == (
        "Open the case",
        f"/cases/{case_id}",
    )


def test_the_same_by_the_api(
    app: Flask, small_county: County, desk: ReturnDesk, case_id: UUID
) -> None:
    manager, casework = (Client(app, small_county, each) for each in ("manager", "casework"))

    state = manager.call("get", "/api/v1/returns/2026")
    assert (state["cases"], state["ready"], state["census_day"]) == (1, 0, "2026-01-15")
    [problem] = manager.call("get", "/api/v1/returns/2026/problems?severity=error")["items"]
    assert (problem["rule"], problem["source"]) == ("1.5-missing", "detail:ethnicity")

    body = {"values": {"ethnicity": "ZZZZ"}, "reason": "Asked"}
    wrong = casework.call("patch", f"/api/v1/cases/{case_id}/details", 422, json=body)
    assert "ethnicity" in wrong["errors"]
    body["values"] = {"ethnicity": "WBRI"}
    casework.call("patch", f"/api/v1/cases/{case_id}/details", json=body)
    asked = manager.call("post", "/api/v1/returns/2026/runs", 202, json={"kind": "files"})
    manager.call("post", "/api/v1/returns/2026/runs", 409, json={"kind": "files"})
    work(desk)

    done = manager.call("get", f"/api/v1/returns/runs/{asked['id']}")
    assert (done["status"], set(done["files"])) == ("done", {"xml", "tables"})
    sent = manager.call("get", f"/api/v1/returns/2026/cases/{case_id}")
    assert etree.XML(sent["xml"]).findtext("Ethnicity") == "WBRI"
    assert sent["problems"] == []
    casework.call("get", "/api/v1/returns/2026", 404)
    casework.call("post", "/api/v1/returns/2026/runs", 403, json={"kind": "check"})
    manager.call("get", "/api/v1/returns/1999", 404)


@pytest.fixture
def environment(small_county: County, tmp_path: Path) -> dict[str, str]:
    return {
        "EHCFLOW_DATABASE_URL": str(small_county.system.engine.url),
        "EHCFLOW_INSTANCE": str(tmp_path),
        "EHCFLOW_DEMO": "1",
    }


def test_the_command_line_prints_problems_and_tells_by_its_end(
    small_county: County, case_id: UUID, environment: dict[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    arguments = ["export", "--year", "2026", "--output", str(out)]

    first = CliRunner(env=environment).invoke(sen2, arguments)

    reference = small_county.case(case_id).reference
    assert first.exit_code == 1
    assert f"{reference}: error 1.5-missing Ethnicity: Ethnicity is missing." in first.output
    assert "header: error LEA" in first.output
    with (out / "sen2-2026-problems.csv").open(encoding="utf-8-sig") as file:
        assert [row["rule"] for row in csv.DictReader(file)] == ["1.5-missing"]

    manager = small_county.person("manager")
    command = CorrectDetails(case_id, {"ethnicity": "REFU"}, "Asked again")
    small_county.system.execute(command, manager)
    small_county.system.execute(SaveReturnHeader(2026, HEADER), manager)
    second = CliRunner(env=environment).invoke(sen2, arguments)

    assert second.exit_code == 0, second.output
    assert "No errors." in second.output
    root = etree.XML((out / "sen2-2026.xml").read_bytes())
    assert root.findtext("Persons/Person/Ethnicity") == "REFU"
    unknown = CliRunner(env=environment).invoke(sen2, ["export", "--year", "1999"])
    assert isinstance(unknown.exception, errors.Refused)
