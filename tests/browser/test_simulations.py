"""A process owner simulates in a real browser, and sees the result come by itself."""

from playwright.sync_api import Page

from tests.support.browser import PHONE, assert_accessible
from tests.support.county import County
from tests.support.served import sign_in
from workflows.simulation import job


def test_an_owner_sees_what_one_more_psychologist_would_change(
    page: Page, site: str, small_county: County
) -> None:
    sign_in(page, site, "owner")
    page.get_by_role("link", name="Diagrams").click()
    page.get_by_role("link", name="Simulations").click()
    page.get_by_label("What to simulate").select_option(
        label="EHC needs assessment and plan, version 1"
    )
    assert_accessible(page)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("How many cases").fill("many")
    page.get_by_role("button", name="Simulate").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    assert_accessible(page)
    page.get_by_label("How many cases").fill("20")
    page.get_by_label("Compare with").select_option(label="One more: Educational psychology")
    page.get_by_label("Educational psychology: people").fill("1")
    page.get_by_label("Educational psychology: pieces of work").fill("4")
    assert_accessible(page)
    page.get_by_role("button", name="Simulate").click()
    page.get_by_text("It begins as soon as a worker is free").wait_for()
    assert_accessible(page)

    simulator = job.Simulator(small_county.system, members=1)
    simulator.look()
    simulator.wait()
    page.get_by_role("heading", name="Late, by duty").wait_for()  # without anybody asking again

    assert page.locator("svg.app-chart").count() >= 3
    assert_accessible(page)
    page.set_viewport_size(PHONE)
    assert_accessible(page)
