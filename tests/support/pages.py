"""A client for pages that checks each page it gets: what every page of ours must be."""

import re
from typing import Any

import pytest
from flask import Flask
from lxml import html

from tests.support.county import PASSWORD, County
from webapp.app import create_app
from webapp.settings import Settings


class PageFaultError(AssertionError):
    """A page is not as every page must be."""


class Visitor:
    """Somebody with a browser that runs no scripts."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def sign_in(self, name: str, password: str = PASSWORD) -> Any:
        token = self.token("/sign-in")
        return self.client.post(
            "/sign-in",
            data={"email": f"{name}@demo.test", "password": password, "csrf_token": token},
        )

    def get(self, address: str, status: int = 200) -> Any:
        answer = self.client.get(address)
        assert answer.status_code == status, answer.get_data(as_text=True)[:800]
        if answer.mimetype == "text/html":
            guard(answer)
        return answer

    def post(self, address: str, status: int = 303, page: str = "", **data: Any) -> Any:
        token = self.token(page or "/account")
        answer = self.client.post(
            address,
            data={**data, "csrf_token": token},
            headers={"Referer": "http://localhost/"},
        )
        assert answer.status_code == status, answer.get_data(as_text=True)[:3000]
        if answer.mimetype == "text/html" and status != 303:
            guard(answer)
        return answer

    def token(self, page: str) -> str:
        text = self.client.get(page).get_data(as_text=True)
        found = re.search(r'name="csrf_token" value="([^"]+)"', text)
        assert found, f"{page} has no form"
        return found[1]


def signed_in(app: Flask, name: str) -> Visitor:
    """Return somebody who is signed in."""
    visitor = Visitor(app)
    visitor.sign_in(name)
    return visitor


def text_of(answer: Any) -> str:
    """Return the source of a page as it came."""
    return str(answer.get_data(as_text=True))


def source_of(answer: Any) -> str:
    """Return the source of a page, with single spaces."""
    return " ".join(text_of(answer).split())


def words_of(answer: Any) -> str:
    """Return the source of a page without its tags: each is a space."""
    return " ".join(re.sub(r"<[^>]+>", " ", text_of(answer)).split())


def read_of(answer: Any) -> str:
    """Return what stands on a page, as it is read."""
    return " ".join(html.fromstring(answer.get_data()).find("body").text_content().split())


def guard(answer: Any) -> None:
    """Check a page; raise PageFaultError naming every fault."""
    tree = html.fromstring(answer.get_data())
    faults = [fault for check in CHECKS for fault in check(tree)]
    policy = answer.headers.get("Content-Security-Policy", "")
    nonce = re.search(r"'nonce-([^']+)'", policy)
    faults.extend(
        "a script without the nonce of the page"
        for script in tree.iter("script")
        if script.get("src") is None and (not nonce or script.get("nonce") != nonce[1])
    )
    if "unsafe" in policy:
        faults.append("the policy allows what is unsafe")
    if faults:
        raise PageFaultError("; ".join(faults))


def one_heading(tree: Any) -> list[str]:
    found = tree.findall(".//h1")
    title = (tree.findtext(".//title") or "").removeprefix("Error: ")
    if len(found) != 1:
        return [f"{len(found)} h1"]
    words = " ".join(found[0].text_content().split())
    return [] if title.startswith(words) else [f"title “{title}” does not begin with “{words}”"]


def unique_ids(tree: Any) -> list[str]:
    ids = [each.get("id") for each in tree.iter() if each.get("id")]
    return [f"id {each} twice" for each in {one for one in ids if ids.count(one) > 1}]


def labelled(tree: Any) -> list[str]:
    labels = {each.get("for") for each in tree.iter("label")}
    kinds = tree.xpath("//input[not(@type='hidden') and not(@type='submit')]|//select|//textarea")
    return [f"{each.get('name')} has no label" for each in kinds if each.get("id") not in labels]


def forms_are_whole(tree: Any) -> list[str]:
    faults = []
    for form in tree.iter("form"):
        if not form.get("action"):
            faults.append("a form without action")
        if form.get("method") == "post" and not form.xpath(".//input[@name='csrf_token']"):
            faults.append(f"{form.get('action')} without token")
    return faults


def no_inline_style(tree: Any) -> list[str]:
    return ["an inline style"] if tree.xpath("//*[@style]") else []


CHECKS = (one_heading, unique_ids, labelled, forms_are_whole, no_inline_style)


def settings_for(tmp_path: Any) -> Settings:
    return Settings(
        database_url="",
        documents_url="",
        secret_key="k" * 40,
        demo=True,
        secure_cookies=False,
        metrics_token="",
        smtp_url="",
        mail_from="",
        instance=tmp_path,
    )


@pytest.fixture(scope="session")
def _made(settled: Any, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application, made once for all tests: its five hundred addresses take a while."""
    _, system = settled
    return create_app(settings_for(tmp_path_factory.mktemp("application")), system)


@pytest.fixture
def app(_made: Flask, small_county: County, tmp_path: Any) -> Flask:
    """The application on a county of its own."""
    _made.extensions["ehcflow"] = small_county.system
    _made.extensions["settings"] = settings_for(tmp_path)
    return _made


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Somebody who is not signed in yet."""
    return Visitor(app)
