"""A plan: sections of rows, each row what the questions of its section were answered with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from engine.changes import JsonValue, Values
from workflows.plan import sections

SCHEMA: Final = 1
TEXT_LIMIT: Final = 20_000  # characters of a section: what its form field can take
ROWS_LIMIT: Final = 100  # rows of a section


@dataclass(frozen=True, slots=True)
class Row:
    """A need, an outcome, a provision … `values`: question to answer, without the empty ones."""

    id: str
    values: Values

    def text(self, name: str) -> str:
        """Return an answer as text, "" where there is none."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    def links(self, name: str) -> tuple[str, ...]:
        """Return the rows that an answer names."""
        value = self.values.get(name)
        return tuple(str(each) for each in value) if isinstance(value, list) else ()


@dataclass(frozen=True, slots=True)
class Content:
    """What a section holds: rows, and text that belongs to none of them."""

    rows: tuple[Row, ...] = ()
    text: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing was written."""
        return not self.rows and not self.text

    def row(self, row_id: str) -> Row | None:
        """Return a row, None where there is none."""
        return next((each for each in self.rows if each.id == row_id), None)

    def with_row(self, row: Row) -> Content:
        """Return the section with a row put in the place of its namesake, or at the end."""
        if self.row(row.id) is None:
            return replace(self, rows=(*self.rows, row))
        return replace(self, rows=tuple(row if each.id == row.id else each for each in self.rows))

    def moved_up(self, row_id: str) -> Content:
        """Return the section with a row before the one that it stood behind."""
        rows = list(self.rows)
        place = next((place for place, row in enumerate(rows) if row.id == row_id), 0)
        if place:
            rows[place - 1 : place + 1] = rows[place], rows[place - 1]
        return replace(self, rows=tuple(rows))

    def without_row(self, row_id: str) -> Content:
        """Return the section without a row."""
        return replace(self, rows=tuple(each for each in self.rows if each.id != row_id))


EMPTY: Final = Content()


@dataclass(frozen=True, slots=True)
class Plan:
    """All sections; those in which nothing was written are left out."""

    contents: Mapping[str, Content] = field(default_factory=dict)

    def of(self, code: str) -> Content:
        """Return what a section holds."""
        return self.contents.get(code, EMPTY)

    @property
    def is_empty(self) -> bool:
        """Nothing was written in any section."""
        return all(each.is_empty for each in self.contents.values())

    def rows(self, *codes: str) -> Iterator[tuple[str, Row]]:
        """Yield the rows of sections, each with the code of its section."""
        for code in codes:
            for row in self.of(code).rows:
                yield code, row

    def labels(self) -> dict[str, str]:
        """Return what people call each row: the letter of its section and its place ("F2")."""
        return {
            row.id: f"{kind.letter}{place}"
            for kind in sections.ALL
            for place, row in enumerate(self.of(kind.code).rows, 1)
        }

    def only(self, codes: frozenset[str]) -> Plan:
        """Return the plan with some sections alone; links stay as they are."""
        return Plan({code: each for code, each in self.contents.items() if code in codes})

    def with_content(self, code: str, content: Content) -> Plan:
        """Return the plan with a section changed; rows that are gone are linked to by none."""
        contents = {**self.contents, code: content}
        kept = {row.id for each in contents.values() for row in each.rows}
        cleaned = {each: _without_dead_links(each, found, kept) for each, found in contents.items()}
        return Plan({each: found for each, found in cleaned.items() if not found.is_empty})

    def changed_from(self, before: Plan) -> tuple[str, ...]:
        """Return the sections that are not as they were, in order."""
        return tuple(each for each in sections.KINDS if self.of(each) != before.of(each))


def _without_dead_links(code: str, content: Content, kept: set[str]) -> Content:
    name = sections.KINDS[code].linked_by
    if not name or all(set(row.links(name)) <= kept for row in content.rows):
        return content
    return replace(content, rows=tuple(_relinked(row, name, kept) for row in content.rows))


def _relinked(row: Row, name: str, kept: set[str]) -> Row:
    links: list[JsonValue] = [each for each in row.links(name) if each in kept]
    values = {key: value for key, value in row.values.items() if key != name}
    return Row(row.id, {**values, name: links} if links else values)
