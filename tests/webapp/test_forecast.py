"""Managers see when cases will be finished, what would save them, and how far to rely on it."""

import csv
import io
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from flask import Flask

from engine import ports
from tests.support.county import County
from tests.support.pages import Visitor, source_of as text
from workflows.access import sign_in
from workflows.commands.keep_backtest import KeepBacktest
from workflows.forecast.job import Forecaster


@pytest.fixture
def case_id(small_county: County) -> UUID:
    """A case that waited long for its meeting, and one that has just begun."""
    small_county.open_case(child_first_name="=Ben", area="south")
    slow = small_county.open_case()
    small_county.walk(slow, until="hold_meeting")
    small_county.pass_days(100)
    for _ in range(2):
        Forecaster(small_county.system).look()
    return slow


@pytest.fixture
def manager(visitor: Visitor, case_id: UUID) -> Visitor:
    del case_id
    visitor.sign_in("manager")
    return visitor


def reference(county: County, case_id: UUID) -> str:
    found: str = county.case(case_id).reference
    return found


def test_open_cases_stand_with_their_chance_and_what_takes_the_time(
    manager: Visitor, small_county: County, case_id: UUID
) -> None:
    page = text(manager.get("/forecast"))
    learned = text(manager.get("/forecast/learned"))

    assert reference(small_county, case_id) in page
    assert "At risk" in page
    assert "What takes the time" in page
    assert "will probably end with" in page
    assert "Register the request" in learned
    assert "Half take at most" in learned


def test_the_list_is_filtered_sorted_and_cut_into_pages(
    manager: Visitor, small_county: County, case_id: UUID
) -> None:
    wanted = reference(small_county, case_id)

    assert wanted in text(manager.get("/forecast?area=north&sort=date&weeks=12"))
    assert wanted not in text(manager.get("/forecast?area=south"))
    assert wanted not in text(manager.get("/forecast?weeks=late"))
    assert wanted in text(manager.get("/forecast?weeks=8&at_risk=yes"))
    assert "There are no such cases." in text(manager.get("/forecast?driver=Nobody"))
    assert wanted in text(manager.get("/forecast?weeks=many&sort=upwards&team="))
    manager.get("/forecast?cursor=nonsense", 422)


def test_the_list_is_taken_along_as_csv_and_as_excel(manager: Visitor) -> None:
    lines = list(
        csv.reader(io.StringIO(manager.get("/forecast/export.csv").get_data(as_text=True)))
    )
    answer = manager.get("/forecast/export.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.get_data()))
    answer.close()
    rows = list(book.active.iter_rows(values_only=True))  # type: ignore[union-attr]

    assert len(lines) == len(rows) == 3
    assert {row[1] for row in lines[1:]} == {"AE", "'=E"}
    assert isinstance(rows[1][6], float | int)
    manager.get("/forecast/export.pdf", 404)


def test_the_rescue_list_shows_before_and_after_with_the_task_to_act_on(
    manager: Visitor, small_county: County, case_id: UUID
) -> None:
    (task,) = small_county.open_tasks(case_id)

    page = text(manager.get("/forecast/rescue"))
    none = text(manager.get("/forecast/rescue?action=queue_first"))

    assert reference(small_county, case_id) in page
    assert f"/tasks/{task.id}" in page
    assert "There is no case" in none


def test_how_forecasts_turned_out_is_told_in_words(visitor: Visitor, small_county: County) -> None:
    visitor.sign_in("manager")
    week = small_county.system.clock.now().date()
    bands = ((0, 0), (0, 0), (4, 2), (0, 0), (10, 9))
    small_county.system.execute(KeepBacktest(week, 40, (40, 21), (50, 37), bands), ports.SYSTEM)

    page = text(visitor.get("/forecast/calibration"))

    assert "Of those with “in four of five by this day”, <strong>74%</strong> were" in page
    assert "90%" in page


def test_before_anything_was_computed_the_pages_say_so(
    visitor: Visitor, small_county: County
) -> None:
    small_county.open_case()
    visitor.sign_in("manager")

    assert "There is no forecast yet." in text(visitor.get("/forecast"))
    assert "nothing to tell yet" in text(visitor.get("/forecast/calibration"))
    assert "Nothing was learned yet." in text(visitor.get("/forecast/learned"))
    assert "There is no case" in text(visitor.get("/forecast/rescue"))


def test_the_pages_are_for_managers_alone(visitor: Visitor) -> None:
    for name in ("casework", "health", "owner", "outsider"):
        visitor.client.delete_cookie("ehcflow_session")
        visitor.sign_in(name)
        for path in ("", "/rescue", "/calibration", "/learned", "/export.csv"):
            visitor.get(f"/forecast{path}", 404)


def test_the_case_page_shows_the_forecast_to_those_who_steer_the_case(
    visitor: Visitor, case_id: UUID
) -> None:
    shown = {}
    for name in ("manager", "casework", "panel"):
        visitor.client.delete_cookie("ehcflow_session")
        visitor.sign_in(name)
        shown[name] = "Finished as likely as not by" in text(visitor.get(f"/cases/{case_id}"))

    assert shown == {"manager": True, "casework": True, "panel": False}


def test_the_api_lists_forecasts_and_rescues(
    app: Flask, small_county: County, case_id: UUID
) -> None:
    def call(name: str, path: str) -> Any:
        now = small_county.system.clock.now()
        token = sign_in.new_token(small_county.system.engine, f"{name}@demo.test", now)
        headers = {"Authorization": f"Bearer {token}"}
        return app.test_client().get(f"/api/v1/forecasts{path}", headers=headers)

    first = call("manager", "?limit=1").json
    second = call("manager", f"?limit=1&cursor={first['next']}").json
    by_date = call("casework", "?sort=date&weeks=52").json["items"]
    rescues = call("manager", "/rescues").json["items"]

    assert [each["case_id"] for each in first["items"]] == [str(case_id)]
    assert first["items"][0]["chance_late"] >= second["items"][0]["chance_late"]
    assert second["next"] is None
    assert [each["due"] for each in by_date] == sorted(each["due"] for each in by_date)
    assert str(case_id) in {each["case_id"] for each in rescues}
    assert [each["gain"] for each in rescues] == sorted(
        (each["gain"] for each in rescues), reverse=True
    )
    assert call("health", "").status_code == 403
    assert call("manager", "?sort=upwards").status_code == 422
