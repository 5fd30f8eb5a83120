"""The forecast of one case: when it will probably be finished, and what takes the time."""

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workflows.forecast.ahead import Ahead
from workflows.forecast.days import Days
from workflows.forecast.expressions import Law
from workflows.forecast.lessons import Lessons
from workflows.forecast.prepare import Prepared
from workflows.forecast.situation import Situation
from workflows.forecast.tokens import Token
from workflows.forecast.walk import Walk
from workflows.forecast.work import Hastened, Worker

LIKELY: Final = 0.5
SAFE: Final = 0.8
NOTHING_LEFT: Final = "Nothing"
NOBODY: Final = Hastened()
Ordinals = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Months:
    """How probably the limit is met in a month: in time, and late."""

    in_time: float
    late: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """When a case will probably be finished.

    Attributes:
        p50, p80: It is finished by then in half, in four of five draws.
        chance_late: From 0 to 1; 0 where a lawful exception lifts the limit.
        drivers: What takes the time that is left, to its share, the largest first.
        months: For this month and the next.
    """

    p50: dt.date
    p80: dt.date
    chance_late: float
    drivers: tuple[tuple[str, float], ...]
    months: tuple[Months, Months]

    @property
    def driver(self) -> tuple[str, float]:
        """What takes most of the time that is left, and its share of it."""
        return self.drivers[0] if self.drivers else (NOTHING_LEFT, 0.0)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What forecasts are made with: the law, what was learned, and the days."""

    law: Law
    lessons: Lessons
    days: Days
    prepared: Mapping[str, Prepared] = field(default_factory=dict)


def forecast(situation: Situation, knowledge: Knowledge) -> Forecast | None:
    """Return the forecast of a case; None where its limit can neither be met nor taken away."""
    walk = _walked(situation, knowledge, NOBODY)
    finish = _finish(walk)
    if finish is None:
        return None
    days, on = knowledge.days, _ordinals(finish, knowledge.days)
    last = on[np.isfinite(finish.at)]
    spent = walk.trails.spent(finish)
    whole = sum(spent.values())
    shares = [(key, round(value / whole, 4)) for key, value in spent.items()] if whole > 0 else []
    met = _ordinals(walk.trails.first(walk.met), days) if walk.met else np.full(len(on), _NEVER)
    return Forecast(
        _quantile(last, LIKELY),
        _quantile(last, SAFE),
        _chance_late(on, situation),
        tuple(sorted(shares, key=lambda each: (-each[1], each[0]))),
        _months(met, on, situation),
    )


def chance_late(situation: Situation, knowledge: Knowledge, hastened: Hastened) -> float:
    """Return the chance to be late where some steps are hastened."""
    finish = _finish(_walked(situation, knowledge, hastened))
    return 1.0 if finish is None else _chance_late(_ordinals(finish, knowledge.days), situation)


def _walked(situation: Situation, knowledge: Knowledge, hastened: Hastened) -> Walk:
    worker = Worker(knowledge.lessons, knowledge.days, situation.today, hastened)
    ahead = Ahead(situation, knowledge.law, knowledge.days)
    walk = Walk(knowledge.prepared[situation.bundle_id], situation, worker, ahead)
    walk.run()
    return walk


def _finish(walk: Walk) -> Token | None:
    ends = [*walk.met, *walk.void]
    finish = walk.trails.first(ends) if ends else None
    return finish if finish is not None and np.isfinite(finish.at).any() else None


_NEVER: Final = np.iinfo(np.int64).max


def _ordinals(token: Token, days: Days) -> Ordinals:
    """Return the ordinal of the day of each draw; a very late one where it never comes."""
    finite = np.isfinite(token.at)
    found = np.full(len(token.at), _NEVER)
    found[finite] = days.ordinals(token.at[finite])
    return found


def _chance_late(on: Ordinals, situation: Situation) -> float:
    limit = situation.limit
    if limit.excused:
        return 0.0
    if situation.today > limit.due:
        return 1.0
    return float((on > limit.due.toordinal()).mean())


def _quantile(on: Ordinals, share: float) -> dt.date:
    place = max(0, int(np.ceil(share * len(on))) - 1)
    return dt.date.fromordinal(int(np.partition(on, place)[place]))


def _months(met: Ordinals, on: Ordinals, situation: Situation) -> tuple[Months, Months]:
    """Return how probably the limit is met, not taken away, in this month and in the next."""
    due = situation.limit.due.toordinal()
    first = end_of_month(situation.today)
    second = end_of_month(first + dt.timedelta(days=1))
    issued = met == on
    found = []
    for after, until in ((situation.today - dt.timedelta(days=1), first), (first, second)):
        within = issued & (on > after.toordinal()) & (on <= until.toordinal())
        found.append(
            Months(float((within & (on <= due)).mean()), float((within & (on > due)).mean()))
        )
    return found[0], found[1]


def end_of_month(day: dt.date) -> dt.date:
    """Return the last day of the month of a day."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
