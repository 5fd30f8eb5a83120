"""The library in a real browser: compared on the canvas, taken away as a picture, published."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from engine.commands.publish_definitions import PublishDefinitions
from tests.support.browser import DESKTOP, PHONE, assert_accessible
from tests.support.county import County
from tests.support.served import sign_in
from workflows.bootstrap import DIAGRAMS

LATER = (DIAGRAMS / "mediation.bpmn").read_text().replace("P1W", "P2W", 1)


@pytest.fixture
def library(page: Page, site: str, small_county: County) -> str:
    """Somebody who has signed in as the process owner, and a second version to look at."""
    small_county.system.execute(
        PublishDefinitions({"mediation.bpmn": LATER.encode()}, "Later"),
        small_county.person("owner"),
    )
    sign_in(page, site, "owner")
    return site


def test_a_difference_is_marked_on_both_diagrams_and_found_from_its_words(
    page: Page, library: str
) -> None:
    page.goto(f"{library}/diagrams/mediation/compare")
    expect(page.locator("[data-diagram-ready]")).to_have_count(2)

    badges = page.locator(".djs-overlays .app-diagram__badge")
    expect(badges).to_have_text(["≠ Changed", "≠ Changed"])
    assert_accessible(page)
    link = page.locator("a[data-shows]").first
    link.click()
    pointed = f'#after .djs-shape[data-element-id="{link.get_attribute("data-shows")}"]'
    expect(page.locator(pointed)).to_have_class(re.compile("app-diagram--pointed"))


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_a_diagram_is_taken_away_as_a_picture(page: Page, library: str, ending: str) -> None:
    page.goto(f"{library}/diagrams/mediation/2")
    page.locator("[data-diagram-ready]").wait_for()

    with page.expect_download() as waiting:
        page.get_by_role("button", name=f"Download as {ending.upper()}").click()

    assert waiting.value.suggested_filename == f"mediation-2.{ending}"
    content = waiting.value.path().read_bytes()
    assert content.startswith(b"\x89PNG" if ending == "png" else b"<?xml")
    assert len(content) > 10_000


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_pages_of_the_library_are_accessible_and_fit(
    page: Page, library: str, size: ViewportSize
) -> None:
    page.set_viewport_size(size)
    page.goto(f"{library}/diagrams")
    page.get_by_role("button", name=re.compile("^Edit as a draft")).first.click()
    page.wait_for_url("**/drafts/*")
    draft = re.sub(r".*(/drafts/[^/?#]+).*", r"\1", page.url)
    of_draft = [f"{draft}{each}" for each in ("", "/check", "/compare", "/publish", "/comments")]
    of_all = [f"/diagrams{each}" for each in ("", "/new", "/import", "/settings", "/mediation")]
    shown = ["/diagrams/mediation/1", "/diagrams/mediation/2", "/diagrams/routing/1"]

    for address in (*of_all, *shown, *of_draft):
        page.goto(f"{library}{address}")
        assert_accessible(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= size["width"], f"{address} is wider than the screen"
