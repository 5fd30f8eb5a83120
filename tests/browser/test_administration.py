"""An administrator adds a person, who accepts the invitation and signs in; with axe, on two widths."""

from playwright.sync_api import Page

from tests.support.browser import assert_accessible
from tests.support.county import PASSWORD, County
from tests.support.served import sign_in

WIDTHS = (1280, 390)


def look(page: Page) -> None:
    """Check a page on a desk and on a phone, where nothing may stick out."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert_accessible(page)
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})


def test_a_person_is_added_accepts_and_signs_in(
    page: Page, site: str, small_county: County
) -> None:
    sign_in(page, site, "admin@demo.test", PASSWORD)
    page.get_by_role("link", name="Administration").click()
    page.get_by_role("link", name="People").click()
    look(page)
    page.get_by_role("button", name="Add a person").click()
    page.get_by_role("button", name="Add and invite").click()
    page.get_by_text("There is a problem").wait_for()
    look(page)
    page.get_by_label("Name").fill("Ada Lovell")
    page.get_by_label("Email address").fill("ada@wolds.test")
    page.get_by_label("Role", exact=True).select_option("decision_panel")
    page.get_by_label("Team").select_option("panel")
    page.get_by_role("button", name="Add and invite").click()
    page.get_by_role("link", name="Ada Lovell").click()
    look(page)
    for address in (
        "/administration/routing/edit",
        "/administration/calendar",
        "/administration/webhooks/add",
    ):
        page.goto(site + address)
        look(page)
    page.goto(f"{site}/account")
    page.get_by_role("button", name="Sign out").click()

    page.goto(site + invitation(small_county))
    look(page)
    page.get_by_label("Password", exact=True).fill("marmalade kettle nine")
    page.get_by_label("The same password again").fill("marmalade kettle nine")
    page.get_by_role("button", name="Set the password").click()
    sign_in(page, site, "ada@wolds.test", "marmalade kettle nine")
    page.get_by_role("link", name="Ada Lovell").wait_for()


def invitation(county: County) -> str:
    sent = [row for row in county.everything()["outbox"] if row.key.startswith("invitation:")]
    return "/invitation/" + sent[-1].payload["text"].partition("/invitation/")[2].split()[0]
