"""The plan editor, as those meet it who write a plan, read it and comment on it."""

import re
from typing import Any
from uuid import UUID

import pytest

from tests.support.county import County
from tests.support.pages import Visitor, text_of as text
from tests.support.plans import WHOLE, whole
from workflows.commands.save_plan import SavePlan
from workflows.commands.save_plan_section import SavePlanSection
from workflows.plan import document
from workflows.store import plans

NEED = {"area": "cognition", "text": "Reads at the level of a child of six."}


@pytest.fixture
def case_id(small_county: County) -> UUID:
    """A case whose plan is to be drafted; nothing of it is written yet."""
    found = small_county.open_case()
    small_county.link_parent(found)
    small_county.walk(found, until="draft_plan")
    return found


@pytest.fixture
def written(small_county: County, case_id: UUID) -> UUID:
    """The same with a whole plan."""
    small_county.system.execute(SavePlan(case_id, WHOLE, 0), small_county.person("casework"))
    return case_id


def working(county: County, case_id: UUID) -> Any:
    with county.system.read() as connection:
        return document.load(plans.working(connection, case_id).document)


def revision(visitor: Visitor, address: str) -> str:
    found = re.search(r'name="revision" value="(\d+)"', text(visitor.get(address)))
    assert found, f"{address} has no revision"
    return found[1]


def save(visitor: Visitor, address: str, status: int = 303, **data: Any) -> Any:
    return visitor.post(
        address, status=status, page=address, **{"revision": revision(visitor, address), **data}
    )


def test_the_editor_is_found_from_the_case_and_from_the_task(
    small_county: County, visitor: Visitor, case_id: UUID
) -> None:
    visitor.sign_in("casework")
    (task,) = small_county.open_tasks(case_id)
    link = f'href="/cases/{case_id}/plan"'

    assert link in text(visitor.get(f"/cases/{case_id}"))
    page = text(visitor.get(f"/tasks/{task.id}"))
    assert link in page
    assert 'name="section_b"' not in page
    assert f'href="/tasks/{task.id}"' in text(visitor.get(f"/cases/{case_id}/plan"))


def test_a_plan_is_written_row_by_row(
    small_county: County, visitor: Visitor, case_id: UUID
) -> None:
    visitor.sign_in("casework")
    plan = f"/cases/{case_id}/plan"

    save(visitor, f"{plan}/b/rows/new", **NEED)
    (need,) = working(small_county, case_id).of("b").rows
    broken = text(visitor.get(plan))
    save(
        visitor,
        f"{plan}/e/rows/new",
        text="Reads a story.",
        needs=need.id,
        **{"by-day": "31", "by-month": "7", "by-year": "2027"},
    )
    section = text(visitor.get(f"{plan}/e"))

    assert "Need B1 leads to no outcome." in broken
    assert f'href="{plan}/b#row-{need.id}"' in broken
    assert "31 July 2027" in section
    assert "Outcome E1 has no provision." in section
    assert working(small_county, case_id).of("e").rows[0].links("needs") == (need.id,)
    thread = text(visitor.get(plan))
    assert "No provision" in thread
    assert "EHC plan written" in text(visitor.get(f"/cases/{case_id}"))


def test_a_row_is_changed_and_removed(
    small_county: County, visitor: Visitor, written: UUID
) -> None:
    visitor.sign_in("casework")
    row = f"/cases/{written}/plan/b/rows/reads"

    assert "level of a child of six" in text(visitor.get(row))
    save(visitor, row, area="cognition", text="Reads single words.")
    changed = working(small_county, written).of("b").rows
    save(visitor, f"{row}/remove")

    assert next(each.text("text") for each in changed) == "Reads single words."
    assert [each.id for each in working(small_county, written).of("b").rows] == ["talks"]
    visitor.get(row, status=404)
    visitor.get(f"{row}/remove", status=404)


def test_a_row_moves_up(small_county: County, visitor: Visitor, written: UUID) -> None:
    visitor.sign_in("casework")
    section = f"/cases/{written}/plan/b"

    for opened in ("1", "2"):
        visitor.post(f"{section}/rows/talks/up", page=section, revision=opened)
    visitor.post(f"{section}/rows/nothing/up", page=section, status=404, revision="9")
    visitor.post(f"{section}/rows/reads/up", page=section, status=409, revision="1")

    assert [each.id for each in working(small_county, written).of("b").rows] == ["talks", "reads"]


def test_what_one_person_wrote_on_a_day_is_one_event(
    small_county: County, visitor: Visitor, written: UUID
) -> None:
    other = SavePlanSection(written, "c", {"text": "None."}, 1)
    small_county.system.execute(other, small_county.person("casework2"))
    visitor.sign_in("casework")

    page = text(visitor.get(f"/cases/{written}"))

    assert page.count("EHC plan written") == 2
    assert "Sections A, B, E, F" in page
    assert "Section C" in page


