"""The pages of administrators: each is whole, for nobody else, and says what is wrong."""

import dataclasses
import io
from typing import Any

import pytest
from flask import Flask

from engine import ports
from engine.worker.outbox import send_kind
from tests.support.county import County
from tests.support.pages import Visitor, settings_for, source_of as text
from webapp.cli.main import cli
from webapp.wiring import webhook_sender
from workflows import bootstrap
from workflows.commands.add_webhook import AddWebhook
from workflows.commands.send_test_event import SendTestEvent
from workflows.demo import organisation
from workflows.store import webhooks
from workflows.webhooks.details import WebhookDetails

ADMIN = organisation.person_id("admin")
PANEL = organisation.person_id("panel")
PAGES = (
    "/administration/agencies",
    "/administration/agencies?closed=yes",
    "/administration/agencies/health",
    "/administration/agencies/teams/panel",
    "/administration/agencies/add",
    "/administration/agencies/st-aidans/change",
    "/administration/agencies/health/close",
    "/administration/agencies/health/add-team",
    "/administration/agencies/teams/panel/change",
    "/administration/agencies/teams/panel/close",
    "/administration/agencies/areas/add",
    "/administration/agencies/areas/north/change",
    "/administration/agencies/areas/north/close",
    "/administration/agencies/authority",
    "/administration/people",
    "/administration/people?q=doyle&role=decision_panel&team=panel&state=",
    f"/administration/people/{PANEL}",
    "/administration/people/add",
    "/administration/people/import",
    f"/administration/people/{PANEL}/change",
    f"/administration/people/{PANEL}/give-role",
    f"/administration/people/{PANEL}/take-role/decision_panel@panel",
    f"/administration/people/{PANEL}/deactivate",
    f"/administration/people/{PANEL}/link",
    "/administration/routing",
    "/administration/routing?role=sen_casework&area=coast&phase=&setting=",
    "/administration/routing?role=manager",
    "/administration/routing/edit",
    "/administration/calendar",
    "/administration/calendar?year=2027",
    "/administration/calendar/close",
    "/administration/calendar/open?first=2026-02-02&last=2026-02-02",
    "/administration/calendar/terms/add",
    "/administration/tokens",
    "/administration/webhooks",
    "/administration/webhooks/add",
    "/administration/history",
    "/administration/history?what=person",
)
MISSING = (
    "/administration/agencies/nowhere",
    "/administration/agencies/teams/nowhere",
    "/administration/agencies/areas/nowhere/change",
    "/administration/people/nobody",
    f"/administration/people/{PANEL}/take-role/owner@",
    "/administration/webhooks/00000000-0000-0000-0000-000000000001",
    "/invitation/guessed",
)


def day(name: str, year: int, month: int, number: int) -> dict[str, str]:
    return {f"{name}-year": str(year), f"{name}-month": str(month), f"{name}-day": str(number)}


@pytest.fixture
def admin(visitor: Visitor) -> Visitor:
    visitor.sign_in("admin")
    return visitor


def test_every_page_is_whole_and_for_administrators_alone(app: Flask, admin: Visitor) -> None:
    for address in PAGES:
        admin.get(address)
    for address in MISSING:
        admin.get(address, 404)
    for name in ("manager", "owner"):
        other = Visitor(app)
        other.sign_in(name)
        for address in PAGES[::7]:
            other.get(address, 404)
        other.post("/administration/agencies/health/close", 404, reason="R")


