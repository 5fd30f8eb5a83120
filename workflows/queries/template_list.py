"""The templates of notices: each with its source, its live version and who made that."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from workflows.access import people
from workflows.notices import words
from workflows.store import templates

WORD: str = templates.WORD


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A template; version 0 is what is delivered, by nobody. `made_by` is a name."""

    kind: str
    title: str
    source: str
    version: int
    made_at: dt.datetime | None
    made_by: str
    reason: str


def template_list(connection: sa.Connection) -> tuple[TemplateRow, ...]:
    """Return the Word template, then each kind of notice in the order of the process."""
    live = templates.live(connection)
    names = people.names(connection, {each.made_by for each in live.values()})
    known = [(WORD, "Word template of all notices and plans", "")]
    known += [(each.code, each.delivered.title, each.source) for each in words.kinds().values()]
    return tuple(_row(kind, title, source, live.get(kind), names) for kind, title, source in known)


def _row(
    kind: str,
    title: str,
    source: str,
    own: templates.Template | None,
    names: dict[str, str],
) -> TemplateRow:
    if own is None:
        return TemplateRow(kind, title, source, templates.DELIVERED, None, "", "")
    title = str(own.words.get("title", title))
    by = names.get(own.made_by, "")
    return TemplateRow(kind, title, source, own.version, own.made_at, by, own.reason)
