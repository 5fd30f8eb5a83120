"""What stands in a paper: sections with paragraphs and tables, whatever it is printed as."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """A table. Every row has as many cells as the header."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A section with its code ("A", "H1") and its title; its tables stand below its paragraphs."""

    code: str
    title: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