def test_an_agency_a_team_and_an_area_are_added_changed_and_closed(admin: Visitor) -> None:
    areas, agencies = "/administration/agencies/areas", "/administration/agencies"
    admin.post(f"{areas}/add", name="West", code="west")
    admin.post(f"{areas}/west/change", name="Far West")
    wrong = admin.post(f"{agencies}/add", 422, name="", kind="circus", email="x")
    admin.post(f"{agencies}/add", name="Sea School", kind="setting", email="a@b.test", area="west")
    refused = admin.post(f"{areas}/west/close", 409, reason="Merged")
    admin.post(f"{agencies}/sea-school/change", name="Sea School", kind="setting", email="c@d.test")
    admin.post(f"{areas}/west/close", reason="Merged")
    admin.post(f"{agencies}/health/add-team", name="Nurses", code="nurses", email="n@d.test")
    again = admin.post(
        f"{agencies}/health/add-team", 422, name="X", code="nurses", email="n@d.test"
    )
    admin.post(f"{agencies}/teams/nurses/change", name="School nurses", email="n@d.test")
    admin.post(f"{agencies}/teams/nurses/close", reason="Not needed")
    unreasoned = admin.post(f"{agencies}/teams/nurses/close", 422, reason=" ")
    admin.post(f"{agencies}/teams/nurses/close", reason="Needed after all")

    assert "There is a problem" in text(wrong)
    assert "Give them another area first" in text(refused)
    assert "There is a team with this code already" in text(again)
    assert "Reason" in text(unreasoned)
    assert "School nurses" in text(admin.get(f"{agencies}/health"))
    history = text(admin.get("/administration/history"))
    assert "Email: from “a@b.test” to “c@d.test”" in history
    assert "opened again" in history


def test_the_authority_is_described_and_notices_say_so(admin: Visitor) -> None:
    page = "/administration/agencies/authority"
    given = {
        "name": "Wolds Borough",
        "mediation_adviser": "A",
        "mediation_contact": "B",
        "disagreement_resolution": "C",
        "information_and_advice": "D",
        "local_offer": "E",
    }
    admin.post(page, 422, **{**given, "local_offer": ""})
    admin.post(page, **given)

    assert "Wolds Borough" in text(admin.get("/administration/agencies"))


def test_a_person_is_added_invited_and_signs_in(
    app: Flask, small_county: County, admin: Visitor
) -> None:
    people = "/administration/people"
    for wrong in ({"role": "decision_panel"}, {"role": "manager", "team": "panel"}, {"role": ""}):
        admin.post(f"{people}/add", 422, name="Ada Lovell", email="ada@wolds.test", **wrong)
    admin.post(
        f"{people}/add",
        name="Ada Lovell",
        email="ada@wolds.test",
        role="decision_panel",
        team="panel",
    )
    link = invitation(small_county)
    stranger = Visitor(app)
    short = stranger.post(link, 422, link, password="short", again="short")
    differ = stranger.post(link, 422, link, password="marmalade kettle", again="marmalade")
    page = stranger.get(link)
    stranger.post(link, 303, link, password="marmalade kettle", again="marmalade kettle")

    assert "at least 12 characters" in text(short)
    assert "The two passwords differ" in text(differ)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    stranger.get(link, 404)
    token = stranger.token("/sign-in")
    given = {"email": "ada@wolds.test", "password": "marmalade kettle", "csrf_token": token}
    assert stranger.client.post("/sign-in", data=given).status_code == 303
    assert "Decision panel" in text(stranger.get("/account"))


def invitation(county: County) -> str:
    sent = [row for row in county.everything()["outbox"] if row.key.startswith("invitation:")]
    return "/invitation/" + sent[-1].payload["text"].partition("/invitation/")[2].split()[0]


def test_a_file_of_people_is_shown_first_and_refused_by_line(admin: Visitor) -> None:
    people, header = "/administration/people", "email,name,role,team\n"

    def send(content: str, status: int) -> str:
        file = (io.BytesIO(content.encode()), "people.csv")
        token = admin.token("/account")
        answer = admin.client.post(f"{people}/import", data={"file": file, "csrf_token": token})
        assert answer.status_code == status
        return text(answer)

    assert "Line 2: There is no role “king”." in send(f"{header}a@b.test,Ada,king,\n", 422)
    good = f"{header}a@b.test,=Ada,health,health_hub\npanel@demo.test,Margaret Doyle,manager,\n"
    shown = send(good, 200)
    assert "Is added and invited" in shown
    assert "Is here already" in shown
    admin.post(f"{people}/import/confirm", 422, content="nonsense")
    admin.post(f"{people}/import/confirm", content=good)
    assert "Manager, across the authority" in text(admin.get(f"{people}/{PANEL}"))


