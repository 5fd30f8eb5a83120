"""A manager moves a process after seeing what will happen, and tries all of a cause again."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import assert_accessible
from tests.support.county import County
from tests.support.failing import cases_with_incidents
from tests.support.served import sign_in
from workflows import retrying


def fits(page: Page) -> bool:
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return width <= page.viewport_size["width"]  # type: ignore[index]


def move(page: Page, case: str) -> None:
    page.goto(case)
    page.get_by_role("link", name="Step in").first.click()
    page.locator("[data-diagram-ready]").first.wait_for()
    assert_accessible(page)
    page.get_by_role("button", name="Move to another step").click()
    page.get_by_label("Where the process is now").select_option("decide_to_assess")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Where it is to go").select_option("collate_evidence")
    page.get_by_role("button", name="See what will happen").click()
    expect(page.get_by_text("The task “Collate the evidence” opens")).to_be_visible()
    page.locator("[data-diagram-ready]").wait_for()
    assert_accessible(page)
    assert fits(page)
    page.get_by_label("Reason").fill("A report came late.")
    page.get_by_role("button", name="Move the process").click()
    expect(page.get_by_text("The process is at the other step now.")).to_be_visible()


def try_all_again(page: Page, site: str, county: County) -> None:
    page.goto(f"{site}/incidents")
    assert_accessible(page)
    assert fits(page)
    page.get_by_role("button", name="Try all 2 again").click()
    expect(page.get_by_text("0 of 2 tried")).to_be_visible()
    assert_accessible(page)
    retrying.carry_on(county.system, seconds=60)
    expect(page.get_by_text("Went through: 2")).to_be_visible()
    assert_accessible(page)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_manager_moves_a_process_and_tries_a_cause_again(
    page: Page, site: str, small_county: County, width: int
) -> None:
    cases_with_incidents(small_county, 2)
    case_id = small_county.open_case()
    small_county.walk(case_id, until="decide_to_assess")
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, site, "manager")

    move(page, f"{site}/cases/{case_id}")
    try_all_again(page, site, small_county)

    assert [each.element_id for each in small_county.open_tasks(case_id)] == ["collate_evidence"]
    assert small_county.problems() == []
