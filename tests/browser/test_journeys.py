"""Real journeys in a real browser, with a check of accessibility on every page met."""

import datetime as dt

import pytest
from playwright.sync_api import Page, ViewportSize

from engine.changes import OutgoingQueued
from tests.support.browser import DESKTOP, PHONE, assert_accessible
from tests.support.county import County
from tests.support.served import sign_in
from workflows.commands.make_link import MakeLink


def test_a_caseworker_starts_a_request_and_works_its_first_task(page: Page, site: str) -> None:
    sign_in(page, site, "casework")
    page.get_by_role("link", name="Start a request").click()
    assert_accessible(page)
    page.get_by_role("link", name="EHC needs assessment and plan").click()
    page.get_by_role("button", name="Start the request").wait_for()
    assert_accessible(page)
    for field, parts in (
        ("received_on", ("5", "1", "2026")),
        ("child_date_of_birth", ("4", "3", "2017")),
    ):
        for part, value in zip(("day", "month", "year"), parts, strict=True):
            page.locator(f"#{field}-{part}").fill(value)
    page.get_by_label("Young person or parent").check()
    page.get_by_label("Child’s first name").fill("Ada")
    page.get_by_label("Child’s last name").fill("Example")
    page.get_by_role("button", name="Start the request").click()

    page.get_by_role("heading", name="Ada Example").wait_for()
    page.locator("[data-diagram-ready]").first.wait_for()
    assert_accessible(page)
    page.get_by_role("link", name="Register the request").first.click()
    page.get_by_label("Letter").check()
    page.get_by_label("No", exact=True).check()
    page.get_by_label("Notes (optional)").fill("Rang the school.")
    page.get_by_text("Draft saved at").wait_for(timeout=30_000)
    page.get_by_label("I have checked who this is sent to").check()
    assert_accessible(page)
    page.get_by_role("button", name="Complete the task").click()

    page.get_by_role("heading", name="What happens next").wait_for()
    assert_accessible(page)


