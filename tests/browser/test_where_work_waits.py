"""The heat of a diagram in a browser: told by numbers and words, and opened from there."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from tests.support.browser import assert_accessible
from tests.support.county import PASSWORD, County
from tests.support.pages import settings_for
from webapp.app import create_app


@pytest.fixture
def site(small_county: County, tmp_path: Any) -> Iterator[str]:
    """The application, served on a port of its own."""
    app = create_app(settings_for(tmp_path), small_county.system)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


@pytest.mark.parametrize("width", [1280, 390])
def test_what_waits_is_told_on_the_diagram_and_leads_to_its_tasks(
    page: Page, site: str, small_county: County, width: int
) -> None:
    case_id = small_county.open_case()
    small_county.walk(case_id, until="give_advice")
    count = sum(each.element_id == "give_advice" for each in small_county.open_tasks(case_id))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site}/sign-in")
    page.get_by_label("Email address").fill("manager@demo.test")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/tasks")

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
