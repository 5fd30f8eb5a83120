"""The plan as programs read and write it."""

from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from tests.support.county import County
from tests.support.plans import WHOLE, issue, whole
from workflows.access import sign_in
from workflows.plan import document, text


@pytest.fixture
def case_id(small_county: County) -> UUID:
    """A case of somebody's child."""
    found = small_county.open_case()
    small_county.link_parent(found)
    small_county.walk(found, until="draft_plan")
    return found


def call(app: Flask, county: County, name: str, case_id: UUID, body: Any = None) -> Any:
    secret = sign_in.new_token(county.system.engine, f"{name}@demo.test", county.system.clock.now())
    client, headers = app.test_client(), {"Authorization": f"Bearer {secret}"}
    address = f"/api/v1/cases/{case_id}/plan"
    if body is None:
        return client.get(address, headers=headers)
    return client.put(address, headers=headers, json=body)


def test_a_plan_is_written_as_a_whole_and_read_again(
    small_county: County, app: Flask, case_id: UUID
) -> None:
    empty = call(app, small_county, "casework", case_id).json
    saved = call(app, small_county, "casework", case_id, {"revision": 0, "content": WHOLE})
    again = call(app, small_county, "casework", case_id).json

    assert (empty["revision"], empty["content"]["sections"]) == (0, {})
    assert saved.status_code == 200
    assert saved.json == again
    assert again["revision"] == 1
    assert again["content"] == document.dump(whole())
    assert {each["severity"] for each in again["problems"]} == {"warning"}
    assert again["newest"] is None


def test_a_plan_that_was_changed_meanwhile_is_not_overwritten(
    small_county: County, app: Flask, case_id: UUID
) -> None:
    body = {"revision": 0, "content": WHOLE}
    call(app, small_county, "casework", case_id, body)

    refused = call(app, small_county, "casework", case_id, body)

    assert refused.status_code == 409
    assert refused.mimetype == "application/problem+json"
    assert refused.json["revision"] == "1"


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, "revision"),
        ({"revision": -1, "content": {}}, "revision"),
        ({"revision": 0, "content": []}, "content"),
        ({"revision": 0, "content": {}, "more": 1}, "more"),
        ({"revision": 0, "content": {"schema": 9, "sections": {}}}, "schema"),
        (
            {
                "revision": 0,
                "content": {"schema": 1, "sections": {"f": {"rows": [{"id": "x"}]}}},
            },
            "sections.f.rows.0.what",
        ),
    ],
    ids=["nothing", "a bad revision", "a list", "something else", "a bad schema", "a bad row"],
)
def test_what_is_no_plan_is_refused_by_name(
    small_county: County, app: Flask, case_id: UUID, body: Any, named: str
) -> None:
    refused = call(app, small_county, "casework", case_id, body)

    assert refused.status_code == 422
    assert refused.mimetype == "application/problem+json"
    assert named in refused.json["errors"]


def test_a_program_gets_what_its_person_may_read(
    small_county: County, app: Flask, case_id: UUID
) -> None:
    body = {"revision": 0, "content": WHOLE}
    call(app, small_county, "casework", case_id, body)
    before = call(app, small_county, "parent", case_id).json
    issue(small_county, case_id, text.texts(whole()), final=False)

    after = call(app, small_county, "parent", case_id).json

    assert before["content"]["sections"] == after["content"]["sections"] == {}
    assert before["newest"] is None
    assert after["newest"]["content"] == document.dump(whole())
    assert after["newest"]["sha256"] == document.seal(after["newest"]["content"])
    assert [each["label"] for each in after["versions"]] == ["Draft 1"]
    assert before["problems"] == after["problems"] == []
    assert call(app, small_county, "parent", case_id, body).status_code == 403
    assert call(app, small_county, "health", case_id, body).status_code == 403
    assert call(app, small_county, "outsider", case_id, body).status_code == 404
