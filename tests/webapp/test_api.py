"""The API, by a client that knows only its OpenAPI document."""

import re
from typing import Any

import pytest
from flask import Flask

from engine.store import clock_offset
from tests.support.county import CHOICES, County, _Steady
from workflows.access import sign_in
from workflows.demo import answers


class Client:
    """Calls operations by what the document says of them."""

    def __init__(self, app: Flask, county: County, name: str) -> None:
        self.client = app.test_client()
        secret = sign_in.new_token(
            county.system.engine, f"{name}@demo.test", county.system.clock.now()
        )
        self.headers = {"Authorization": f"Bearer {secret}"}
        self.document = self.client.get("/api/v1/openapi.json").json

    def call(self, method: str, path: str, status: int = 200, **given: Any) -> Any:
        pattern = next(p for p in self.document["paths"] if self._fits(p, path))
        assert method in self.document["paths"][pattern], f"{method} {pattern} is not described"
        headers = {**self.headers, **given.pop("headers", {})}
        answer = getattr(self.client, method)(path, headers=headers, **given)
        assert answer.status_code == status, answer.get_data(as_text=True)[:600]
        if status >= 400:
            assert answer.mimetype == "application/problem+json"
        return answer.json

    @staticmethod
    def _fits(pattern: str, path: str) -> bool:
        return bool(
            re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", pattern), path.split("?", maxsplit=1)[0])
        )


@pytest.fixture
def casework(app: Flask, small_county: County) -> Client:
    return Client(app, small_county, "casework")


def start(client: Client, **more: Any) -> Any:
    values = {
        "received_on": "2026-01-05",
        "request_source": "1",
        "child_first_name": "Ada",
        "child_last_name": "Example",
        "child_date_of_birth": "2017-03-04",
        "setting": "st-aidans",
        "area": "north",
        "parent_name": "Joan Example",
    }
    body = {"values": values | more}
    return client.call("post", "/api/v1/processes/ehc_assessment/instances", 201, json=body)


def test_the_document_is_openapi_3_1_and_offers_the_processes(casework: Client) -> None:
    assert casework.document["openapi"] == "3.1.0"

    found = casework.call("get", "/api/v1/processes")

    processes = {each["key"]: each for each in found}
    assert processes.keys() >= {
        "ehc_assessment",
        "statement_transfer",
        "mediation",
        "personal_budget",
        "annual_review",
    }
    fields = {each["id"]: each for each in processes["ehc_assessment"]["start_form"]["fields"]}
    assert fields["received_on"]["required"]
    assert fields["request_source"]["type"] == "enum"


@pytest.mark.parametrize(
    ("choice", "outcome"),
    [
        ({}, "issued"),
        ({"decision_to_assess": "refuse"}, "refused"),
        ({"plan_necessary": "no"}, "no_plan"),
    ],
)
def test_an_assessment_from_request_to_end(
    app: Flask, small_county: County, choice: dict[str, str], outcome: str
) -> None:
    clients = {
        name: Client(app, small_county, name)
        for name in ("casework", "panel", "psychology", "health", "socialcare")
    }
    casework = clients["casework"]
    begun = start(casework)

    for _ in range(60):
        waiting = casework.call("get", f"/api/v1/tasks?case={begun['case_id']}")["items"]
        if not waiting:
            break
        task = casework.call("get", f"/api/v1/tasks/{waiting[0]['id']}")
        known = {each["id"] for each in task["form"]["fields"]}
        today = small_county.system.clock.now().date()
        values = answers.answer(task["element_id"], _Steady(), today, {})  # type: ignore[arg-type]
        values |= dict(CHOICES.get(task["element_id"], {}))
        values |= {name: value for name, value in choice.items() if name in known}
        name = {
            "decision_panel": "panel",
            "educational_psychology": "psychology",
            "health": "health",
            "social_care": "socialcare",
        }.get(task["role"], "casework")
        body = {"values": values, "on_behalf_of": "mother, by telephone"}
        clients[name].call("post", f"/api/v1/tasks/{task['id']}/complete", json=body)

    case = casework.call("get", f"/api/v1/cases/{begun['case_id']}")
    assert (case["status"], case["outcome"]) == ("closed", outcome)
    assert {each["code"] for each in case["facts"]} >= {"request_received"}
    instance = casework.call("get", f"/api/v1/instances/{begun['id']}")
    assert instance["status"] == "completed"
    history = casework.call("get", f"/api/v1/instances/{begun['id']}/history?limit=200")
    assert history["items"][0]["kind"] == "InstanceStarted"


def test_without_a_token_nothing_is_answered(app: Flask, small_county: County) -> None:
    client = Client(app, small_county, "casework")
    client.headers = {}

    client.call("get", "/api/v1/tasks", 401)
    client.headers = {"Authorization": "Bearer ehc_guessed"}
    client.call("get", "/api/v1/cases", 401)


def test_the_same_idempotency_key_answers_the_same(casework: Client) -> None:
    path = "/api/v1/processes/ehc_assessment/instances"
    body = {
        "values": {
            "received_on": "2026-01-05",
            "request_source": "1",
            "child_first_name": "Ada",
            "child_last_name": "Example",
            "child_date_of_birth": "2017-03-04",
        }
    }
    key = {"Idempotency-Key": "letter-17"}

    first = casework.call("post", path, 201, json=body, headers=key)
    again = casework.call("post", path, 201, json=body, headers=key)
    body["values"]["child_first_name"] = "Eve"
    casework.call("post", path, 409, json=body, headers=key)

    assert first == again
    assert len(casework.call("get", "/api/v1/cases")["items"]) == 1


