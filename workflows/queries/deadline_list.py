"""Every statutory deadline with how it stands, for whoever may see its case."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine.queries import paging
from engine.queries.paging import Order, Page
from workflows.access.people import Person
from workflows.access.restricted import is_restricted
from workflows.access.sight import visible_cases
from workflows.calendar import london
from workflows.calendar.working_days import WorkingCalendar
from workflows.duties.deadlines import Status, status
from workflows.duties.standing import Day, Standing, day_of, standing
from workflows.queries.deadline_conditions import at_risk, deadline_conditions
from workflows.queries.work_list import initials
from workflows.rulebook import load
from workflows.store import closures
from workflows.store.tables import agencies, cases, deadlines, teams

_TIES: Final = (deadlines.c.case_id, deadlines.c.duty, deadlines.c.qualifier)
# How the list can be sorted.
SORTS: Final = {
    "due": Order((deadlines.c.due, *_TIES)),
    "latest": Order.newest_first(deadlines.c.due, *_TIES),
    "oldest": Order((deadlines.c.opened, *_TIES)),
}


@dataclass(frozen=True, slots=True)
class DeadlineFilter:
    """What to show; an empty value does not narrow the list.

    Attributes:
        status: As the API has it by contract.
        standing: A `Standing`, "to_do" or "done".
        duties: Any of these, beside `duty`.
        age: The code of an `Age`, since it was opened.
        month: The first day of the month in which it was met.
        since: What has ended, ended on that day or later; a reason was given then or later.
        reason: The reason that was given for its delay.
        exception: "with" or "without" a lawful exception on record.
    """

    status: Status | None = None
    duty: str = ""
    process: str = ""
    agency: str = ""
    team: str = ""
    area: str = ""
    due_before: dt.date | None = None
    case_id: UUID | None = None
    standing: str = ""
    duties: tuple[str, ...] = ()
    age: str = ""
    month: dt.date | None = None
    since: dt.date | None = None
    reason: str = ""
    exception: str = ""
    sort: str = "due"


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """A deadline. `days_left` is negative once it has passed."""

    case_id: UUID
    case_reference: str
    child_initials: str
    duty: str
    title: str
    qualifier: str
    opened: dt.date
    due: dt.date
    target: dt.date
    met: dt.date | None
    status: Status
    standing: Standing
    excused: bool
    ground: str
    source: str
    statutory: bool
    process: str
    area: str
    team: str
    team_name: str
    agency: str
    agency_name: str
    days_left: int


def deadline_list(
    connection: sa.Connection,
    person: Person,
    chosen: DeadlineFilter,
    *,
    now: dt.datetime,
    limit: int | None = None,
    cursor: str | None = None,
) -> Page[DeadlineRow]:
    """Return deadlines, the soonest first. Stands on ix_deadlines_state_due_case_id."""
    today = london.local_date(now)
    day = day_of(today, WorkingCalendar(closures.days(connection)))
    statement = _statement().where(visible_cases(person), *deadline_conditions(chosen, day))
    order = SORTS.get(chosen.sort, SORTS["due"])
    page = paging.page(connection, statement, order, limit=limit, cursor=cursor)
    return page.of(lambda row: _row(row, day))


def _statement() -> sa.Select[Any]:
    return sa.select(
        *deadlines.c,
        cases.c.reference,
        cases.c.child_first_name,
        cases.c.child_last_name,
        is_restricted(cases.c.id).label("restricted"),
        teams.c.name.label("team_name"),
        agencies.c.name.label("agency_name"),
        at_risk().label("at_risk"),
    ).select_from(
        deadlines.join(cases, cases.c.id == deadlines.c.case_id)
        .outerjoin(teams, teams.c.id == deadlines.c.team_id)
        .outerjoin(agencies, agencies.c.id == deadlines.c.agency_id)
    )


def _row(row: Any, day: Day) -> DeadlineRow:  # noqa: ANN401
    right = row.duty in load.current().rights
    known = {"due": row.due, "excused": row.excused, "right": right}
    return DeadlineRow(
        row.case_id,
        row.reference,
        initials(row),
        row.duty,
        row.title,
        row.qualifier,
        row.opened,
        row.due,
        row.target,
        row.met,
        status(row.state, **known, today=day.today),
        standing(row.state, **known, day=day, at_risk=row.at_risk),
        row.excused,
        row.ground,
        row.source,
        row.statutory,
        row.process_key,
        row.area,
        row.team_id,
        row.team_name or "",
        row.agency_id,
        row.agency_name or "",
        (row.due - day.today).days,
    )
