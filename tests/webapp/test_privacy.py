"""Restricted cases, the record of access, subject access and retention, as people meet them."""

import csv
import datetime as dt
import io
import json
import zipfile
from typing import Any
from uuid import UUID

import openpyxl
import pytest
import sqlalchemy as sa
from flask import Flask

from engine.store.tables import metadata
from engine.worker.timers import fire_due
from tests.support.county import County
from tests.support.pages import Visitor
from workflows.access import sign_in
from workflows.commands.restrict_case import RestrictCase
from workflows.demo import organisation
from workflows.privacy import job
from workflows.store.tables import access_record, memberships, people

REASON = "The school called about safety"
DAY = {"received_on-day": "5", "received_on-month": "1", "received_on-year": "2026"}


def signed_in(app: Flask, name: str) -> Visitor:
    visitor = Visitor(app)
    visitor.sign_in(name)
    return visitor


def text_of(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


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


def test_the_record_tells_who_saw_what_and_what_is_unusual(
    small_county: County, app: Flask
) -> None:
    case_id = small_county.open_case()
    reference = small_county.case(case_id).reference
    signed_in(app, "casework").get(f"/cases/{case_id}")
    signed_in(app, "casework3").get(f"/cases/{case_id}")
    small_county.system.clock.move_to(dt.datetime(2026, 1, 10, 22, tzinfo=dt.UTC))
    signed_in(app, "casework").get(f"/cases/{case_id}")
    manager = signed_in(app, "manager")

    everything = text_of(manager.get("/access-record"))
    by_role = text_of(manager.get("/access-record?unusual=by_role"))
    at_night = text_of(manager.get("/access-record?unusual=outside_hours"))
    of_person = text_of(manager.get(f"/access-record?person=bronwen&case={reference}"))
    readings = text_of(manager.get("/access-record/readings"))

    assert everything.count("case page") >= 3
    assert ("Bronwen Lewis" in by_role, "Asha Patel" in by_role) == (True, False)
    assert ("Bronwen Lewis" in at_night, "Asha Patel" in at_night) == (False, True)
    assert ("Bronwen Lewis" in of_person, "Asha Patel" in of_person) == (True, False)
    assert f"person: bronwen, case: {reference}" in readings
    seen = text_of(manager.get(f"/cases/{case_id}"))
    assert "Who has seen this case" in seen
    assert "Who has seen this case" not in text_of(
        signed_in(app, "casework").get(f"/cases/{case_id}")
    )
    assert "case page" in text_of(signed_in(app, "casework3").get("/account/record"))
    assert signed_in(app, "casework").client.get("/access-record").status_code == 404


def test_many_cases_in_an_hour_are_unusual(small_county: County, app: Flask) -> None:
    case_id = small_county.open_case()
    with small_county.system.engine.begin() as connection:
        connection.execute(
            access_record.insert(),
            [
                {
                    "id": UUID(int=number),
                    "at": small_county.system.clock.now() - dt.timedelta(minutes=30),
                    "person_id": organisation.person_id("casework"),
                    "case_id": UUID(int=number),
                    "what": "case page",
                    "why": "",
                }
                for number in range(20)
            ],
        )

    signed_in(app, "casework").get(f"/cases/{case_id}")

    assert [each.many for each in looks(small_county, case_id)] == [True]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("since=yesterday", "#since"),
        ("until=2026-02-30", "#until"),
        ("since=2026-02-02&until=2026-02-01", "#until"),
        ("case=EHC-1999-00001", "#case"),
        ("person=nobody+of+this+name", "#person"),
        ("cursor=nonsense", "This page of the list"),
        ("unusual=everything", "nothing unusual of that name"),
    ],
)
def test_a_filter_that_is_wrong_is_told(
    small_county: County, app: Flask, query: str, field: str
) -> None:
    del small_county

    answer = signed_in(app, "manager").get(f"/access-record?{query}", status=422)

    assert field in text_of(answer)


def test_the_record_goes_to_a_spreadsheet_and_no_cell_is_a_formula(
    small_county: County, app: Flask
) -> None:
    case_id = small_county.open_case()
    with small_county.system.engine.begin() as connection:
        who = people.c.id == organisation.person_id("casework")
        connection.execute(people.update().where(who).values(name="=HYPERLINK(1)"))
    signed_in(app, "casework").get(f"/cases/{case_id}")
    manager = signed_in(app, "manager")

    table = list(csv.reader(io.StringIO(text_of(manager.get("/access-record/export.csv")))))
    book = openpyxl.load_workbook(io.BytesIO(manager.get("/access-record/export.xlsx").get_data()))

    assert table[1][1] == "'=HYPERLINK(1)"
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert rows[1][2] == small_county.case(case_id).reference
    assert "export, everything" in text_of(manager.get("/access-record/readings"))


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


