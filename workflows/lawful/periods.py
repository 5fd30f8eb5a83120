"""Periods that are written out in a diagram, instead of asked of the rulebook."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from workflows.lawful.steps import Step
from workflows.rulebook.model import Limit, Unit

_PERIOD: Final = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?)?")
_SHIFT: Final = re.compile(r"\b(after|before|working_days_after)\s*\(")
_ASKED: Final = re.compile(r"\b(due|due_for|due_of|halfway)\s*\(")
_HOURS: Final = 24


@dataclass(frozen=True, slots=True)
class Written:
    """A period as it stands there, and how long it is: months, days, or working days.

    `backwards`: it is counted back from a day.
    """

    text: str
    months: int = 0
    days: int = 0
    working_days: int = 0
    backwards: bool = False

    def equals(self, limit: Limit) -> bool:
        """Tell whether it is as long as a limit of the law."""
        if not limit.count or limit.before != self.backwards:
            return False
        months = limit.count if limit.unit == Unit.MONTHS else 0
        days = {Unit.DAYS: 1, Unit.WEEKS: 7}.get(limit.unit, 0) * limit.count
        working_days = limit.count if limit.unit == Unit.WORKING_DAYS else 0
        return (self.months, self.days, self.working_days) == (months, days, working_days)


def written_in(step: Step) -> Iterator[Written]:
    """Yield the periods by which a step counts from a day that is not a limit of the law.

    How long before a limit one is reminded, and how often one is chased after it, is for the process
    owner to say.
    """
    if step.timer is not None and step.timer[0] == "timeDuration":
        yield from _period(step.timer[1])
    for text in step.texts:
        for name, given in _shifts(text):
            if not _ASKED.search(given[0]):
                yield from _moved(name, given[-1])


def _moved(name: str, by: str) -> Iterator[Written]:
    if name != "working_days_after":
        yield from _period(by.strip("'\" "), backwards=name == "before")
    elif by.strip().isdigit():
        yield Written(f"{by.strip()} working days", working_days=int(by))


def _period(text: str, *, backwards: bool = False) -> Iterator[Written]:
    found = _PERIOD.fullmatch(text.strip())
    if found is None or not any(found.groups()):
        return
    years, months, weeks, days, hours = (int(each or 0) for each in found.groups())
    months, days = years * 12 + months, weeks * 7 + days + hours // _HOURS
    yield Written(text.strip(), months, days, backwards=backwards)


def _shifts(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each call that moves a date, with its two arguments."""
    for found in _SHIFT.finditer(text):
        given, depth, begin = [], 1, found.end()
        for at in range(found.end(), len(text)):
            depth += (text[at] in "([") - (text[at] in ")]")
            if not depth or (depth == 1 and text[at] == ","):
                given.append(text[begin:at])
                begin = at + 1
            if not depth:
                break
        if len(given) > 1:
            yield found[1], given
