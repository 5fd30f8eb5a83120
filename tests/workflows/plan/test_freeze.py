"""What is issued is frozen: with its rows where the plan says what was sent, as text where not."""

from typing import Any
from uuid import UUID

import pytest

from tests.support.county import County
from tests.support.plans import WHOLE, issue, whole
from workflows.access.people import Person
from workflows.commands.save_plan import SavePlan
from workflows.commands.save_plan_section import SavePlanSection
from workflows.plan import document, text
from workflows.store import plans


@pytest.fixture
def case_id(county: County) -> UUID:
    """A case with a whole plan."""
    found = county.open_case()
    county.system.execute(SavePlan(found, WHOLE, 0), county.person("casework"))
    return found


def kept(county: County, case_id: UUID, number: int) -> Any:
    with county.system.read() as connection:
        return plans.version(connection, case_id, number)


def test_a_plan_that_says_what_was_sent_is_frozen_with_its_rows(
    county: County, case_id: UUID
) -> None:
    printed, change = issue(county, case_id, text.texts(whole()), final=False)

    version = kept(county, case_id, 1)
    assert printed == text.paper(whole(), final=False)
    assert document.load(version.document) == whole()
    assert version.sha256 == change.sha256 == document.seal(version.document)
    assert (version.number, version.final, version.frozen_by) == (1, False, "system")
    assert version.frozen_at == county.system.clock.now()


def test_a_section_that_was_sent_otherwise_is_frozen_as_it_was_sent(
    county: County, case_id: UUID
) -> None:
    sent = text.texts(whole()) | {"section_f": "Three lessons a week."}

    printed, _ = issue(county, case_id, sent, final=False)

    frozen = document.load(kept(county, case_id, 1).document)
    assert frozen.of("f").text == "Three lessons a week."
    assert frozen.of("f").rows == ()
    assert frozen.of("e") == whole().of("e")
    (printed_f,) = (each for each in printed if each.code == "F")
    assert printed_f.paragraphs == ("Three lessons a week.",)


def test_a_case_without_a_plan_is_frozen_from_what_was_sent(county: County) -> None:
    case_id = county.open_case()

    printed, _ = issue(county, case_id, {"section_a": "Likes the sea."}, final=False)

    assert printed[0].paragraphs == ("Likes the sea.",)
    assert document.load(kept(county, case_id, 1).document).of("a").text == "Likes the sea."


def test_section_i_is_in_the_final_plan_alone(county: County, case_id: UUID) -> None:
    sent = text.texts(whole()) | {"section_i": "A mainstream primary school"}

    draft, _ = issue(county, case_id, sent, final=False)
    final, _ = issue(county, case_id, sent, final=True)

    assert [each.code for each in final if each not in draft] == ["I"]
    assert document.load(kept(county, case_id, 1).document).of("i").is_empty
    assert document.load(kept(county, case_id, 2).document).of("i").text == sent["section_i"]


def test_what_is_written_after_freezing_changes_no_version(county: County, case_id: UUID) -> None:
    issue(county, case_id, text.texts(whole()), final=False)
    before = kept(county, case_id, 1)
    casework: Person = county.person("casework")

    content = {"text": "Something else."}
    county.system.execute(SavePlanSection(case_id, "a", content, 1), casework)
    issue(county, case_id, {}, final=False)

    assert kept(county, case_id, 1) == before
    assert kept(county, case_id, 2).sha256 != before.sha256
