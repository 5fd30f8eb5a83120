"""A manager breaks the glass of a restricted case, and whoever is named for it sees that, in a browser."""

from playwright.sync_api import Page

from tests.support.browser import assert_accessible
from tests.support.county import County
from tests.support.served import sign_in
from workflows.commands.restrict_case import RestrictCase

WIDTHS = (1280, 390)
REASON = "The school called about the child’s safety"


def look(page: Page) -> None:
    """Check a page at the widths of a desk and of a phone: accessible, and nothing sticks out."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert_accessible(page)


def test_a_glass_is_broken_with_a_reason_and_seen_by_who_is_named(
    page: Page, site: str, small_county: County
) -> None:
    case_id = small_county.open_case()
    reference = small_county.case(case_id).reference
    restrict = RestrictCase(case_id, "colleague_family", "Her aunt works here.")
    small_county.system.execute(restrict, small_county.person("casework2"))

    sign_in(page, site, "manager")
    page.goto(f"{site}/cases?q={reference}")
    page.get_by_role("link", name=reference).click()
    page.get_by_role("heading", name="This case is restricted").wait_for()
    look(page)
    page.get_by_role("button", name="Open it for an hour").click()
    page.get_by_text("There is a problem").wait_for()
    look(page)
    page.get_by_label("Why must you open it?").fill(REASON)
    page.get_by_role("button", name="Open it for an hour").click()
    page.get_by_role("heading", name="Ada Example").wait_for()
    page.goto(f"{site}/access-record")
    page.get_by_role("table").wait_for()
    look(page)

    sign_in(page, site, "casework2")
    page.get_by_role("link", name="A restricted case was opened").click()
    page.get_by_text(REASON).wait_for()
    look(page)
    page.get_by_role("button", name="Acknowledge").click()
    page.get_by_text("You acknowledged this").wait_for()
    assert page.get_by_role("complementary", name="Alert").count() == 0
    page.goto(f"{site}/cases/{case_id}/restriction")
    look(page)
