"""What the pages of templates print, and read from their forms."""

import re
from collections.abc import Mapping
from typing import Any, Final

import flask
from werkzeug.wrappers import Response

from engine import errors
from webapp.auth import guard
from workflows.agencies import choices
from workflows.calendar import london
from workflows.documents.store import MEDIA_TYPES
from workflows.notices import pdf, word
from workflows.notices.content import Content
from workflows.notices.example import example
from workflows.notices.labels import LABELS
from workflows.notices.words import Kind, Words
from workflows.queries.template_page import TemplatePage

PART_TITLES: Final = {
    "appeal": "Right of appeal",
    "mediation": "Mediation",
    "services": "Disagreement resolution, information and advice",
}


def posted(page: TemplatePage, form: Mapping[str, str]) -> Words:
    """Return the words that were typed; an empty line parts two paragraphs."""
    parts = page.live.words.parts if page.live.words else {}
    return Words(
        " ".join(form.get("title", "").split()),
        _paragraphs(form.get("body", "")),
        {name: _paragraphs(form.get(f"part_{name}", "")) for name in parts},
    )


def base(form: Mapping[str, str]) -> int:
    """Return the version that was looked at; -1, which never is one, where none is said."""
    number = form.get("base", "")
    return int(number) if number.isdecimal() and len(number) < 9 else -1  # noqa: PLR2004


def values(page: TemplatePage, form: Mapping[str, str] | None) -> dict[str, Any]:
    """Return what stands in the form: what was typed, else the live words."""
    words = page.live.words
    if words is None:
        return {}
    given = form or {}
    return {
        "title": given.get("title", words.title),
        "body": given.get("body", "\n\n".join(words.body)),
        "reason": given.get("reason", ""),
        "parts": [
            (name, PART_TITLES.get(name, name), given.get(f"part_{name}", "\n\n".join(lines)))
            for name, lines in words.parts.items()
        ],
    }


def fields(page: TemplatePage) -> list[tuple[str, str, bool]]:
    """Return name, meaning and whether it is demanded, of each field that may be used."""
    if page.kind is None:
        return []
    kind = page.kind
    return [
        (name, LABELS.get(name, name.replace("_", " ")), name in kind.demanded)
        for name in sorted(kind.fields, key=lambda each: (each not in kind.demanded, each))
    ]


def error_list(refusal: errors.Refused | None) -> list[dict[str, str]]:
    """Return the error summary."""
    if refusal is None:
        return []
    found = [
        {"text": message, "href": f"#{_field(name)}"}
        for name, messages in refusal.errors.items()
        for message in messages
    ]
    return found or [{"text": refusal.message}]


def version_name(number: int) -> str:
    """Return the name of a version."""
    return f"Version {number}" if number else "The delivered version"


def document(kind: Kind, words: Words, form: str, template: bytes) -> Response:
    """Return a preview with example values, as PDF or Word."""
    here = guard.system()
    with here.read() as connection:
        authority = choices.authority_name(connection)
    today = london.local_date(here.now())
    return as_file(example(kind, words, today, authority or "The authority"), form, template)


def as_file(content: Content, form: str, template: bytes) -> Response:
    """Return a preview as a PDF that is shown, or as a Word file that is saved."""
    is_word = form == "word"
    data = word.render(content, template) if is_word else pdf.render(content)
    response = flask.Response(data, mimetype=MEDIA_TYPES["docx" if is_word else "pdf"])
    response.headers.set(
        "Content-Disposition",
        "attachment" if is_word else "inline",
        filename="preview.docx" if is_word else "preview.pdf",
    )
    return response


def _field(name: str) -> str:
    return name if name in {"title", "body", "reason", "file"} else f"part_{name}"


def _paragraphs(text: str) -> tuple[str, ...]:
    parted = re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
    return tuple(" ".join(each.split()) for each in parted if each.strip())
