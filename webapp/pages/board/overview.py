"""The first view: how all time limits stand, plans in time beside the age of open work, and by what."""

from collections.abc import Mapping, Sequence
from typing import Final

from webapp.pages.board import timeliness
from webapp.pages.board.sections import (
    Cell,
    Count,
    Drawing,
    Looked,
    Section,
    Table,
    linked,
    number,
    value_of,
)
from webapp.presentation import charts
from workflows.bootstrap import System
from workflows.duties.ages import Age
from workflows.duties.standing import DONE, WORDS, Standing
from workflows.queries.board_ages import board_ages
from workflows.queries.board_standings import Counts, Standings, board_standings
from workflows.rulebook import load

BY: Final = {
    "duty": "Duty",
    "agency": "Agency",
    "team": "Team",
    "area": "Area",
    "process": "Process",
}
ENDED: Final = frozenset({*DONE, Standing.NO_LONGER_DUE})
DRAWN: Final = 12  # bars; the table has more
SHOWN: Final = 60  # rows on the page; the files have all
PRESSING: Final = (Standing.LATE, Standing.AT_RISK, Standing.DUE_SOON, Standing.ON_TRACK)


def sections(system: System, looked: Looked) -> list[Section]:
    """Return the view."""
    with system.read() as connection:
        standings = board_standings(connection, looked.chosen, now=looked.now)
        ages = board_ages(connection, looked.chosen, now=looked.now)
        plans = timeliness.read(connection, looked)
    return [
        Section(
            "How time limits stand",
            ("What has ended is counted over twelve months, this one included.",),
            counts=tuple(_count(each, standings, looked) for each in Standing),
        ),
        timeliness.section(plans),
        _ages(ages, looked),
        timeliness.by_month(plans, looked),
        _breakdown(standings, looked),
    ]


def _count(standing: Standing, standings: Standings, looked: Looked) -> Count:
    n = standings.counts.get(standing, 0)
    return Count(number(n), WORDS[standing], _list(standing, standings, looked))


def _list(standing: Standing, standings: Standings, looked: Looked, **narrowed: str) -> str:
    since = standings.since.isoformat() if standing in ENDED else ""
    return looked.timers(standing=standing, since=since, **narrowed)


def _ages(found: Sequence[tuple[Age, int]], looked: Looked) -> Section:
    headline = load.current().headline
    drawn = charts.bars([(age.words, [(n, number(n))]) for age, n in found])
    rows = tuple(
        (
            Cell(age.words),
            linked(n, looked.timers(standing="to_do", duty=headline, age=age.code)),
        )
        for age, n in found
    )
    return Section(
        "Open work by age",
        (
            (
                "Assessments whose final plan is not issued, by weeks since the request. To issue old "
                "plans lowers the share in time: look at both."
            ),
        ),
        Drawing("bars", drawn, (), "Open assessments by age in weeks", "ages"),
        (Table("Open assessments by age", ("Weeks since the request", "Open"), rows),),
        half=True,
    )


def _breakdown(standings: Standings, looked: Looked) -> Section:
    ordered = ordered_by(standings, looked.by)
    drawn = charts.stacked(
        [
            (looked.name(looked.by, code), [found.get(each, 0) for each in PRESSING])
            for code, found in ordered[:DRAWN]
            if sum(found.get(each, 0) for each in PRESSING)
        ]
    )
    words = [f"What is to do, the most late first; the chart has the first {DRAWN}."]
    if len(ordered) > SHOWN:
        words.append(f"The table has the first {SHOWN} of {len(ordered)}; the files have all.")
    rows = tuple(_row(code, found, standings, looked) for code, found in ordered[:SHOWN])
    title = f"By {BY[looked.by].lower()}"
    labels = tuple(WORDS[each] for each in PRESSING)
    return Section(
        title,
        tuple(words),
        Drawing("stacked", drawn, labels, f"Time limits to be met, {title.lower()}", "breakdown"),
        (Table(title, (BY[looked.by], *(WORDS[each] for each in Standing)), rows),),
    )


def _row(code: str, found: Counts, standings: Standings, looked: Looked) -> tuple[Cell, ...]:
    narrowed = {looked.by: value_of(code)}
    return (
        Cell(looked.name(looked.by, code)),
        *(
            linked(found.get(each, 0), _list(each, standings, looked, **narrowed))
            for each in Standing
        ),
    )


def ordered_by(standings: Standings, dimension: str) -> list[tuple[str, Counts]]:
    """Return the counts of each value of a dimension, the most late first."""

    def pressing(each: tuple[str, Mapping[Standing, int]]) -> tuple[object, ...]:
        return (*(-each[1].get(standing, 0) for standing in PRESSING), each[0])

    return sorted(standings.by(dimension).items(), key=pressing)
