"""What the return reads of a case's rows."""

from tests.support.county import County
from workflows.commands.restrict_case import RestrictCase
from workflows.demo import organisation
from workflows.returns.gather import materials


def test_a_case_that_is_restricted_for_its_address_gives_none(small_county: County) -> None:
    hidden, open_one = small_county.open_case(), small_county.open_case()
    casework = small_county.person("casework")
    named = (organisation.person_id("casework"),)
    command = RestrictCase(hidden, "hidden_address", "The father must not find them", named, ())
    small_county.system.execute(command, casework)

    with small_county.system.read() as connection:
        found = materials(connection, [hidden, open_one])

    assert {each.case_id: each.withheld for each in found} == {hidden: True, open_one: False}
