"""The decision record: the test, the reasons, and exactly which document versions were seen."""

import hashlib
import io
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from engine import errors
from engine.commands.complete_task import CompleteTask
from engine.commands.publish_definitions import PublishDefinitions
from tests.support.county import County, settle
from tests.support.pages import Visitor, source_of as text
from workflows.access import sight, sign_in
from workflows.commands.add_document import AddDocument
from workflows.commands.add_document_version import AddDocumentVersion, AlreadySent, SameFile
from workflows.queries.decision_list import HIDDEN, Decision, decision_list
from workflows.store.tables import notices

FIRST, SECOND = b"%PDF-1.7 first", b"%PDF-1.7 second"
VALUES = {
    "decision_to_assess": "refuse",
    "decision_reasons": "School <meets> needs.\nNo more is needed.",
    "legal_test_applied": "no",
    "panel_members": "M Doyle, A Patel",
}


def add(county: County, case_id: UUID, title: str, roles: tuple[str, ...] = ()) -> UUID:
    stored = county.system.documents.put(f"{title}.pdf", FIRST + title.encode())
    command = AddDocument(case_id, title, "evidence", stored, roles)
    county.system.execute(command, county.person("casework"))
    return command.document_id


def replace(county: County, case_id: UUID, document: UUID, name: str = "casework") -> None:
    stored = county.system.documents.put("new.pdf", SECOND)
    county.system.execute(AddDocumentVersion(case_id, document, stored), county.person(name))


def decide(county: County, case_id: UUID) -> None:
    county.complete(case_id, "decide_to_assess", **VALUES)


def record(county: County, case_id: UUID, name: str = "casework") -> tuple[Decision, ...]:
    with county.system.read() as connection:
        return decision_list(connection, county.person(name), case_id).decisions


@pytest.fixture
def case_id(small_county: County) -> UUID:
    """A case that waits for the panel."""
    opened = small_county.open_case()
    small_county.walk(opened, until="decide_to_assess")
    return opened


def test_a_decision_keeps_its_test_its_words_and_what_was_seen(
    database_url: str, tmp_path: Path
) -> None:
    county = County(settle(database_url, tmp_path))
    case_id = county.open_case()
    county.walk(case_id, until="decide_to_assess")
    report = add(county, case_id, "School report")
    replace(county, case_id, report)

    decide(county, case_id)
    replace_later = county.system.documents.put("later.pdf", b"%PDF-1.7 later")
    county.system.execute(
        AddDocumentVersion(case_id, report, replace_later), county.person("casework")
    )

    (found,) = record(county, case_id)
    assert found.name == "Decide whether to assess"
    assert "section 36(8)" in found.legal_test
    assert found.outcome == "Do not assess"
    assert found.panel == "M Doyle, A Patel"
    assert found.reasons == (VALUES["decision_reasons"],)
    assert [each.id for each in found.others] == ["legal_test_applied"]
    assert (found.entered_by, found.on) == ("Margaret Doyle", county.system.clock.now().date())
    seen = next(each for each in found.documents if each.id == report)
    assert (seen.version, seen.newest) == (2, 3)
    assert seen.sha256 == hashlib.sha256(SECOND).hexdigest()
    assert not found.chosen
    assert county.happened(case_id, "DecisionRecorded")
    assert county.problems() == []
    county.system.engine.dispose()


def test_what_the_decision_itself_brings_was_not_seen_for_it(
    small_county: County, case_id: UUID
) -> None:
    before = {row.id for row in small_county.everything()["documents"]}

    decide(small_county, case_id)

    (found,) = record(small_county, case_id)
    assert {each.id for each in found.documents} == before
    assert len(small_county.everything()["documents"]) > len(before), "a notice of refusal"


def test_every_panel_decision_of_a_case_is_in_its_record(small_county: County) -> None:
    opened = small_county.open_case()

    small_county.walk(opened)

    tests = {each.name: each.legal_test for each in record(small_county, opened)}
    assert set(tests) == {
        "Decide whether to assess",
        "Decide whether a plan is necessary",
        "Decide the placement",
    }
    assert all("Children and Families Act 2014, section" in each for each in tests.values())


