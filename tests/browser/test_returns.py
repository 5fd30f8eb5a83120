"""A manager finds what the return lacks, mends it, makes the files and freezes them; with axe."""

import pytest
from playwright.sync_api import Page

from tests.support.browser import PHONE, assert_accessible
from tests.support.county import County
from tests.support.returns import DETAILS
from tests.support.served import sign_in
from workflows.commands.correct_details import CorrectDetails
from workflows.return_desk.desk import ReturnDesk


@pytest.fixture
def desk(small_county: County) -> ReturnDesk:
    case_id = small_county.open_case(received_on="2025-12-01")
    command = CorrectDetails(case_id, {**DETAILS, "ethnicity": ""}, "From the school")
    small_county.system.execute(command, small_county.person("casework"))
    made = ReturnDesk(small_county.system)
    work(made)
    return made


def work(desk: ReturnDesk) -> None:
    for _ in range(2):
        desk.look()
        desk.wait()


def test_a_manager_brings_the_return_to_the_department(
    page: Page, site: str, desk: ReturnDesk
) -> None:
    sign_in(page, site, "manager")
    page.goto(f"{site}/returns")
    assert_accessible(page)

    mend(page)
    page.goto(f"{site}/returns/2026/header")
    enter_the_header(page)
    page.get_by_role("button", name="Make the files").click()
    page.get_by_text("It begins as soon as a worker is free").wait_for()
    assert_accessible(page)
    work(desk)
    page.set_viewport_size(PHONE)
    page.goto(f"{site}/returns")
    submit(page)


def mend(page: Page) -> None:
    page.get_by_role("link", name="cases with errors").first.click()
    assert_accessible(page)
    page.get_by_role("link", name="what is sent").click()
    page.get_by_text("Ethnicity is missing").first.wait_for()
    assert_accessible(page)
    page.get_by_role("link", name="Correct details").click()
    page.get_by_role("button", name="Correct the details").click()
    page.get_by_text("There is a problem").wait_for()
    assert_accessible(page)
    page.get_by_label("Ethnicity").select_option("AIND")
    page.get_by_label("Reason").fill("The family was asked again")
    page.get_by_role("button", name="Correct the details").click()
    page.get_by_text("The details have been corrected").wait_for()


def enter_the_header(page: Page) -> None:
    page.get_by_label("Number of the authority").fill("999")
    for officer in ("medical", "clinical", "social care"):
        page.get_by_role("group", name=officer).get_by_label("Yes").check()
    assert_accessible(page)
    page.get_by_role("button", name="Save the header").click()


def submit(page: Page) -> None:
    page.get_by_text("Accepted").wait_for()
    assert_accessible(page)
    with page.expect_download() as taken:
        page.get_by_role("link", name="XML").click()
    assert "<Ethnicity>AIND</Ethnicity>" in taken.value.path().read_text()
    page.get_by_role("link", name="I have submitted this file").click()
    page.get_by_label("Receipt of the department").fill("COLLECT 17")
    assert_accessible(page)
    page.get_by_role("button", name="Freeze the return").click()
    page.get_by_text("Submitted and frozen").wait_for()
    page.get_by_role("link", name="Compare with last year").click()
    assert_accessible(page)
