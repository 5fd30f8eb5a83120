"""Those who work on a draft talk about it, see each other, and are told of problems as they draw."""

import datetime as dt
import re
from typing import Any

import pytest

from tests.support.county import County
from tests.support.pages import Visitor, words_of as words


@pytest.fixture
def draft(owner: Visitor) -> str:
    answer = owner.post("/diagrams/new", page="/diagrams/new", kind="bpmn", name="Home visit")
    address: str = answer.headers["Location"]
    return address


def call(visitor: Visitor, address: str, body: Any = None, *, status: int = 200) -> Any:
    headers = {"X-CSRFToken": visitor.token("/account"), "Accept": "application/json"}
    answer = visitor.client.post(address, json=body, headers=headers)
    assert answer.status_code == status, answer.get_data(as_text=True)[:500]
    return answer.get_json()


def test_a_comment_stands_beside_its_element_until_it_is_settled(
    owner: Visitor, draft: str
) -> None:
    page = f"{draft}/comments"
    owner.post(page, page=page, element="first_step", text="Who <b>does</b> this?")
    said = words(owner.get(page))
    owner.post(f"{page}/1/settle", page=page)
    settled = words(owner.get(page))
    owner.post(f"{page}/1/settle", page=page, settled="no")

    assert "about “Take the first step”" in said
    assert "Who &lt;b&gt;does&lt;/b&gt; this?" in said
    assert "There are no open comments" in settled
    assert "settled by Peter Lindqvist" in settled
    assert "There are no open comments" not in words(owner.get(page))


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_a_comment_says_something_and_not_too_much(owner: Visitor, draft: str, text: str) -> None:
    page = f"{draft}/comments"

    refused = owner.post(page, 422, page=page, text=text)

    assert "at most 2,000 characters" in words(refused)


def test_the_studio_reads_and_writes_comments(owner: Visitor, draft: str) -> None:
    made = call(owner, f"{draft}/comments", {"element": "done", "text": "Late?"}, status=201)
    settled = call(owner, f"{draft}/comments/1/settle", {})
    again = call(owner, f"{draft}/comments/1/settle", {"settled": False})

    assert made["comments"][0]["element"] == "done"
    assert made["comments"][0]["made_by"] == "Peter Lindqvist"
    assert settled["comments"][0]["settled"] is True
    assert again["comments"][0]["settled"] is False
    assert owner.get(f"{draft}/comments.json").get_json() == again


@pytest.mark.parametrize("body", [{"text": 5}, {"element": [], "text": "x"}, {"text": ""}, [1]])
def test_what_is_no_comment_is_refused(owner: Visitor, draft: str, body: Any) -> None:
    refused = call(owner, f"{draft}/comments", body, status=422)

    assert refused["detail"]


def test_a_comment_that_is_not_there_cannot_be_settled(owner: Visitor, draft: str) -> None:
    call(owner, f"{draft}/comments/7/settle", {}, status=404)


def test_two_who_have_a_draft_open_are_told_of_each_other(
    owner: Visitor, draft: str, second: Visitor
) -> None:
    alone = call(owner, f"{draft}/here")

    shown = words(second.get(draft))
    told = call(owner, f"{draft}/here")

    assert alone["others"] == []
    assert "Peter Lindqvist also has this draft open" in shown
    assert [each["name"] for each in told["others"]] == ["Tom Hargreaves"]
    assert told["revision"] == 1


def test_who_left_is_no_longer_here(
    owner: Visitor, draft: str, second: Visitor, small_county: County
) -> None:
    second.get(draft)
    clock = small_county.system.clock
    clock.move_to(clock.now() + dt.timedelta(minutes=5))

    assert call(owner, f"{draft}/here")["others"] == []


def test_what_is_drawn_and_not_saved_yet_is_checked(owner: Visitor, draft: str) -> None:
    xml = owner.get(f"{draft}/file").data.decode()

    good = call(owner, f"{draft}/check", {"xml": xml})
    bad = call(owner, f"{draft}/check", {"xml": xml.replace('targetRef="done"', 'targetRef="x"')})
    saved = call(owner, f"{draft}/check")

    assert good == saved == {"problems": []}
    assert bad["problems"][0]["severity"] == "error"
    assert bad["problems"][0]["help"].startswith("/help/rules/")
    call(owner, f"{draft}/check", {"xml": 5}, status=422)
    unreadable = call(owner, f"{draft}/check", {"xml": "<!DOCTYPE x><x/>"})
    assert unreadable["problems"][0]["element"] == ""


def test_each_problem_leads_to_its_element_and_to_help(owner: Visitor, draft: str) -> None:
    held = owner.get(f"{draft}/file").data.decode()
    body = {"xml": held.replace("SEN casework", "Nobody at all"), "revision": 1}
    headers = {"X-CSRFToken": owner.token("/account"), "Accept": "application/json"}
    owner.client.put(f"{draft}/file", json=body, headers=headers)

    page = owner.get(f"{draft}/check").get_data(as_text=True)

    assert re.search(r'data-shows="\w+', page)
    assert 'href="/help/rules/known_role"' in page
    assert "To mend it:" in page