def test_what_is_held_is_given_without_what_is_others(small_county: County, app: Flask) -> None:
    case_id = small_county.open_case(parent_name="Joan Example", parent_email="joan@families.test")
    small_county.walk(case_id)
    reference = small_county.case(case_id).reference
    manager = signed_in(app, "manager")
    form = {"case": reference, "requester": "Ada Example"}

    address = manager.post("/access-record/requests/new", **form, **DAY).location
    review = text_of(manager.get(address))
    manager.post(f"{address}/release", status=422)
    document = review.partition('name="documents"')[2].partition('value="')[2][:36]
    manager.post(
        f"{address}/release",
        checked="yes",
        redact=["Joan Example", "joan@families.test"],
        documents=[document],
    )
    assert job.make_bundles(small_county.system) == 1
    ready = text_of(manager.get(address))
    bundle = zipfile.ZipFile(io.BytesIO(manager.get(f"{address}/download").get_data()))

    assert "Answer by" in review
    assert "5 February 2026" in review
    assert "joan@families.test" in review
    assert "can be downloaded until" in ready
    data = json.loads(bundle.read("data.json"))[reference]
    assert data["cases"][0]["child_first_name"] == "Ada"
    assert {"case_facts", "deadlines", "tasks", "history", "access_record", "outbox"} <= set(data)
    for name in bundle.namelist():
        if not name.startswith("files/"):
            text = bundle.read(name).decode()
            assert "Joan Example" not in text, name
            assert "joan@families.test" not in text, name
    assert sum(name.startswith("files/") for name in bundle.namelist()) == 1
    assert "subject access: downloaded" in [each.what for each in looks(small_county, case_id)]
    small_county.system.clock.move_to(small_county.system.clock.now() + dt.timedelta(days=29))
    job.look(small_county.system)
    signed_in(app, "manager").get(f"{address}/download", status=404)
    assert signed_in(app, "casework").client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"case": "EHC-1999-1"}, "There is no case with this reference"),
        ({"requester": ""}, "Who asked"),
        ({"received_on-day": "6"}, "must be today or in the past"),
        ({"received_on-day": "35"}, "real date"),
    ],
)
def test_a_request_that_names_nothing_is_refused(
    small_county: County, app: Flask, change: dict[str, str], said: str
) -> None:
    reference = small_county.case(small_county.open_case()).reference
    given = {"case": reference, "requester": "Ada Example", **DAY, **change}

    answer = signed_in(app, "manager").post("/access-record/requests/new", status=422, **given)

    assert said in text_of(answer)


def second_admin(county: County) -> None:
    with county.system.engine.begin() as connection:
        connection.execute(
            memberships.insert(),
            {"person_id": organisation.person_id("owner"), "team_id": "", "role": "admin"},
        )


def rule(**values: str) -> dict[str, str]:
    return {
        "kind": "refused",
        "event": "closed",
        "years": "6",
        "source": "Limitation Act 1980",
        "starts_on-day": "1",
        "starts_on-month": "1",
        "starts_on-year": "2026",
        **values,
    }


def refuse(county: County, **values: Any) -> UUID:
    case_id = county.open_case(**values)
    county.walk(
        case_id, decide_to_assess={"decision_to_assess": "refuse", "legal_test_applied": "no"}
    )
    return case_id


def tables_with(county: County, *words: str) -> dict[str, int]:
    """Return how many rows of which table have one of these words in them."""
    found = {
        name: sum(any(word in str(tuple(row)) for word in words) for row in rows)
        for name, rows in county.everything().items()
    }
    return {name: number for name, number in found.items() if number}


def let_years_pass(county: County) -> None:
    """Let seven years pass; what waited for an appeal has ended meanwhile."""
    for day in (
        dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC),
        dt.datetime(2033, 1, 4, 9, tzinfo=dt.UTC),
    ):
        county.system.clock.move_to(day)
        while fire_due(county.system.executor):
            pass


