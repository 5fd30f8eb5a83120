"""What comes in and goes out, by week."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from webapp.pages.board.sections import Cell, Drawing, Looked, Section, Table, linked, per_cent
from webapp.presentation import charts
from workflows.bootstrap import System
from workflows.queries.board_flow import DECIDED, Week, board_flow, refusal_rate

# Fact, its outcome, and what the column is called.
COLUMNS: Final = (
    ("request_received", "", "Requests in"),
    (DECIDED, "assess", "Decisions to assess"),
    (DECIDED, "refuse", "Refusals to assess"),
    ("final_plan_sent", "", "Plans issued"),
)
ONLY: Final = (
    "These figures are of cases as a whole: they can be narrowed by process and area alone."
)


def sections(system: System, looked: Looked) -> list[Section]:
    """Return the view."""
    with system.read() as connection:
        weeks = board_flow(connection, looked.chosen, now=looked.now)
    labels = tuple(name for _, _, name in COLUMNS)
    drawn = charts.lines(
        [[each.count(_bucket(code, outcome)) for each in weeks] for code, outcome, _ in COLUMNS],
        [f"{each.begins:%d %b}" for each in weeks],
    )
    rate = refusal_rate(weeks)
    words = (f"Of the decisions in these weeks {per_cent(rate)} refused to assess.", ONLY)
    return [
        Section(
            "Flow by week",
            words,
            Drawing("lines", drawn, labels, "Requests, decisions and plans", "flow", "Week from"),
            (
                Table(
                    "By week, the newest first",
                    ("Week from", *labels, "Refusal rate"),
                    tuple(_row(each, looked) for each in reversed(weeks)),
                ),
            ),
        )
    ]


def fact_cell(week: Week, fact: tuple[str, str], looked: Looked) -> Cell:
    """Return how often a fact came in a week, with the cases."""
    code, outcome = fact
    until = week.begins + dt.timedelta(days=6)
    href = looked.cases(
        fact=code, outcome=outcome, since=week.begins.isoformat(), until=until.isoformat()
    )
    return linked(week.count(_bucket(code, outcome)), href)


def total_cell(weeks: Sequence[Week], fact: tuple[str, str], looked: Looked) -> Cell:
    """Return how often a fact came in all of these weeks, with the cases."""
    code, outcome = fact
    until = weeks[-1].begins + dt.timedelta(days=6)
    href = looked.cases(
        fact=code, outcome=outcome, since=weeks[0].begins.isoformat(), until=until.isoformat()
    )
    return linked(sum(each.count(_bucket(code, outcome)) for each in weeks), href)


def _row(week: Week, looked: Looked) -> tuple[Cell, ...]:
    facts = (fact_cell(week, (code, outcome), looked) for code, outcome, _ in COLUMNS)
    return (
        Cell(f"{week.begins.day} {week.begins:%B %Y}"),
        *facts,
        Cell(per_cent(refusal_rate((week,)))),
    )


def _bucket(code: str, outcome: str) -> str:
    return f"{code}:{outcome}" if outcome else code