def test_mistakes_are_told_at_the_top_and_at_the_field(
    page: Page, site: str, small_county: County
) -> None:
    case_id = small_county.open_case()
    task = small_county.open_tasks(case_id)[0]
    sign_in(page, site, "casework")
    page.goto(f"{site}/tasks/{task.id}")

    page.get_by_role("button", name="Complete the task").click()

    page.get_by_role("link", name="Select how the request came").click()
    assert page.evaluate("document.activeElement.id") == "how_it_came"
    assert_accessible(page)


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_every_page_is_accessible_and_fits(
    page: Page, site: str, small_county: County, size: ViewportSize
) -> None:
    case_id = small_county.open_case()
    small_county.walk(case_id, until="draft_plan")
    small_county.pass_days(40)
    task = small_county.open_tasks(case_id)[0]
    page.set_viewport_size(size)
    page.goto(f"{site}/sign-in")
    assert_accessible(page)
    sign_in(page, site, "casework")

    for address in (
        "/tasks",
        "/tasks?scope=waiting",
        "/cases",
        "/timers?status=all",
        "/account",
        "/accessibility",
        f"/tasks/{task.id}",
        f"/cases/{case_id}",
        f"/cases/{case_id}/exception",
        f"/cases/{case_id}/correct-date",
        f"/cases/{case_id}/add-document",
        f"/cases/{case_id}/withdraw",
        f"/cases/{case_id}/move-away",
        f"/cases/{case_id}/decisions",
        f"/cases/{case_id}/start/mediation",
        f"/cases/{case_id}/start/personal_budget",
        "/start",
        "/start/statement_transfer",
        "/registers",
        "/duties",
        "/nowhere",
    ):
        page.goto(f"{site}{address}")
        page.wait_for_load_state("networkidle")
        assert_accessible(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= size["width"], f"{address} is wider than the screen"


def test_a_familys_contact_with_the_adviser_is_recorded_from_the_case_page(
    page: Page, site: str, small_county: County
) -> None:
    case_id = small_county.open_case()
    small_county.walk(case_id, decide_to_assess={"decision_to_assess": "refuse"})
    sign_in(page, site, "casework")
    page.goto(f"{site}/cases/{case_id}")

    page.get_by_role("link", name="Record that the family contacted the mediation adviser").click()
    assert_accessible(page)
    for part, value in (("day", "5"), ("month", "1"), ("year", "2026")):
        page.locator(f"#contacted_on-{part}").fill(value)
    page.get_by_role("button", name="Record").click()

    page.get_by_role("link", name="Give information on mediation").wait_for()
    assert_accessible(page)


def test_the_diagrams_are_shown_to_their_owner(page: Page, site: str) -> None:
    sign_in(page, site, "owner")
    page.goto(f"{site}/diagrams")
    assert_accessible(page)

    page.get_by_role("link", name="EHC needs assessment and plan", exact=True).click()

    page.locator("[data-diagram-ready]").wait_for()
    assert_accessible(page)


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_pages_of_templates_are_accessible_and_fit(
    page: Page, site: str, size: ViewportSize
) -> None:
    page.set_viewport_size(size)
    sign_in(page, site, "owner")

    for address in ("/templates", "/templates/no_plan", "/templates/word"):
        page.goto(f"{site}{address}")
        assert_accessible(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= size["width"], f"{address} is wider than the screen"


def test_a_case_can_be_worked_with_the_keyboard_alone(
    page: Page, site: str, small_county: County
) -> None:
    small_county.open_case()
    sign_in(page, site, "casework")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Skip to main content"
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if "Register the request" in page.evaluate("document.activeElement.textContent"):
            break
    page.keyboard.press("Enter")

    page.get_by_role("heading", name="Register the request").wait_for()


def test_a_question_is_put_when_the_answer_it_depends_on_is_given(
    page: Page, site: str, small_county: County
) -> None:
    case_id = small_county.open_case()
    small_county.walk(case_id, until="check_advice")
    checked = next(x for x in small_county.open_tasks(case_id) if x.element_id == "check_advice")
    sign_in(page, site, "casework")
    page.goto(f"{site}/tasks/{checked.id}")
    reasons = page.get_by_label("Why it is returned")

    assert not reasons.is_visible()
    page.get_by_label("Return with reasons").check()
    assert reasons.is_visible()
    assert_accessible(page)
    page.get_by_label("Accept", exact=True).check()
    assert not reasons.is_visible()


def test_a_parent_fills_in_a_form_by_a_personal_link_on_a_phone(
    page: Page, site: str, small_county: County
) -> None:
    case_id = small_county.open_case()
    small_county.walk(case_id, until="give_views")
    task = next(x for x in small_county.open_tasks(case_id) if x.element_id == "give_views")
    command = MakeLink(task.id, "Joan Example", "joan@families.test", f"{site}/l/")
    outcome = small_county.system.execute(command, small_county.person("casework"))
    (letter,) = outcome.of(OutgoingQueued)
    link = next(word for word in str(letter.payload["text"]).split() if word.startswith(site))
    page.set_viewport_size(PHONE)

    page.goto(link)
    assert_accessible(page)
    page.get_by_label("Your views, wishes and feelings").fill("Mornings are hard.")
    page.get_by_role("button", name="Save and come back later").click()
    page.get_by_text("Come back with the same link").wait_for()
    page.goto(link)
    page.get_by_role("button", name="Send").click()
    page.get_by_role("heading", name="Sent", exact=True).wait_for()
    assert_accessible(page)
    page.goto(link)
    page.get_by_role("heading", name="This link cannot be used").wait_for()
    assert_accessible(page)


def test_a_late_step_is_explained_and_stands_in_the_register(
    page: Page, site: str, small_county: County
) -> None:
    case_id = small_county.open_case()
    small_county.walk(case_id, until="decide_to_assess")
    small_county.system.clock.move_to(small_county.system.clock.now() + dt.timedelta(days=51))
    sign_in(page, site, "casework")
    page.goto(f"{site}/cases/{case_id}")
    page.get_by_role("link", name="Say why something is late").click()
    assert_accessible(page)
    page.get_by_label("Decide whether to assess").check()
    page.get_by_label("Reason", exact=True).select_option("The panel could not meet in time")
    page.get_by_role("button", name="Save the reason").click()
    page.get_by_text("The reason is on record").wait_for()

    page.get_by_role("link", name="Registers").click()
    page.get_by_role("cell", name="The panel could not meet in time").wait_for()
    assert_accessible(page)
    page.set_viewport_size(PHONE)
    assert_accessible(page)
