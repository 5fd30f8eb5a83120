"""The task list: one list, in groups by urgency, of what a person may see."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine.queries import paging
from engine.queries.paging import Order, Page
from engine.store.tables import instances, tasks
from engine.store.types import FAR_FUTURE
from workflows.access import restricted
from workflows.access.people import FAMILY, Person
from workflows.access.restricted import Viewer, is_restricted
from workflows.access.sight import sees, visible_cases
from workflows.calendar import london
from workflows.duties.deadlines import Status
from workflows.rulebook import load
from workflows.store import search
from workflows.store.tables import cases, deadlines, people, teams

CRITICAL_AFTER: Final = dt.timedelta(days=7)
SOON_WITHIN: Final = dt.timedelta(days=7)


_SOONEST: Final = Order((tasks.c.due_at, tasks.c.id))
_NEWEST: Final = Order.newest_first(tasks.c.opened_at, tasks.c.id)
NOBODY: Final = "nobody"  # as the assignee wanted: tasks that are not taken yet


class Scope(StrEnum):
    """Whose tasks."""

    MINE = "mine"
    TEAM = "team"
    WAITING = "waiting"
    ALL = "all"


class Group(StrEnum):
    """How urgent a task is, by its own date."""

    CRITICAL = "Critically overdue"
    OVERDUE = "Overdue"
    SOON = "Due soon"
    LATER = "Not due yet"


@dataclass(frozen=True, slots=True)
class WorkFilter:
    """What to show; an empty value does not narrow the list."""

    scope: Scope = Scope.TEAM
    status: str = "open"
    process: str = ""
    team: str = ""
    role: str = ""
    assignee: str = ""
    case_id: UUID | None = None
    instance_id: UUID | None = None
    group: Group | None = None
    due_before: dt.date | None = None
    text: str = ""
    sort: str = "due"
    element: str = ""  # of the diagram `part`, on its version where one is named
    part: str = ""
    bundles: tuple[str, ...] | None = None
    late_at: dt.datetime | None = None  # only those whose date had passed by then


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A task with what its list says of its case.

    Attributes:
        due: The task's own date, None where it has none.
        statutory_due: The last day of the task's own duty, or of the case's main one while it runs.
        week, weeks: Where the case is in its main time limit ("week 14 of 20").
    """

    id: UUID
    instance_id: UUID
    case_id: UUID
    case_reference: str
    child_initials: str
    element_id: str
    name: str
    label: str
    role: str
    team_id: str
    team_name: str
    assignee: str
    assignee_name: str
    status: str
    due: dt.datetime | None
    opened_at: dt.datetime
    claimed_at: dt.datetime | None
    completed_at: dt.datetime | None
    duty: str
    stage: str
    process_key: str
    statutory_due: dt.date | None
    week: int | None
    weeks: int | None
    group: Group


@dataclass(frozen=True, slots=True)
class WorkList:
    """A page of tasks, and how many there are in each group (counted up to a bound)."""

    page: Page[WorkItem]
    counts: dict[Group, int] = field(default_factory=dict)


def work_list(
    connection: sa.Connection,
    person: Person,
    chosen: WorkFilter,
    *,
    now: dt.datetime,
    limit: int | None = None,
    cursor: str | None = None,
) -> WorkList:
    """Return the tasks that a person may see, most urgent first.

    Stands on ix_tasks_team_id_role_status_due_at_id, ix_tasks_assignee_status_due_at_id and
    ix_tasks_status_due_at_id; counts read their index only, and stop at a bound.
    """
    order = _NEWEST if chosen.sort == "newest" else _SOONEST
    narrowed = [*_conditions(chosen), *_of_group(chosen.group, now)]
    first = [*narrowed, order.after(cursor)] if cursor else narrowed
    hidden = restricted.hidden_cases(connection, Viewer.of(person))
    ways = _ways(person, chosen.scope, hidden)
    found = _found(ways, first, limit=paging.limit_of(limit) + 1, order=order.by())
    statement = _statement().where(tasks.c.id.in_(found))
    page = paging.page(connection, statement, order, limit=limit)
    counts = _counts(connection, ways, _conditions(chosen), now)
    return WorkList(page.of(lambda row: _item(row, now)), counts)


