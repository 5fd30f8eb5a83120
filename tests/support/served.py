"""The application on a port of its own, for tests with a browser."""

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page
from werkzeug.serving import make_server

from tests.support.county import PASSWORD


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """The address of the application, with a county of its own."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


def sign_in(page: Page, site: str, name: str, password: str = PASSWORD) -> None:
    """Sign in by page: a person of the demo by their name, anybody else by email address."""
    page.context.clear_cookies()
    page.goto(f"{site}/sign-in")
    page.get_by_label("Email address").fill(name if "@" in name else f"{name}@demo.test")
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/tasks")
