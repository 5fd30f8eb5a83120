"""Two people who write a plan never overwrite each other, and every change is on record."""

from uuid import UUID

import pytest

from engine import errors
from tests.support.county import County
from tests.support.plans import WHOLE, whole
from workflows.commands.save_plan import PlanChanged, SavePlan
from workflows.commands.save_plan_section import NoSuchSection, SavePlanSection, SectionChanged
from workflows.demo import organisation
from workflows.plan import document
from workflows.plan.document import InvalidPlan
from workflows.store import plans

ASTHMA = {"rows": [{"id": "asthma", "text": "Asthma"}]}


@pytest.fixture
def case_id(small_county: County) -> UUID:
    """A case with a whole plan, revision 1."""
    found = small_county.open_case()
    small_county.system.execute(SavePlan(found, WHOLE, 0), small_county.person("casework"))
    return found


def save(county: County, case_id: UUID, code: str, content: object, revision: int) -> None:
    command = SavePlanSection(case_id, code, content, revision)  # type: ignore[arg-type]
    county.system.execute(command, county.person("casework"))


def kept(county: County, case_id: UUID) -> plans.Kept:
    with county.system.read() as connection:
        return plans.working(connection, case_id)


def test_a_section_is_kept_and_who_wrote_it_is_on_record(
    small_county: County, case_id: UUID
) -> None:
    save(small_county, case_id, "c", ASTHMA, 1)

    found = kept(small_county, case_id)
    assert found.revision == 2
    assert document.load(found.document).of("c").rows[0].text("text") == "Asthma"
    assert found.changed["c"]["by"] == organisation.person_id("casework")
    assert found.changed["f"]["revision"] == 1
    (entry,) = (
        each
        for each in small_county.happened(case_id, "PlanSectionChanged")
        if each["section"] == "c"
    )
    assert entry["content"]["rows"] == ASTHMA["rows"]
    assert small_county.problems() == []


def test_what_a_colleague_has_changed_meanwhile_is_not_overwritten(
    small_county: County, case_id: UUID
) -> None:
    save(small_county, case_id, "c", ASTHMA, 1)
    before = small_county.everything()

    with pytest.raises(SectionChanged) as caught:
        save(small_county, case_id, "c", {"text": "None."}, 1)

    assert caught.value.details["by"] == organisation.person_id("casework")
    assert small_county.everything() == before


def test_two_people_write_two_sections_at_once(small_county: County, case_id: UUID) -> None:
    save(small_county, case_id, "c", ASTHMA, 1)
    save(small_county, case_id, "d", {"text": "None."}, 1)

    assert kept(small_county, case_id).revision == 3


def test_a_row_that_goes_is_unlinked_in_other_sections_which_counts_as_a_change(
    small_county: County, case_id: UUID
) -> None:
    save(small_county, case_id, "b", {"rows": WHOLE["sections"]["b"]["rows"][1:]}, 1)

    found = kept(small_county, case_id)
    assert document.load(found.document).of("e").rows[0].links("needs") == ("talks",)
    assert found.changed["e"]["revision"] == 2


def test_saving_what_is_there_already_changes_nothing(small_county: County, case_id: UUID) -> None:
    before = small_county.everything()

    save(small_county, case_id, "b", WHOLE["sections"]["b"], 1)

    assert small_county.everything() == before


def test_a_link_to_nothing_and_an_unknown_section_are_refused(
    small_county: County, case_id: UUID
) -> None:
    row = {"id": "x", "what": "Care", "outcomes": ["nothing"]}
    with pytest.raises(InvalidPlan) as caught:
        save(small_county, case_id, "g", {"rows": [row]}, 1)
    with pytest.raises(NoSuchSection):
        save(small_county, case_id, "z", {}, 1)

    assert set(caught.value.errors) == {"rows.0.outcomes"}


def test_a_whole_plan_is_written_upon_the_newest_revision_alone(
    small_county: County, case_id: UUID
) -> None:
    save(small_county, case_id, "c", ASTHMA, 1)

    with pytest.raises(PlanChanged) as caught:
        small_county.system.execute(SavePlan(case_id, WHOLE, 1), small_county.person("casework"))
    small_county.system.execute(SavePlan(case_id, WHOLE, 2), small_county.person("casework"))

    assert caught.value.details == {"revision": "2"}
    assert document.load(kept(small_county, case_id).document) == whole()


def test_there_is_no_plan_without_a_case(small_county: County, case_id: UUID) -> None:
    del case_id
    nobody = UUID(int=0)

    with pytest.raises(errors.NotFound):
        save(small_county, nobody, "c", ASTHMA, 0)
