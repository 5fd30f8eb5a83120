"""Chromium for tests, and a check of accessibility with axe.

A page that logs an error or breaks the content security policy fails its test.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
PATIENCE = 30_000  # milliseconds: a machine may be slow, and what never comes still fails
expect.set_options(timeout=PATIENCE)


class ChromiumMissingError(RuntimeError):
    """Chromium is not installed: `make test` installs it on Debian, or set CHROMIUM to its path."""


def chromium_path() -> str:
    """Return the path of Chromium: CHROMIUM, or the first that is installed."""
    names = (os.environ.get("CHROMIUM") or "", *CHROMIUM_NAMES)
    for name in names:
        if name and (path := shutil.which(name)):
            return path
    raise ChromiumMissingError(ChromiumMissingError.__doc__)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once for each worker."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=chromium_path(), headless=True, args=CHROMIUM_ARGUMENTS
        )
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[[], Page]]:
    """Give a way to open pages that share nothing, one for each person of a test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def noted(message: ConsoleMessage) -> None:
        # An answer of 4xx is what many a test asks for, and what it checks by itself.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(message.text)

    def opened() -> Page:
        contexts.append(browser.new_context(locale="en-GB", timezone_id="Europe/London"))
        page = contexts[-1].new_page()
        page.on("console", noted)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def page(new_page: Callable[[], Page]) -> Page:
    """Return a page of a browser that nobody used before."""
    return new_page()


def assert_accessible(page: Page) -> None:
    """Fail with rule, element and advice for each finding of axe on the page as it stands."""
    page.wait_for_load_state()  # a page that has come in part has no heading yet
    # Evaluated by the debugger, so the page's content security policy stays as it is.
    page.evaluate(AXE.read_text())
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", AXE_RULES)
    findings = [
        f"{each['id']}: {each['help']}\n  {node['html']}\n  {node['failureSummary']}"
        for each in found["violations"]
        for node in each["nodes"]
    ]
    assert not findings, f"{page.url}\n" + "\n".join(findings)
