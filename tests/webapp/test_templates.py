"""Templates are changed by page, within what the law demands, and every version is kept."""

import io
from typing import Any

import docx
import pytest
import sqlalchemy as sa

from tests.support import word_files
from tests.support.county import County
from tests.support.pages import Visitor, text_of as text
from workflows.notices import words as wording
from workflows.notices.templates import delivered
from workflows.store import templates
from workflows.store.tables import notices

ASSESS = wording.kinds()["assess"].delivered
PAGE = "/templates/assess"
WORD = "/templates/word"


def form(base: int = 0, **values: str) -> dict[str, str]:
    body = "\n\n".join(ASSESS.body)
    return {"title": ASSESS.title, "body": body, "reason": "Plainer.", "base": str(base)} | values


def upload(visitor: Visitor, data: bytes, *, status: int = 303, base: int = 0) -> Any:
    file = (io.BytesIO(data), "own.docx")
    given = {"file": file, "reason": "Our letterhead.", "base": str(base)}
    return visitor.post(WORD, status=status, page=WORD, **given)


def live(county: County) -> dict[str, templates.Template]:
    with county.system.read() as connection:
        return templates.live(connection)


@pytest.mark.parametrize("name", ["casework", "manager", "setting", "parent"])
def test_templates_are_for_administrators_and_process_owners(visitor: Visitor, name: str) -> None:
    visitor.sign_in(name)

    for address in ("/templates", PAGE, WORD, f"{WORD}/0.docx", f"{PAGE}/versions/0"):
        visitor.get(address, status=404)
    visitor.post(PAGE, status=404, page="/account", **form())


def test_the_words_of_a_notice_are_changed_used_and_put_back(
    small_county: County, visitor: Visitor
) -> None:
    visitor.sign_in("admin")
    assert "Templates" in text(visitor.get("/account"))
    assert PAGE in text(visitor.get("/templates"))

    visitor.post(
        PAGE, page=PAGE, **form(title="We will assess", body=form()["body"] + "\n\nHello.")
    )
    case_id = small_county.open_case()
    small_county.walk(case_id, until="choose_advisers")
    visitor.post(f"{PAGE}/put-back", page=PAGE, version="0", base="1")

    with small_county.system.read() as connection:
        statement = sa.select(*notices.c).where(notices.c.case_id == case_id)
        made = {row.kind: row for row in connection.execute(statement)}
    assert made["assess"].template == 1
    assert made["acknowledgement"].template == 0
    assert made["assess"].word_template == 0
    page = text(visitor.get(PAGE))
    assert "The delivered version put back" in page
    assert "Chloe Bennett" in page
    assert wording.from_json(live(small_county)["assess"].words) == ASSESS


def test_what_the_law_demands_cannot_be_taken_out_by_page(
    small_county: County, visitor: Visitor
) -> None:
    visitor.sign_in("owner")
    before = small_county.everything()

    lacking = form(body="We have decided about {child}. {salary}")
    page = text(visitor.post(PAGE, status=422, page=PAGE, **lacking))
    preview = visitor.post(f"{PAGE}/preview", status=422, page=PAGE, **lacking)
    unexplained = text(visitor.post(PAGE, status=422, page=PAGE, **form(reason="")))

    assert "put {reasons} back" in page
    assert "There is no field {salary}" in page
    assert "We have decided about {child}. {salary}" in page, "what was typed is not lost"
    assert preview.mimetype == "text/html"
    assert "Enter why you change this" in unexplained
    after = small_county.everything()
    assert after["notice_templates"] == before["notice_templates"] == []


def test_a_colleagues_change_is_not_overwritten(small_county: County, visitor: Visitor) -> None:
    visitor.sign_in("admin")
    visitor.post(PAGE, page=PAGE, **form(title="First"))

    page = text(visitor.post(PAGE, status=409, page=PAGE, **form(title="Second")))

    assert "A colleague has changed this template meanwhile" in page
    assert "Second" in page
    assert live(small_county)["assess"].words["title"] == "First"


def test_a_preview_is_a_document_that_says_so(visitor: Visitor) -> None:
    visitor.sign_in("admin")

    shown = visitor.post(
        f"{PAGE}/preview", status=200, page=PAGE, **form(title="New", **{"as": "pdf"})
    )
    saved = visitor.post(
        f"{PAGE}/preview", status=200, page=PAGE, **form(title="New", **{"as": "word"})
    )
    old = visitor.get("/templates/final_plan/versions/0")

    assert shown.data.startswith(b"%PDF-")
    document = docx.Document(io.BytesIO(saved.data))
    assert document.paragraphs[0].text == "Preview: not issued"
    assert document.core_properties.title == "New"
    assert old.data.startswith(b"%PDF-")


def test_a_word_template_is_uploaded_used_downloaded_and_put_back(
    small_county: County, visitor: Visitor
) -> None:
    own = word_files.changed(word_files.BODY, "{{ authority }}", "{{ authority }}, Town Hall")
    visitor.sign_in("owner")

    upload(visitor, own)
    case_id = small_county.open_case()
    small_county.walk(case_id, until="give_views")

    assert visitor.get(f"{WORD}/1.docx").data == own
    assert visitor.get(f"{WORD}/0.docx").data == delivered()
    preview = docx.Document(io.BytesIO(visitor.get(f"{WORD}/1/preview").data))
    assert any("Town Hall" in each.text for each in preview.paragraphs)
    with small_county.system.read() as connection:
        row = connection.execute(
            sa.select(*notices.c).where(notices.c.case_id == case_id).limit(1)
        ).one()
    assert row.word_template == 1
    letter = docx.Document(io.BytesIO(small_county.system.documents.get(row.word_location)))
    assert any("Town Hall" in each.text for each in letter.paragraphs)
    visitor.post(f"{WORD}/put-back", page=WORD, version="0", base="1")
    assert visitor.get(f"{WORD}/2.docx").data == delivered()


def test_a_word_template_that_could_harm_changes_nothing(
    small_county: County, visitor: Visitor
) -> None:
    visitor.sign_in("admin")

    page = text(upload(visitor, word_files.printing("{{ ''.__class__ }}"), status=422))
    nothing = text(visitor.post(WORD, status=422, page=WORD, reason="x", base="0"))

    assert "is not accepted" in page or "no “__class__”" in page
    assert "no Word document" in nothing
    assert live(small_county) == {}


@pytest.mark.parametrize("address", ["/templates/parking", f"{PAGE}/versions/7", f"{WORD}/7.docx"])
def test_what_is_not_there_is_not_found(visitor: Visitor, address: str) -> None:
    visitor.sign_in("admin")

    visitor.get(address, status=404)


def test_every_template_has_its_page(visitor: Visitor) -> None:
    visitor.sign_in("owner")

    for kind in wording.kinds().values():
        page = text(visitor.get(f"/templates/{kind.code}"))
        assert kind.delivered.title in page
        assert visitor.get(f"/templates/{kind.code}/versions/0").data.startswith(b"%PDF-")
