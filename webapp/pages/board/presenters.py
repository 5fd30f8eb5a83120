"""What surrounds the figures of the board: its views, its filters, and what is by what."""

from collections.abc import Iterator, Mapping
from typing import Final

from webapp.pages.board import (
    advice,
    delays,
    disputes,
    flow,
    load,
    overview,
    quality,
)
from webapp.pages.board.sections import Looked
from webapp.presentation import filtering
from webapp.presentation.exports import Cell
from webapp.presentation.filtering import Field
from workflows.duties.standing import WORDS, Standing
from workflows.queries.board_filter import EVERYTHING, NONE, BoardFilter
from workflows.queries.board_standings import Standings

PATH: Final = "/board"
# Name in the address, the words, and what makes the sections.
VIEWS: Final = {
    "": ("Overview", "Board", overview.sections),
    "flow": ("Flow", "Flow", flow.sections),
    "advice": ("Advice", "Advice", advice.sections),
    "delays": ("Delays and exceptions", "Delays and exceptions", delays.sections),
    "load": ("Load", "Load", load.sections),
    "disputes": ("Disputes", "Disputes", disputes.sections),
    "quality": ("Data quality", "Data quality", quality.sections),
}


def filter_of(arguments: Mapping[str, str]) -> BoardFilter:
    """Return what an address asks for."""
    return BoardFilter(**{name: arguments.get(name, "") for name in EVERYTHING})  # type: ignore[arg-type]


def by_of(arguments: Mapping[str, str]) -> str:
    """Return by what the breakdown is."""
    by = arguments.get("by", "")
    return by if by in overview.BY else "duty"


def path_of(view: str) -> str:
    """Return the address of a view."""
    return f"{PATH}/{view}" if view else PATH


def views(now: str, looked: Looked) -> list[dict[str, object]]:
    """Return the views; what is chosen stays chosen."""
    return [
        {
            "text": text,
            "href": filtering.address(path_of(view), looked.kept),
            "now": view == now,
        }
        for view, (text, _, _) in VIEWS.items()
    ]


def by_what(looked: Looked) -> list[dict[str, object]]:
    """Return by what the breakdown can be."""
    return [
        {
            "text": f"By {text.lower()}",
            "href": filtering.address(PATH, looked.kept, by=by),
            "now": by == looked.by,
        }
        for by, text in overview.BY.items()
    ]


def fields(looked: Looked) -> list[Field]:
    """Return the filters with their choices."""
    names, chosen = looked.names, looked.chosen
    nobody = {NONE: "None (families)"}
    return [
        filtering.field("process", "Process", names.process, chosen.process),
        filtering.field("duty", "Duty", names.duty, chosen.duty),
        filtering.field("agency", "Agency", {**names.agency, **nobody}, chosen.agency),
        filtering.field("team", "Team", {**names.team, **nobody}, chosen.team),
        filtering.field("area", "Area", names.area, chosen.area),
    ]


def header(by: str) -> list[str]:
    """Return the titles of the breakdown's file."""
    return [overview.BY[by], *(WORDS[each] for each in Standing)]


def rows(standings: Standings, looked: Looked) -> Iterator[list[Cell]]:
    """Yield the breakdown as cells: all of it."""
    for code, found in overview.ordered_by(standings, looked.by):
        yield [looked.name(looked.by, code), *(found.get(each, 0) for each in Standing)]
