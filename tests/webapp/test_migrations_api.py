"""Other programs move running cases too: see beforehand, start, follow, stop and undo."""

import re

import pytest
from flask import Flask

from engine.commands.publish_definitions import PublishDefinitions
from engine.worker.migrations import carry_on
from tests.support.county import County
from tests.webapp.test_api import Client
from workflows import bootstrap


@pytest.fixture
def owner(app: Flask, small_county: County) -> Client:
    data = (bootstrap.DIAGRAMS / "ehc_assessment.bpmn").read_bytes()
    small_county.open_case()
    changed = re.sub(rb'name="Collate the evidence"', b'name="Collate all evidence"', data)
    command = PublishDefinitions({"ehc_assessment.bpmn": changed}, "A better name")
    small_county.system.execute(command, small_county.person("owner"))
    return Client(app, small_county, "owner")


def test_a_dry_run_moves_nothing_and_can_be_started(small_county: County, owner: Client) -> None:
    body = {"process": "ehc_assessment", "from": 1, "dry_run": True}

    planned = owner.call("post", "/api/v1/migrations", 201, json=body)
    address = f"/api/v1/migrations/{planned['id']}"
    seen = owner.call("get", f"{address}/preview")
    carry_on(small_county.system.executor)
    before = owner.call("get", address)
    owner.call("post", f"{address}/start", json={"reason": "A better name"})
    carry_on(small_county.system.executor)
    after = owner.call("get", address)

    assert (planned["status"], planned["to"], planned["total"]) == ("planned", 2, 1)
    (case,) = seen["items"]
    assert case["fate"] == "unchanged"
    assert {each["became"] for each in case["clocks"]} == {"kept"}
    assert all(each["due_before"] == each["due_after"] for each in case["clocks"])
    assert before["counts"] == {"waiting": 1}
    assert (after["status"], after["counts"]) == ("done", {"moved": 1})


def test_a_migration_is_ordered_followed_and_undone(small_county: County, owner: Client) -> None:
    body = {"process": "ehc_assessment", "from": 1, "to": 2, "reason": "A better name"}
    ordered = owner.call("post", "/api/v1/migrations", 201, json=body)
    address = f"/api/v1/migrations/{ordered['id']}"

    owner.call("post", f"{address}/stop")
    owner.call("post", f"{address}/resume")
    carry_on(small_county.system.executor)
    (item,) = owner.call("get", f"{address}/items")["items"]
    owner.call("post", f"{address}/undo")
    carry_on(small_county.system.executor)
    (undone,) = owner.call("get", f"{address}/items")["items"]

    assert ordered["status"] == "running"
    assert (item["status"], item["can_be_undone"]) == ("moved", True)
    assert undone["status"] == "undone"


def test_what_cannot_be_moved_is_refused(owner: Client) -> None:
    for body, status in (
        ({"process": "ehc_assessment", "from": 7, "reason": "Why not"}, 422),
        ({"process": "nothing", "from": 1, "reason": "Why not"}, 404),
        ({"process": "ehc_assessment", "from": 1, "cases": ["NO-1"], "reason": "Why not"}, 422),
        ({"process": "ehc_assessment", "from": 1, "mapping": {"a": "nowhere"}}, 422),
        ({"process": "ehc_assessment", "from": "one"}, 422),
        ({"process": "ehc_assessment", "from": 1, "to": 2, "surprise": 1}, 422),
    ):
        owner.call("post", "/api/v1/migrations", status, json=body)


def test_only_owners_move_and_managers_look(
    app: Flask, small_county: County, owner: Client
) -> None:
    body = {"process": "ehc_assessment", "from": 1, "dry_run": True}
    planned = owner.call("post", "/api/v1/migrations", 201, json=body)
    manager = Client(app, small_county, "manager")
    casework = Client(app, small_county, "casework")

    assert manager.call("get", f"/api/v1/migrations/{planned['id']}")["total"] == 1
    manager.call("post", "/api/v1/migrations", 403, json=body)
    casework.call("get", f"/api/v1/migrations/{planned['id']}", 404)
