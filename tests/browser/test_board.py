"""The board in a browser, wide and narrow, with axe."""

from playwright.sync_api import Page, expect

from tests.support.browser import PHONE, assert_accessible
from tests.support.county import County
from tests.support.served import sign_in


def test_a_manager_follows_a_number_to_its_list_and_saves_the_view(
    page: Page, site: str, small_county: County
) -> None:
    for area in ("north", "south"):
        small_county.open_case(area=area)
    small_county.pass_days(50)
    sign_in(page, site, "manager")

    page.get_by_role("link", name="Managing").click()
    page.get_by_label("Area", exact=True).select_option("North")
    page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_role("link", name="Remove filter Area: North")).to_be_visible()
    assert_accessible(page)
    page.set_viewport_size(PHONE)
    assert_accessible(page)

    page.get_by_label("Name for what is shown now").fill("The north")
    page.get_by_role("button", name="Save this view").click()
    expect(page.get_by_role("link", name="The north", exact=True)).to_be_visible()

    page.get_by_role("link", name="1 Late").click()
    expect(page.get_by_text("1 time limit.")).to_be_visible()
    expect(page.get_by_role("link", name="Remove filter How it stands: Late")).to_be_visible()
    assert_accessible(page)
