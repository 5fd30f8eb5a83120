"""A draft goes live when nothing is in its way, as it was seen, and on record."""

import re
from typing import Any

import pytest
from flask import Flask

from engine.commands.publish_definitions import PublishDefinitions
from tests.support.county import County
from tests.support.pages import Visitor, words_of as words
from workflows.policy.refusal import NotAllowed


def hidden(answer: Any, name: str) -> str:
    found = re.search(rf'name="{name}" value="(\d+)"', answer.get_data(as_text=True))
    assert found, words(answer)
    return found[1]


def begin(owner: Visitor, name: str = "Home visit") -> str:
    answer = owner.post("/diagrams/new", page="/diagrams/new", kind="bpmn", name=name)
    address: str = answer.headers["Location"]
    return address


def edit(owner: Visitor, version: int = 1) -> str:
    answer = owner.post("/drafts", page="/diagrams", key="home_visit", version=str(version))
    address: str = answer.headers["Location"]
    return address


def save(visitor: Visitor, draft: str, old: str, new: str) -> None:
    held = visitor.get(f"{draft}/file")
    body = {
        "xml": held.data.decode().replace(old, new),
        "revision": int(held.headers["X-Revision"]),
    }
    headers = {"X-CSRFToken": visitor.token("/account"), "Accept": "application/json"}
    answer = visitor.client.put(f"{draft}/file", json=body, headers=headers)
    assert answer.status_code == 200, answer.get_data(as_text=True)


def publish(visitor: Visitor, draft: str, *, status: int = 303, **values: str) -> Any:
    page = f"{draft}/publish"
    shown = visitor.get(page)
    held = {name: hidden(shown, name) for name in ("revision", "seen")}
    return visitor.post(page, status, page=page, **{"reason": "A test", **held, **values})


def published(owner: Visitor) -> None:
    publish(owner, begin(owner), reason="The first one")


def test_a_draft_goes_live_with_its_reason_and_is_over(owner: Visitor) -> None:
    draft = begin(owner)

    answer = publish(owner, draft, reason="Families are visited at home")
    shown = words(owner.get(answer.headers["Location"]))

    assert answer.headers["Location"] == "/diagrams/home_visit/1"
    assert "Version 1 is live. New cases take it from now on" in shown
    assert "Published by Peter Lindqvist" in shown
    assert "Families are visited at home" in shown
    assert "published as version 1" in words(owner.get(f"{draft}/publish"))


def test_without_a_reason_nothing_goes_live(owner: Visitor) -> None:
    page = publish(owner, begin(owner), status=422, reason="  ")

    assert "Enter a reason" in words(page)
    owner.get("/diagrams/home_visit", status=404)


def test_a_draft_with_an_error_is_not_published_and_says_which(owner: Visitor) -> None:
    draft = begin(owner)
    save(owner, draft, 'isExecutable="true"', 'isExecutable="false"')

    shown = words(owner.get(f"{draft}/publish"))
    owner.post(
        f"{draft}/publish", 422, page="/diagrams/new", revision="2", seen="0", reason="Anyway"
    )

    assert "1 error" in shown
    assert "cannot be published yet" in shown
    owner.get("/diagrams/home_visit", status=404)


def test_a_draft_that_differs_in_nothing_is_not_published(owner: Visitor) -> None:
    published(owner)

    assert "Nothing differs from the live version" in words(owner.get(f"{edit(owner)}/publish"))


def test_a_draft_that_scenarios_concern_waits_for_them(owner: Visitor) -> None:
    answer = owner.post("/drafts", page="/diagrams", key="mediation", version="1")
    draft = answer.headers["Location"]
    save(owner, draft, "<bpmn:process", "<!-- changed --><bpmn:process")

    shown = owner.get(f"{draft}/publish")

    assert "scenarios concern this draft. Run them first" in words(shown)
    assert f'action="{draft}/scenarios"' in shown.get_data(as_text=True)


def test_who_was_published_over_meanwhile_compares_first(owner: Visitor) -> None:
    published(owner)
    mine, theirs = edit(owner), edit(owner)
    save(owner, mine, "Take the first step", "Mine")
    save(owner, theirs, "Take the first step", "Theirs")
    publish(owner, theirs)

    shown = words(owner.get(f"{mine}/publish"))
    refused = publish(owner, mine, status=422)
    publish(owner, mine, compared="yes")

    assert "Somebody has published version 2 since this draft was begun from version 1" in shown
    assert "Confirm that you have compared" in words(refused)
    assert b"Mine" in owner.get("/diagrams/home_visit/3.bpmn").data


def test_what_was_published_while_one_read_the_page_is_not_overwritten(
    owner: Visitor, small_county: County
) -> None:
    published(owner)
    draft = edit(owner)
    save(owner, draft, "Take the first step", "Mine")
    page = f"{draft}/publish"
    seen = owner.get(page)
    other = owner.get("/diagrams/home_visit/1.bpmn").data.replace(b"It begins", b"Begin")
    small_county.system.execute(
        PublishDefinitions({"home_visit.bpmn": other}, "Quicker"), small_county.person("owner")
    )

    refused = owner.post(
        page,
        409,
        page=page,
        reason="R",
        compared="yes",
        **{n: hidden(seen, n) for n in ("revision", "seen")},
    )

    assert "Somebody has published another version meanwhile" in words(refused)
    assert b"Mine" not in owner.get("/diagrams/home_visit/2.bpmn").data


def test_a_draft_that_was_saved_while_one_read_the_page_is_not_published(owner: Visitor) -> None:
    draft = begin(owner)
    page = f"{draft}/publish"
    seen = owner.get(page)
    save(owner, draft, "Take the first step", "Later")

    held = {name: hidden(seen, name) for name in ("revision", "seen")}
    refused = owner.post(page, 409, page=page, reason="R", **held)

    assert "saved this draft meanwhile" in words(refused)


