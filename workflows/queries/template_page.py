"""One kind of notice, or the Word template, with its versions."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from engine import errors
from workflows.access import people
from workflows.notices import templates as live, words as wording
from workflows.notices.words import Kind, Words
from workflows.store import templates


class NoSuchTemplate(errors.NotFound):
    """There is no such template, or no such version of it."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version; 0 is what is delivered. Words are those of a notice, None for Word templates."""

    number: int
    words: Words | None
    file_name: str
    sha256: str
    made_at: dt.datetime | None
    made_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class TemplatePage:
    """All versions of a template, the live one first and the delivered one last."""

    kind: Kind | None
    versions: tuple[Version, ...]

    @property
    def live(self) -> Version:
        """What is used now."""
        return self.versions[0]

    def version(self, number: int) -> Version:
        """Return a version.

        Raises:
            NoSuchTemplate: there is none of this number.
        """
        found = next((each for each in self.versions if each.number == number), None)
        if found is None:
            raise NoSuchTemplate
        return found


def template_page(connection: sa.Connection, code: str) -> TemplatePage:
    """Return a kind of notice, or the Word template.

    Raises:
        NoSuchTemplate: there is no such kind.
    """
    kind = wording.kinds().get(code)
    if kind is None and code != templates.WORD:
        raise NoSuchTemplate
    kept = templates.versions(connection, code)
    names = people.names(connection, {each.made_by for each in kept})
    own = tuple(
        Version(
            each.version,
            wording.from_json(each.words) if kind else None,
            each.file_name,
            each.sha256,
            each.made_at,
            names.get(each.made_by, ""),
            each.reason,
        )
        for each in kept
    )
    delivered = kind.delivered if kind else None
    first = Version(templates.DELIVERED, delivered, "notice.docx", "", None, "", "")
    return TemplatePage(kind, (*own, first))


def word_file(connection: sa.Connection, number: int) -> bytes:
    """Return a version of the Word template.

    Raises:
        NoSuchTemplate: there is none of this number.
    """
    if number == templates.DELIVERED:
        return live.delivered()
    found = templates.file_of(connection, number)
    if found is None:
        raise NoSuchTemplate
    return found
