"""Load per team and person: open tasks, overdue, not taken by anybody."""

from collections.abc import Sequence
from typing import Final

from webapp.pages.board.sections import Cell, Count, Drawing, Looked, Section, Table, linked, number
from webapp.presentation import charts, filtering
from workflows.bootstrap import System
from workflows.calendar import london
from workflows.queries.load import Load, load
from workflows.queries.work_list import NOBODY

TASKS: Final = "/tasks"
CASES: Final = "/cases"
DRAWN: Final = 12
SHOWN: Final = 100


def sections(system: System, looked: Looked) -> list[Section]:
    """Return the view."""
    with system.read() as connection:
        found = load(connection, looked.chosen, now=looked.now)
    working = [each for each in found.people if each.open or each.cases]
    return [
        _section("Teams", found.teams, "team", looked),
        _section("People", working, "assignee", looked, *_without(found.without_contact)),
    ]


def _without(cases: int) -> tuple[Count, ...]:
    """Return how many open cases nobody who is at work is the key contact of."""
    if not cases:
        return ()
    words = "open case has no key contact" if cases == 1 else "open cases have no key contact"
    href = filtering.address(CASES, {"status": "open", "contact": NOBODY})
    return (Count(number(cases), words, href),)


def _section(
    title: str, loads: Sequence[Load], name: str, looked: Looked, *counts: Count
) -> Section:
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
        counts=counts,
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
    contact = {"status": "open", "team" if name == "team" else "contact": each.id}
    return (*cells, linked(each.cases, filtering.address(CASES, contact) if each.id else ""))
