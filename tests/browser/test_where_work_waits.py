"""The heat of a diagram in a browser: told by numbers and words, and opened from there."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import assert_accessible
from tests.support.county import County
from tests.support.served import sign_in


@pytest.mark.parametrize("width", [1280, 390])
def test_what_waits_is_told_on_the_diagram_and_leads_to_its_tasks(
    page: Page, site: str, small_county: County, width: int
) -> None:
    case_id = small_county.open_case()
    small_county.walk(case_id, until="give_advice")
    count = sum(each.element_id == "give_advice" for each in small_county.open_tasks(case_id))
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, site, "manager")

    page.goto(f"{site}/where-work-waits?process=gather_advice")
    page.locator("[data-diagram-ready]").wait_for()
    badge = page.locator(".app-diagram__heat--4").first
    assert_accessible(page)
    fits = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    expect(badge).to_contain_text(f"Give advice: {count} wait")
    assert fits
    badge.click()
    page.wait_for_url("**/tasks?scope=all&element=give_advice**")
    expect(page.get_by_role("link", name="Remove filter At: give advice")).to_be_visible()
    assert page.locator(".app-tasks > li").count() == count
