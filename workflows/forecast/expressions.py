"""What the expressions of diagrams say before it happens: conditions, lists and dates ahead."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from engine import errors
from engine.definitions import periods
from engine.definitions.cache import Bundle
from engine.definitions.elements import Element
from engine.definitions.expressions import Expression
from workflows.calendar.working_days import WorkingCalendar
from workflows.context import SIGNATURES
from workflows.duties import deadlines as derivation
from workflows.duties.facts import Fact
from workflows.rulebook.model import Rulebook

# What tells of a child or its family never counts, even where a diagram's condition looks at it.
PERSONAL: Final = ("child_", "parent_", "family_", "year_group", "sex", "upn", "language", "ethnic")


@dataclass(frozen=True, slots=True)
class Law:
    """The rulebook, and the working days."""

    rulebook: Rulebook
    calendar: WorkingCalendar


def looked_at(bundle: Bundle) -> frozenset[str]:
    """Return the variables on which the way of a case depends, those about the child left out."""
    names: set[str] = set()
    for each in bundle.conditions.values():
        names |= each.names.keys()
    for element in bundle.elements.values():
        names |= element.collection.names.keys() if element.collection else set()
        for text in element.timer[1] if element.timer else ():
            names |= text.expression.names.keys() if text.expression else set()
    return frozenset(name for name in names if not name.startswith(PERSONAL))


class Reader:
    """Evaluates expressions for one case, with facts that are thought to have happened."""

    def __init__(self, law: Law, facts: Sequence[Fact], today: dt.date) -> None:
        """Take what has happened, and the day from which is looked."""
        self._law = law
        self._facts = tuple(facts)
        self._today = today

    def value(self, expression: Expression, variables: Mapping[str, Any]) -> Any:  # noqa: ANN401
        """Return a value; None where it has none yet."""
        try:
            return expression.evaluate(variables, self._functions())
        except errors.Refused:
            return None

    def timer(
        self, element: Element, variables: Mapping[str, Any], begins: dt.date
    ) -> dt.date | None:
        """Return the date on which a timer that begins on a day is due; None where it has none."""
        kind, texts = element.timer or ("timeDate", ())
        if kind == "timeCycle" or not texts:
            return None
        said = texts[0].said(lambda each: self.value(each, variables))
        try:
            if kind == "timeDuration":
                return begins + periods.duration(said)
            moment = periods.moment_of(said)
        except (errors.Refused, TypeError):
            return None
        return None if moment is None else moment.astimezone(periods.ZONE).date()

    def _functions(self) -> Mapping[str, Callable[..., object]]:
        known: dict[str, Callable[..., object]] = {
            "due": lambda duty: self._due(duty, ""),
            "due_for": self._due,
            "due_of": lambda kind: (found := self._of_kind(kind)) and found.due,
            "duty_of": lambda kind: found.duty.code if (found := self._of_kind(kind)) else "",
            "halfway": self._halfway,
            "before": lambda day, period: self._moved(day, period, -1),
            "after": lambda day, period: self._moved(day, period, 1),
            "working_days_after": lambda day, count: (
                day and self._law.calendar.add_working_days(day, int(count))
            ),
            "today": lambda: self._today,
            "fact": lambda code: (found := self._fact(code)) and found.on,
            "fact_outcome": lambda code: (found := self._fact(code)) and found.outcome,
        }
        return {each.name: known.get(each.name, _nothing) for each in SIGNATURES}

    def _due(self, duty: str, qualifier: str) -> dt.date | None:
        found = self._open(duty, qualifier)
        return found.due if found else None

    def _open(self, duty: str, qualifier: str) -> derivation.Deadline | None:
        found = derivation.due(
            self._law.rulebook, self._facts, duty, qualifier or "", lambda: self._law.calendar
        )
        return found if found is not None and found.state == derivation.Status.OPEN else None

    def _of_kind(self, kind: str) -> derivation.Deadline | None:
        found = derivation.derive(
            self._law.rulebook, self._facts, calendar=lambda: self._law.calendar, kind=kind
        )
        still = [each for each in found if each.state == derivation.Status.OPEN]
        return min(still, key=lambda each: each.due, default=None)

    def _halfway(self, duty: str, qualifier: str) -> dt.date | None:
        found = self._open(duty, qualifier)
        return found.opened + (found.due - found.opened) / 2 if found else None

    @staticmethod
    def _moved(day: dt.date | None, period: str, sign: int) -> dt.date | None:
        return day + sign * periods.duration(period) if day else None

    def _fact(self, code: str) -> Fact | None:
        alike = [each for each in self._facts if each.code == code]
        return max(alike, key=lambda each: each.on, default=None)


def _nothing(*_: object) -> None:
    """Stand for a function that asks about the child."""
