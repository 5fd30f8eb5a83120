"""A document joins a case, for all who see it or for some roles only."""

from uuid import uuid4

import pytest

from engine import errors
from tests.support.county import County
from workflows.commands.add_document import AddDocument
from workflows.queries.case_page import case_page

PDF = b"%PDF-1.7\n\x00"


def test_a_document_is_seen_by_the_roles_that_it_is_for(county: County) -> None:
    case_id = county.open_case()
    county.link_parent(case_id)
    county.walk(case_id, until="give_views")
    stored = county.system.documents.put("letter.pdf", PDF)
    casework, now = county.person("casework"), county.system.clock.now()
    county.system.execute(AddDocument(case_id, "For all", "evidence", stored), casework)
    county.system.execute(
        AddDocument(case_id, "For the setting", "advice", stored, ("education_setting",)), casework
    )

    seen = {}
    with county.system.read() as connection:
        for name in ("casework", "setting", "parent"):
            page = case_page(connection, county.person(name), case_id, now=now)
            seen[name] = {each.title for each in page.documents if each.title.startswith("For")}

    assert seen == {
        "casework": {"For all", "For the setting"},
        "setting": {"For all", "For the setting"},
        "parent": {"For all"},
    }
    assert county.problems() == []


def test_a_document_without_title_is_called_as_its_file(small_county: County) -> None:
    case_id = small_county.open_case()
    stored = small_county.system.documents.put("letter.pdf", PDF)

    small_county.system.execute(
        AddDocument(case_id, " ", "evidence", stored), small_county.person("casework")
    )

    assert small_county.happened(case_id, "DocumentAdded")[-1]["title"] == "letter.pdf"


@pytest.mark.parametrize("known", [True, False], ids=["not theirs", "no case"])
def test_nobody_adds_to_a_case_that_they_do_not_see(small_county: County, *, known: bool) -> None:
    case_id = small_county.open_case()
    stored = small_county.system.documents.put("letter.pdf", PDF)
    before = small_county.everything()

    with pytest.raises(errors.NotFound):
        small_county.system.execute(
            AddDocument(case_id if known else uuid4(), "Letter", "evidence", stored),
            small_county.person("outsider"),
        )

    assert small_county.everything() == before
