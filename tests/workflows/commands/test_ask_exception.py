"""Casework asks for a lawful exception, a manager grants or refuses it."""

import datetime as dt
from typing import Any

import pytest

from engine import errors
from tests.support.county import County
from workflows.commands.ask_exception import AskedAlready, AskException
from workflows.commands.correct_fact import CorrectFact
from workflows.commands.decide_exception import DecidedAlready, DecideException
from workflows.duties.refusals import UnlawfulException
from workflows.queries.case_page import case_page
from workflows.queries.exception_request_list import Asked, of_case
from workflows.queries.timeline import timeline
from workflows.store.documents import NoSuchDocument

DUTY, GROUND = "assessment.decision", "exceptional_circumstances"
FROM, TO = dt.date(2026, 1, 12), dt.date(2026, 1, 20)


def asked(county: County, case_id: Any) -> tuple[Asked, ...]:
    with county.system.read() as connection:
        return of_case(connection, county.person("casework"), case_id)


def ask(county: County, case_id: Any, **other: Any) -> AskException:
    given = {"reason": "The mother was in hospital.", "from_date": FROM, "to_date": TO}
    command = AskException(case_id, DUTY, **{"ground": GROUND, **given, **other})
    county.system.execute(command, county.person("casework"))
    return command


@pytest.fixture
def case_id(small_county: County) -> Any:
    found = small_county.open_case()
    small_county.pass_days(30)
    return found


def test_what_is_asked_excuses_nothing_until_it_is_granted(county: County) -> None:
    case_id = county.open_case()
    county.pass_days(30)

    command = ask(county, case_id)
    before = county.deadline(case_id, DUTY)
    county.system.execute(
        DecideException(command.request_id, granted=True, told_family_on=TO),
        county.person("manager"),
    )

    (found,) = asked(county, case_id)
    after = county.deadline(case_id, DUTY)
    assert (before.excused, after.excused) == (False, True)
    assert (before.due, after.due) == (after.due, before.due), "no new date"
    assert (found.status, found.told_family_on) == ("granted", TO)
    (recorded,) = county.happened(case_id, "ExceptionRecorded")
    assert recorded["told_family_on"] == TO.isoformat()
    assert county.problems() == []


def test_who_asked_sees_the_answer_on_the_case_and_in_the_timeline(
    small_county: County, case_id: Any
) -> None:
    command = ask(small_county, case_id)
    decision = DecideException(command.request_id, granted=False, answer="The letter is missing.")
    small_county.system.execute(decision, small_county.person("manager"))

    (found,) = asked(small_county, case_id)
    assert (found.status, found.answer) == ("refused", "The letter is missing.")
    assert found.decided_by == small_county.person("manager").name
    assert small_county.deadline(case_id, DUTY).excused is False
    with small_county.system.read() as connection:
        events = timeline(connection, small_county.person("casework"), case_id).items
    assert [(each.title, each.detail) for each in events[:2]] == [
        ("Lawful exception refused", "The letter is missing."),
        ("Lawful exception asked for", "The mother was in hospital."),
    ]


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"ground": "no_psychologist"}, "ground"),
        ({"from_date": TO, "to_date": FROM}, "to"),
        ({"from_date": dt.date(2026, 3, 1), "to_date": dt.date(2026, 3, 9)}, "to"),
        ({"to_date": dt.date(2026, 3, 9)}, "to"),
        ({"from_date": dt.date(2025, 1, 1), "to_date": dt.date(2025, 2, 1)}, "from"),
        ({"told_family_on": dt.date(2026, 3, 1)}, "told_family_on"),
        ({"reason": " "}, "reason"),
    ],
)
def test_what_the_regulation_does_not_bear_out_cannot_be_asked(
    small_county: County, case_id: Any, other: dict[str, Any], field: str
) -> None:
    with pytest.raises(UnlawfulException) as refusal:
        ask(small_county, case_id, **other)

    assert field in refusal.value.errors
    assert asked(small_county, case_id) == ()


def test_a_limit_is_asked_about_once_at_a_time(small_county: County, case_id: Any) -> None:
    command = ask(small_county, case_id)
    with pytest.raises(AskedAlready):
        ask(small_county, case_id)
    refuse = DecideException(command.request_id, granted=False, answer="No.")
    small_county.system.execute(refuse, small_county.person("manager"))

    ask(small_county, case_id, reason="Here is the letter.")

    assert {each.status for each in asked(small_county, case_id)} == {"refused", "asked"}


def test_a_document_must_be_one_of_the_case(small_county: County, case_id: Any) -> None:
    other = small_county.open_case()
    small_county.walk(other, until="give_views")
    with small_county.system.read() as connection:
        page = case_page(
            connection, small_county.person("casework"), other, now=small_county.system.now()
        )
    strange = page.documents[0].id

    with pytest.raises(NoSuchDocument):
        ask(small_county, case_id, documents=(strange,))
    today = small_county.system.now().date()
    ask(small_county, other, documents=(strange,), from_date=today, to_date=today)

    (found,) = asked(small_county, other)
    assert [each["title"] for each in found.documents] == [page.documents[0].title]


def test_of_two_managers_the_second_is_told_who_decided(small_county: County, case_id: Any) -> None:
    command = ask(small_county, case_id)
    manager = small_county.person("manager")
    small_county.system.execute(DecideException(command.request_id, granted=True), manager)

    with pytest.raises(DecidedAlready) as refusal:
        small_county.system.execute(
            DecideException(command.request_id, granted=False, answer="No."), manager
        )

    assert refusal.value.details["by"] == manager.id


def test_nothing_is_refused_without_a_reason(small_county: County, case_id: Any) -> None:
    command = ask(small_county, case_id)

    with pytest.raises(errors.Invalid, match="why it is refused"):
        small_county.system.execute(
            DecideException(command.request_id, granted=False), small_county.person("manager")
        )


def test_what_is_no_longer_lawful_is_not_granted(small_county: County, case_id: Any) -> None:
    command = ask(small_county, case_id)
    correct = CorrectFact(case_id, "request_received", dt.date(2026, 1, 30), "The stamp says so.")
    small_county.system.execute(correct, small_county.person("casework"))

    with pytest.raises(UnlawfulException):
        small_county.system.execute(
            DecideException(command.request_id, granted=True), small_county.person("manager")
        )

    assert [each.status for each in asked(small_county, case_id)] == ["asked"]
