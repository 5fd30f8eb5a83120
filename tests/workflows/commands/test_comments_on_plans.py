"""What is said about a plan is kept with the section and the version that it is about."""

from uuid import UUID, uuid4

import pytest

from engine import errors
from tests.support.county import County
from tests.support.plans import WHOLE, issue, whole
from workflows.commands.comment_on_plan import CommentOnPlan, NothingToCommentOn, VersionIsFinal
from workflows.commands.reply_to_comment import NoSuchComment, ReplyToComment
from workflows.commands.save_plan import SavePlan
from workflows.plan import text
from workflows.queries.plan_page import Comment, plan_page


@pytest.fixture
def case_id(small_county: County) -> UUID:
    """A case with a family, and a plan that was served as a draft and then issued."""
    found = small_county.open_case()
    small_county.link_parent(found)
    system = small_county.system
    system.execute(SavePlan(found, WHOLE, 0), small_county.person("casework"))

    for final in (False, True):
        issue(small_county, found, text.texts(whole()), final=final)
    return found


def said(county: County, case_id: UUID, name: str) -> tuple[Comment, ...]:
    with county.system.read() as connection:
        return plan_page(connection, county.person(name), case_id).comments


def comment(county: County, case_id: UUID, name: str, version: int, words: str) -> UUID:
    command = CommentOnPlan(case_id, "f", version, words)
    county.system.execute(command, county.person(name))
    return command.comment_id


def test_a_family_comments_on_the_draft_and_casework_replies(
    small_county: County, case_id: UUID
) -> None:
    first = comment(small_county, case_id, "parent", 1, "Who teaches?\r\nWhen?")
    answer = ReplyToComment(case_id, first, "Her own teacher.")
    small_county.system.execute(answer, small_county.person("casework"))
    thanks = ReplyToComment(case_id, answer.comment_id, "Thank you.")
    small_county.system.execute(thanks, small_county.person("parent"))

    (found,) = said(small_county, case_id, "parent")

    assert (found.section, found.version, found.text) == ("f", 1, "Who teaches?\nWhen?")
    assert [each.text for each in found.replies] == ["Her own teacher.", "Thank you."]
    assert said(small_county, case_id, "casework") == (found,)


def test_what_is_said_about_the_working_plan_is_for_those_who_read_it(
    small_county: County, case_id: UUID
) -> None:
    inside = comment(small_county, case_id, "panel", 0, "Too vague.")

    with pytest.raises(errors.Forbidden):
        comment(small_county, case_id, "parent", 0, "May I?")
    reply = ReplyToComment(case_id, inside, "May I?")
    with pytest.raises(errors.Forbidden):
        small_county.system.execute(reply, small_county.person("parent"))

    assert said(small_county, case_id, "parent") == ()
    assert [each.text for each in said(small_county, case_id, "casework")] == ["Too vague."]


@pytest.mark.parametrize("words", ["", "  \n", "x" * 5001, "\x00"])
def test_what_cannot_be_kept_is_refused(small_county: County, case_id: UUID, words: str) -> None:
    with pytest.raises(errors.Invalid) as caught:
        comment(small_county, case_id, "parent", 1, words)

    assert set(caught.value.errors) == {"text"}


def test_nobody_comments_on_what_is_not_there_or_is_final(
    small_county: County, case_id: UUID
) -> None:
    with pytest.raises(NothingToCommentOn):
        comment(small_county, case_id, "parent", 3, "Hello?")
    with pytest.raises(VersionIsFinal):
        comment(small_county, case_id, "parent", 2, "Hello?")
    with pytest.raises(NothingToCommentOn):
        small_county.system.execute(
            CommentOnPlan(case_id, "z", 1, "Hello?"), small_county.person("parent")
        )


def test_a_reply_belongs_to_a_comment_of_the_same_case(small_county: County, case_id: UUID) -> None:
    first = comment(small_county, case_id, "parent", 1, "Who teaches?")
    other = small_county.open_case()

    for case, reply_to in ((other, first), (case_id, uuid4())):
        with pytest.raises(NoSuchComment):
            small_county.system.execute(
                ReplyToComment(case, reply_to, "She."), small_county.person("casework")
            )
