"""Administration by API: agencies, people, closures, webhooks, tokens."""

import pytest
from flask import Flask

from tests.support.county import County
from tests.webapp.test_api import Client


@pytest.fixture
def admin(app: Flask, small_county: County) -> Client:
    return Client(app, small_county, "admin")


def test_agencies_people_and_closures_by_api(admin: Client, small_county: County) -> None:
    agency = {"kind": "setting", "name": "Sea School", "email": "a@b.test", "area": "coast"}
    admin.call("post", "/api/v1/agencies", 201, json=agency)
    listed = admin.call("get", "/api/v1/agencies")["items"]
    assert "sea-school" in {each["id"] for each in listed}
    wrong = admin.call("post", "/api/v1/agencies", 422, json={**agency, "area": "nowhere"})
    assert "area" in wrong["errors"]
    person = {
        "email": "ada@wolds.test",
        "name": "Ada Lovell",
        "roles": [{"role": "education_setting", "team": "sea-school"}],
    }
    added = admin.call("post", "/api/v1/people", 201, json=person)
    (found,) = admin.call("get", "/api/v1/people?q=lovell")["items"]
    assert found["id"] == added["id"]
    assert (found["has_password"], found["active"]) == (False, True)
    closure = {"first": "2026-02-02", "last": "2026-02-03", "name": "Flood", "reason": "Water"}
    admin.call("post", "/api/v1/closures", 202, json=closure)
    admin.call("post", "/api/v1/closures", 422, json=closure)
    days = admin.call("get", "/api/v1/closures?year=2026")["items"]
    assert [each["day"] for each in days] == ["2026-02-02", "2026-02-03"]
    assert small_county.problems() == []


def test_webhooks_and_tokens_by_api(admin: Client) -> None:
    hook = {"name": "X", "address": "https://hooks.example.org/", "events": ["case.opened"]}
    refused = admin.call(
        "post", "/api/v1/webhooks", 422, json={**hook, "address": "https://10.0.0.1/"}
    )
    assert "address" in refused["errors"]
    made = admin.call("post", "/api/v1/webhooks", 201, json=hook)
    assert made["secret"].startswith("whsec_")
    address = f"/api/v1/webhooks/{made['id']}"
    admin.call("put", address, json={**hook, "events": ["task.opened"]})
    assert admin.call("get", address)["events"] == ["task.opened"]
    assert "secret" not in admin.call("get", "/api/v1/webhooks")["items"][0]
    admin.call("post", f"{address}/test", 202)
    (queued,) = admin.call("get", f"{address}/deliveries?status=queued")["items"]
    assert (queued["event"], queued["attempts"]) == ("test", [])
    admin.call("post", f"{address}/deliveries/{queued['id']}/again", 409)
    assert admin.call("post", f"{address}/secret")["secret"] != made["secret"]
    assert admin.call("post", f"{address}/switch", json={"on": False}) == {
        "id": made["id"],
        "on": False,
    }
    (token,) = admin.call("get", "/api/v1/tokens")["items"]
    admin.call("post", f"/api/v1/tokens/{token['id']}/revoke")


@pytest.mark.parametrize(
    "path", ["/api/v1/agencies", "/api/v1/people", "/api/v1/closures?year=2026", "/api/v1/webhooks"]
)
def test_others_than_administrators_are_refused(
    app: Flask, small_county: County, path: str
) -> None:
    Client(app, small_county, "manager").call("get", path, 403)
