"""Gather what somebody is told: references, steps and dates; never a name."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from engine.store.tables import tasks
from engine.store.types import FAR_FUTURE
from workflows.access import restricted
from workflows.access.people import ROLE_NAMES
from workflows.access.restricted import Viewer
from workflows.calendar import london
from workflows.digests import recipients
from workflows.digests.due import Addressee, Since
from workflows.digests.preference import Covers
from workflows.store.digest_tables import reminders
from workflows.store.tables import cases

SOON_WITHIN: Final = dt.timedelta(days=7)
MOST: Final = 50  # lines of a section; the task list has them all
HOW: Final = {"remind": "Reminder", "chase": "Chased", "escalate": "Escalated"}


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task: its case's reference, and its step's name in the diagram."""

    task_id: UUID
    reference: str
    name: str
    due: dt.date | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class ReminderLine:
    """A reminder, chaser or escalation. `about`: a step or a duty."""

    case_id: UUID
    reference: str
    how: str
    about: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class Digest:
    """What somebody is told; each part at most `MOST` and one more, which tells that there is more."""

    overdue: tuple[TaskLine, ...] = ()
    soon: tuple[TaskLine, ...] = ()
    new: tuple[TaskLine, ...] = ()
    told: tuple[ReminderLine, ...] = ()

    @property
    def is_empty(self) -> bool:
        """There is nothing to say."""
        return not (self.overdue or self.soon or self.new or self.told)


def gather(
    connection: sa.Connection, whom: Addressee, covered: Covers, since: Since, now: dt.datetime
) -> Digest:
    """Return what somebody is told now, with what is new since a moment."""
    told = _told(connection, whom, covered, since)
    if covered is not Covers.ALL:
        return Digest(told=told)
    begin = london.start_of_day(london.local_date(now))
    until = london.start_of_day(london.local_date(now) + SOON_WITHIN)
    overdue = _due(connection, whom, [tasks.c.due_at < begin], since.work)
    soon = _due(connection, whom, [tasks.c.due_at >= begin, tasks.c.due_at < until], since.work)
    known = {each.task_id for each in (*overdue, *soon)}
    new = tuple(each for each in _new(connection, whom, since.work) if each.task_id not in known)
    return Digest(overdue, soon, new, told)


def _due(
    connection: sa.Connection,
    whom: Addressee,
    between: Sequence[sa.ColumnElement[bool]],
    since: dt.datetime,
) -> tuple[TaskLine, ...]:
    """Return tasks by their date.

    Stands on ix_tasks_assignee_status_due_at_id and ix_tasks_team_id_role_status_due_at_id.
    """
    found = [
        row
        for way in (*_own(whom), *_of_teams(whom))
        for row in connection.execute(
            _statement(way, *between, _open_to(whom))
            .order_by(tasks.c.due_at, tasks.c.id)
            .limit(MOST + 1)
        )
    ]
    return _lines(found, since)


def _new(connection: sa.Connection, whom: Addressee, since: dt.datetime) -> tuple[TaskLine, ...]:
    """Return tasks that came to somebody, or to their team, since a moment.

    Stands on ix_tasks_assignee_status_due_at_id for what one has oneself, which is never much, and on
    ix_tasks_team_id_opened_at.
    """
    opened = tasks.c.opened_at > since
    came = sa.or_(opened, tasks.c.claimed_at > since)
    asked = [(way, came) for way in _own(whom)] + [(way, opened) for way in _of_teams(whom)]
    found = [
        row
        for way, news in asked
        for row in connection.execute(
            _statement(way, news, _open_to(whom))
            .order_by(tasks.c.opened_at, tasks.c.id)
            .limit(MOST + 1)
        )
    ]
    return _lines(found, since)


def _own(whom: Addressee) -> list[sa.ColumnElement[bool]]:
    """Return what is given to somebody."""
    return [tasks.c.assignee == whom.person_id] if whom.person_id else []


def _of_teams(whom: Addressee) -> list[sa.ColumnElement[bool]]:
    """Return what their teams have, and nobody has taken yet."""
    return [
        sa.and_(
            tasks.c.team_id == team_id,
            tasks.c.role.in_([role] if role else sorted(ROLE_NAMES)),  # so that its index serves
            tasks.c.assignee == "",
        )
        for team_id, role in whom.ways
    ]


def _open_to(whom: Addressee) -> sa.ColumnElement[bool]:
    """Return the condition that no restriction hides a case from somebody, who broke no glass."""
    teams = tuple(dict.fromkeys(team for team, _ in whom.ways))
    viewer = Viewer(whom.person_id, teams, restricted.agency_ways(whom.ways))
    return restricted.lets_in(viewer, cases.c.id)


def _statement(*where: sa.ColumnElement[bool]) -> sa.Select[Any]:
    return (
        sa.select(
            tasks.c.id,
            tasks.c.name,
            tasks.c.due_at,
            tasks.c.opened_at,
            tasks.c.claimed_at,
            cases.c.reference,
        )
        .join(cases, cases.c.id == tasks.c.subject_id)
        .where(tasks.c.status == "open", *where)
    )


def _lines(rows: Sequence[Any], since: dt.datetime) -> tuple[TaskLine, ...]:
    ordered = sorted({row.id: row for row in rows}.values(), key=lambda row: (row.due_at, row.id))
    return tuple(
        TaskLine(
            row.id,
            row.reference,
            row.name,
            None if row.due_at == FAR_FUTURE else london.local_date(row.due_at),
            row.opened_at > since or (row.claimed_at is not None and row.claimed_at > since),
        )
        for row in ordered[: MOST + 1]
    )


def _told(
    connection: sa.Connection, whom: Addressee, covered: Covers, since: Since
) -> tuple[ReminderLine, ...]:
    """Return reminders and escalations since a moment; stands on ix_reminders_recipient_at."""
    news: list[sa.ColumnElement[bool]] = []
    if whom.is_manager:
        to_managers = reminders.c.recipient == recipients.MANAGERS
        news.append(to_managers & (reminders.c.at > since.escalations))
    if covered is Covers.ALL:
        own = {whom.recipient, *(recipients.team(each) for each, _ in whom.ways)}
        news.append(reminders.c.recipient.in_(sorted(own)) & (reminders.c.at > since.work))
    if not news:
        return ()
    rows = connection.execute(
        sa.select(
            reminders.c.case_id,
            cases.c.reference,
            reminders.c.how,
            reminders.c.about,
            reminders.c.at,
        )
        .join(cases, cases.c.id == reminders.c.case_id)
        .where(sa.or_(*news), _open_to(whom))
        .order_by(reminders.c.at, reminders.c.id)
        .limit(MOST + 1)
    )
    return tuple(
        ReminderLine(row.case_id, row.reference, HOW[row.how], row.about, london.local_date(row.at))
        for row in rows
    )
