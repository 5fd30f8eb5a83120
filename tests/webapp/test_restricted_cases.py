"""Restricted cases, as people meet them."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Flask

from tests.support.county import County
from tests.support.pages import signed_in, text_of
from workflows.access import sign_in
from workflows.commands.restrict_case import RestrictCase
from workflows.store.tables import access_record

REASON = "The school called about safety"


def restricted(county: County, **values: Any) -> UUID:
    case_id = county.open_case(**values)
    command = RestrictCase(case_id, "adoption", "Placed for adoption")
    county.system.execute(command, county.person("casework2"))
    return case_id


def looks(county: County, case_id: UUID) -> list[Any]:
    with county.system.read() as connection:
        statement = sa.select(*access_record.c).where(access_record.c.case_id == case_id)
        return list(connection.execute(statement.order_by(access_record.c.at, access_record.c.id)))


def test_a_manager_breaks_the_glass_and_who_is_named_is_told(
    small_county: County, app: Flask
) -> None:
    case_id = restricted(small_county, child_first_name="Zephyrine")
    reference = small_county.case(case_id).reference
    manager, named = signed_in(app, "manager"), signed_in(app, "casework2")

    found = text_of(manager.get("/cases?q=Zephyrine+Example"))
    led = manager.client.get(f"/cases/{case_id}")
    asked = manager.get(f"/cases/{case_id}/break-glass")
    refused = manager.post(f"/cases/{case_id}/break-glass", status=422, reason="Because")
    manager.post(f"/cases/{case_id}/break-glass", reason=REASON)
    shown = text_of(manager.get(f"/cases/{case_id}"))

    assert reference in found
    assert "Zephyrine Example</" not in found
    assert led.location == f"/cases/{case_id}/break-glass"
    assert "Zephyrine" not in text_of(asked)
    assert "Enter the reason" in text_of(refused)
    assert "Zephyrine" in shown
    assert "A restricted case was opened" in text_of(named.get("/tasks"))
    alerts = text_of(named.get("/access-record/alerts"))
    assert REASON in alerts
    assert "Grace Okafor" in alerts
    seen = {(each.page, each.glass) for each in looks(small_county, case_id)}
    assert {("break-glass", False), ("case page", True)} <= seen
    for name in ("outsider", "health", "parent"):
        stranger = signed_in(app, name)
        assert stranger.client.get(f"/cases/{case_id}").status_code == 404
        assert stranger.client.get(f"/cases/{case_id}/break-glass").status_code == 404


def test_a_case_is_restricted_and_open_again_by_page(small_county: County, app: Flask) -> None:
    case_id = small_county.open_case()
    casework, manager = signed_in(app, "casework"), signed_in(app, "manager")
    address = f"/cases/{case_id}/restriction"

    refused = text_of(casework.post(address, status=422, kind="adoption"))
    casework.post(address, kind="adoption", reason=REASON)
    shown = text_of(casework.get(address))
    hidden = manager.client.get(f"/cases/{case_id}").status_code
    no_reason = casework.post(f"{address}/lift", status=422)
    casework.post(f"{address}/lift", **{"lift-reason": "No longer needed"})

    assert "Enter the reason" in refused
    assert "Change the restriction" in shown
    assert hidden == 303
    assert "Enter the reason" in text_of(no_reason)
    manager.get(f"/cases/{case_id}")


def test_the_api_restricts_a_case_breaks_its_glass_and_tells_the_record(
    small_county: County, app: Flask
) -> None:
    case_id = small_county.open_case()
    now = small_county.system.clock.now()
    tokens = {
        name: sign_in.new_token(small_county.system.engine, f"{name}@demo.test", now)
        for name in ("casework", "manager", "outsider")
    }

    def ask(name: str, method: str, address: str, **body: Any) -> Any:
        return app.test_client().open(
            f"/api/v1{address}",
            method=method,
            json=body or None,
            headers={"Authorization": f"Bearer {tokens[name]}"},
        )

    address = f"/cases/{case_id}/restriction"
    given = {"kind": "adoption", "reason": REASON}

    assert ask("casework", "GET", address).status_code == 404
    assert ask("casework", "PUT", address, kind="because", reason="x").status_code == 422
    assert ask("outsider", "PUT", address, **given).status_code == 404
    assert ask("casework", "PUT", address, **given).json["kind"] == "adoption"
    assert ask("manager", "GET", f"/cases/{case_id}").status_code == 404
    glass = f"/cases/{case_id}/break-glass"
    assert ask("outsider", "POST", glass, reason=REASON).status_code == 404
    assert ask("casework", "POST", glass, reason=REASON).status_code == 403
    assert ask("manager", "POST", glass, reason="short").status_code == 422
    assert ask("manager", "POST", glass, reason=REASON).status_code == 201
    assert ask("manager", "GET", f"/cases/{case_id}").status_code == 200
    record = ask("manager", "GET", f"/access-record?case={case_id}&unusual=glass").json
    assert [each["what"] for each in record["items"]] == ["case"]
    assert ask("casework", "GET", "/access-record").status_code == 403
    assert ask("casework", "POST", f"{address}/lift", reason="Over").status_code == 204
    assert ask("casework", "GET", address).status_code == 404
