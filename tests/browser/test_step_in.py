"""A manager moves the work of a colleague who is ill, in a real browser, and brings it back."""

from playwright.sync_api import Page

from tests.support import many
from tests.support.browser import DESKTOP, assert_accessible
from tests.support.county import County
from tests.support.served import sign_in


def assert_fits(page: Page) -> None:
    """Check a page with axe, and that it is no wider than a desktop’s or a phone’s screen."""
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page)
    page.set_viewport_size(DESKTOP)
    assert_accessible(page)


def test_the_work_of_an_absent_colleague_is_moved_and_brought_back(
    page: Page, site: str, small_county: County
) -> None:
    many.ashas_tasks(small_county, 2)
    sign_in(page, site, "manager")
    page.goto(f"{site}/step-in")
    assert_fits(page)
    page.get_by_role("link", name="Reassign the tasks of Asha Patel").click()
    page.get_by_label("Give back to the team").check()
    assert page.get_by_label("Tom Hargreaves").is_hidden()
    page.get_by_label("Give to somebody else").check()
    page.get_by_label("All 2 of this list").check()
    page.get_by_label("Tom Hargreaves").check()
    assert_fits(page)

    page.get_by_role("button", name="See what would change").click()
    page.get_by_role("row", name="Tom Hargreaves 0 2").wait_for()
    assert_fits(page)
    page.get_by_label("Reason").fill("Asha is ill")
    page.get_by_role("button", name="Start").click()
    page.get_by_text("0 of 2 settled").first.wait_for()
    many.work_off(small_county)
    page.get_by_text("2 of 2 settled").first.wait_for()
    page.get_by_role("button", name="Undo all that nobody has acted on").wait_for()
    assert_fits(page)
    page.get_by_role("button", name="Undo all that nobody has acted on").click()
    many.work_off(small_county)

    page.get_by_role("link", name="Undone: 2").wait_for()
