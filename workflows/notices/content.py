"""What a notice or plan says, apart from how it looks: the same for PDF and Word."""

from dataclasses import dataclass
from typing import Final

PREVIEW: Final = "Preview: not issued"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the titles of its columns, and its rows."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a plan, such as B; paragraphs come before tables."""

    code: str
    title: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()

    @property
    def heading(self) -> str:
        """Code and title, as they stand above the section."""
        return f"{self.code}. {self.title}" if self.code else self.title

    @property
    def is_empty(self) -> bool:
        """Nothing has been written in it."""
        return not any(each.strip() for each in self.paragraphs) and not any(
            each.rows for each in self.tables
        )


@dataclass(frozen=True, slots=True)
class Content:
    """A whole notice.

    Attributes:
        date: In words, as printed.
        address: Name and postal address of whom it is for, a line each.
        source: The regulation that it follows.
        preview: It has not been issued, and says so.
    """

    title: str
    authority: str
    reference: str
    date: str
    address: tuple[str, ...]
    paragraphs: tuple[str, ...]
    sections: tuple[Section, ...]
    source: str
    preview: bool = False
