"""Advice by agency: the queue, what is late, how long it takes, how long the queue takes to clear."""

from collections.abc import Sequence
from typing import Final

from webapp.pages.board.sections import (
    Cell,
    Drawing,
    Looked,
    Section,
    Table,
    linked,
    number,
    value_of,
)
from webapp.presentation import charts, filtering
from workflows.bootstrap import System
from workflows.calendar import london
from workflows.duties import tallying
from workflows.queries.board_advice import RECENT, Advice, board_advice

DRAWN: Final = 12
SHOWN: Final = 100
CHASERS: Final = "/board/chasers"


def sections(system: System, looked: Looked) -> list[Section]:
    """Return the view."""
    with system.read() as connection:
        found = board_advice(connection, looked.chosen, now=looked.now)
    drawn = charts.bars(
        [
            (
                _who(each, looked),
                [
                    (each.outstanding, number(each.outstanding)),
                    (each.late, number(each.late)),
                ],
            )
            for each in found[:DRAWN]
            if each.outstanding
        ]
    )
    return [
        Section(
            "Advice by agency",
            (
                (
                    "Received, median days and chasers are of twelve months. The pace is that of the "
                    f"last {RECENT} whole weeks; at it the queue would be cleared in so many weeks."
                ),
                "A chaser counts once for each team or person that it went to.",
            ),
            Drawing("bars", drawn, ("Outstanding", "Late"), "Advice outstanding", "advice"),
            (_table(found[:SHOWN], looked),),
        )
    ]


def _who(each: Advice, looked: Looked) -> str:
    if not each.team:
        return looked.name("team", "")
    return looked.name("team", each.team)


def _table(found: Sequence[Advice], looked: Looked) -> Table:
    columns = (
        "Team",
        "Agency",
        "Outstanding",
        "Late",
        "Received",
        "Median days",
        "Chasers",
        "Received in a week",
        "Weeks to clear",
    )
    return Table("Advice", columns, tuple(_row(each, looked) for each in found), texts=2)


def _row(each: Advice, looked: Looked) -> tuple[Cell, ...]:
    since = tallying.year_before(london.local_date(looked.now)).isoformat()
    place = {"agency": value_of(each.agency), "team": value_of(each.team)}

    def limits(standing: str, since: str = "") -> str:
        return looked.timers(duty=tallying.ADVICE, standing=standing, since=since, **place)

    chasers = filtering.address(CHASERS, {}, team=each.team, since=since)
    return (
        Cell(_who(each, looked)),
        Cell(looked.name("agency", each.agency)),
        linked(each.outstanding, limits("to_do")),
        linked(each.late, limits("late")),
        linked(each.received, limits("done", since)),
        Cell("–" if each.median is None else f"{each.median:g}"),
        linked(each.chased, chasers if each.team else ""),
        Cell(f"{each.pace:.1f}"),
        Cell("–" if each.weeks is None else f"{each.weeks:.1f}"),
    )
