"""What is held about a child is given to who asks, without what is others’."""

import datetime as dt
import io
import json
import zipfile
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.support.county import County
from tests.support.pages import signed_in, text_of
from workflows.privacy import job
from workflows.store.tables import access_record

DAY = {"received_on-day": "5", "received_on-month": "1", "received_on-year": "2026"}


def looks(county: County, case_id: UUID) -> list[Any]:
    with county.system.read() as connection:
        statement = sa.select(*access_record.c).where(access_record.c.case_id == case_id)
        return list(connection.execute(statement.order_by(access_record.c.at, access_record.c.id)))


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