def test_roles_sign_in_and_the_last_administrator(admin: Visitor) -> None:
    person = f"/administration/people/{PANEL}"
    admin.post(f"{person}/give-role", role="owner", reason="Deputy")
    admin.post(f"{person}/take-role/owner@", reason="No deputy")
    admin.post(f"{person}/change", name="Margaret Doyle", email="panel2@demo.test")
    admin.post(f"{person}/change", 422, name="X", email="owner@demo.test")
    admin.post(f"{person}/invite")
    admin.post(f"{person}/unlock")
    admin.post(f"{person}/deactivate", reason="Left")
    admin.post(f"{person}/deactivate", reason="Back")
    refused = admin.post(f"/administration/people/{ADMIN}/deactivate", 409, reason="Left")

    assert "last administrator" in text(refused)
    assert "roles changed" in text(admin.get(person))


def test_open_tasks_are_shown_passed_on_and_released(small_county: County, admin: Visitor) -> None:
    small_county.walk(small_county.open_case(), until="give_views")
    team = "/administration/agencies/teams/st-aidans"
    before = text(admin.get(team))
    closed = admin.post(f"{team}/close", 409, reason="Merged")
    admin.post(f"{team}/pass-on", to="", reason="R")
    admin.post(f"{team}/pass-on", to="beck-lane", reason="Merged")

    assert "Pass 1 on" in before
    assert "with this team. Pass them on to another team first." in text(closed)
    assert "No open task is with this team" in text(admin.get(team))
    admin.post(f"/administration/people/{PANEL}/release", reason="Left")


def test_the_routing_table_is_edited_checked_and_published(admin: Visitor) -> None:
    page = "/administration/routing/edit"
    rule = {"role-1": "sen_casework", "area-1": "north", "team-1": "sen_north", "seen": "1"}
    more = text(admin.post(page, 200, step="add", **rule))
    wrong = text(admin.post(page, 422, step="publish", reason="R", **{**rule, "team-1": "nobody"}))
    admin.post(page, 422, step="publish", reason=" ", **rule)
    admin.post(page, 409, step="publish", reason="R", **{**rule, "seen": "9"})
    up = {**rule, "role-2": "health", "team-2": "health_hub"}
    moved = text(admin.post(page, 200, step="up-2", **up))
    admin.post(page, 200, step="remove-2", **up)
    admin.post(page, 303, step="publish", reason="Fewer rules", **up)

    assert "Team of rule 2" in more
    assert "Rule 1: there is no open team “nobody”" in wrong
    assert moved.index("Health</option>") < moved.index("Role of rule 2")
    assert "version 2" in text(admin.get("/administration/routing"))


def test_a_closure_is_shown_then_added_then_taken_out(small_county: County, admin: Visitor) -> None:
    page = "/administration/calendar"
    days = {**day("first", 2026, 2, 2), **day("last", 2026, 2, 3)}
    shown = text(admin.post(f"{page}/close", 200, name="Flood", reason="Water", **days))
    past = {**day("first", 2025, 2, 3), **day("last", 2025, 2, 3)}
    refused = text(admin.post(f"{page}/close", 422, name="Flood", reason="Water", **past))
    admin.post(f"{page}/close", 303, name="Flood", reason="Water", step="confirm", **days)
    overlap = text(admin.post(f"{page}/close", 422, name="Snow", reason="R", **days))
    admin.post(f"{page}/open", 200, reason="Dry", **days)
    bootstrap.apply_calendar(small_county.system)

    assert "2 working days. Nothing is changed yet." in shown
    assert "The first day must be after today" in refused
    assert "closed on some of these days already" in overlap
    assert "2 February 2026: Flood" in text(admin.get(f"{page}?year=2026"))
    admin.post(f"{page}/open", 303, reason="Dry", step="confirm", **days)
    term = {**day("first", 2026, 1, 5), **day("last", 2026, 3, 27)}
    admin.post(f"{page}/terms/add", 303, name="Spring", **term)
    admin.post(f"{page}/terms/add", 422, name="Spring", **term)
    admin.post(f"{page}/terms/2026-01-05/remove")
    admin.post(f"{page}/terms/nonsense/remove", 404)