def test_wrong_values_name_their_fields(casework: Client) -> None:
    path = "/api/v1/processes/ehc_assessment/instances"
    values = {
        "received_on": "2027-01-05",
        "request_source": "9",
        "child_first_name": "A" * 101,
        "child_date_of_birth": 5,
        "nonsense": "x",
    }

    answer = casework.call("post", path, 422, json={"values": values})

    assert set(answer["errors"]) == {
        "received_on",
        "request_source",
        "child_first_name",
        "child_last_name",
        "child_date_of_birth",
        "nonsense",
    }
    assert casework.call("get", "/api/v1/cases")["items"] == []
    casework.call("post", path, 400, data="{", content_type="application/json")
    casework.call("post", "/api/v1/processes/nothing/instances", 404, json={"values": {"a": "b"}})


def test_a_completed_task_tells_who_and_when(casework: Client) -> None:
    task = start(casework)["tasks"][0]
    body = {"values": {"how_it_came": "letter", "six_months_checked": "no"}}
    casework.call("post", f"/api/v1/tasks/{task}/complete", json=body)

    answer = casework.call("post", f"/api/v1/tasks/{task}/complete", 409, json=body)

    assert answer["by"]
    assert answer["at"].startswith("2026-01-05")


def test_a_task_of_another_agency_is_not_there(
    app: Flask, small_county: County, casework: Client
) -> None:
    task = start(casework)["tasks"][0]
    outsider = Client(app, small_county, "outsider")

    outsider.call("get", f"/api/v1/tasks/{task}", 404)
    outsider.call("post", f"/api/v1/tasks/{task}/claim", 404)
    assert outsider.call("get", "/api/v1/tasks")["items"] == []
    assert outsider.call("get", "/api/v1/deadlines")["items"] == []


def test_a_message_nobody_waits_for_is_a_conflict(casework: Client) -> None:
    case_id = start(casework)["case_id"]

    casework.call("post", "/api/v1/messages", 409, json={"name": "nothing", "case_id": case_id})
    payload = {"ended_on": "2026-01-05", "ended_reason": "They rang."}
    casework.call(
        "post",
        "/api/v1/messages",
        json={"name": "request_withdrawn", "case_id": case_id, "payload": payload},
    )

    assert casework.call("get", f"/api/v1/cases/{case_id}")["outcome"] == "withdrawn"


def test_a_manager_suspends_resumes_and_ends_but_moves_no_statutory_timer(
    app: Flask, small_county: County, casework: Client
) -> None:
    instance = start(casework)["id"]
    manager = Client(app, small_county, "manager")
    reason = {"reason": "The tribunal asked us to wait."}
    timer = manager.call("get", "/api/v1/timers")["items"][0]

    casework.call("post", f"/api/v1/instances/{instance}/suspend", 403, json=reason)
    suspended = manager.call("post", f"/api/v1/instances/{instance}/suspend", json=reason)
    resumed = manager.call("post", f"/api/v1/instances/{instance}/resume", json=reason)
    manager.call("post", f"/api/v1/timers/{timer['id']}/fire", 403, json=reason)
    ended = manager.call("post", f"/api/v1/instances/{instance}/cancel", json=reason)

    assert [each["status"] for each in (suspended, resumed, ended)] == [
        "suspended",
        "active",
        "cancelled",
    ]


def test_facts_and_exceptions_by_api(casework: Client) -> None:
    case_id = start(casework)["case_id"]
    fact = {"code": "request_received", "date": "2025-12-29", "reason": "The stamp."}

    case = casework.call("post", f"/api/v1/cases/{case_id}/facts", 201, json=fact)
    refused = casework.call(
        "post",
        f"/api/v1/cases/{case_id}/exceptions",
        422,
        json={
            "duty": "assessment.decision",
            "ground": "no_psychologist",
            "from": "2025-12-29",
            "to": "2026-01-03",
            "reason": "None to be had.",
        },
    )

    due = {each["duty"]: each["due"] for each in case["deadlines"]}
    assert due["assessment.decision"] == "2026-02-09"
    assert "shortage of staff" in refused["detail"]


def test_a_diagram_is_checked_and_published_by_its_owner(
    app: Flask, small_county: County, casework: Client
) -> None:
    owner = Client(app, small_county, "owner")
    answer = owner.client.get(
        "/api/v1/diagrams/statement_transfer/versions/1", headers=owner.headers
    )
    better = answer.data.replace(
        b'name="Meet the family"', b'name="Meet the family and the school"'
    )
    body = {"xml": better.decode(), "reason": "A clearer name."}

    bad = owner.call("post", "/api/v1/diagrams/check", data=b"<!DOCTYPE x><x/>")
    good = owner.call("post", "/api/v1/diagrams/check", data=better)
    casework.call("post", "/api/v1/diagrams/statement_transfer/versions", 403, json=body)
    owner.call("post", "/api/v1/diagrams/statement_transfer/versions", 201, json=body)

    assert "DOCTYPE" in bad["problems"][0]["message"]
    assert good["problems"] == []
    versions = owner.call("get", "/api/v1/diagrams/statement_transfer/versions")["items"]
    assert [each["version"] for each in versions] == [2, 1]


def test_the_demo_clock_lets_timers_fire_at_their_dates(
    small_county: County, casework: Client
) -> None:
    case_id = start(casework)["case_id"]
    clock = small_county.system.clock
    then, clock.frozen = clock.now(), None
    clock_offset.write(small_county.system.engine, then - clock.now())

    answer = casework.call("post", "/api/v1/demo/clock", json={"advance": "P18W"})

    assert answer["timers_fired"] == 3
    assert casework.call("get", f"/api/v1/cases/{case_id}")["deadlines"][0]["status"] == "late"
    casework.call("post", "/api/v1/demo/clock", 422, json={"advance": "ten weeks"})
