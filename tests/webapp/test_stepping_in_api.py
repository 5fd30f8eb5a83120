"""Stepping in by the API: the same commands, the same refusals."""

from typing import Any

import pytest
from flask import Flask

from tests.support.county import County
from tests.support.failing import cases_with_incidents
from tests.webapp.test_api import Client
from workflows import retrying


@pytest.fixture
def manager(app: Flask, small_county: County) -> Client:
    return Client(app, small_county, "manager")


@pytest.fixture
def casework(app: Flask, small_county: County) -> Client:
    return Client(app, small_county, "casework")


def test_a_token_is_moved_once_it_is_seen_what_that_would_do(
    small_county: County, manager: Client, casework: Client
) -> None:
    case_id = small_county.open_case()
    small_county.walk(case_id, until="decide_to_assess")
    instance_id = small_county.open_tasks(case_id)[0].instance_id
    path = f"/api/v1/instances/{instance_id}/move-token"
    move = {"from": "decide_to_assess", "to": "collate_evidence", "reason": "A report came late."}

    would = manager.call("post", path, json=move | {"dry_run": True})
    casework.call("post", path, 403, json=move)
    refused = manager.call("post", path, 422, json=move | {"to": "nowhere"})
    moved = manager.call("post", path, json=move)

    assert (would["active"], would["dry_run"]) == (["decide_to_assess"], True)
    assert "The task “Collate the evidence” opens for SEN casework." in would["effects"]
    assert "no step “nowhere”" in refused["detail"]
    assert moved["active"] == ["collate_evidence"]


def test_a_process_is_restarted_and_a_timer_cancelled(
    small_county: County, manager: Client
) -> None:
    case_id = small_county.open_case()
    small_county.walk(case_id, until="give_views")
    instance_id = small_county.open_tasks(case_id)[0].instance_id
    timers = manager.call("get", f"/api/v1/instances/{instance_id}")["timers"]
    plain = next(each for each in timers if not each["duty"])
    of_law = next(each for each in timers if each["duty"])

    done = manager.call("post", f"/api/v1/timers/{plain['id']}/cancel", json={"reason": "R"})
    manager.call("post", f"/api/v1/timers/{of_law['id']}/cancel", 403, json={"reason": "R"})
    new = manager.call(
        "post", f"/api/v1/instances/{instance_id}/restart", 201, json={"reason": "R"}
    )

    assert done["status"] == "cancelled"
    assert new["restarted_from"] == str(instance_id)
    assert manager.call("get", f"/api/v1/instances/{new['id']}")["status"] == "active"


def test_a_group_of_incidents_is_tried_again(small_county: County, manager: Client) -> None:
    cases_with_incidents(small_county, 2)

    (group,) = manager.call("get", "/api/v1/incidents/groups")["items"]
    begun = manager.call("post", "/api/v1/incidents/retry", 202, json={"group": group["key"]})
    retrying.carry_on(small_county.system, seconds=60)
    done = manager.call("get", f"/api/v1/incidents/retries/{begun['id']}")

    assert (group["cases"], group["cause"]) == (2, "The mail server … did not answer.")
    assert (begun["status"], begun["settled"]) == ("running", 0)
    assert (done["status"], done["counts"]) == ("done", {"succeeded": 2})
    manager.call("post", "/api/v1/incidents/retry", 404, json={"group": group["key"]})


def test_an_exception_is_asked_for_and_decided(
    small_county: County, manager: Client, casework: Client, app: Flask
) -> None:
    case_id = small_county.open_case()
    small_county.pass_days(20)
    path = f"/api/v1/cases/{case_id}/exceptions/asked"
    body: dict[str, Any] = {
        "duty": "assessment.decision",
        "ground": "exceptional_circumstances",
        "from": "2026-01-10",
        "to": "2026-01-20",
        "reason": "The mother was in hospital.",
    }

    wrong = casework.call("post", path, 422, json=body | {"to": "2026-06-20"})
    asked = casework.call("post", path, 201, json=body)
    casework.call("post", path, 409, json=body)
    decision = f"/api/v1/exceptions/{asked['id']}/decision"
    casework.call("post", decision, 403, json={"granted": True})
    granted = manager.call("post", decision, json={"granted": True})
    manager.call("post", decision, 409, json={"granted": True})

    assert "to" in wrong["errors"]
    assert asked["status"] == "asked"
    assert granted["status"] == "granted"
    listed = manager.call("get", "/api/v1/exceptions?status=granted")["items"]
    assert [each["id"] for each in listed] == [asked["id"]]
    outsider = Client(app, small_county, "setting")
    outsider.call("get", f"/api/v1/exceptions/{asked['id']}", 404)