def test_tokens_are_shown_once_and_read_only_ones_change_nothing(
    app: Flask, small_county: County, admin: Visitor
) -> None:
    owner = Visitor(app)
    owner.sign_in("casework")
    page = "/account/tokens"
    owner.post(f"{page}/make", 422, name="R", scope="read", **day("last_day", 2030, 1, 1))
    shown = owner.post(
        f"{page}/make", 200, name="Reports", scope="read", **day("last_day", 2026, 6, 1)
    )
    secret = text(shown).partition("<code>")[2].partition("</code>")[0].strip()
    headers = {"Authorization": f"Bearer {secret}"}
    asked = app.test_client()

    assert secret.startswith("ehc_")
    assert asked.get("/api/v1/tasks", headers=headers).status_code == 200
    refused = asked.post("/api/v1/messages", headers=headers, json={})
    assert refused.status_code == 403
    assert "only read" in refused.json["detail"]
    listed = text(admin.get("/administration/tokens"))
    assert "Reports" in listed
    assert secret not in listed
    token_id = listed.partition("/administration/tokens/")[2].partition("/")[0]
    owner.post(f"{page}/{token_id}/revoke")
    assert asked.get("/api/v1/tasks", headers=headers).status_code == 401
    assert small_county.person("casework")


def test_a_webhook_is_added_tested_and_its_log_read(small_county: County, admin: Visitor) -> None:
    page = "/administration/webhooks"

    def enter(path: str, status: int, address: str, **more: str) -> Any:
        given = {"name": "Cases", "events": ["case.opened"], "agency_id": "", "address": address}
        token = admin.token("/account")
        answer = admin.client.post(page + path, data={**given, **more, "csrf_token": token})
        assert answer.status_code == status
        return answer

    inside = enter("/add", 422, "https://169.254.169.254/latest")
    plain = enter("/add", 422, "http://hooks.example.org/")
    added = enter("/add", 200, "https://hooks.example.org/")
    hook = f"{page}/" + text(added).partition(f"{page}/")[2].partition('"')[0]
    admin.post(f"{hook}/test")
    log = text(admin.get(hook))
    admin.get(f"{hook}?only=failed")
    admin.get(f"{hook}/secret")
    rotated = admin.post(f"{hook}/secret", 200)
    change = f"{hook.removeprefix(page)}/change"
    enter(change, 422, "https://localhost/", seen="2")
    enter(change, 409, "https://b.example.org/", seen="1")
    enter(change, 303, "https://b.example.org/", seen="2")
    admin.post(f"{hook}/switch")
    admin.post(f"{hook}/deliveries/msg_x/again")

    assert "not reachable from outside" in text(inside)
    assert "begins with https://" in text(plain)
    assert "whsec_" in text(added)
    assert "whsec_" in text(rotated)
    assert "A test" in log
    assert "Waiting" in log
    assert "whsec_" not in log
    assert small_county.system.domain.subscriptions


def test_a_host_of_tests_is_named_by_a_setting(
    small_county: County, receiver: Any, tmp_path: Any
) -> None:
    hosts = frozenset({receiver.host})
    settings = dataclasses.replace(settings_for(tmp_path), webhook_test_hosts=hosts)
    details = WebhookDetails("X", receiver.address, ("case.opened",))
    command = AddWebhook(details, hosts)
    small_county.system.execute(command, ports.SYSTEM)
    small_county.system.execute(SendTestEvent(command.webhook_id), ports.SYSTEM)

    sender = webhook_sender(small_county.system, settings)

    assert send_kind(small_county.system.executor, webhooks.KIND, sender) == 1
    assert len(receiver.received) == 1


def test_the_command_line_adds_people_and_agencies() -> None:
    assert {"person", "agency"} <= set(cli.commands)
