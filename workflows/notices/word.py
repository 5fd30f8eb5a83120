"""Write a notice or plan as a Word document, from a template that the authority can change."""

import dataclasses
import io
import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment
from typing_extensions import override

from workflows.notices.content import PREVIEW, Content, Section, Table

DELIVERED: Final = Path(__file__).parent / "notice.docx"
PARTS_KEPT: Final = 64  # compiled parts of templates
TITLE_LIMIT: Final = 255  # characters that a property of a Word document holds
# What XML cannot hold, and what docxtpl would read as a new paragraph or page.
_CONTROL: Final = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Environment(SandboxedEnvironment):
    """Renders templates with nothing but the names of a notice, and nothing by chance.

    A part of a Word template is compiled once: that takes longer than to fill it in.
    """

    def __init__(self) -> None:
        """Escape what people write."""
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self._compiled = lru_cache(maxsize=PARTS_KEPT)(super().from_string)

    @override
    def from_string(  # type: ignore[override]
        self, source: str, *_: object, **__: object
    ) -> Template:
        """Return a template, compiled before where the same was asked for."""
        return self._compiled(source)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return what all templates are rendered with."""
    return Environment()


def render(content: Content, template: bytes) -> bytes:
    """Return the Word document.

    Args:
        content: What it says; its texts are printed, never read as markup.
        template: A .docx that `word_check.check` has accepted, or the delivered one.
    """
    document = DocxTemplate(io.BytesIO(template))
    document.render(context(content), environment(), autoescape=True)
    if content.preview:
        document.docx.paragraphs[0].insert_paragraph_before(PREVIEW).runs[0].bold = True
    properties = document.docx.core_properties
    properties.title = _plain(content.title)[:TITLE_LIMIT]
    properties.author = _plain(content.authority)[:TITLE_LIMIT]
    properties.language = "en-GB"
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def context(content: Content) -> dict[str, object]:
    """Return the names that a template may use, with their values."""
    return {
        "authority": _plain(content.authority),
        "reference": _plain(content.reference),
        "date": content.date,
        "title": _plain(content.title),
        "source": content.source,
        "address": _each(content.address),
        "paragraphs": _each(content.paragraphs),
        "sections": tuple(_section(each) for each in content.sections),
    }


def _section(section: Section) -> Section:
    return dataclasses.replace(
        section,
        title=_plain(section.title),
        paragraphs=_each(section.paragraphs),
        tables=tuple(
            Table(_each(each.header), tuple(_each(row) for row in each.rows))
            for each in section.tables
        ),
    )


def _each(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_plain(each) for each in texts)


def _plain(text: str) -> str:
    return _CONTROL.sub("", text.replace("\r\n", "\n"))
