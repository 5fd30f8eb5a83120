"""The key contact of a case: whoever first takes up its casework, until somebody else is chosen."""

from uuid import UUID

import pytest
import sqlalchemy as sa

from engine import errors
from engine.commands.claim_task import ClaimTask
from tests.support.county import County
from workflows.commands.choose_key_contact import ChooseKeyContact, IsKeyContact
from workflows.commands.restrict_case import RestrictCase
from workflows.demo import organisation
from workflows.queries.case_list import NOBODY, CaseFilter, case_list
from workflows.queries.case_page import case_page
from workflows.queries.load import load
from workflows.queries.timeline import timeline
from workflows.store.tables import people

FIRST = organisation.person_id("casework")


def take_up(county: County) -> UUID:
    case_id = county.open_case(area="north")
    [row] = county.open_tasks(case_id)
    county.system.execute(ClaimTask(row.id), county.person("casework"))
    return case_id


def choose(county: County, case_id: UUID, person_id: str, name: str = "casework") -> None:
    county.system.execute(ChooseKeyContact(case_id, person_id), county.person(name))


def able(county: County, case_id: UUID) -> list[str]:
    with county.system.read() as connection:
        now = county.system.now()
        page = case_page(connection, county.person("casework"), case_id, now=now)
    return [person_id for person_id, _ in page.caseworkers]


def test_whoever_first_takes_up_the_casework_is_the_key_contact(small_county: County) -> None:
    untouched = small_county.open_case(area="north")
    case_id = take_up(small_county)
    small_county.walk(case_id, until="give_advice")

    assert small_county.case(untouched).key_contact == ""
    assert small_county.case(case_id).key_contact == FIRST
    [told] = small_county.happened(case_id, "KeyContactChosen")
    assert (told["person_id"], told.get("before", "")) == (FIRST, "")
    assert small_county.problems() == []


def test_another_is_chosen_and_everybody_is_told(small_county: County) -> None:
    case_id = take_up(small_county)
    other = next(each for each in able(small_county, case_id) if each != FIRST)

    choose(small_county, case_id, other, "manager")

    with small_county.system.read() as connection:
        name = connection.execute(sa.select(people.c.name).where(people.c.id == other)).scalar_one()
        casework, now = small_county.person("casework"), small_county.system.now()
        shown = case_page(connection, casework, case_id, now=now).key_contact
        events = timeline(connection, casework, case_id).items
        loads = {each.id: each.cases for each in load(connection, now=now).people}
        of_other = case_list(connection, casework, CaseFilter(contact=other)).items
        of_nobody = case_list(connection, casework, CaseFilter(contact=NOBODY)).items
    assert shown == name
    assert any(each.title == "Key contact chosen" and each.detail == name for each in events)
    assert (loads[FIRST], loads[other]) == (0, 1)
    assert [each.id for each in of_other] == [case_id]
    assert of_nobody == ()


def test_one_who_has_left_is_nobody(small_county: County) -> None:
    case_id = take_up(small_county)
    with small_county.system.engine.begin() as connection:
        connection.execute(people.update().where(people.c.id == FIRST).values(active=False))

    with small_county.system.read() as connection:
        manager, now = small_county.person("manager"), small_county.system.now()
        found = load(connection, now=now)
        listed = case_list(connection, manager, CaseFilter(status="open", contact=NOBODY)).items
    assert found.without_contact == len(listed) == 1
    assert listed[0].id == case_id


@pytest.mark.parametrize("name", ["psychology", "parent", "nobody at all"])
def test_only_casework_of_the_case_can_be_it(small_county: County, name: str) -> None:
    case_id = take_up(small_county)
    before = small_county.case(case_id)

    with pytest.raises(errors.Invalid) as refused:
        choose(small_county, case_id, organisation.person_id(name))

    assert refused.value.errors["person"]
    assert small_county.case(case_id) == before


def test_what_is_so_already_is_refused(small_county: County) -> None:
    case_id = take_up(small_county)
    with pytest.raises(IsKeyContact):
        choose(small_county, case_id, FIRST)


def test_nobody_is_brought_to_a_restricted_case(small_county: County) -> None:
    case_id = take_up(small_county)
    other = next(each for each in able(small_county, case_id) if each != FIRST)
    command = RestrictCase(case_id, "adoption", "Placed for adoption", (FIRST,), ())
    small_county.system.execute(command, small_county.person("casework"))

    with pytest.raises(errors.Invalid, match="not let in"):
        choose(small_county, case_id, other)
    assert small_county.case(case_id).key_contact == FIRST
