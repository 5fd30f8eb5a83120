"""The plan as those meet it who read it: before it is served, as a draft, and compared."""

import re
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.support.county import County
from tests.support.pages import Visitor, text_of as text
from tests.support.plans import WHOLE, issue, whole
from workflows.commands.save_plan import SavePlan
from workflows.commands.save_plan_section import SavePlanSection
from workflows.plan import text as plan_text
from workflows.store.tables import access_record


@pytest.fixture
def written(small_county: County) -> UUID:
    """A case whose plan is written, and not served yet."""
    found = small_county.open_case()
    small_county.link_parent(found)
    small_county.walk(found, until="draft_plan")
    small_county.system.execute(SavePlan(found, WHOLE, 0), small_county.person("casework"))
    return found


def test_before_it_is_served_a_family_sees_nothing_of_a_plan(
    visitor: Visitor, written: UUID
) -> None:
    visitor.sign_in("parent")
    plan = f"/cases/{written}/plan"

    page = text(visitor.get(plan))
    compare = text(visitor.get(f"{plan}/compare?from=0&to=0"))

    assert "You can read it here when it has." in page
    assert "Reads a story" not in page + compare
    assert "no two versions" in compare
    for address in ("/a", "/versions/0", "/versions/1", "/comments/0/a"):
        visitor.get(f"{plan}{address}", status=404)
    visitor.get(f"{plan}/versions")


def test_a_family_reads_the_draft_comments_on_it_and_is_answered(
    small_county: County, app: Flask, written: UUID
) -> None:
    issue(small_county, written, plan_text.texts(whole()), final=False)
    family, casework = Visitor(app), Visitor(app)
    family.sign_in("parent")
    casework.sign_in("casework")
    version = f"/cases/{written}/plan/versions/1"
    section = f"/cases/{written}/plan/comments/1/f"

    draft = text(family.get(version))
    empty = text(family.post(section, status=422, text=" "))
    family.post(section, text="Who is <the> teacher?")
    comment = re.search(rf'action="({section}/[0-9a-f-]+)"', text(casework.get(section)))
    assert comment
    nothing = text(casework.post(comment[1], status=422, text=""))
    casework.post(comment[1], text="Ms Shah.")

    assert "2 comments on Draft 1" in text(casework.get(f"/cases/{written}/plan/f"))
    assert "2 comments on Draft 1" in text(casework.get(f"/cases/{written}/plan"))
    assert "Section I is blank in a draft" in draft
    assert "Draft 1" in draft
    assert "Sealed, and unchanged since" in draft
    assert "A reading programme with phonics." in draft
    assert "I. Name and type of setting" in draft
    assert "Enter your comment" in empty
    assert "Enter your comment" in nothing
    page = text(family.get(section))
    assert "Who is &lt;the&gt; teacher?" in page
    assert "Ms Shah." in page
    assert "2 comments" in text(family.get(version))


def test_a_final_plan_takes_no_comments(
    small_county: County, visitor: Visitor, written: UUID
) -> None:
    issue(small_county, written, plan_text.texts(whole()), final=True)
    visitor.sign_in("parent")
    section = f"/cases/{written}/plan/comments/1/f"

    page = text(visitor.get(section))
    refused = text(visitor.post(section, status=409, text="But"))

    assert "Add the comment" not in page
    assert "This version is final." in refused


def test_versions_are_listed_and_compared_word_by_word(
    small_county: County, visitor: Visitor, app: Flask, written: UUID
) -> None:
    issue(small_county, written, plan_text.texts(whole()), final=False)
    row = {**WHOLE["sections"]["f"]["rows"][0], "how_often": "Four times a week"}
    change = SavePlanSection(written, "f", {"rows": [row]}, 1)
    small_county.system.execute(change, small_county.person("casework"))
    issue(small_county, written, {}, final=True)
    later = SavePlanSection(written, "c", {"text": "None."}, 2)
    small_county.system.execute(later, small_county.person("casework"))
    writer = Visitor(app)
    writer.sign_in("casework")
    visitor.sign_in("parent")
    plan = f"/cases/{written}/plan"

    listed = text(visitor.get(f"{plan}/versions"))
    compared = text(visitor.get(f"{plan}/compare"))
    turned = text(visitor.get(f"{plan}/compare?from=2&to=2"))
    nonsense = text(visitor.get(f"{plan}/compare?from=x&to=7"))

    overview = text(writer.get(plan))
    assert "Written since then: section C." in overview
    assert listed.index("Final plan") < listed.index("Draft 1")
    assert "From Draft 1 to Final plan." in compared
    assert re.search(r"<del>.*?Three .*?</del>\s*<ins>.*?Four .*?</ins>", compared)
    assert "Nothing differs" in turned
    assert "Choose two versions." in nonsense


def test_a_version_that_is_not_what_was_sealed_says_so(
    small_county: County, visitor: Visitor, written: UUID
) -> None:
    issue(small_county, written, plan_text.texts(whole()), final=False)
    with small_county.system.engine.begin() as connection:
        connection.execute(sa.text("UPDATE plan_versions SET sha256 = 'ffff'"))
    visitor.sign_in("casework")

    page = text(visitor.get(f"/cases/{written}/plan/versions/1"))

    assert "This version is not what was sealed." in page


def test_looking_at_a_version_or_at_a_row_to_remove_is_recorded(
    small_county: County, visitor: Visitor, app: Flask, written: UUID
) -> None:
    issue(small_county, written, plan_text.texts(whole()), final=False)
    outsider = Visitor(app)
    outsider.sign_in("outsider")
    visitor.sign_in("casework")
    plan = f"/cases/{written}/plan"

    for address in (f"{plan}/versions/1", f"{plan}/b/rows/reads/remove"):
        outsider.get(address, status=404)
        visitor.get(address)

    with small_county.system.read() as connection:
        rows = connection.execute(sa.select(*access_record.c).order_by(access_record.c.what)).all()
    assert [each.what for each in rows] == ["EHC plan: version 1", "EHC plan: writing section B"]
    assert {each.case_id for each in rows} == {written}


def test_the_panel_reads_every_section_and_writes_none(visitor: Visitor, written: UUID) -> None:
    visitor.sign_in("panel")
    plan = f"/cases/{written}/plan"

    section = text(visitor.get(f"{plan}/f"))
    visitor.get(f"{plan}/f/rows/new", status=403)

    assert "A reading programme with phonics." in section
    assert "/rows/new" not in section
    visitor.post(f"{plan}/comments/0/f", page=f"{plan}/f", text="Very clear.")
    assert "Very clear." in text(visitor.get(f"{plan}/f"))
