"""The public comments on the local offer; the authority reads, answers and publishes."""

import re
from typing import Any

from flask import Flask

from tests.support.county import County
from tests.support.pages import Visitor
from workflows.queries.offer_comment_list import offer_comment_list
from workflows.queries.phased_duty_page import phased_duty_page

PUBLIC = "/local-offer/comments"
DESK = "/reports/local-offer"
COMMENT = {"about": "content", "who": "parent", "text": "Nothing about clubs. Ask Mrs Smith."}


def text(answer: Any) -> str:
    return answer.get_data(as_text=True)


def send(visitor: Visitor, status: int = 303, **values: str) -> Any:
    return visitor.post(PUBLIC, status=status, page=PUBLIC, **{**COMMENT, **values})


def test_anybody_comments_and_what_is_missing_is_said(app: Flask, visitor: Visitor) -> None:
    del app
    visitor.get(PUBLIC)

    refused = text(send(visitor, status=422, about="", who="nobody", text=" "))
    send(visitor)

    for message in (
        "Select what your comment is about",
        "Select who you are",
        "Enter your comment",
    ):
        assert message in refused
    assert "Thank you" in text(visitor.get(PUBLIC))
    assert "4,000 characters or fewer" in text(send(visitor, status=422, text="x" * 4001))


def test_too_many_comments_from_one_place_are_stopped(visitor: Visitor) -> None:
    for _ in range(10):
        send(visitor)

    assert "Try again in 15 minutes" in text(send(visitor, status=429))


def test_comments_are_read_answered_and_published_and_the_duty_has_its_evidence(
    app: Flask, small_county: County
) -> None:
    anybody, commissioner = Visitor(app), Visitor(app)
    send(anybody)
    send(anybody, text="My caseworker is a fool.")
    commissioner.sign_in("commissioner")
    with small_county.system.read() as connection:
        kept, left_out = offer_comment_list(connection, 2026)

    early = commissioner.post(f"{DESK}/2026/publish", status=409, introduction="We listened.")
    commissioner.post(
        f"{DESK}/2026/comments/{kept.id}", decision="keep", text="Nothing about clubs. Ask […]."
    )
    silent = commissioner.post(
        f"{DESK}/2026/comments/{left_out.id}", status=422, decision="leave", reason=" "
    )
    commissioner.post(f"{DESK}/2026/comments/{left_out.id}", decision="leave", reason="Abusive")
    wrong = commissioner.post(
        f"{DESK}/2026/answer", status=409, comment=str(left_out.id), response="No."
    )
    commissioner.post(f"{DESK}/2026/answer", comment=str(kept.id), response="A list comes.")
    none = commissioner.post(f"{DESK}/2026/answer", status=422, response="A list comes.")
    commissioner.post(f"{DESK}/2026/publish", introduction="We listened.")

    assert "2 comments of 2026 wait to be read" in text(early)
    assert "Enter why it is left out" in text(silent)
    assert "Only comments that are kept" in text(wrong)
    assert "Select a comment" in text(none)
    page = text(anybody.get(f"{PUBLIC}/2026"))
    assert "Ask […]." in page
    assert "A list comes." in page
    assert "We listened." in page
    assert "Mrs Smith" not in page
    assert "fool" not in page
    assert f"{PUBLIC}/2026" in text(anybody.get(PUBLIC))
    with small_county.system.read() as connection:
        duty = phased_duty_page(
            connection, "comments_published", today=small_county.system.now().date()
        )
    assert any(each.link.endswith(f"{PUBLIC}/2026") for each in duty.evidence)
    assert "Published on" in text(commissioner.get(f"{DESK}?year=2026"))


def test_what_is_not_published_is_not_there_for_the_public(app: Flask, visitor: Visitor) -> None:
    send(visitor)

    visitor.get(f"{PUBLIC}/2026", status=404)
    visitor.get(f"{PUBLIC}/1999", status=404)
    casework = Visitor(app)
    casework.sign_in("casework")
    casework.get(DESK, status=404)


def test_a_year_that_lies_ahead_is_not_published(app: Flask) -> None:
    commissioner = Visitor(app)
    commissioner.sign_in("commissioner")

    answer = commissioner.post(f"{DESK}/2031/publish", status=422, introduction="Soon.")

    assert re.search(r"year lies ahead", text(answer))
    commissioner.post(
        f"{DESK}/2026/comments/00000000-0000-0000-0000-000000000000", status=404, decision="keep"
    )
