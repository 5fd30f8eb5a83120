"""The register of duties, the transition plan and the decision record, in a browser and with axe."""

import datetime as dt
from pathlib import Path

from playwright.sync_api import Page

from tests.support.browser import assert_accessible
from tests.support.county import County
from tests.support.served import sign_in


def fill_date(page: Page, field: str, day: dt.date) -> None:
    for part in ("day", "month", "year"):
        page.locator(f"#{field}-{part}").fill(str(getattr(day, part)))


def test_commissioning_keeps_a_duty_with_its_evidence(
    page: Page, site: str, small_county: County, tmp_path: Path
) -> None:
    file = tmp_path / "comments.pdf"
    file.write_bytes(b"%PDF-1.7 comments")
    sign_in(page, site, "commissioner")
    page.get_by_role("link", name="Phased duties").click()
    assert_accessible(page)

    page.get_by_role("link", name="Publish comments on the local offer").click()
    page.get_by_role("link", name="Record a review").click()
    page.get_by_role("button", name="Record the review").click()
    page.get_by_text("There is a problem").wait_for()
    assert_accessible(page)
    fill_date(page, "on", small_county.system.clock.now().date())
    page.get_by_label("In place", exact=True).check()
    page.get_by_label("What the review found").fill("Forty comments, all answered.")
    page.get_by_role("button", name="Record the review").click()

    page.get_by_role("link", name="Add evidence").click()
    assert_accessible(page)
    page.get_by_label("What it shows").fill("Comments and answers of this year")
    page.get_by_label("Web address").fill("https://localoffer.wolds.test/comments")
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Add the evidence").click()
    page.get_by_role("link", name="comments.pdf").wait_for()
    assert_accessible(page)

    page.get_by_role("link", name="Withdraw the evidence").click()
    assert_accessible(page)


def test_casework_brings_learners_in_and_places_one(
    page: Page, site: str, small_county: County, tmp_path: Path
) -> None:
    small_county.system.clock.move_to(dt.datetime(2015, 9, 21, 9, tzinfo=dt.UTC))
    file = tmp_path / "learners.csv"
    header = "first_name,last_name,date_of_birth,kind,year_group,setting_kind,school_year\n"
    sign_in(page, site, "casework")
    page.get_by_role("link", name="Registers").click()
    page.get_by_role("link", name="Transition plan").click()
    assert_accessible(page)

    page.get_by_role("link", name="import a file").click()
    file.write_text(f"{header}Ada,Lovell,31/2/2000,statement,10,secondary,2014/15\n")
    page.get_by_label("CSV file").set_input_files(file)
    page.get_by_role("button", name="Check and import").click()
    page.get_by_text("Line 2: date_of_birth: there is no day").wait_for()
    assert_accessible(page)
    file.write_text(f"{header}Ada,Lovell,4/3/2000,statement,10,secondary,2014/15\n")
    page.get_by_label("CSV file").set_input_files(file)
    page.get_by_role("button", name="Check and import").click()

    page.get_by_role("link", name="Ada Lovell").wait_for()
    assert_accessible(page)
    page.get_by_role("link", name="Ada Lovell").click()
    assert_accessible(page)
    page.get_by_role("link", name="Place the review in a month").click()
    assert_accessible(page)
    page.get_by_label("Month").fill("10")
    page.get_by_label("Reason").fill("Before the exams")
    page.get_by_role("button", name="Place the review").click()
    page.get_by_text("October 2015: Before the exams").wait_for()

    page.goto(f"{site}/transition-plan/add")
    assert_accessible(page)


def test_the_panel_reads_what_it_decided_and_on_which_versions(
    page: Page, site: str, small_county: County
) -> None:
    case_id = small_county.open_case()
    small_county.walk(case_id)
    sign_in(page, site, "panel")
    page.goto(f"{site}/cases/{case_id}")
    page.get_by_role("link", name="Decision record").click()
    page.get_by_role("heading", name="Decide whether to assess").wait_for()
    assert_accessible(page)

    page.goto(f"{site}/cases/{case_id}#documents")
    page.get_by_role("link", name="version 1 of").first.click()
    page.get_by_role("table").wait_for()
    assert_accessible(page)
