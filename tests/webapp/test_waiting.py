"""Where work waits: each number is that of its list, by element and by version."""

import re
from typing import Any

import pytest
from flask import Flask

from engine.commands.publish_definitions import PublishDefinitions
from tests.support.county import County
from tests.support.pages import Visitor, source_of as text
from tests.webapp.test_api import Client
from workflows import bootstrap
from workflows.queries.step_durations import step_durations
from workflows.queries.where_work_waits import (
    Waiting,
    version_bundles,
    waiting_by_process,
    where_work_waits,
)
from workflows.queries.work_list import Scope, WorkFilter, work_list

PAGE = "/where-work-waits"


def waits(county: County, process: str, version: int | None = None) -> dict[str, Waiting]:
    with county.system.read() as connection:
        return dict(
            where_work_waits(
                connection,
                county.person("manager"),
                process,
                version=version,
                events=["wait_for_review"],
                now=county.system.now(),
            )
        )


def listed(county: County, **chosen: Any) -> int:
    with county.system.read() as connection:
        found = work_list(
            connection,
            county.person("manager"),
            WorkFilter(scope=Scope.ALL, **chosen),
            now=county.system.now(),
        )
    return sum(found.counts.values())


def test_each_number_is_that_of_its_list(county: County) -> None:
    for _ in range(2):
        case_id = county.open_case()
        county.walk(case_id, until="give_advice")
    county.open_case()
    county.pass_days(43)

    found = waits(county, "gather_advice")
    late = {"late_at": county.system.now(), "element": "give_advice", "part": "gather_advice"}

    advice = found["give_advice"]
    assert advice.count == listed(county, element="give_advice", part="gather_advice") > 0
    assert advice.late == listed(county, **late) > 0
    assert (advice.under_a_week, advice.under_four_weeks, advice.longer) == (0, 0, advice.count)
    assert advice.late_share == 100 * advice.late / advice.count
    assert waits(county, "ehc_assessment")["register_request"].count == 1
    with county.system.read() as connection:
        by_process = waiting_by_process(connection, None)
    assert by_process == {"ehc_assessment": 1, "gather_advice": advice.count}


def test_versions_are_told_apart(small_county: County) -> None:
    small_county.open_case()
    data = (bootstrap.DIAGRAMS / "ehc_assessment.bpmn").read_bytes()
    changed = re.sub(rb'name="Collate the evidence"', b'name="Collate all evidence"', data)
    command = PublishDefinitions({"ehc_assessment.bpmn": changed}, "A better name")
    small_county.system.execute(command, small_county.person("owner"))
    small_county.open_case()
    small_county.open_case()

    counts = [
        waits(small_county, "ehc_assessment", version)["register_request"].count
        for version in (None, 1, 2)
    ]

    with small_county.system.read() as connection:
        runs = version_bundles(connection, "ehc_assessment", 2)
    assert counts == [3, 1, 2]
    assert listed(small_county, element="register_request", bundles=runs) == 2


def test_advice_that_is_returned_is_told_as_done_again(small_county: County) -> None:
    case_id = small_county.open_case()
    small_county.walk(case_id, until="give_advice")
    small_county.pass_days(3)
    small_county.complete(case_id, "give_advice")
    small_county.complete(
        case_id,
        "check_advice",
        advice_accepted="no",
        advice_return_reasons="No outcomes are named.",
    )
    small_county.complete(case_id, "give_advice")

    with small_county.system.read() as connection:
        found = step_durations(
            connection,
            "gather_advice",
            version=None,
            since=small_county.system.now().replace(year=2025),
        )

    advice = found["give_advice"]
    assert advice.duration.observed == advice.cases + advice.again
    assert (advice.again, advice.longest) == (1, 2)
    assert advice.duration.p80 >= advice.duration.median > 0


def test_the_page_shows_numbers_with_their_lists(small_county: County, visitor: Visitor) -> None:
    case_id = small_county.open_case()
    small_county.walk(case_id, until="give_advice")
    small_county.pass_days(50)
    visitor.sign_in("manager")

    page = text(visitor.get(f"{PAGE}?process=gather_advice&heat=late&version=1"))
    address = "/tasks?scope=all&element=give_advice&part=gather_advice&version=1&late=yes"

    assert "Most late tasks wait at “Give advice”" in page
    assert f'href="{address.replace("&", "&amp;")}"' in page
    tasks = text(visitor.get(address))
    assert "Remove filter</span> At: give advice" in tasks
    assert "Remove filter</span> Version 1" in tasks
    assert '<input type="hidden" name="element" value="give_advice">' in tasks


@pytest.mark.parametrize("query", ["process=no_such", "version=99", "version=x", "heat=cold"])
def test_what_is_not_known_is_left_aside(
    small_county: County, visitor: Visitor, query: str
) -> None:
    visitor.sign_in("manager")

    page = text(visitor.get(f"{PAGE}?{query}"))

    assert "EHC needs assessment and plan" in page
    assert small_county.open_case() is not None


def test_owners_see_numbers_and_no_lists(small_county: County, visitor: Visitor) -> None:
    small_county.open_case()
    visitor.sign_in("owner")

    page = text(visitor.get(PAGE))

    assert "1 task waits for people" in page
    assert "/tasks?scope=all" not in page


def test_nobody_else_sees_it(visitor: Visitor) -> None:
    for name in ("casework", "psychology", "parent"):
        visitor.sign_in(name)
        visitor.get(PAGE, status=404)


def test_other_programs_ask_too(app: Flask, small_county: County) -> None:
    small_county.open_case()
    manager = Client(app, small_county, "manager")

    found = manager.call("get", "/api/v1/where-work-waits?process=ehc_assessment")

    first = found["items"][0]
    assert (first["element_id"], first["waiting"], first["late"]) == ("register_request", 1, 0)
    manager.call("get", "/api/v1/where-work-waits?process=no_such", 404)
    Client(app, small_county, "casework").call(
        "get", "/api/v1/where-work-waits?process=ehc_assessment", 403
    )
