"""Two people let cases be erased that are due; a hold keeps them."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from engine.store.tables import metadata
from engine.worker.timers import fire_due
from tests.support.county import County
from tests.support.pages import signed_in, text_of
from workflows.demo import organisation
from workflows.privacy import job
from workflows.store.tables import memberships


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
