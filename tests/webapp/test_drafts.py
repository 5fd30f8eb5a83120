"""Drafts are kept as they are drawn, and nobody overwrites anybody."""

from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from tests.support.pages import Visitor

SMALL = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">'
    '<process id="small" name="Small"/></definitions>'
)


@pytest.fixture
def draft(owner: Visitor) -> str:
    page = "/diagrams/ehc_assessment/1"
    answer = owner.post("/drafts", page=page, key="ehc_assessment", version="1")
    address: str = answer.headers["Location"]
    return address


def put(visitor: Visitor, address: str, body: Any, *, status: int = 200) -> Any:
    headers = {"X-CSRFToken": visitor.token("/account"), "Accept": "application/json"}
    answer = visitor.client.put(f"{address}/file", json=body, headers=headers)
    assert answer.status_code == status, answer.get_data(as_text=True)[:500]
    return answer.get_json()


def test_a_draft_begins_from_a_version_and_is_saved_as_it_is_drawn(
    owner: Visitor, draft: str
) -> None:
    begun = owner.get(f"{draft}/file")
    put(owner, draft, {"xml": SMALL, "revision": 1})
    saved = owner.get(f"{draft}/file")

    assert b"ehc_assessment" in begun.data
    assert begun.headers["X-Revision"] == "1"
    assert saved.data.decode() == SMALL
    assert saved.headers["X-Revision"] == "2"
    assert "Small" in owner.get(draft).get_data(as_text=True)


def test_whoever_saves_over_what_they_have_not_seen_is_told_who_was_quicker(
    owner: Visitor, draft: str
) -> None:
    put(owner, draft, {"xml": SMALL, "revision": 1})

    told = put(owner, draft, {"xml": SMALL.replace("Small", "Mine"), "revision": 1}, status=409)

    assert told["revision"] == "2"
    assert told["by"]
    assert owner.get(f"{draft}/file").data.decode() == SMALL


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"xml": "<html/>", "revision": 1}, 422),
        ({"xml": SMALL}, 422),
        ({"xml": SMALL, "revision": "1"}, 422),
        ([SMALL], 422),
        ({"xml": '<!DOCTYPE a [<!ENTITY b "c">]>' + SMALL, "revision": 1}, 422),
        ({"xml": "x" * 5_000_001, "revision": 1}, 422),
    ],
)
def test_what_is_no_diagram_is_refused_and_the_draft_stays(
    owner: Visitor, draft: str, body: Any, status: int
) -> None:
    before = owner.get(f"{draft}/file").data

    refused = put(owner, draft, body, status=status)

    assert refused["detail"]
    assert owner.get(f"{draft}/file").data == before


def test_a_discarded_draft_takes_no_more(owner: Visitor, draft: str) -> None:
    owner.post(f"{draft}/discard", page=draft, revision="1")

    refused = put(owner, draft, {"xml": SMALL, "revision": 1}, status=409)

    assert "published or discarded" in refused["detail"]


def test_drafts_are_for_process_owners(owner: Visitor, draft: str, app: Flask) -> None:
    manager = Visitor(app)
    manager.sign_in("manager")

    manager.get(draft, status=404)
    owner.get(f"/drafts/{UUID(int=1)}", status=404)
