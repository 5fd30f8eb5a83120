"""A step with its form is added to a diagram by keyboard alone, without JavaScript being needed."""

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.support.browser import DESKTOP, PHONE, assert_accessible
from tests.support.county import PASSWORD

FOCUSED = """() => {
  const at = document.activeElement;
  const label = at.labels && at.labels.length ? at.labels[0].innerText : at.innerText;
  return (label || at.value || "").trim();
}"""


def tab_to(page: Page, text: str, limit: int = 300) -> None:
    """Press Tab until what has the focus says so."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == text:
            return
    raise AssertionError(f"Tab never reaches “{text}”")


def follow(page: Page, text: str) -> None:
    tab_to(page, text)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def open_outline(page: Page, site: str) -> None:
    page.goto(f"{site}/sign-in")
    tab_to(page, "Email address")
    page.keyboard.type("owner@demo.test")
    tab_to(page, "Password")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    follow(page, "Diagrams")
    follow(page, "EHC needs assessment and plan")
    follow(page, "Edit as a draft")
    follow(page, "Outline")


def test_a_step_with_its_form_is_added_by_keyboard_alone(page: Page, site: str) -> None:
    open_outline(page, site)
    follow(page, "Collate the evidence")
    follow(page, "Add a step after this one")
    tab_to(page, "What is added")
    page.keyboard.type("A task for a p")
    tab_to(page, "Name")
    page.keyboard.type("Check with the virtual school head")
    tab_to(page, "Child's parent or young person")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(FOCUSED) == "Education setting"
    follow(page, "Add the step")
    follow(page, "Add a question")
    tab_to(page, "Question")
    page.keyboard.type("What the virtual school head says")
    follow(page, "Add the question")
    assert_accessible(page)

    follow(page, "Back to the outline")
    page.get_by_role("heading", name="What the check finds").wait_for()
    assert page.get_by_text("No problems were found.").is_visible()
    item = page.locator("#step-check_with_the_virtual_school_head")
    assert "Who acts: Education setting" in item.inner_text()
    assert "1 question: What the virtual school head says" in item.inner_text()


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_pages_of_the_outline_are_accessible_and_fit(
    page: Page, site: str, size: ViewportSize
) -> None:
    open_outline(page, site)
    page.set_viewport_size(size)
    draft = page.url.removesuffix("/outline")

    for address in (
        "/outline",
        "/outline/is_assessment_needed",
        "/outline/is_assessment_needed/remove",
        "/outline/is_assessment_needed/add",
        "/outline/views_time_over",
        "/outline/hold_meeting/reminder",
        "/outline/hold_meeting/remove",
        "/outline/is_assessment_needed/go-to",
        "/outline/register_request",
        "/outline/register_request/form/how_it_came",
        "/ways/is_assessment_needed_to_send_refusal",
        "/ways/is_assessment_needed_to_send_refusal/remove",
    ):
        page.goto(f"{draft}{address}")
        assert_accessible(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= size["width"], f"{address} is wider than the screen"