COUNT_BOUND: Final = 1_000


def task_item(
    connection: sa.Connection, person: Person, task_id: UUID, *, now: dt.datetime
) -> WorkItem | None:
    """Return one task, None where the person may not see it."""
    statement = _statement().where(tasks.c.id == task_id, visible_cases(person), _known_to(person))
    row = connection.execute(statement).one_or_none()
    return _item(row, now) if row else None


def _statement() -> sa.Select[Any]:
    headline = load.current().headline
    main = deadlines.alias("main")
    own = deadlines.alias("own")
    qualifier = tasks.c.properties["duty_qualifier"].as_string()
    return sa.select(
        *(tasks.c[name] for name in _TASK_COLUMNS),
        cases.c.reference,
        cases.c.child_first_name,
        cases.c.child_last_name,
        cases.c.stage,
        is_restricted(cases.c.id).label("restricted"),
        teams.c.name.label("team_name"),
        people.c.name.label("assignee_name"),
        main.c.opened.label("main_opened"),
        main.c.due.label("main_due"),
        own.c.due.label("own_due"),
    ).select_from(
        tasks.join(cases, cases.c.id == tasks.c.subject_id)
        .outerjoin(teams, teams.c.id == tasks.c.team_id)
        .outerjoin(people, people.c.id == tasks.c.assignee)
        .outerjoin(
            main,
            (main.c.case_id == cases.c.id)
            & (main.c.duty == headline)
            & (main.c.qualifier == "")
            & (main.c.state == Status.OPEN),
        )
        .outerjoin(
            own,
            (own.c.case_id == cases.c.id)
            & (own.c.duty == tasks.c.duty)
            & (own.c.qualifier == sa.func.coalesce(qualifier, "")),
        )
    )


_TASK_COLUMNS: Final = (
    "id",
    "instance_id",
    "subject_id",
    "element_id",
    "name",
    "label",
    "role",
    "team_id",
    "assignee",
    "status",
    "due_at",
    "opened_at",
    "claimed_at",
    "completed_at",
    "duty",
    "root_process_key",
)


def _found(
    ways: Sequence[sa.ColumnElement[bool]],
    narrowed: Sequence[sa.ColumnElement[bool]],
    *,
    limit: int,
    order: Sequence[sa.ColumnElement[Any]] = (),
) -> sa.Select[Any]:
    """Return the first tasks of each way together: each way walks its own index, and stops."""
    parts = [
        sa.select(tasks.c.id).where(way, *narrowed).order_by(*order).limit(limit).subquery()
        for way in ways
    ]
    together = sa.union(*(sa.select(part.c.id) for part in parts)).subquery()
    return sa.select(together.c.id)


def _conditions(chosen: WorkFilter) -> list[sa.ColumnElement[bool]]:
    where = _of_versions(chosen)
    for value, column in (
        (chosen.status, tasks.c.status),
        (chosen.process, tasks.c.root_process_key),
        (chosen.team, tasks.c.team_id),
        (chosen.role, tasks.c.role),
        ("" if chosen.assignee == NOBODY else chosen.assignee, tasks.c.assignee),
        (chosen.case_id, tasks.c.subject_id),
        (chosen.instance_id, tasks.c.instance_id),
        (chosen.element, tasks.c.element_id),
        (chosen.part, tasks.c.process_key),
    ):
        if value:
            where.append(column == value)
    if chosen.assignee == NOBODY:
        where.append(tasks.c.assignee == "")
    if chosen.due_before:
        where.append(tasks.c.due_at < london.start_of_day(chosen.due_before))
    if chosen.text:
        where.append(tasks.c.subject_id.in_(search.cases_like(chosen.text)))
    return where


def _of_versions(chosen: WorkFilter) -> list[sa.ColumnElement[bool]]:
    late = [tasks.c.due_at < chosen.late_at] if chosen.late_at else []
    if chosen.bundles is None:
        return late
    runs = sa.select(instances.c.id).where(
        instances.c.id == tasks.c.instance_id, instances.c.bundle_id.in_(chosen.bundles)
    )
    return [*late, sa.exists(runs)]


