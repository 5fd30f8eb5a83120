"""By how many days the dates of a case may be moved, so that it stays lawful and nothing falls due."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa

from engine.store.tables import history, timers
from workflows.calendar import london
from workflows.calendar.working_days import WorkingCalendar
from workflows.duties import deadlines as derivation
from workflows.duties.deadlines import Deadline, Status
from workflows.duties.facts import Fact, LawfulException
from workflows.rulebook.model import Rulebook
from workflows.store.tables import case_facts, deadlines, lawful_exceptions

Rows = Mapping[sa.Table, Sequence[Mapping[str, Any]]]
LONGEST: Final = 900  # days into the past that a case which has ended is moved at most
CHOICES: Final = 45  # moves of one case that copies choose from
_WAITING: Final = frozenset({"waiting", "suspended"})
_DERIVED: Final = (
    "opened", "due", "target", "met", "voided", "excused", "ground", "state",
)  # fmt: skip


class Shifts:
    """The moves of one case, worked out as they are asked for."""

    def __init__(
        self, rows: Rows, rulebook: Rulebook, calendar: WorkingCalendar, now: dt.datetime
    ) -> None:
        """Take the rows of the case, and the law."""
        self._deadlines = list(rows[deadlines])
        self._rulebook = rulebook
        self._calendar = calendar
        self._facts = [_fact(row) for row in rows[case_facts] if row["current"]]
        self._exceptions = [_exception(row) for row in rows[lawful_exceptions]]
        self._known: dict[int, list[tuple[Any, ...]] | None] = {}
        first, last = _first(rows, now), _last(rows, now)
        step = max(1, (last - first) // CHOICES)
        self.choices: Final = tuple(sorted({0, *range(first, last + 1, step)}))

    def deadlines(self, days: int) -> list[tuple[Any, ...]]:
        """Return the deadlines of the case moved so, without its identifier."""
        if self.is_lawful(days):
            return self._known[days] or []
        if days:
            raise ValueError(days)
        return [_values(row, row) for row in self._deadlines]

    def is_lawful(self, days: int) -> bool:
        """Tell whether the same duties stand after a move, those that are open at the same distance.

        Their timers are moved by as many days, and a count of working days may not be.
        """
        if days not in self._known:
            self._known[days] = self._derive(days)
        return self._known[days] is not None

    def _derive(self, days: int) -> list[tuple[Any, ...]] | None:
        move = _mover(days)
        facts = [Fact(each.code, move(each.on), *_rest(each)) for each in self._facts]
        exceptions = [
            LawfulException(
                each.duty, each.ground, move(each.from_date), move(each.to_date), each.qualifier
            )
            for each in self._exceptions
        ]
        found = derivation.derive(self._rulebook, facts, exceptions, lambda: self._calendar)
        by_key = {(each.duty.code, each.qualifier): each for each in found}
        if set(by_key) != {(row["duty"], row["qualifier"]) for row in self._deadlines}:
            return None
        made = []
        for row in self._deadlines:
            deadline = by_key[row["duty"], row["qualifier"]]
            if row["state"] != deadline.state or not _keeps(row, deadline, days):
                return None
            derived = {name: getattr(deadline, name) for name in _DERIVED}
            made.append(_values(row, derived))
        return made


def _keeps(row: Mapping[str, Any], deadline: Deadline, days: int) -> bool:
    moved: dt.date = row["due"] + dt.timedelta(days=days)
    return row["state"] != Status.OPEN or deadline.due == moved


def _values(row: Mapping[str, Any], derived: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(
        {**row, **derived}[column.name] for column in deadlines.c if column.name != "case_id"
    )


def _first(rows: Rows, now: dt.datetime) -> int:
    """Return by how many days, counted below zero, dates may be moved into the past."""
    due = [row["due_at"] for row in rows[timers] if row["status"] in _WAITING and row["due_at"]]
    if not due:
        return 0 if any(row["status"] in _WAITING for row in rows[timers]) else -LONGEST
    nearest: dt.timedelta = min(due) - now
    return min(0, 1 - nearest.days)


def _last(rows: Rows, now: dt.datetime) -> int:
    """Return by how many days dates may be moved towards today: nothing happens in the future."""
    ends = [row["at"] for row in rows[history]]
    today = london.local_date(now)
    facts = [row["on"] for row in rows[case_facts] if row["on"] <= today]
    free: int = (now - max(ends)).days if ends else 0
    room: list[int] = [free, *((today - on).days for on in facts)]
    return max(0, min(room))


def _mover(days: int) -> Callable[[dt.date], dt.date]:
    return lambda day: day + dt.timedelta(days=days)


def _fact(row: Mapping[str, Any]) -> Fact:
    return Fact(row["code"], row["on"], row["qualifier"], row["outcome"])


def _rest(fact: Fact) -> tuple[str, str]:
    return fact.qualifier, fact.outcome


def _exception(row: Mapping[str, Any]) -> LawfulException:
    return LawfulException(
        row["duty"], row["ground"], row["from_date"], row["to_date"], row["qualifier"]
    )