def test_what_is_missing_is_asked_for_and_what_was_typed_stays(
    visitor: Visitor, case_id: UUID
) -> None:
    visitor.sign_in("casework")
    address = f"/cases/{case_id}/plan/f/rows/new"

    page = text(save(visitor, address, 422, what="", who="A specialist teacher"))

    assert "Enter what is provided" in page
    assert "A specialist teacher" in page


def test_who_comes_second_is_told_and_loses_nothing(
    small_county: County, visitor: Visitor, written: UUID
) -> None:
    visitor.sign_in("casework")
    row = f"/cases/{written}/plan/b/rows/reads"
    opened = revision(visitor, row)
    content = {"rows": [{**WHOLE["sections"]["b"]["rows"][0], "text": "Cannot read yet."}]}
    quicker = SavePlanSection(written, "b", content, 1)
    small_county.system.execute(quicker, small_county.person("casework2"))

    page = text(
        visitor.post(row, status=409, page=row, revision=opened, area="cognition", text="Reads.")
    )
    kept = working(small_county, written).of("b").row("reads").text("text")
    again = re.search(r'name="revision" value="(\d+)"', page)
    visitor.post(row, page=row, revision=again[1], area="cognition", text="Reads.")  # type: ignore[index]

    assert "A colleague has changed this section since you opened it." in page
    assert small_county.person("casework2").name in page
    assert "Cannot read yet." in page
    assert ">Reads.</textarea>" in page
    assert kept == "Cannot read yet."
    assert working(small_county, written).of("b").row("reads").text("text") == "Reads."


def test_removing_what_a_colleague_has_just_changed_is_refused(
    small_county: County, visitor: Visitor, written: UUID
) -> None:
    visitor.sign_in("casework")
    address = f"/cases/{written}/plan/b/rows/reads/remove"

    page = text(visitor.post(address, status=409, page=address, revision="0"))

    assert "Nothing was removed" in page
    assert working(small_county, written) == whole()


def test_text_takes_the_place_of_rows_where_it_says_it_better(
    small_county: County, visitor: Visitor, case_id: UUID
) -> None:
    visitor.sign_in("casework")
    address = f"/cases/{case_id}/plan/c/text"

    save(visitor, address, text="None that are\nknown.")
    too_long = text(save(visitor, address, 422, text="x" * 20_001))

    assert working(small_county, case_id).of("c").text == "None that are\nknown."
    assert "20,000 characters or fewer" in too_long
    assert "None that are" in text(visitor.get(f"/cases/{case_id}/plan/c"))


def test_advice_that_was_received_is_filled_in_once(
    small_county: County, visitor: Visitor, case_id: UUID
) -> None:
    visitor.sign_in("casework")
    section = f"/cases/{case_id}/plan/k"

    assert "does not list an advice that was received: Health" in text(visitor.get(section))
    visitor.post(f"{section}/proposed", page=section, revision=revision(visitor, section))
    visitor.post(f"{section}/proposed", page=section, revision="999")

    rows = working(small_county, case_id).of("k").rows
    assert {each.text("source") for each in rows} >= {"health", "psychology", "education"}
    assert len({each.text("source") for each in rows}) == len(rows)
    page = text(visitor.get(section))
    assert "does not list" not in page
    assert "Fill in from the case" not in page


def test_a_task_is_completed_from_the_editor_when_nothing_is_to_mend(
    small_county: County, visitor: Visitor, written: UUID
) -> None:
    visitor.sign_in("casework")
    (task,) = small_county.open_tasks(written)
    address = f"/tasks/{task.id}/complete"
    without = SavePlanSection(written, "f", {}, 1)
    small_county.system.execute(without, small_county.person("casework"))

    refused = text(visitor.post(address, status=422, page="/account", section_f="Sneaked in"))
    back = SavePlanSection(written, "f", WHOLE["sections"]["f"], 2)
    small_county.system.execute(back, small_county.person("casework"))
    visitor.post(address, page="/account")

    assert f'<a href="/cases/{written}/plan/f">Section F is empty.</a>' in refused
    assert "Outcome E1 has no provision." in refused
    assert [each.element_id for each in small_county.open_tasks(written)] == [
        "agree_health_provision"
    ]
    assert working(small_county, written) == whole()


def test_an_agency_writes_its_own_sections_and_sees_no_others(
    small_county: County, visitor: Visitor, written: UUID
) -> None:
    visitor.sign_in("health")
    plan = f"/cases/{written}/plan"

    overview = text(visitor.get(plan))
    save(visitor, f"{plan}/c/rows/new", text="Asthma")
    form = text(visitor.get(f"{plan}/g/rows/new"))

    assert f'href="{plan}/g"' in overview
    assert f'href="{plan}/f"' not in overview
    assert "Reads a story" not in overview
    assert "E1" in form
    assert "Reads a story" not in form
    for section in ("f", "f/rows/new", "f/text", "comments/0/f", "versions/1"):
        visitor.get(f"{plan.removesuffix('/')}/{section}", status=404)
    assert working(small_county, written).of("c").rows[0].text("text") == "Asthma"
