"""What a view of the board is made of: sections with numbers, each a link to its list, and a chart."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from webapp.presentation import filtering
from workflows.queries.board_choices import BoardChoices
from workflows.queries.board_filter import EVERYTHING, NONE, BoardFilter

TIMERS: Final = "/timers"
CASES: Final = "/board/cases"
NOBODY: Final = {"agency": "Family", "team": "Family", "area": "No area"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its text, and the list that it opens, or ""."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the first cell of a row is its heading, the first columns are text."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    texts: int = 1


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart: what `webapp.presentation.charts` made, of a kind of `components/charts.html`."""

    kind: str
    chart: Any
    labels: tuple[str, ...]
    title: str
    id: str
    across: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """A number that stands for itself, in words, with its list."""

    number: str
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a view. `half`: it stands beside another half."""

    heading: str
    words: tuple[str, ...] = ()
    drawing: Drawing | None = None
    tables: tuple[Table, ...] = ()
    half: bool = False
    counts: tuple[Count, ...] = ()


@dataclass(frozen=True, slots=True)
class Looked:
    """What a view is made for: what is chosen, its names, and when one looks."""

    chosen: BoardFilter
    names: BoardChoices
    now: dt.datetime
    by: str = "duty"

    @property
    def kept(self) -> dict[str, str]:
        """What is chosen, as addresses have it."""
        return {name: value for name in EVERYTHING if (value := str(getattr(self.chosen, name)))}

    def timers(self, **narrowed: str) -> str:
        """Return the address of the time limits that are chosen, narrowed further."""
        return filtering.address(TIMERS, self.kept, **narrowed)

    def cases(self, **narrowed: str) -> str:
        """Return the address of cases: only process and area are known of them as a whole."""
        kept = {name: value for name, value in self.kept.items() if name in ("process", "area")}
        return filtering.address(CASES, kept, **narrowed)

    def name(self, dimension: str, code: str) -> str:
        """Return the name of a value of a dimension."""
        if not code:
            return NOBODY.get(dimension, "None")
        named: Mapping[str, str] = getattr(self.names, dimension)
        return named.get(code, code.replace("_", " ").capitalize())


def value_of(code: str) -> str:
    """Return a value of a dimension as an address has it."""
    return code or NONE


def number(value: float) -> str:
    """Return a number in words of digits."""
    return f"{value:,.0f}"


def per_cent(value: float | None) -> str:
    """Return a share, a dash where there is none."""
    return "–" if value is None else f"{value:.1f}%"


def linked(value: int, href: str) -> Cell:
    """Return a number with its list; nothing opens nothing."""
    return Cell(number(value), href if value else "")
