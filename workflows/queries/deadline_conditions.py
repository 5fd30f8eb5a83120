"""The conditions on deadlines of what somebody wants to see, in the words of `duties.standing`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from workflows.calendar import london
from workflows.duties import ages
from workflows.duties.deadlines import Status
from workflows.duties.standing import Day, Standing
from workflows.queries.board_filter import NONE
from workflows.rulebook import load
from workflows.store.forecast_tables import forecasts
from workflows.store.tables import deadlines, delay_reasons

if TYPE_CHECKING:
    from workflows.queries.deadline_list import DeadlineFilter

Conditions = list[sa.ColumnElement[bool]]


def deadline_conditions(chosen: DeadlineFilter, day: Day) -> list[sa.ColumnElement[bool]]:
    """Return the conditions that hold for the deadlines that are wanted.

    Args:
        chosen: What is wanted.
        day: On which one looks.
    """
    where: Conditions = [
        column == ("" if value == NONE else value)
        for value, column in (
            (chosen.duty, deadlines.c.duty),
            (chosen.process, deadlines.c.process_key),
            (chosen.agency, deadlines.c.agency_id),
            (chosen.team, deadlines.c.team_id),
            (chosen.area, deadlines.c.area),
            (chosen.case_id, deadlines.c.case_id),
        )
        if value
    ]
    if chosen.duties:
        where.append(deadlines.c.duty.in_(chosen.duties))
    if chosen.due_before:
        where.append(deadlines.c.due < chosen.due_before)
    if chosen.exception:
        with_one = deadlines.c.excused
        where.append(with_one if chosen.exception == "with" else ~with_one)
    where += _of_status(chosen.status, day)
    where += _of_standing(chosen.standing, day)
    where += _of_age(chosen.age, day.today)
    where += _of_time(chosen)
    return where


def at_risk() -> sa.ColumnElement[bool]:
    """Return whether the forecast expects the case after the last day; stands on its primary key."""
    return sa.exists().where(
        forecasts.c.case_id == deadlines.c.case_id,
        forecasts.c.duty == deadlines.c.duty,
        forecasts.c.at_risk,
    )


def is_right() -> sa.ColumnElement[bool]:
    """Return whether a deadline is a right of the family."""
    return deadlines.c.duty.in_(sorted(load.current().rights))


def _of_standing(standing: str, day: Day) -> Conditions:
    """Return what holds for the deadlines that stand so, "" for all."""
    return _ways(day).get(standing, [sa.false()])


def _ways(day: Day) -> Mapping[str, Conditions]:
    opened = deadlines.c.state == "open"
    passed = opened & (deadlines.c.due < day.today)
    risky = at_risk() & ~deadlines.c.excused & ~is_right()
    return {
        "": [],
        "to_do": [opened, ~((deadlines.c.due < day.today) & is_right())],
        "done": [deadlines.c.state.in_(["met", "met_late"])],
        Standing.ON_TRACK: [opened, deadlines.c.due > day.soon, ~risky],
        Standing.DUE_SOON: [opened, deadlines.c.due.between(day.today, day.soon), ~risky],
        Standing.AT_RISK: [opened, deadlines.c.due >= day.today, risky],
        Standing.LATE: [passed, ~deadlines.c.excused, ~is_right()],
        Standing.LAWFUL_EXCEPTION: [passed, deadlines.c.excused, ~is_right()],
        Standing.DONE_ON_TIME: [deadlines.c.state == "met"],
        Standing.DONE_LATE: [deadlines.c.state == "met_late"],
        Standing.NO_LONGER_DUE: [(deadlines.c.state == "void") | (passed & is_right())],
    }


def _of_status(status: Status | None, day: Day) -> Conditions:
    """Return the same for the states that the API has by contract."""
    if status is None:
        return []
    if status is Status.OPEN:
        return [deadlines.c.state == "open", deadlines.c.due >= day.today]
    return _of_standing(_BY_STATUS[status], day)


_BY_STATUS: Final = {
    Status.LATE: Standing.LATE,
    Status.EXCUSED: Standing.LAWFUL_EXCEPTION,
    Status.VOID: Standing.NO_LONGER_DUE,
    Status.MET: Standing.DONE_ON_TIME,
    Status.MET_LATE: Standing.DONE_LATE,
}


def _of_age(code: str, today: dt.date) -> Conditions:
    band = ages.age_of(code, load.current()) if code else None
    if band is None:
        return [sa.false()] if code else []
    where: Conditions = [deadlines.c.opened <= today - dt.timedelta(weeks=band.since)]
    if band.until is not None:
        where.append(deadlines.c.opened > today - dt.timedelta(weeks=band.until))
    return where


def _of_time(chosen: DeadlineFilter) -> Conditions:
    """Return when it was met, when it ended, or when its reason was given."""
    where: Conditions = []
    if chosen.month:
        following = (chosen.month + dt.timedelta(days=31)).replace(day=1)
        where += [deadlines.c.met >= chosen.month, deadlines.c.met < following]
    if chosen.reason:
        given = [
            delay_reasons.c.case_id == deadlines.c.case_id,
            delay_reasons.c.duty == deadlines.c.duty,
            delay_reasons.c.qualifier == deadlines.c.qualifier,
            delay_reasons.c.reason == chosen.reason,
        ]
        if chosen.since:
            given.append(delay_reasons.c.given_at >= london.start_of_day(chosen.since))
        where.append(sa.exists().where(*given))
    elif chosen.since:
        where.append(
            (deadlines.c.met >= chosen.since)
            | (deadlines.c.voided >= chosen.since)
            | ((deadlines.c.state == "open") & (~is_right() | (deadlines.c.due >= chosen.since)))
        )
    return where
