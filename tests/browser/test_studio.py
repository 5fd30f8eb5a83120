"""The studio in a real browser: what is drawn is kept, and nobody overwrites anybody."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import PHONE, assert_accessible
from tests.support.studio import Desk, open_draft, sign_in

BPMN = Path(__file__).parents[2] / "bpmn"


@pytest.fixture
def advice(page: Page, desk: Desk) -> str:
    """A draft of the process that gathers advice, open in the studio."""
    page.set_default_timeout(30_000)
    page.set_viewport_size({"width": 1400, "height": 900})
    sign_in(page, desk)
    address = desk.begin((BPMN / "shared" / "gather_advice.bpmn").read_bytes())
    open_draft(page, address)
    return address


def rename(page: Page, element_id: str, name: str) -> None:
    """Rename an element on the canvas, as one does: double click, type, Enter."""
    page.locator(f'[data-element-id="{element_id}"] .djs-hit').first.dblclick()
    page.locator(".djs-direct-editing-content").fill(name)
    page.locator(".djs-direct-editing-content").press("Enter")


@pytest.mark.usefixtures("advice")
def test_what_is_drawn_is_saved_and_undone(page: Page, desk: Desk) -> None:
    rename(page, "check_advice", "Look at the advice")
    expect(page.get_by_text("Saved at")).to_be_visible(timeout=30_000)
    assert 'name="Look at the advice"' in desk.saved()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Not saved yet")).to_be_visible()
    expect(page.get_by_text("Saved at")).to_be_visible(timeout=30_000)
    assert 'name="Look at the advice"' not in desk.saved()
    assert_accessible(page)


def test_two_people_on_one_draft_do_not_overwrite_each_other(
    new_page: Callable[[], Page], page: Page, desk: Desk, advice: str
) -> None:
    other = new_page()
    sign_in(other, desk)
    open_draft(other, advice)
    rename(other, "check_advice", "Theirs")
    expect(other.get_by_text("Saved at")).to_be_visible(timeout=30_000)
    rename(page, "check_advice", "Mine")
    expect(page.get_by_role("alert")).to_contain_text("saved this draft at", timeout=30_000)
    assert "Theirs" in desk.saved()
    page.get_by_role("button", name="Keep mine as a draft of its own").click()
    page.wait_for_url(lambda url: url != advice)
    page.locator("[data-studio-ready]").wait_for()
    expect(page.locator('[data-element-id="check_advice"]')).to_contain_text("Mine")
    assert "Theirs" in desk.saved()


def test_without_a_connection_nothing_is_lost(page: Page, desk: Desk, advice: str) -> None:
    page.route("**/file", lambda route: route.abort())
    rename(page, "check_advice", "Drawn on a train")
    expect(page.get_by_text("there is no connection")).to_be_visible(timeout=30_000)
    page.unroute("**/file")
    page.on("dialog", lambda dialog: dialog.accept())
    open_draft(page, advice)
    page.get_by_role("button", name="Restore it").click()
    expect(page.get_by_text("Saved at")).to_be_visible(timeout=30_000)
    assert "Drawn on a train" in desk.saved()


def select(page: Page, element_id: str) -> None:
    """Select an element on the canvas, by finding it."""
    page.get_by_role("button", name="Find").click()
    page.locator(".djs-search-input input").press_sequentially(element_id)
    # Not merely the first: what is listed may still be that of a part of the words.
    page.locator(".djs-search-result", has_text=element_id).first.click()


@pytest.mark.usefixtures("advice")
def test_a_timer_is_built_from_a_duty_without_writing_an_expression(page: Page, desk: Desk) -> None:
    select(page, "one_week_left")
    expect(page.get_by_label("When", exact=True)).to_have_value("before")
    page.get_by_label("How many", exact=True).fill("3")
    page.get_by_label("Days, weeks or months").select_option("days")
    expect(page.get_by_text("Saved at")).to_be_visible(timeout=30_000)
    assert "before(due_for('assessment.advice', string(adviser.code)), 'P3D')" in desk.saved()
    assert_accessible(page)


@pytest.mark.usefixtures("advice")
def test_a_question_is_added_to_a_form_and_shown_as_staff_will_see_it(page: Page) -> None:
    select(page, "check_advice")
    page.get_by_role("button", name="Add a question").click()
    page.locator("summary", has_text="question_").click()
    page.get_by_label("Question", exact=True).last.fill("Who was asked?")
    preview = page.locator("[data-form-preview]")
    expect(preview.get_by_label("Who was asked? (optional)")).to_be_visible(timeout=30_000)
    assert_accessible(page)


@pytest.mark.usefixtures("advice")
def test_an_expression_is_checked_as_it_is_typed_and_names_are_offered(
    page: Page, desk: Desk
) -> None:
    select(page, "is_advice_enough_to_give_advice")
    page.get_by_label("Taken if the answer to").select_option("(an expression)")
    field = page.get_by_role("combobox", name="Expression", exact=True)
    field.fill("")
    field.press_sequentially("advice_acepted == null")
    expect(page.get_by_text("nothing here is called “advice_acepted”")).to_be_visible()
    field.fill("")
    field.press_sequentially("school_l")
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("school_leaving_date(")
    field.press_sequentially(") != null")
    expect(page.locator("[data-entry-id=condition-expression] .app-entry__problem")).to_be_empty()
    expect(page.get_by_text("Saved at")).to_be_visible(timeout=30_000)
    assert "${school_leaving_date() != null}" in desk.saved()
    assert_accessible(page)


@pytest.mark.usefixtures("advice")
def test_a_problem_is_marked_on_the_canvas_and_told_in_the_list(page: Page) -> None:
    select(page, "one_week_left")
    page.get_by_label("When", exact=True).select_option("what an expression says")
    page.get_by_label("Expression for the date").fill("due(1)")

    mark = page.locator(".app-mark--error")
    mark.click(timeout=30_000)

    problem = page.get_by_role("listitem").filter(has_text="Error")
    expect(problem).to_contain_text("One week left")
    problem.get_by_role("button", name="Go to it").click()
    assert_accessible(page)


def test_the_studio_fits_a_phone(page: Page, desk: Desk) -> None:
    page.set_viewport_size(PHONE)
    sign_in(page, desk)
    open_draft(page, desk.begin((BPMN / "shared" / "gather_advice.bpmn").read_bytes()))

    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert_accessible(page)


@pytest.mark.usefixtures("advice")
def test_tokens_are_played_and_the_diagram_stays_as_it_was(page: Page, desk: Desk) -> None:
    before = desk.saved()

    page.get_by_role("button", name="Play tokens").click()
    page.get_by_role("button", name="Play tokens").click()

    expect(page.get_by_text("Everything is saved")).to_be_visible()
    assert desk.saved() == before


@pytest.mark.usefixtures("advice")
def test_the_diagram_is_downloaded_as_bpmn_svg_and_png(page: Page) -> None:
    starts = {"BPMN": b"<?xml", "SVG": b"<?xml", "PNG": b"\x89PNG"}
    for kind, start in starts.items():
        page.locator("summary", has_text="Download").click()
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Download as {kind}").click()
        assert download.value.path().read_bytes().startswith(start)
        assert download.value.suggested_filename == f"gather_advice.{kind.lower()}"
        page.locator("summary", has_text="Download").click()


def test_what_is_copied_in_one_draft_is_pasted_in_another(
    page: Page, desk: Desk, advice: str
) -> None:
    select(page, "give_advice")
    page.locator(".djs-container > svg").focus()
    page.keyboard.press("Control+c")
    other = desk.begin((BPMN / "shared" / "consult_setting.bpmn").read_bytes())
    assert other != advice
    open_draft(page, other)
    page.locator(".djs-container > svg").focus()
    pool = page.locator("[data-element-id=consult_setting_pool]").first.bounding_box()
    assert pool
    x, y = pool["x"] + pool["width"] / 2, pool["y"] + pool["height"] * 0.8

    page.mouse.move(x, y)
    page.keyboard.press("Control+v")
    page.locator(".djs-dragger").first.wait_for(state="attached")
    page.mouse.move(x + 5, y + 5, steps=5)
    page.locator(".new-parent, .drop-ok").first.wait_for(state="attached")
    page.mouse.click(x + 5, y + 5)

    expect(page.get_by_text("Saved at")).to_be_visible(timeout=30_000)
    assert 'label="Outcomes"' in desk.saved()
    assert 'value="advice_received"' in desk.saved()


def test_a_decision_table_is_edited_and_saved(page: Page, desk: Desk) -> None:
    page.set_viewport_size({"width": 1400, "height": 900})
    sign_in(page, desk)
    open_draft(page, desk.begin((BPMN / "routing.dmn").read_bytes()))

    page.set_default_timeout(30_000)
    page.locator("td.annotation").first.click()
    page.keyboard.type("First")

    expect(page.get_by_text("Saved at")).to_be_visible(timeout=30_000)
    assert "First" in desk.saved()
    assert_accessible(page)
