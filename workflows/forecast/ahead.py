"""Dates that lie ahead: those that are set, and those that follow from what has not happened yet."""

import datetime as dt
from typing import Any, Final

import numpy as np

from engine.definitions.elements import Element
from engine.definitions.expressions import Expression
from workflows.duties.facts import Fact
from workflows.forecast.days import Days, Numbers
from workflows.forecast.expressions import Law, Reader
from workflows.forecast.situation import Situation
from workflows.rulebook.model import Trigger

_WEEK: Final = dt.timedelta(days=7)
_NONE: Final = dt.timedelta()


class Ahead:
    """What expressions say of one case, with the facts that are thought to happen."""

    def __init__(self, situation: Situation, law: Law, days: Days) -> None:
        """Begin with what has happened."""
        self._situation = situation
        self._law = law
        self._days = days
        self._happens: dict[Trigger, Numbers] = {}
        self._reader = Reader(law, situation.facts, situation.today)

    def happens(self, fact: Trigger, at: Numbers) -> None:
        """Take note of when a fact is recorded."""
        known = self._law.rulebook.facts
        if fact.code in known and not known[fact.code].qualified_by:
            self._happens[fact] = at

    def value(self, expression: Expression, answers: dict[str, object]) -> Any:  # noqa: ANN401
        """Return the value of an expression, with answers that were drawn."""
        return self._reader.value(expression, {**self._situation.variables, **answers})

    def collection(self, element: Element) -> Any:  # noqa: ANN401
        """Return the items of an element, None where they are not known yet."""
        if element.collection is None:
            return None
        if not element.collection.names.keys() <= self._situation.variables.keys():
            return None
        return self._reader.value(element.collection, self._situation.variables)

    def timer(self, element: Element, at: Numbers) -> Numbers | None:
        """Return the place of the day on which a timer is due in each draw; None where it has none.

        Where the date follows from a fact that is still ahead, it is worked out for the middle of the
        draws, and moves along with each.
        """
        begins = self._middle(at)
        known = self._situation.timers.get(element.id)
        due = known or self._due(element, begins, _NONE)
        if due is None:
            return None
        moves = known is None and self._due(element, begins, _WEEK) == due + _WEEK
        if not moves:
            return np.full(len(at), float(self._days.beginning(due)))
        finite = np.where(np.isfinite(at), at, self._days.place(begins))
        ordinals = self._days.ordinals(finite) + (due - begins).days
        return self._days.beginnings(ordinals)

    def _due(self, element: Element, begins: dt.date, later: dt.timedelta) -> dt.date | None:
        facts = [
            *self._situation.facts,
            *(
                Fact(each.code, self._middle(at) + later, "", each.outcome)
                for each, at in self._happens.items()
            ),
        ]
        reader = Reader(self._law, facts, self._situation.today)
        return reader.timer(element, self._situation.variables, begins + later)

    def _middle(self, at: Numbers) -> dt.date:
        finite = at[np.isfinite(at)]
        return self._days.date(float(np.median(finite))) if len(finite) else self._situation.today
