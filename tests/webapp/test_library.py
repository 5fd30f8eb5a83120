"""The library shows what is live, who works on it and what runs on it; files come in and go out."""

import re
from typing import Any

import pytest
from flask import Flask

from engine.commands.publish_definitions import PublishDefinitions
from tests.support.county import County
from tests.support.pages import Visitor, words_of as words
from workflows.bootstrap import DIAGRAMS

SEVERAL = (
    b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">'
    b'<process id="one" name="One"/><process id="two" name="Two"/></definitions>'
)
ROUTING = (DIAGRAMS / "routing.dmn").read_bytes()


def send(visitor: Visitor, data: bytes, name: str, *, status: int = 303) -> Any:
    token = visitor.token("/diagrams/import")
    # Written out: the test client would keep a large one in a temporary file, and leave it open.
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    tail = (
        f'\r\n--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n--x--\r\n'
    )
    answer = visitor.client.post(
        "/diagrams/import",
        data=head.encode() + data + tail.encode(),
        content_type="multipart/form-data; boundary=x",
        headers={"Referer": "http://localhost/"},
    )
    assert answer.status_code == status, words(answer)[:800]
    return answer


def begin(owner: Visitor, name: str = "Home visit", kind: str = "bpmn") -> str:
    answer = owner.post("/diagrams/new", page="/diagrams/new", kind=kind, name=name)
    address: str = answer.headers["Location"]
    return address


def test_the_library_tells_live_versions_drafts_and_running_cases(
    owner: Visitor, small_county: County
) -> None:
    small_county.open_case()
    owner.post("/drafts", page="/diagrams", key="ehc_assessment", version="1")

    shown = words(owner.get("/diagrams"))

    assert "1 on version 1" in shown
    assert "Peter Lindqvist, 5 January 2026 at 9am" in shown
    assert "ehcflow: First installation" in shown


def test_a_new_process_begins_with_one_step_that_can_be_published(owner: Visitor) -> None:
    address = begin(owner, "Visit “at home” & <there>")

    shown = words(owner.get(f"{address}/check"))

    assert "No problems" in shown
    assert b'id="visit_at_home_there"' in owner.get(f"{address}/file").data
    assert "Visit “at home” &amp; &lt;there&gt;" in words(owner.get("/diagrams"))


def test_a_new_decision_table_begins_with_one_column_of_each_kind(owner: Visitor) -> None:
    address = begin(owner, "Who visits", "dmn")

    assert "No problems" in words(owner.get(f"{address}/check"))


@pytest.mark.parametrize(
    ("kind", "name", "told"),
    [
        ("bpmn", "", "Enter a name"),
        ("bpmn", "4 eyes", "begins with a letter"),
        ("bpmn", "x" * 101, "at most 100 characters"),
        ("bpmn", "EHC assessment", "already"),
        ("dmn", "Routing", "already"),
        ("exe", "Fine", "Select what you want to draw"),
    ],
)
def test_what_cannot_be_begun_is_told_beside_its_field(
    owner: Visitor, kind: str, name: str, told: str
) -> None:
    page = owner.post("/diagrams/new", 422, page="/diagrams/new", kind=kind, name=name)

    assert told in words(page)


def test_a_file_with_several_processes_becomes_a_draft_and_stays_as_it_is(owner: Visitor) -> None:
    address = send(owner, SEVERAL, "several.bpmn").headers["Location"]

    assert owner.get(f"{address}/file").data == SEVERAL
    assert "Errors" in words(owner.get(f"{address}/check"))


def test_an_imported_file_is_a_draft_of_the_version_that_is_live(owner: Visitor) -> None:
    address = send(owner, ROUTING.replace(b"sen_south", b"sen_north"), "a.dmn").headers["Location"]

    shown = words(owner.get(f"{address}/compare"))

    assert "From version 1 to this draft: 1 changed" in shown


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (b"not xml at all", "not well-formed XML"),
        (b"<html/>", "wanted is &lt;definitions&gt;"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]>' + SEVERAL, "DOCTYPE"),
        (SEVERAL + b" " * 10_000_000, "at most 5,000,000 are read"),
    ],
    ids=["empty", "no xml", "no BPMN", "entities", "10 MB"],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(
    owner: Visitor, data: bytes, told: str
) -> None:
    page = send(owner, data, "bad.bpmn", status=422)

    assert told in page.get_data(as_text=True).replace("&#34;", '"')


def test_nothing_chosen_is_asked_for_again(owner: Visitor) -> None:
    assert "Choose a .bpmn or .dmn file" in words(send(owner, b"", "", status=422))


def test_each_version_goes_out_as_the_file_that_it_is(owner: Visitor) -> None:
    diagram = owner.get("/diagrams/ehc_assessment/1.bpmn")
    table = owner.get("/diagrams/routing/1.dmn")

    assert "ehc_assessment-1.bpmn" in diagram.headers["Content-Disposition"]
    assert table.data == ROUTING
    owner.get("/diagrams/routing/1.bpmn", status=404)
    owner.get("/diagrams/ehc_assessment/7.bpmn", status=404)


def test_a_decision_table_is_shown_as_a_table(owner: Visitor) -> None:
    shown = words(owner.get("/diagrams/routing/1"))

    assert "Which team gets the task" in shown
    assert "&#34;sen_south&#34;" in shown


def test_versions_that_are_not_there_are_not_found(owner: Visitor) -> None:
    owner.get("/diagrams/ehc_assessment/9", status=404)
    owner.get("/diagrams/nothing", status=404)
    owner.get("/diagrams/nothing/compare", status=404)
    owner.get("/diagrams/ehc_assessment/compare?from=9&to=1", status=404)


def test_two_versions_are_compared_on_both_and_in_words(
    owner: Visitor, small_county: County
) -> None:
    data = (DIAGRAMS / "mediation.bpmn").read_text().replace("P1W", "P2W", 1)
    small_county.system.execute(
        PublishDefinitions({"mediation.bpmn": data.encode()}, "Later"), small_county.person("owner")
    )

    shown = owner.get("/diagrams/mediation/compare")
    text = shown.get_data(as_text=True)

    assert "From version 1 to version 2: 1 changed" in words(shown)
    assert "Fires, before: 1 week before" in words(shown)
    assert 'data-diagram-url="/diagrams/mediation/1.bpmn"' in text
    assert re.search(r'data-shows="(\w+)"', text)[1] in text.partition("after-states")[2]
    same = owner.get("/diagrams/mediation/compare?from=1&to=1")
    assert "Nothing differs between the two" in words(same)


def test_a_draft_of_a_new_process_has_nothing_to_be_compared_with(owner: Visitor) -> None:
    assert "no version of it has been published" in words(owner.get(f"{begin(owner)}/compare"))


def test_managers_look_and_do_not_act(owner: Visitor, app: Flask) -> None:
    draft = begin(owner)
    manager = Visitor(app)
    manager.sign_in("manager")

    for page in (
        "/diagrams",
        "/diagrams/mediation",
        "/diagrams/mediation/1",
        "/diagrams/routing/1",
    ):
        assert "as a draft" not in words(manager.get(page))
    for page in ("/diagrams/new", "/diagrams/import", "/diagrams/settings"):
        manager.get(page, status=404)
    for page in ("/check", "/compare", "/publish", "/comments"):
        manager.get(f"{draft}{page}", status=404)
