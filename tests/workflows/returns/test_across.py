"""Cases of one child are one person, and numbers that two children share are found."""

from uuid import UUID

from workflows.returns import across
from workflows.returns.across import Entry
from workflows.returns.rules.across import (
    DIFFERENT,
    SAME_ULN,
    SAME_UPN,
    TWO_NAMES,
    TWO_PLANS,
    TWO_UPNS,
)

ADA, BEN = "ada example|2017-03-04", "ben example|2016-01-01"
SAME = ("F", "WBRI", "WO1 1AB")


def entry(number: int, identity: str = ADA, upn: str = "", uln: str = "", **more: object) -> Entry:
    return Entry(
        UUID(int=number),
        identity,
        upn,
        uln,
        more.get("same", SAME),  # type: ignore[arg-type]
        bool(more.get("active")),
    )


def found(*entries: Entry) -> set[tuple[int, str]]:
    keyed = across.keys(entries)
    return {(each.case_id.int, each.problem.rule) for each in across.clashes(entries, keyed)}


def persons(*entries: Entry) -> int:
    return len(set(across.keys(entries).values()))


def test_one_name_and_date_of_birth_is_one_person() -> None:
    assert persons(entry(1), entry(2)) == 1
    assert persons(entry(1, upn="U"), entry(2)) == 1
    assert persons(entry(1), entry(2, identity=BEN)) == 2


def test_one_upn_is_one_person_though_the_name_has_changed() -> None:
    renamed = entry(2, identity="ada other|2017-03-04", upn="U")

    assert persons(entry(1, upn="U"), renamed) == 1
    assert found(entry(1, upn="U"), renamed) == {(1, TWO_NAMES), (2, TWO_NAMES)}


def test_two_upns_of_one_name_are_two_persons_and_a_query() -> None:
    both = (entry(1, upn="U"), entry(2, upn="V"))

    assert persons(*both) == 2
    assert found(*both) == {(1, TWO_UPNS), (2, TWO_UPNS)}


def test_a_number_of_two_children_is_an_error() -> None:
    assert found(entry(1, upn="U"), entry(2, identity=BEN, upn="U")) == {
        (1, SAME_UPN),
        (2, SAME_UPN),
    }
    assert found(entry(1, uln="L"), entry(2, identity=BEN, uln="L")) == {
        (1, SAME_ULN),
        (2, SAME_ULN),
    }


def test_cases_that_tell_different_things_of_a_child_are_a_query() -> None:
    other = entry(2, same=("M", "", "WO1 1AB"))

    assert found(entry(1), other) == {(1, DIFFERENT), (2, DIFFERENT)}
    assert found(entry(1), entry(2, same=("", "", ""))) == set()


def test_two_plans_in_force_of_one_child_are_an_error() -> None:
    assert found(entry(1, active=True), entry(2, active=True)) == {(1, TWO_PLANS), (2, TWO_PLANS)}
    assert found(entry(1, active=True), entry(2)) == set()
