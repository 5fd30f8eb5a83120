"""The diagram of a case shows where the case is, to everybody, under a strict security policy."""

import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from typing_extensions import override

from tests.support.browser import assert_accessible

HERE = Path(__file__).with_suffix("")
DIST = Path(__file__).parents[2] / "webapp" / "static" / "dist"
POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-of-this-answer'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'"
)


class Site(SimpleHTTPRequestHandler):
    """Serves the page, its diagram and what was built, with the policy of the program."""

    @override
    def translate_path(self, path: str) -> str:
        folder = DIST.parent if path.startswith("/dist/") else HERE
        return str(folder / path.lstrip("/").partition("?")[0])

    @override
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/page.html"
        server.shutdown()
        thread.join()


@pytest.fixture
def diagram(page: Page, address: str) -> Page:
    page.goto(address)
    expect(page.locator("[data-diagram-ready]")).to_be_visible()
    return page


def width_of_a_task(page: Page) -> float:
    box = page.locator('[data-element-id="gather_advice"] .djs-visual').bounding_box()
    assert box is not None
    return box["width"]


def test_each_state_is_said_by_a_word_and_not_by_colour_alone(diagram: Page) -> None:
    badges = diagram.locator(".djs-overlays .app-diagram__badge")

    assert set(badges.all_inner_texts()) == {"✓ Done", "! Late", "▶ Now", "✕ Problem"}


def test_the_signs_are_explained_below_the_diagram(diagram: Page) -> None:
    explained = diagram.get_by_role("list", name="Signs in the diagram").get_by_role("listitem")

    assert explained.all_inner_texts() == ["✓ Done", "▶ Now", "… Ahead", "! Late", "✕ Problem"]


def test_the_diagram_is_zoomed_moved_and_fitted_by_keyboard(diagram: Page) -> None:
    fitted = width_of_a_task(diagram)

    diagram.get_by_role("button", name="Zoom in").press("Enter")
    assert width_of_a_task(diagram) > fitted

    diagram.get_by_role("button", name="Fit the whole diagram").press("Space")
    assert width_of_a_task(diagram) == pytest.approx(fitted)


def test_the_style_of_a_late_task_differs_by_its_line(diagram: Page) -> None:
    line = diagram.locator('[data-element-id="decide_to_assess"] .djs-visual > :first-child')

    assert line.evaluate("shape => getComputedStyle(shape).strokeDasharray") == "12px, 4px"


def test_the_element_that_the_address_names_is_pointed_at_and_in_view(
    page: Page, address: str
) -> None:
    page.goto(f"{address}?element=gather_advice")

    expect(page.get_by_text("▲ Here")).to_be_in_viewport()
    expect(page.locator(".app-diagram--pointed")).to_have_attribute(
        "data-element-id", "gather_advice"
    )


def test_an_address_that_names_no_element_shows_the_whole_diagram(page: Page, address: str) -> None:
    page.goto(f"{address}?element=no_such_element")

    expect(page.locator("[data-diagram-ready]")).to_be_visible()
    expect(page.locator(".app-diagram--pointed")).to_have_count(0)


def test_the_page_that_points_at_an_element_is_accessible(page: Page, address: str) -> None:
    page.goto(f"{address}?element=gather_advice")
    expect(page.locator("[data-diagram-ready]")).to_be_visible()

    assert_accessible(page)


def test_the_makers_of_the_viewer_stay_named(diagram: Page) -> None:
    expect(diagram.locator(".bjs-powered-by")).to_be_visible()


def test_the_page_with_a_diagram_is_accessible(diagram: Page) -> None:
    assert_accessible(diagram)
