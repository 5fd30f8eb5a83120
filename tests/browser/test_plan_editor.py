"""The plan editor in a real browser: written, mended, versions compared; accessible throughout."""

from uuid import UUID

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.support.browser import DESKTOP, PHONE, assert_accessible
from tests.support.county import County
from tests.support.plans import WHOLE, issue, whole
from tests.support.served import sign_in
from workflows.commands.comment_on_plan import CommentOnPlan
from workflows.commands.save_plan import SavePlan
from workflows.commands.save_plan_section import SavePlanSection
from workflows.plan import text


@pytest.fixture
def case_id(small_county: County) -> UUID:
    """A case with a plan that was served, commented on and changed since."""
    found = small_county.open_case()
    small_county.link_parent(found)
    small_county.walk(found, until="draft_plan")
    casework = small_county.person("casework")
    small_county.system.execute(SavePlan(found, WHOLE, 0), casework)
    issue(small_county, found, text.texts(whole()), final=False)
    small_county.system.execute(
        CommentOnPlan(found, "f", 1, "Who teaches?"), small_county.person("parent")
    )
    row = {**WHOLE["sections"]["f"]["rows"][0], "what": "Access to a reading programme."}
    small_county.system.execute(SavePlanSection(found, "f", {"rows": [row]}, 1), casework)
    return found


def test_a_caseworker_adds_a_need_and_mends_the_thread(
    page: Page,
    site: str,
    case_id: UUID,
) -> None:
    sign_in(page, site, "casework")
    page.goto(f"{site}/cases/{case_id}")
    page.get_by_role("link", name="Open the EHC plan").click()
    page.get_by_role("link", name="C. Health needs").click()
    page.get_by_role("button", name="Add a need").click()
    page.get_by_label("The need").fill("Asthma")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("The section is saved").wait_for()
    page.get_by_role("link", name="Back to the plan").click()

    page.get_by_role("link", name="Need C1 leads to no outcome.").click()
    page.get_by_role("heading", name="C1", exact=True).wait_for()
    page.goto(f"{site}/cases/{case_id}/plan/e")
    page.get_by_role("link", name="Change E1").click()
    page.get_by_label("C1: Asthma").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Back to the plan").click()

    page.get_by_role("heading", name="The golden thread").wait_for()
    assert not page.get_by_text("leads to no outcome").count()


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_every_page_of_a_plan_is_accessible_and_fits(
    page: Page,
    site: str,
    case_id: UUID,
    size: ViewportSize,
) -> None:
    page.set_viewport_size(size)
    sign_in(page, site, "casework")

    for address in (
        "",
        "/f",
        "/f/rows/new",
        "/f/rows/sessions",
        "/f/rows/sessions/remove",
        "/k/text",
        "/versions",
        "/versions/1",
        "/comments/1/f",
        "/compare",
    ):
        page.goto(f"{site}/cases/{case_id}/plan{address}")
        assert_accessible(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= size["width"], f"{address} is wider than the screen"
