"""Markdown of our own documents as HTML, in the components of GOV.UK."""

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

# HTML within a document is shown as text, and links lead only to http, https and our own pages.
_READER: Final = MarkdownIt("commonmark", {"html": False}).enable("table")
_CLASSES: Final = {
    "h2": "govuk-heading-m",
    "h3": "govuk-heading-s",
    "p": "govuk-body",
    "a": "govuk-link",
    "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number",
    "table": "govuk-table",
    "thead": "govuk-table__head",
    "tbody": "govuk-table__body",
    "tr": "govuk-table__row",
    "th": "govuk-table__header",
    "td": "govuk-table__cell",
}
_NEIGHBOUR: Final = re.compile(r"(\w+)\.md")


def render(text: str) -> str:
    """Return a document as HTML that is safe to show as it is.

    Links to its neighbours (`name.md`) become `/help/rules/name`.
    """
    tokens = _READER.parse(text)
    for token in tokens:
        _style(token)
        for child in token.children or ():
            _style(child)
    html: str = _READER.renderer.render(tokens, _READER.options, {})
    return html


def _style(token: Token) -> None:
    if token.nesting == 1 and token.tag in _CLASSES:
        token.attrJoin("class", _CLASSES[token.tag])
    if token.type == "th_open":
        token.attrSet("scope", "col")
    if token.type == "link_open" and (found := _NEIGHBOUR.fullmatch(str(token.attrs.get("href")))):
        token.attrSet("href", f"/help/rules/{found[1]}")