def test_the_page_shows_it_and_leads_to_the_version_that_was_seen(
    visitor: Visitor, small_county: County, case_id: UUID
) -> None:
    report = add(small_county, case_id, "School report")
    decide(small_county, case_id)
    replace(small_county, case_id, report)
    visitor.sign_in("casework")

    assert f'href="/cases/{case_id}/decisions"' in text(visitor.get(f"/cases/{case_id}"))
    page = text(visitor.get(f"/cases/{case_id}/decisions"))
    address = f"/cases/{case_id}/documents/{report}/versions/1"
    assert "M Doyle, A Patel" in page
    assert "School &lt;meets&gt; needs." in page
    assert f'href="{address}"' in page
    assert "(there is a version 2 now)" in page
    assert hashlib.sha256(FIRST + b"School report").hexdigest()[:12] in page
    assert visitor.get(address).get_data() == FIRST + b"School report"
    assert "Decision recorded" in text(visitor.get(f"/cases/{case_id}"))


def test_a_case_without_decisions_says_so(visitor: Visitor, case_id: UUID) -> None:
    visitor.sign_in("panel")

    page = text(visitor.get(f"/cases/{case_id}/decisions"))

    assert "Nothing has been decided on this case yet." in page


def test_a_document_that_is_not_for_the_reader_is_counted_without_its_name(
    small_county: County, case_id: UUID
) -> None:
    secret = add(small_county, case_id, "Paediatric report", ("health",))
    decide(small_county, case_id)

    by_panel = record(small_county, case_id)[0].documents
    by_setting = record(small_county, case_id, "setting")[0].documents

    assert secret in {each.id for each in by_panel}
    assert secret not in {each.id for each in by_setting}
    hidden = [each for each in by_setting if each.id is None]
    assert [(each.title, each.sha256) for each in hidden] == [(HIDDEN, "")]


def test_the_record_is_not_for_families_and_outsiders(
    visitor: Visitor, small_county: County, case_id: UUID
) -> None:
    small_county.link_parent(case_id)
    decide(small_county, case_id)

    for name in ("parent", "outsider"):
        visitor.sign_in(name)
        visitor.get(f"/cases/{case_id}/decisions", 404)
        with pytest.raises(sight.NoSuchCase):
            record(small_county, case_id, name)
    visitor.sign_in("parent")
    assert f"/cases/{case_id}/decisions" not in text(visitor.get(f"/cases/{case_id}"))


def with_choice(small_county: County) -> None:
    """Publish the assessment with the question which documents the panel has seen."""
    diagram = (Path(__file__).parents[2] / "bpmn" / "ehc_assessment.bpmn").read_text()
    field = '<camunda:formField id="panel_members"'
    asked = '<camunda:formField id="documents_seen" label="Documents seen" type="file"/>'
    assert field in diagram
    publish(small_county, diagram.replace(field, asked + field, 1))


def publish(county: County, diagram: str) -> None:
    files = {"ehc_assessment.bpmn": diagram.encode()}
    county.system.execute(PublishDefinitions(files, "A test"), county.person("owner"))


def test_the_panel_can_name_what_it_has_seen(visitor: Visitor, small_county: County) -> None:
    with_choice(small_county)
    case_id = small_county.open_case()
    small_county.walk(case_id, until="decide_to_assess")
    report = add(small_county, case_id, "School report")
    add(small_county, case_id, "Not looked at")
    (task,) = small_county.open_tasks(case_id)
    visitor.sign_in("panel")

    page = text(visitor.get(f"/tasks/{task.id}"))
    foreign = small_county.open_case()
    other = add(small_county, foreign, "Another child")
    before = small_county.everything()
    with pytest.raises(errors.Invalid) as refusal:
        small_county.system.execute(
            CompleteTask(task.id, {**VALUES, "documents_seen": [str(other)]}),
            small_county.person("panel"),
        )
    unchanged = small_county.everything()
    visitor.post(
        f"/tasks/{task.id}/complete",
        page=f"/tasks/{task.id}",
        documents_seen=str(report),
        recipients_checked="yes",
        **VALUES,
    )

    assert f'type="checkbox" value="{report}"' in page
    assert "documents_seen" in refusal.value.errors
    assert unchanged == before
    (found,) = record(small_county, case_id)
    assert found.chosen
    assert [each.title for each in found.documents] == ["School report"]
    assert "Documents that were named as seen" in text(visitor.get(f"/cases/{case_id}/decisions"))


