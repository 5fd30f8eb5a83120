"""Data quality: what is missing or inconsistent, and in what share of the cases."""

from typing import Final

from webapp.pages.board.flow import ONLY
from webapp.pages.board.sections import Cell, Drawing, Looked, Section, Table, linked, number
from webapp.presentation import charts
from workflows.bootstrap import System
from workflows.duties.tallying import Missing
from workflows.queries.board_quality import board_quality

WORDS: Final = {
    Missing.SEX: "No sex recorded",
    Missing.YEAR_GROUP: "No year group recorded",
    Missing.SETTING: "No setting recorded",
    Missing.AREA: "No area recorded",
    Missing.EARLIER_STEP: "A step is recorded without the one before it",
    Missing.DISORDER: "Dates are out of order",
    Missing.NO_REASON: "Something was done late and no reason is given",
}


def sections(system: System, looked: Looked) -> list[Section]:
    """Return the view."""
    with system.read() as connection:
        found = board_quality(connection, looked.chosen, now=looked.now)
    since = found.since.isoformat()
    drawn = charts.bars([(WORDS[each], [(n, number(n))]) for each, n in found.flaws.items()])
    rows = tuple(
        (
            Cell(WORDS[each]),
            linked(n, looked.cases(flaw=each, since=since)),
            Cell(f"{100 * n / found.cases:.1f}%" if found.cases else "–"),
        )
        for each, n in found.flaws.items()
    )
    every = (
        Cell("Cases opened"),
        linked(found.cases, looked.cases(since=since)),
        Cell("100.0%" if found.cases else "–"),
    )
    return [
        Section(
            "Data quality",
            ("Of cases opened in the last twelve months. " + ONLY,),
            Drawing("bars", drawn, (), "Cases with something missing or inconsistent", "quality"),
            (Table("What is missing or inconsistent", ("What", "Cases", "Share"), (*rows, every)),),
        )
    ]
