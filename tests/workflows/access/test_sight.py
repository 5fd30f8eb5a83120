"""Who sees a case: those who answer for all, those with a task in it, its own family."""

from uuid import UUID, uuid4

import pytest

from engine import errors
from tests.support.county import County
from workflows.access import sight
from workflows.access.people import Person
from workflows.demo import organisation
from workflows.queries.case_list import CaseFilter, case_list, possible_duplicates
from workflows.queries.case_page import case_page, document
from workflows.queries.deadline_list import DeadlineFilter, deadline_list
from workflows.queries.task_page import task_page
from workflows.queries.timeline import timeline
from workflows.queries.work_list import Scope, WorkFilter, work_list

PEOPLE = tuple(name for name, _, _ in organisation.PEOPLE)
ALL_CASES = {"casework", "casework2", "casework3", "panel", "manager"}
ADVISERS = {"setting", "psychology", "psychology2", "health", "socialcare"}


def sees(county: County, name: str, case_id: UUID) -> bool:
    """Tell whether somebody sees a case; every way to it must say the same."""
    person, now = county.person(name), county.system.clock.now()
    with county.system.read() as connection:
        try:
            page = case_page(connection, person, case_id, now=now)
        except sight.NoSuchCase:
            page = None
        cases = case_list(connection, person, CaseFilter()).items
        deadlines = deadline_list(connection, person, DeadlineFilter(), now=now).items
        tasks = work_list(connection, person, WorkFilter(Scope.ALL, status=""), now=now).page.items
        alike = possible_duplicates(connection, person, name="Ada Example", date_of_birth=None)
        by_list = case_id in {each.id for each in cases}
        assert by_list == (page is not None), name
        assert by_list == (case_id in {each.case_id for each in deadlines}), name
        assert by_list == (case_id in {each.id for each in alike}), name
        assert by_list or case_id not in {each.case_id for each in tasks}, name
    return by_list


def seers(county: County, case_id: UUID) -> set[str]:
    return {name for name in PEOPLE if sees(county, name, case_id)}


def test_a_new_case_is_seen_by_those_who_answer_for_all_cases(county: County) -> None:
    case_id = county.open_case()

    assert seers(county, case_id) == ALL_CASES


@pytest.mark.parametrize(
    ("step", "values", "besides"),
    [
        ("give_setting_information", {}, {"setting"}),
        ("decide_to_assess", {}, {"setting"}),
        ("give_advice", {}, ADVISERS),
        (
            "respond_to_consultation",
            {"choose_settings": {"settings_to_consult": ["wold-academy"]}},
            ADVISERS | {"setting2"},
        ),
        (
            "respond_to_consultation",
            {"choose_settings": {"settings_to_consult": ["the-beeches"]}},
            ADVISERS | {"outsider"},
        ),
    ],
    ids=["information", "decision", "advice", "consultation", "another consultation"],
)
def test_an_agency_sees_a_case_from_its_first_task_on(
    small_county: County, step: str, values: dict[str, dict[str, object]], besides: set[str]
) -> None:
    case_id = small_county.open_case()

    small_county.walk(case_id, until=step, **values)

    assert seers(small_county, case_id) == ALL_CASES | besides


def test_an_agency_still_sees_what_it_worked_on_when_the_case_has_ended(
    small_county: County,
) -> None:
    case_id = small_county.open_case()
    small_county.walk(
        case_id, decide_to_assess={"decision_to_assess": "refuse", "legal_test_applied": "no"}
    )

    assert seers(small_county, case_id) == ALL_CASES | {"setting"}


def test_a_parent_sees_only_the_own_childs_case(county: County) -> None:
    own, other = county.open_case(), county.open_case(child_first_name="Ben")
    county.link_parent(own)
    county.link_parent(other, "somebody else")

    assert "parent" in seers(county, own)
    assert seers(county, other) == ALL_CASES
    with county.system.read() as connection:
        found = case_list(connection, county.person("parent"), CaseFilter())
    assert [each.id for each in found.items] == [own]


def test_a_parent_sees_of_the_tasks_only_the_familys(small_county: County) -> None:
    case_id = small_county.open_case()
    small_county.link_parent(case_id)
    small_county.walk(case_id, until="give_views")
    parent, now = small_county.person("parent"), small_county.system.clock.now()
    rows = {each.element_id: each.id for each in small_county.open_tasks(case_id)}
    bundles = small_county.system.executor.bundles

    with small_county.system.read() as connection:
        page = case_page(connection, parent, case_id, now=now)
        shown = task_page(connection, parent, rows["give_views"], bundles, now=now)
        with pytest.raises(errors.NotFound):
            task_page(connection, parent, rows["give_setting_information"], bundles, now=now)

    assert [each.element_id for each in page.tasks] == ["give_views"]
    assert shown.may_complete


@pytest.mark.parametrize("name", sorted(set(PEOPLE) - ALL_CASES - {"setting"}))
def test_who_is_not_involved_is_told_that_there_is_no_such_case(
    small_county: County, name: str
) -> None:
    case_id = small_county.open_case()
    small_county.walk(case_id, until="give_setting_information")
    stranger, now = small_county.person(name), small_county.system.clock.now()
    task = small_county.open_tasks(case_id)[0].id
    bundles = small_county.system.executor.bundles

    with small_county.system.read() as connection:
        for ask in (
            lambda: sight.why_may_see(connection, stranger, case_id),
            lambda: case_page(connection, stranger, case_id, now=now),
            lambda: timeline(connection, stranger, case_id),
            lambda: document(connection, stranger, case_id, uuid4()),
            lambda: task_page(connection, stranger, task, bundles, now=now),
        ):
            with pytest.raises(errors.NotFound):
                ask()


def test_a_case_that_does_not_exist_is_answered_like_one_that_is_not_yours(
    small_county: County,
) -> None:
    case_id = small_county.open_case()
    answers = set()

    with small_county.system.read() as connection:
        for person, wanted in (("outsider", case_id), ("outsider", uuid4()), ("manager", uuid4())):
            with pytest.raises(sight.NoSuchCase) as refused:
                sight.why_may_see(connection, small_county.person(person), wanted)
            answers.add(refused.value.message)

    assert answers == {"There is no such case, or it is not one of yours."}


def test_whoever_has_no_role_sees_nothing(small_county: County) -> None:
    case_id = small_county.open_case()
    nobody = Person("nobody", "Nobody", "nobody@demo.test", ())

    with small_county.system.read() as connection:
        assert case_list(connection, nobody, CaseFilter()).items == ()
        with pytest.raises(sight.NoSuchCase):
            sight.why_may_see(connection, nobody, case_id)


def test_the_record_says_by_which_team_or_role_a_case_is_seen(small_county: County) -> None:
    case_id = small_county.open_case()
    small_county.link_parent(case_id)
    small_county.walk(case_id, until="give_advice")

    with small_county.system.read() as connection:
        why = {
            name: sight.why_may_see(connection, small_county.person(name), case_id)
            for name in ("casework", "casework3", "panel", "manager", "setting", "health", "parent")
        }

    assert why == {
        "casework": "SEN casework, SEN casework, North",
        "casework3": "SEN casework, SEN casework, Coast",
        "panel": "Decision panel, Decision panel",
        "manager": "Manager, across the authority",
        # The same person works for five other settings, which have nothing to do with this case.
        "setting": "Education setting, St Aidan’s Primary School",
        "health": "Health, Health SEND hub",
        "parent": "party to the case",
    }
