"""A county's application on a port of its own, with drafts to open in the studio."""

from uuid import UUID

import pytest
from playwright.sync_api import Page

from tests.support import served
from tests.support.county import County
from workflows.commands.create_diagram_draft import CreateDiagramDraft
from workflows.store import drafts


class Desk:
    """A county's application on a port of its own, with drafts to open."""

    last: UUID

    def __init__(self, county: County, address: str) -> None:
        self.county = county
        self.address = address

    def begin(self, data: bytes) -> str:
        """Begin a draft; return its address."""
        command = CreateDiagramDraft(data)
        self.county.system.execute(command, self.county.person("owner"))
        self.last = command.draft_id
        return f"{self.address}/drafts/{command.draft_id}"

    def saved(self) -> str:
        """Return what the last draft has."""
        with self.county.system.read() as connection:
            return drafts.load(connection, self.last).xml.decode()


@pytest.fixture
def desk(small_county: County, site: str) -> Desk:
    return Desk(small_county, site)


def sign_in(page: Page, desk: Desk) -> None:
    served.sign_in(page, desk.address, "owner")


def open_draft(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("[data-studio-ready]").wait_for()
