"""A county's application on a port of its own, with drafts to open in the studio."""

import threading
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page
from werkzeug.serving import make_server

from tests.support.county import PASSWORD, County
from tests.support.pages import settings_for
from webapp.app import create_app
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
def desk(small_county: County, tmp_path: Any) -> Iterator[Desk]:
    app = create_app(settings_for(tmp_path), small_county.system)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Desk(small_county, f"http://127.0.0.1:{server.port}")
    server.shutdown()
    thread.join()


def sign_in(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.address}/sign-in")
    page.get_by_label("Email address").fill("owner@demo.test")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/tasks")


def open_draft(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("[data-studio-ready]").wait_for()
