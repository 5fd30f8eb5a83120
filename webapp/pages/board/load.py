"""Load per team and person: open tasks, overdue, not taken by anybody."""

from collections.abc import Sequence
from typing import Final

from webapp.pages.board.sections import Cell, Drawing, Looked, Section, Table, linked, number
from webapp.presentation import charts, filtering
from workflows.bootstrap import System
from workflows.calendar import london
from workflows.queries.load import Load, load
from workflows.queries.work_list import NOBODY

TASKS: Final = "/tasks"
DRAWN: Final = 12
SHOWN: Final = 100


def sections(system: System, looked: Looked) -> list[Section]:
    """Return the view."""
    with system.read() as connection:
        found = load(connection, looked.chosen, now=looked.now)
    working = [each for each in found.people if each.open]
    return [
        _section("Teams", found.teams, "team", looked),
        _section("People", working, "assignee", looked),
    ]


def _section(title: str, loads: Sequence[Load], name: str, looked: Looked) -> Section:
    found = sorted(loads, key=lambda each: -each.overdue)
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
    rows = tuple(_row(each, name, looked) for each in found[:SHOWN])
    return Section(
        title,
        (
            "Open tasks, the most overdue first; narrowed by process, agency and team.",
            "Caseload: open cases whose key contact the person, or a member of the team, is.",
        ),
        Drawing("bars", drawn, ("Open", "Overdue"), f"Open tasks: {title.lower()}", f"load-{name}"),
        (Table(title, (*columns, "Caseload"), rows),),
    )


def _row(each: Load, name: str, looked: Looked) -> tuple[Cell, ...]:
    kept = {"scope": "all", "process": looked.chosen.process, name: each.id}

    def tasks(**narrowed: str) -> str:
        return filtering.address(TASKS, kept, **narrowed) if each.id else ""

    cells = [
        Cell(each.name or "Family"),
        linked(each.open, tasks()),
        linked(each.overdue, tasks(due_before=london.local_date(looked.now).isoformat())),
    ]
    if name == "team":
        cells.append(linked(each.unassigned, tasks(assignee=NOBODY)))
    return (*cells, Cell(number(each.cases)))