def _ways(person: Person, scope: Scope, hidden: Sequence[UUID]) -> list[sa.ColumnElement[bool]]:
    """Return how tasks come into a list: each condition stands on one index."""
    open_to = restricted.tasks_outside(hidden)
    if scope == Scope.MINE:
        return [(tasks.c.assignee == person.id) & open_to]
    own = _own_work(person)
    if scope == Scope.TEAM:
        return [way & open_to for way in own]
    if scope == Scope.WAITING:
        return [sees(person, tasks.c.subject_id) & sa.not_(sa.or_(*own)) & _known_to(person)]
    if person.sees_all_cases:
        return [open_to]
    return [way & sees(person, tasks.c.subject_id) for way in own]


def _own_work(person: Person) -> list[sa.ColumnElement[bool]]:
    ways: list[sa.ColumnElement[bool]] = [
        (tasks.c.team_id == each.team_id) & (tasks.c.role == each.role)
        for each in person.memberships
        if each.team_id
    ]
    ways.append(tasks.c.assignee == person.id)
    if person.is_family:
        family = sa.select(cases.c.id).where(visible_cases(person))
        ways.append((tasks.c.role == FAMILY) & tasks.c.subject_id.in_(family))
    return ways


def _known_to(person: Person) -> sa.ColumnElement[bool]:
    """Return which tasks of the cases that a person sees they may know of."""
    return sa.true() if person.sees_all_cases else sa.or_(*_own_work(person))


def _bounds(now: dt.datetime) -> dict[Group, tuple[dt.datetime | None, dt.datetime | None]]:
    today = london.start_of_day(london.local_date(now))
    critical, soon = today - CRITICAL_AFTER, today + SOON_WITHIN
    return {
        Group.CRITICAL: (None, critical),
        Group.OVERDUE: (critical, today),
        Group.SOON: (today, soon),
        Group.LATER: (soon, None),
    }


def _of_group(group: Group | None, now: dt.datetime) -> list[sa.ColumnElement[bool]]:
    low, high = _bounds(now)[group] if group else (None, None)
    found = []
    if low is not None:
        found.append(tasks.c.due_at >= low)
    if high is not None:
        found.append(tasks.c.due_at < high)
    return found


def _counts(
    connection: sa.Connection,
    ways: Sequence[sa.ColumnElement[bool]],
    where: Sequence[sa.ColumnElement[bool]],
    now: dt.datetime,
) -> dict[Group, int]:
    parts = [
        sa.select(sa.func.count())
        .select_from(
            _found(ways, [*where, *_of_group(group, now)], limit=COUNT_BOUND)
            .limit(COUNT_BOUND)
            .subquery()
        )
        .scalar_subquery()
        for group in Group
    ]
    return dict(zip(Group, connection.execute(sa.select(*parts)).one(), strict=True))


def _group(due: dt.datetime, now: dt.datetime) -> Group:
    for group, (low, high) in _bounds(now).items():
        if (low is None or due >= low) and (high is None or due < high):
            return group
    return Group.LATER


def initials(row: Any) -> str:  # noqa: ANN401
    """Return a child's initials, or that the case is restricted: lists say no more of it."""
    if row.restricted:
        return "restricted"
    return f"{row.child_first_name[:1]}{row.child_last_name[:1]}".upper()


def _item(row: Any, now: dt.datetime) -> WorkItem:  # noqa: ANN401
    week = weeks = None
    if row.main_opened and row.main_due:
        week = (london.local_date(now) - row.main_opened).days // 7 + 1
        weeks = (row.main_due - row.main_opened).days // 7
    return WorkItem(
        id=row.id,
        instance_id=row.instance_id,
        case_id=row.subject_id,
        case_reference=row.reference,
        child_initials=initials(row),
        element_id=row.element_id,
        name=row.name,
        label=row.label,
        role=row.role,
        team_id=row.team_id,
        team_name=row.team_name or "",
        assignee=row.assignee,
        assignee_name=row.assignee_name or "",
        status=row.status,
        due=None if row.due_at == FAR_FUTURE else row.due_at,
        opened_at=row.opened_at,
        claimed_at=row.claimed_at,
        completed_at=row.completed_at,
        duty=row.duty,
        stage=row.stage,
        process_key=row.root_process_key,
        statutory_due=row.own_due or row.main_due,
        week=week,
        weeks=weeks,
        group=_group(row.due_at, now),
    )