def test_two_people_let_a_case_be_erased_and_the_proof_stays(
    small_county: County, app: Flask
) -> None:
    gone, kept = (
        refuse(small_county, child_first_name="Zephyrine", child_last_name="Quillfeather"),
        refuse(small_county),
    )
    second_admin(small_county)
    admin = signed_in(app, "admin")
    root = "/administration/retention"
    admin.post(f"{root}/rules/new", **rule())
    admin.post(
        f"{root}/holds/new", case=small_county.case(kept).reference, reason="Ombudsman’s inquiry"
    )
    before = len(small_county.everything()["case_facts"])
    system = small_county.system
    let_years_pass(small_county)
    admin, other = signed_in(app, "admin"), signed_in(app, "owner")

    address = admin.post(f"{root}/proposals").location
    shown = text_of(admin.get(address))
    own = admin.post(f"{address}/decide", status=403, decision="confirm", understood="yes")
    unread = other.post(f"{address}/decide", status=422, decision="confirm")
    other.post(f"{address}/decide", decision="confirm", understood="yes")
    other.post(f"{address}/decide", status=409, decision="confirm", understood="yes")
    job.erase(system)
    done = text_of(other.get(address))

    assert "Another administrator must confirm it" in shown
    assert "Another administrator must confirm" in text_of(own)
    assert "cannot be undone" in text_of(unread)
    assert "1 erased, 0 kept, 0 still to come" in done
    assert small_county.problems() == []
    assert tables_with(small_county, "Quillfeather", "Zephyrine", "Quill") == {}
    assert len(small_county.everything()["case_facts"]) == before
    assert small_county.case(kept).child_first_name == "Ada"
    assert small_county.case(gone).child_date_of_birth == dt.date(2017, 1, 1)
    signed_in(app, "manager").get(f"/cases/{gone}")
    admin.post(
        f"{root}/holds/new", status=409, case=small_county.case(gone).reference, reason="Late"
    )


def test_a_hold_that_is_placed_meanwhile_keeps_a_case(small_county: County, app: Flask) -> None:
    case_id = refuse(small_county)
    second_admin(small_county)
    root = "/administration/retention"
    signed_in(app, "admin").post(f"{root}/rules/new", **rule())
    let_years_pass(small_county)
    admin, other = signed_in(app, "admin"), signed_in(app, "owner")
    address = admin.post(f"{root}/proposals").location
    other.post(f"{address}/decide", decision="confirm", understood="yes")

    reference = small_county.case(case_id).reference
    other.post(f"{root}/holds/new", case=reference, reason="An appeal came in")
    job.erase(small_county.system)

    assert "0 erased, 1 kept" in text_of(other.get(address))
    assert small_county.case(case_id).child_first_name == "Ada"
    assert "kept by a legal hold" in text_of(other.get(root))
    other.post(f"{root}/holds/{case_id}/lift", reason="")
    assert "An appeal came in" in text_of(other.get(root))
    other.post(f"{root}/holds/{case_id}/lift", reason="The appeal is over")
    assert "An appeal came in" not in text_of(other.get(root))


def test_an_erased_history_that_is_changed_after_is_found_out(
    small_county: County, app: Flask
) -> None:
    test_two_people_let_a_case_be_erased_and_the_proof_stays(small_county, app)
    history = metadata.tables["history"]
    with small_county.system.engine.begin() as connection:
        erased = connection.execute(
            sa.select(history.c.subject_id).where(history.c.kind == "SubjectErased")
        ).scalar_one()
        first = (history.c.subject_id == erased) & (history.c.seq == 1)
        connection.execute(history.update().where(first).values(actor_id="somebody else"))

    assert small_county.problems() == [
        f"History of {erased}: what was erased is not as it was left."
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": ""}, "Select the kind of case"),
        ({"event": ""}, "Select from when"),
        ({"years": "0"}, "Enter a whole number of years"),
        ({"years": "six"}, "Enter a whole number of years"),
        ({"source": " "}, "Enter the law or policy"),
        ({"starts_on-day": "31", "starts_on-month": "2"}, "Enter a real date"),
        (
            {"ends_on-day": "1", "ends_on-month": "1", "ends_on-year": "2025"},
            "The last day must be",
        ),
        ({"years": "7"}, "Another rule keeps these cases for 6 years"),
        ({"event": "birth", "starts_on-year": "2030"}, "Another rule keeps these cases"),
    ],
)
def test_a_rule_that_is_wrong_or_contradicts_another_is_refused(
    small_county: County, app: Flask, change: dict[str, str], said: str
) -> None:
    admin = signed_in(app, "admin")
    admin.post("/administration/retention/rules/new", **rule())
    before = small_county.everything()["retention_rules"]

    refused = admin.post("/administration/retention/rules/new", status=422, **rule(**change))

    assert said in text_of(refused)
    assert small_county.everything()["retention_rules"] == before


def test_a_rule_can_follow_one_that_was_ended(small_county: County, app: Flask) -> None:
    admin = signed_in(app, "admin")
    admin.post("/administration/retention/rules/new", **rule())
    (row,) = small_county.everything()["retention_rules"]

    admin.post(f"/administration/retention/rules/{row.id}/end")
    admin.post(
        "/administration/retention/rules/new", **rule(**{"years": "7", "starts_on-day": "6"})
    )

    kept = {each.years for each in small_county.everything()["retention_rules"]}
    assert kept == {6, 7}
