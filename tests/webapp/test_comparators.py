"""Comparators: files are sent, neighbours chosen, and lines drawn with their table."""

import io
from pathlib import Path

from flask import Flask

from tests.support import statistics
from tests.support.county import County
from tests.support.pages import Visitor, source_of as shown
from tests.support.statistics import DALES, NORTH, WOLDS, line
from tests.webapp.test_api import Client
from workflows.commands.load_statistics import LoadStatistics
from workflows.simulation.guesses import published_shares


def sent(name: str, *lines: dict[str, str]) -> tuple[io.BytesIO, str]:
    return io.BytesIO(statistics.text(lines).encode()), name


def timeliness(share: str) -> list[dict[str, str]]:
    return [
        line("timeliness", area, pc_plans_issued_within_20_weeks=share)
        for area in (statistics.ENGLAND, NORTH, WOLDS, DALES)
    ]


def test_files_are_sent_neighbours_chosen_and_lines_drawn(visitor: Visitor) -> None:
    visitor.sign_in("manager")
    assert "No statistics are loaded yet" in shown(visitor.get("/comparators"))
    assert "Load the published statistics first" in shown(visitor.get("/comparators/choose"))

    visitor.post(
        "/comparators/load",
        files=[
            sent("timeliness.csv", *timeliness("46.5")),
            sent("requests.csv", line("requests", request_not_assess_pc="27.5")),
        ],
    )
    loaded = shown(visitor.get("/comparators"))
    visitor.post("/comparators/choose", own="E10000901", neighbours=["E10000902"])
    page = shown(visitor.get("/comparators"))
    refused = shown(visitor.get("/comparators?measure=refused"))

    assert "choose your authority and its neighbours" in loaded
    for words in ("Dales", "Neighbour", "Your authority, as published", "46.5 %", "timeliness.csv"):
        assert words in page
    assert "27.5 %" in refused
    assert "Nothing of this is loaded" in shown(visitor.get("/comparators?measure=plans"))


def test_a_file_that_is_wrong_is_told_by_line_and_column(visitor: Visitor) -> None:
    visitor.sign_in("manager")

    page = shown(
        visitor.post(
            "/comparators/load",
            status=422,
            files=[sent("made_up.csv", line("requests", requests_received_in_year="=1+1"))],
        )
    )
    none = shown(visitor.post("/comparators/load", status=422))

    assert "made_up.csv, line 2, column requests_received_in_year: “=1+1” is no figure" in page
    assert "Nothing was loaded" in page
    assert "Choose at least one file" in none
    assert "No statistics are loaded yet" in shown(visitor.get("/comparators"))


def test_a_choice_that_is_wrong_is_told_at_its_field(
    small_county: County, visitor: Visitor, tmp_path: Path
) -> None:
    files = (statistics.file(tmp_path, timeliness("46.5")),)
    small_county.system.execute(LoadStatistics(files), small_county.person("manager"))
    visitor.sign_in("manager")

    page = shown(visitor.post("/comparators/choose", status=422, own=""))
    own = visitor.post("/comparators/choose", status=422, own="E10000901", neighbours=["E10000901"])

    assert "Select which authority you are" in page
    assert "Your own authority is no neighbour of itself" in shown(own)


def test_comparators_are_for_managers(visitor: Visitor) -> None:
    for name in ("owner", "casework"):
        visitor.sign_in(name)
        visitor.get("/comparators", status=404)
        visitor.get("/comparators/load", status=404)


def test_simulations_begin_with_englands_shares(small_county: County, tmp_path: Path) -> None:
    lines = [line("requests", request_not_assess_pc="30"), line("requests", WOLDS)]
    with small_county.system.read() as connection:
        before = published_shares(connection)
    files = (statistics.file(tmp_path, lines),)
    small_county.system.execute(LoadStatistics(files), small_county.person("manager"))

    with small_county.system.read() as connection:
        found = published_shares(connection)

    assert before == {}
    assert found == {("decide_to_assess", "decision_to_assess"): {"refuse": 30.0, "assess": 70.0}}


def test_other_programs_ask_for_lines(app: Flask, small_county: County, tmp_path: Path) -> None:
    files = (statistics.file(tmp_path, timeliness("46.5")),)
    small_county.system.execute(LoadStatistics(files), small_county.person("manager"))
    manager = Client(app, small_county, "manager")

    found = manager.call("get", "/api/v1/comparators?measure=in_20_weeks")

    assert found["items"] == [
        {"name": "England", "kind": "england", "points": [{"year": 2024, "value": 46.5}]}
    ]
    manager.call("get", "/api/v1/comparators?measure=happiness", 422)
    Client(app, small_county, "owner").call("get", "/api/v1/comparators?measure=in_20_weeks", 403)
