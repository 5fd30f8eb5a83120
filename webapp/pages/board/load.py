"""Load per team and person: open tasks, overdue, not taken by anybody."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from webapp.pages.board.sections import Cell, Drawing, Looked, Section, Table, linked, number
from webapp.presentation import charts, filtering
from workflows.bootstrap import System
from workflows.queries.board_load import Load, board_load
from workflows.queries.work_list import NOBODY

TASKS: Final = "/tasks"
DRAWN: Final = 12
SHOWN: Final = 100


def sections(system: System, looked: Looked) -> list[Section]:
    """Return the view."""
    with system.read() as connection:
        found = board_load(connection, looked.chosen, now=looked.now)
    return [
        _section("Teams", found.teams, "team", looked, found.today),
        _section("People", found.people, "assignee", looked, found.today),
    ]


def _section(
    title: str, found: Sequence[Load], name: str, looked: Looked, today: dt.date
) -> Section:
    drawn = charts.bars(
        [
            (
                each.name or "Family",
                [(each.open, number(each.open)), (each.overdue, number(each.overdue))],
            )
            for each in found[:DRAWN]
        ]
    )
    of_teams = name == "team"
    columns = ["Team" if of_teams else "Person", "Open tasks", "Overdue"]
    columns += ["Taken by nobody"] if of_teams else []
    rows = tuple(_row(each, name, looked, today) for each in found[:SHOWN])
    return Section(
        title,
        ("Open tasks, the most overdue first; narrowed by process, agency and team.",),
        Drawing("bars", drawn, ("Open", "Overdue"), f"Open tasks: {title.lower()}", f"load-{name}"),
        (Table(title, (*columns, "Cases"), rows),),
    )


def _row(each: Load, name: str, looked: Looked, today: dt.date) -> tuple[Cell, ...]:
    kept = {"scope": "all", "process": looked.chosen.process, name: each.id}

    def tasks(**narrowed: str) -> str:
        return filtering.address(TASKS, kept, **narrowed) if each.id else ""

    cells = [
        Cell(each.name or "Family"),
        linked(each.open, tasks()),
        linked(each.overdue, tasks(due_before=today.isoformat())),
    ]
    if name == "team":
        cells.append(linked(each.unassigned, tasks(assignee=NOBODY)))
    return (*cells, Cell(number(each.cases)))