def test_an_earlier_version_is_made_live_again_as_a_new_one(owner: Visitor) -> None:
    published(owner)
    draft = edit(owner)
    save(owner, draft, "Take the first step", "A mistake")
    publish(owner, draft)

    back = owner.post("/diagrams/home_visit/1/restore", page="/diagrams/home_visit/1")
    shown = owner.get(back.headers["Location"])
    publish(owner, back.headers["Location"].partition("/publish")[0], reason="Back to version 1")

    assert 'value="Back to version 1"' in shown.get_data(as_text=True)
    first = owner.get("/diagrams/home_visit/1.bpmn").data
    assert owner.get("/diagrams/home_visit/3.bpmn").data == first
    assert "Version 3" in words(owner.get("/diagrams/home_visit"))
    assert "A mistake" in words(owner.get("/diagrams/home_visit/compare?from=2&to=3"))


def want_second_person(owner: Visitor) -> None:
    page = "/diagrams/settings"
    owner.post(page, page=page, second_person="yes")


def test_a_second_person_approves_what_goes_live_and_both_are_on_record(
    owner: Visitor, second: Visitor
) -> None:
    want_second_person(owner)
    draft = begin(owner)
    page = f"{draft}/publish"

    before = words(owner.get(page))
    owner.post(f"{page}/ask", page=page, revision="1")
    own = words(owner.get(page))
    listed = words(second.get("/diagrams"))
    second.post(
        f"{page}/decide", page=page, revision="1", decision="approve", decision_reason="Well made"
    )
    publish(owner, draft)

    assert "Another process owner must approve it first" in before
    assert "Another process owner must decide" in own
    assert "Approval asked for" in listed
    shown = words(owner.get("/diagrams/home_visit/1"))
    assert "Asked for by Peter Lindqvist" in shown
    assert re.search(r"Approved by Tom Hargreaves, .*: Well made", shown)


def test_nobody_approves_their_own_draft(owner: Visitor, second: Visitor) -> None:
    want_second_person(owner)
    draft = begin(owner)
    page = f"{draft}/publish"
    owner.post(f"{page}/ask", page=page, revision="1")

    refused = owner.post(f"{page}/decide", 403, page="/account", revision="1", decision="approve")

    assert "another process owner must give it" in words(refused)
    assert "Do you approve this draft?" in words(second.get(page))


def test_saving_withdraws_what_was_asked_for(owner: Visitor, second: Visitor) -> None:
    want_second_person(owner)
    draft = begin(owner)
    page = f"{draft}/publish"
    owner.post(f"{page}/ask", page=page, revision="1")
    save(owner, draft, "Take the first step", "Another step")

    shown = words(second.get(page))
    refused = second.post(f"{page}/decide", 409, page="/account", revision="1", decision="approve")

    assert "The draft was saved after its approval was asked for" in shown
    assert "saved this draft meanwhile" in words(refused)


def test_who_declines_says_why_and_is_asked_again(owner: Visitor, second: Visitor) -> None:
    want_second_person(owner)
    draft = begin(owner)
    page = f"{draft}/publish"
    owner.post(f"{page}/ask", page=page, revision="1")

    silent = second.post(f"{page}/decide", 422, page=page, revision="1", decision="decline")
    undecided = second.post(f"{page}/decide", 422, page=page, revision="1")
    second.post(
        f"{page}/decide", page=page, revision="1", decision="decline", decision_reason="Too early"
    )
    told = words(owner.get(page))
    owner.post(f"{page}/ask", page=page, revision="1")

    assert "Enter why you decline it" in words(silent)
    assert "Select whether you approve the draft" in words(undecided)
    assert "Too early" in told
    assert "Do you approve this draft?" in words(second.get(page))


def test_where_a_second_person_is_wanted_no_other_door_is_open(
    owner: Visitor, small_county: County
) -> None:
    want_second_person(owner)
    draft = begin(owner)
    data = owner.get(f"{draft}/file").data

    refused = owner.post(
        f"{draft}/publish", 422, page="/account", revision="1", seen="0", reason="Alone"
    )
    with pytest.raises(NotAllowed, match="wants a second person"):
        small_county.system.execute(
            PublishDefinitions({"home_visit.bpmn": data}, "By a program"),
            small_county.person("owner"),
        )

    assert "must approve it first" in words(refused)
    owner.get("/diagrams/home_visit", status=404)


def test_an_administrator_sets_whether_a_second_person_is_wanted(
    owner: Visitor, app: Flask
) -> None:
    admin = Visitor(app)
    admin.sign_in("admin")
    page = "/diagrams/settings"

    alone = words(admin.get(page))
    admin.post(page, page=page, second_person="yes")

    assert "There is only one process owner, Peter Lindqvist" in alone
    assert "Set by Chloe Bennett" in words(owner.get(page))
    assert page in admin.get("/templates").get_data(as_text=True)


def test_cases_that_were_left_behind_are_counted_where_the_new_version_is(
    owner: Visitor, small_county: County
) -> None:
    small_county.open_case()
    data = owner.get("/diagrams/ehc_assessment/1.bpmn").data + b"\n"
    small_county.system.execute(
        PublishDefinitions({"ehc_assessment.bpmn": data}, "A line more"),
        small_county.person("owner"),
    )

    new, old = owner.get("/diagrams/ehc_assessment/2"), owner.get("/diagrams/ehc_assessment/1")

    assert "1 case runs on version 1" in words(new)
    assert "/migrations/new?process=ehc_assessment&amp;from=1" in new.get_data(as_text=True)
    assert "1 running cases are on this version" in words(old)
