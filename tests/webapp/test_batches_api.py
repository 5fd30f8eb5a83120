"""Other programs do the same to many things, and tell who is away."""

from uuid import uuid4

import pytest
from flask import Flask

from tests.support import many
from tests.support.county import County
from tests.support.many import ASHA, BRONWEN, TOM
from tests.webapp.test_api import Client
from workflows.access.people import CASEWORK


@pytest.fixture
def manager(app: Flask, small_county: County) -> Client:
    return Client(app, small_county, "manager")


def test_a_batch_is_planned_seen_started_followed_and_undone(
    small_county: County, manager: Client
) -> None:
    found = many.ashas_tasks(small_county, 1)
    items = [{"id": str(found[0]), "assignee": TOM}, {"id": str(uuid4()), "assignee": TOM}]
    body = {"operation": "reassign", "items": items}

    batch = manager.call("post", "/api/v1/batches", 201, json=body)
    address = f"/api/v1/batches/{batch['id']}"
    seen = manager.call("get", f"{address}/items")["items"]
    manager.call("post", f"{address}/start", 422, json={"reason": ""})
    manager.call("post", f"{address}/start", json={"reason": "Ill"})
    many.work_off(small_county)
    done = manager.call("get", address)
    manager.call("post", f"{address}/stop", 409)
    manager.call("post", f"{address}/resume", 409)
    manager.call("post", f"{address}/undo")
    many.work_off(small_county)

    assert (batch["status"], batch["total"]) == ("planned", 2)
    assert [each["effect"] for each in seen] == ["changes", "refused"]
    assert (done["status"], done["counts"]) == ("done", {"done": 1, "refused": 1})
    assert [each["status"] for each in manager.call("get", f"{address}/items")["items"]] == [
        "undone",
        "refused",
    ]


def test_others_than_managers_find_no_batch(
    app: Flask, small_county: County, manager: Client
) -> None:
    found = many.ashas_tasks(small_county, 1)
    body = {"operation": "release", "items": [{"id": str(found[0])}]}
    batch = manager.call("post", "/api/v1/batches", 201, json=body)
    casework = Client(app, small_county, "casework")

    casework.call("get", f"/api/v1/batches/{batch['id']}", 404)
    casework.call("get", f"/api/v1/batches/{batch['id']}/items", 404)
    casework.call("post", "/api/v1/batches", 403, json=body)
    manager.call("post", "/api/v1/batches", 422, json={"operation": "erase", "items": []})


def test_an_absence_is_entered_listed_and_ended(app: Flask, small_county: County) -> None:
    tom, other = Client(app, small_county, "casework2"), Client(app, small_county, "health")
    deputy = {"team": "sen_north", "role": CASEWORK, "person": ASHA}
    body = {"from": "2026-01-05", "to": "2026-01-09", "deputies": [deputy]}

    wrong = tom.call(
        "post", "/api/v1/absences", 422, json={**body, "deputies": [{**deputy, "person": BRONWEN}]}
    )
    made = tom.call("post", "/api/v1/absences", 201, json=body)
    tom.call("post", "/api/v1/absences", 409, json=body)
    tom.call("post", "/api/v1/absences", 403, json={**body, "person": ASHA})
    listed = tom.call("get", "/api/v1/absences")["items"]
    other.call("post", f"/api/v1/absences/{made['id']}/end", 404)
    ended = tom.call("post", f"/api/v1/absences/{made['id']}/end")

    assert "does not do the work" in wrong["errors"][f"deputy.sen_north.{CASEWORK}"][0]
    assert (made["person"], made["deputies"]) == (TOM, [deputy])
    assert [each["id"] for each in listed] == [made["id"]]
    assert ended["status"] == "cancelled"
    assert other.call("get", "/api/v1/absences")["items"] == []
