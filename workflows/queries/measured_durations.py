"""How long steps took here, how many cases come, and how often each answer is given.

Measured from tasks that people completed. No characteristic of a child is looked at.
"""

import datetime as dt
import math
import statistics
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from engine.store.tables import instances, tasks
from workflows.calendar import london
from workflows.calendar.working_days import WorkingCalendar
from workflows.store import closures

ENOUGH: Final = 20  # observations below which a median says little
LOOK_AT: Final = 20_000  # newest completed tasks
SHORTEST: Final = 0.25  # working days: begun and done within a day
_WEEKS: Final = 52
_WEEK: Final = dt.timedelta(days=7)
_P80: Final = 0.8
_ROUND: Final = 2


@dataclass(frozen=True, slots=True)
class Duration:
    """Working days that a step took: half at most `median`, four in five `p80`."""

    observed: int
    median: float
    p80: float


@dataclass(frozen=True, slots=True)
class MeasuredStep:
    """How long a step took, from when it opened, and from when somebody took it."""

    element: str
    role: str
    from_opening: Duration
    from_taking: Duration


@dataclass(frozen=True, slots=True)
class Measured:
    """What history tells of a process.

    Attributes:
        began: How many cases it looked at began.
        weekly: How many began in a week, None where too few did.
        shares: Element and field to how often each answer was given.
    """

    steps: tuple[MeasuredStep, ...]
    began: int
    weekly: float | None
    shares: Mapping[tuple[str, str], Mapping[str, int]]


def measured_durations(
    connection: sa.Connection,
    process_keys: Collection[str],
    fields: Collection[tuple[str, str]],
    now: dt.datetime,
) -> Measured:
    """Return what history tells of a process and those that it calls.

    Args:
        connection: To read. Stands on the index of `status`, `due_at` of tasks.
        process_keys: The process itself first.
        fields: Element and field of the questions whose answers are counted.
        now: The moment, aware: the year before it is looked at for arrivals.
    """
    rows = connection.execute(
        sa.select(
            tasks.c.element_id,
            tasks.c.role,
            tasks.c.opened_at,
            tasks.c.claimed_at,
            tasks.c.completed_at,
            tasks.c["values"],
        )
        .where(tasks.c.status == "completed", tasks.c.process_key.in_(list(process_keys)))
        .order_by(tasks.c.completed_at.desc(), tasks.c.id)
        .limit(LOOK_AT)
    ).all()
    began, weekly = _arrivals(connection, next(iter(process_keys)), now)
    return Measured(_steps(rows, closures.days(connection)), began, weekly, _shares(rows, fields))


def _arrivals(
    connection: sa.Connection, process_key: str, now: dt.datetime
) -> tuple[int, float | None]:
    since = now - _WEEKS * _WEEK
    row = connection.execute(
        sa.select(sa.func.count().label("began"), sa.func.min(instances.c.started_at).label("on"))
        .select_from(instances)
        .where(instances.c.process_key == process_key, instances.c.started_at > since)
    ).one()
    if row.began < ENOUGH:
        return row.began, None
    weeks = max(1.0, (now - row.on) / _WEEK)
    return row.began, round(row.began / weeks, _ROUND)


def _steps(rows: Sequence[Any], closed: frozenset[dt.date]) -> tuple[MeasuredStep, ...]:
    opened: dict[tuple[str, str], list[float]] = defaultdict(list)
    taken: dict[tuple[str, str], list[float]] = defaultdict(list)
    count = WorkedDays(rows, closed)
    for row in rows:
        key = (row.element_id, row.role)
        opened[key].append(count.between(row.opened_at, row.completed_at))
        if row.claimed_at is not None:
            taken[key].append(count.between(row.claimed_at, row.completed_at))
    return tuple(
        MeasuredStep(*key, duration_of(opened[key]), duration_of(taken[key]))
        for key in sorted(opened)
    )


def duration_of(days: Sequence[float]) -> Duration:
    """Return the median and the 80th percentile of working days."""
    if not days:
        return Duration(0, 0.0, 0.0)
    ordered = sorted(days)
    p80 = ordered[max(0, math.ceil(_P80 * len(ordered)) - 1)]
    median = statistics.median_low(ordered)
    return Duration(len(ordered), median, max(median, p80))


def _shares(
    rows: Sequence[Any], fields: Collection[tuple[str, str]]
) -> dict[tuple[str, str], dict[str, int]]:
    asked: dict[str, list[str]] = defaultdict(list)
    for element, name in fields:
        asked[element].append(name)
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        for name in asked.get(row.element_id, ()):
            value = (row.values or {}).get(name)
            if value is not None:
                text = str(value).lower() if isinstance(value, bool) else str(value)
                found[row.element_id, name][text] += 1
    return {key: dict(counted) for key, counted in found.items()}


class WorkedDays:
    """Counts working days between moments, with the calendar of the time looked at drawn up once."""

    def __init__(self, rows: Sequence[Any], closed: frozenset[dt.date]) -> None:
        self._working: list[dt.date] = []
        if not rows:
            return
        calendar = WorkingCalendar(closed)
        first = london.local_date(min(row.opened_at for row in rows))
        last = london.local_date(max(row.completed_at for row in rows))
        self._working = [
            day
            for day in (first + dt.timedelta(days=n) for n in range((last - first).days + 1))
            if calendar.is_working_day(day)
        ]

    def between(self, begin: dt.datetime, end: dt.datetime) -> float:
        """Return the working days after one moment up to another; at least a quarter of one."""
        first, last = london.local_date(begin), london.local_date(end)
        days = bisect_right(self._working, last) - bisect_right(self._working, first)
        return max(SHORTEST, float(days))
