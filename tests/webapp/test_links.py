"""A personal link opens one task to somebody who does not sign in, once."""

import datetime as dt
import io
import re
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from engine.store.tables import outbox, tasks
from tests.support.county import County
from tests.support.pages import Visitor, text_of as text
from workflows.store.tables import access_record, personal_links

VIEWS = {"family_views": "Mornings are hard.", "child_views": "Likes art."}


@pytest.fixture
def case_id(small_county: County) -> UUID:
    found = small_county.open_case()
    small_county.walk(found, until="give_views")
    return found


@pytest.fixture
def address(small_county: County, app: Flask, case_id: UUID) -> str:
    """The address of a link to the family's task, as its email has it."""
    staff = Visitor(app)
    staff.sign_in("casework")
    task = task_of(small_county, case_id)
    given = {"link_name": "Joan Example", "link_email": "joan@families.test"}
    staff.post(f"/tasks/{task}/links", page=f"/tasks/{task}", **given)
    with small_county.system.read() as connection:
        sent = connection.execute(
            sa.select(outbox.c.payload).where(outbox.c.key.like("personal-link:%"))
        ).scalar_one()
    assert "Ada" not in f"{sent['subject']} {sent['text']}", "no child's name in an email"
    found = re.search(r"http://localhost(/l/\S+)", sent["text"])
    assert found
    return found[1]


def task_of(county: County, case_id: UUID) -> UUID:
    (row,) = (row for row in county.open_tasks(case_id) if row.element_id == "give_views")
    return UUID(str(row.id))


def test_a_parent_saves_returns_sends_and_gets_a_receipt(
    small_county: County, visitor: Visitor, address: str, case_id: UUID
) -> None:
    first = text(visitor.get(address))
    visitor.post(f"{address}/draft", page=address, family_views="Mornings are")
    again = text(visitor.get(address))
    refused = text(visitor.post(f"{address}/complete", status=422, page=address, family_views=""))
    upload = {"family_evidence-upload": (io.BytesIO(b"A letter."), "letter.txt")}
    sent = visitor.post(f"{address}/complete", page=address, **VIEWS, **upload)
    receipt = text(visitor.get(sent.location))

    assert "about Ada E" in first
    assert "Example" not in first.replace("Joan Example", ""), "no more of the child than it needs"
    assert "Mornings are" in again
    assert "There is a problem" in refused
    assert small_county.case(case_id).reference in receipt
    assert "Mornings are hard." in receipt
    with small_county.system.read() as connection:
        task = connection.execute(
            sa.select(tasks.c["values"], tasks.c.completed_by, tasks.c.status).where(
                tasks.c.element_id == "give_views"
            )
        ).one()
        looks = connection.execute(sa.select(access_record.c.why)).scalars().all()
    assert task.status == "completed"
    assert task.values["on_behalf_of"] == "Joan Example, by personal link"
    assert looks.count("personal link") >= 4
    assert small_county.problems() == []


def test_a_link_is_used_once_and_its_receipt_fades(
    small_county: County, visitor: Visitor, address: str
) -> None:
    visitor.get(f"{address}/receipt", status=404)
    sent = visitor.post(f"{address}/complete", page=address, **VIEWS)
    before = small_county.everything()

    visitor.get(address, status=404)
    visitor.client.post(f"{address}/complete", data=VIEWS)
    visitor.get(sent.location)
    small_county.system.clock.move_to(small_county.system.clock.now() + dt.timedelta(hours=2))
    visitor.get(sent.location, status=404)

    after = small_county.everything()
    assert after["tasks"] == before["tasks"]
    assert after["history"] == before["history"]


@pytest.mark.parametrize("wrong", ["altered", "guessed", "expired", "withdrawn", "closed"])
def test_a_link_that_is_not_good_opens_nothing_and_does_not_say_why(
    small_county: County, app: Flask, visitor: Visitor, address: str, wrong: str, case_id: UUID
) -> None:
    if wrong == "expired":
        small_county.system.clock.move_to(small_county.system.clock.now() + dt.timedelta(days=29))
    if wrong == "withdrawn":
        withdraw(small_county, app, task_of(small_county, case_id))
    if wrong == "closed":
        small_county.complete(case_id, "give_views")
    changed = {"altered": address[:-1] + "!", "guessed": "/l/" + "A" * 43}.get(wrong, address)

    answer = text(visitor.get(changed, status=404))

    assert "This link cannot be used" in answer
    assert wrong not in answer


def withdraw(county: County, app: Flask, task: UUID) -> None:
    with county.system.read() as connection:
        link = connection.execute(sa.select(personal_links.c.id)).scalar_one()
    staff = Visitor(app)
    staff.sign_in("casework")
    staff.post(f"/tasks/{task}/links/{link}/revoke", page=f"/tasks/{task}")


def test_a_link_opens_no_other_door(
    small_county: County, visitor: Visitor, address: str, case_id: UUID
) -> None:
    visitor.get(address)
    token = address.removeprefix("/l/")

    assert visitor.client.get(f"/cases/{case_id}").status_code == 303
    assert visitor.client.get("/tasks").status_code == 303
    headers = {"Authorization": f"Bearer {token}"}
    assert visitor.client.get("/api/v1/tasks", headers=headers).status_code == 401
    assert visitor.client.get(f"{address}/draft").status_code == 405
    assert visitor.get(address).headers["Referrer-Policy"] == "no-referrer"
    del small_county


def test_who_guesses_links_is_stopped(visitor: Visitor, address: str) -> None:
    answers = [visitor.client.get(f"/l/guess-{number}").status_code for number in range(120)]

    assert answers[0] == 404
    assert answers[-1] in {403, 429}
    assert visitor.client.get(address).status_code == answers[-1], "until a while has passed"


def test_only_who_may_sends_links_and_only_to_tasks_of_others(
    small_county: County, visitor: Visitor, case_id: UUID
) -> None:
    visitor.sign_in("casework")
    task = task_of(small_county, case_id)
    page, sending = f"/tasks/{task}", f"/tasks/{task}/links"
    good = {"link_name": "Joan", "link_email": "joan@families.test"}

    wrong = visitor.post(sending, status=422, page=page, link_name="", link_email="nonsense")
    own = next(
        row.id for row in small_county.open_tasks(case_id) if row.role == "education_setting"
    )
    visitor.post(f"/tasks/{own}/links", page=page, **good)
    assert "Enter a name" in text(wrong)
    assert "Enter an email address" in text(wrong)
    visitor.sign_in("outsider")
    visitor.post(sending, status=404, page="/account", **good)

    with small_county.system.read() as connection:
        names = connection.execute(sa.select(personal_links.c.name)).scalars().all()
    assert names == ["Joan"]
