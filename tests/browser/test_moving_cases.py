"""A process owner moves running cases in a real browser, and sees how far it has come."""

from playwright.sync_api import Page

from engine.worker.migrations import carry_on
from tests.support.browser import assert_accessible
from tests.support.county import County
from tests.support.served import sign_in
from tests.webapp.test_migrations import ASSESSMENT, publish, with_new_step


def test_an_owner_moves_the_cases_of_a_version(page: Page, site: str, small_county: County) -> None:
    for _ in range(3):
        small_county.open_case()
    publish(small_county, with_new_step(ASSESSMENT.read_bytes()))
    sign_in(page, site, "owner")
    page.get_by_role("link", name="Diagrams").click()
    page.get_by_role("link", name="Move running cases to another version").click()
    assert_accessible(page)
    page.get_by_role("link", name="Move the cases").first.click()
    assert_accessible(page)
    page.get_by_role("button", name="Continue").click()

    page.locator("[data-diagram-ready]").nth(1).wait_for()
    assert page.locator(".app-diagram__badge--added").first.is_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Save and see what would change").click()
    page.get_by_text("Tasks and clocks of").first.click()
    assert_accessible(page)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Why they are moved").fill("Looked-after children")
    assert_accessible(page)
    page.get_by_role("button", name="Move the cases").click()
    page.get_by_text("0 of 3 cases settled").wait_for()
    assert_accessible(page)
    carry_on(small_county.system.executor)

    page.get_by_text("3 of 3 cases settled").wait_for(timeout=30_000)
    page.get_by_role("button", name="Move all back that can be").wait_for()
    assert_accessible(page)