def test_the_record_is_in_the_api(app: Flask, small_county: County, case_id: UUID) -> None:
    add(small_county, case_id, "School report")
    decide(small_county, case_id)
    engine, now = small_county.system.engine, small_county.system.clock.now()

    def ask(name: str) -> Any:
        secret = sign_in.new_token(engine, f"{name}@demo.test", now)
        headers = {"Authorization": f"Bearer {secret}"}
        return app.test_client().get(f"/api/v1/cases/{case_id}/decisions", headers=headers)

    (found,) = ask("casework").json
    assert found["panel"] == "M Doyle, A Patel"
    hashes = {each["title"]: each["sha256"] for each in found["documents"]}
    assert hashes["School report"] == hashlib.sha256(FIRST + b"School report").hexdigest()
    assert ask("outsider").status_code == 404


def test_a_new_version_is_added_and_the_earlier_one_stays(
    visitor: Visitor, small_county: County, case_id: UUID
) -> None:
    report = add(small_county, case_id, "School report")
    address = f"/cases/{case_id}/documents/{report}/versions"
    visitor.sign_in("casework")
    assert f'href="{address}"' in text(visitor.get(f"/cases/{case_id}"))

    none = visitor.post(address, 422, page=address)
    wrong = visitor.post(address, 422, page=address, file=(io.BytesIO(b"MZ"), "a.pdf"))
    visitor.post(address, page=address, file=(io.BytesIO(SECOND), "second.pdf"))
    same = visitor.post(address, 409, page=address, file=(io.BytesIO(SECOND), "third.pdf"))

    assert "Select a file" in text(none)
    assert "is not what its name says" in text(wrong)
    assert "the same as the newest version" in text(same)
    assert visitor.get(f"{address}/1").get_data() == FIRST + b"School report"
    assert visitor.get(f"{address}/2").get_data() == SECOND
    assert visitor.get(f"/cases/{case_id}/documents/{report}").get_data() == SECOND
    visitor.get(f"{address}/3", 404)
    page = text(visitor.get(address))
    assert page.index("second.pdf") < page.index("School report.pdf")
    assert "New version of a document" in text(visitor.get(f"/cases/{case_id}"))


def test_what_was_sent_stays_as_it_was_sent(
    visitor: Visitor, small_county: County, case_id: UUID
) -> None:
    with small_county.system.read() as connection:
        sent = connection.execute(
            sa.select(notices.c.document_id).where(notices.c.case_id == case_id).limit(1)
        ).scalar_one()
    visitor.sign_in("casework")

    with pytest.raises(AlreadySent):
        replace(small_county, case_id, sent)
    page = text(visitor.get(f"/cases/{case_id}/documents/{sent}/versions"))

    assert "It stays as it was sent" in page
    assert 'type="file"' not in page


def test_versions_are_for_those_who_may_see_the_document(
    visitor: Visitor, small_county: County, case_id: UUID
) -> None:
    secret = add(small_county, case_id, "Paediatric report", ("health",))
    other = small_county.open_case()
    address = f"/cases/{case_id}/documents/{secret}/versions"

    for name in ("setting", "outsider"):
        visitor.sign_in(name)
        visitor.get(address, 404)
        visitor.get(f"{address}/1", 404)
        with pytest.raises(errors.NotFound):
            replace(small_county, case_id, secret, name)
    visitor.sign_in("casework")
    visitor.get(f"/cases/{other}/documents/{secret}/versions", 404)
    with pytest.raises(errors.NotFound):
        replace(small_county, other, secret)


def test_a_family_replaces_its_own_documents_only(
    visitor: Visitor, small_county: County, case_id: UUID
) -> None:
    small_county.link_parent(case_id)
    theirs = add(small_county, case_id, "School report")
    stored = small_county.system.documents.put("letter.pdf", FIRST)
    command = AddDocument(case_id, "Our letter", "views", stored)
    small_county.system.execute(command, small_county.person("parent"))

    replace(small_county, case_id, command.document_id, "parent")
    with pytest.raises(errors.Forbidden):
        replace(small_county, case_id, theirs, "parent")
    with pytest.raises(SameFile):
        replace(small_county, case_id, command.document_id, "parent")

    visitor.sign_in("parent")
    page = text(visitor.get(f"/cases/{case_id}/documents/{theirs}/versions"))
    assert "Add a new version" not in page
